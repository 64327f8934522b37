/// Writes an RDB file of version 6, which every Redis from 2.6 on loads.
///
///     REDIS0006  FE 00  { FC time:8 }? type key value …  FF checksum:8
///
/// It collects bytes; the caller takes them out as often as it likes and writes them to wherever they go.
public struct RDBFileWriter: ~Copyable {
    private var objects = ObjectWriter()
    private var checksum = CRC64()
    /// The bytes that have not been taken out yet.
    public private(set) var bytes: [UInt8]

    /// A writer that has written the beginning of a file.
    public init() {
        bytes = Array("REDIS0006".utf8) + [0xFE, 0x00]
    }

    /// Adds a key, whose value `write` begins and appends as a whole.
    ///
    /// - Parameter expiry: when it expires, in milliseconds since 1970; nil for never.
    public mutating func append(
        key: UnsafeRawBufferPointer, expiry: Int64?, _ write: (inout ObjectWriter) -> Void
    ) {
        if let expiry {
            bytes.append(0xFC)
            bytes.appendInteger(expiry)
        }
        write(&objects)
        objects.finish(key: key, to: &bytes)
    }

    /// Hands over what was written since the last time.
    public mutating func take(_ body: (UnsafeRawBufferPointer) -> Void) {
        bytes.withUnsafeBytes {
            checksum.update($0)
            body($0)
        }
        bytes.removeAll(keepingCapacity: true)
    }

    /// Ends the file; `take` once more.
    ///
    /// Nothing can be added afterwards.
    public mutating func finish() {
        bytes.append(0xFF)
        var end = checksum
        bytes.withUnsafeBytes { end.update($0) }
        bytes.appendInteger(end.value)
    }
}

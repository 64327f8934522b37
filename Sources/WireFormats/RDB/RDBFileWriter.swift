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

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// A writer of keys for another writer's file.
    public static func part() -> RDBFileWriter { RDBFileWriter(bytes: []) }

    /// Moves the keys here that a part has collected.
    public mutating func append(_ part: inout RDBFileWriter) {
        bytes += part.bytes
        part.bytes.removeAll(keepingCapacity: true)
    }

    /// Adds a key, whose value `write` begins and appends as a whole.
    ///
    /// - Parameter expiry: when it expires, in milliseconds since 1970; nil for never.
    public mutating func append(
        key: UnsafeRawBufferPointer, expiry: Int64?, _ write: (inout ObjectWriter) -> Void
    ) {
        append(expiry)
        write(&objects)
        objects.finish(key: key, to: &bytes)
    }

    /// Adds a key with what DUMP has answered for it: type, value, version and checksum.
    ///
    /// - Returns: false, and nothing is added, where a later Redis has written that, or its checksum is another.
    public mutating func append(key: UnsafeRawBufferPointer, expiry: Int64?, dump: UnsafeRawBufferPointer) -> Bool {
        do throws(RDBError) { _ = try ObjectReader(payload: dump) } catch { return false }
        append(expiry)
        bytes.append(dump[0])
        RDBLength.append(key.count, to: &bytes)
        bytes.append(contentsOf: key)
        bytes.append(contentsOf: dump[1..<dump.count - DumpPayload.footerSize])
        return true
    }

    private mutating func append(_ expiry: Int64?) {
        guard let expiry else { return }
        bytes.append(0xFC)
        bytes.appendInteger(expiry)
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

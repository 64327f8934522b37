/// A name in source code, by the hash of its bytes: equal names of any files are equal, with no table that threads share.
///
/// Two different names meet in all 64 bits once in some 10^10 projects of a million names; they would be taken for one.
struct Identifier: Hashable, BitwiseCopyable, Comparable {
    let hash: UInt64

    /// No name.
    static let none = Identifier(hash: 0)

    init(hash: UInt64) { self.hash = hash }

    /// The identifier of a name's bytes.
    @inline(__always)
    init(_ bytes: UnsafeRawBufferPointer) { hash = ByteHash.hash(bytes) | 1 }

    /// The identifier of a name without a sign before it, as of a variable's dollar.
    init(word bytes: UnsafeRawBufferPointer) {
        var start = 0
        while start < bytes.count, !SourceByte.continuesName(bytes[start]) { start += 1 }
        self.init(UnsafeRawBufferPointer(rebasing: bytes[start...]))
    }

    init(_ text: String) {
        var text = text
        self = text.withUTF8 { Identifier(UnsafeRawBufferPointer($0)) }
    }

    /// The name with capitals made small and underscores left out, as commands are compared with methods.
    init(plain bytes: UnsafeRawBufferPointer) {
        guard bytes.count <= 64 else {
            self = .none
            return
        }
        self = withUnsafeTemporaryAllocation(byteCount: 64, alignment: 1) { buffer in
            var count = 0
            for byte in bytes where byte != SourceByte.underscore && SourceByte.continuesName(byte) {
                buffer[count] = SourceByte.small(byte)
                count += 1
            }
            return Identifier(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
    }

    static func < (left: Identifier, right: Identifier) -> Bool { left.hash < right.hash }
}

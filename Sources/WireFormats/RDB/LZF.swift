/// Decompresses what liblzf has compressed; the layout is drawn at ``LZFCompressor``.
enum LZF {
    /// Three bytes make 264 at most, so a compressed string never becomes more than 88 times as long.
    ///
    /// An announced length beyond that is a lie, which shows before memory is taken for it.
    static let maximumRatio = 88

    /// Fills `output` with the decompressed `input`; false when the two do not fit each other exactly or `input` refers
    /// to bytes before its beginning.
    static func decompress(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) -> Bool {
        guard let source = input.baseAddress, let target = output.baseAddress else { return false }
        var read = 0
        var written = 0
        while read < input.count {
            let control = Int(source.load(fromByteOffset: read, as: UInt8.self))
            read &+= 1
            if control < 32 {
                let length = control &+ 1
                guard input.count &- read >= length, output.count &- written >= length else { return false }
                (target + written).copyMemory(from: source + read, byteCount: length)
                read &+= length
                written &+= length
                continue
            }
            var length = control >> 5
            if length == 7 {
                guard read < input.count else { return false }
                length &+= Int(source.load(fromByteOffset: read, as: UInt8.self))
                read &+= 1
            }
            length &+= 2
            guard read < input.count else { return false }
            let offset = (control & 0x1F) << 8 | Int(source.load(fromByteOffset: read, as: UInt8.self))
            read &+= 1
            guard offset < written, output.count &- written >= length else { return false }
            copyWithin(target + written, from: offset &+ 1, length)
            written &+= length
        }
        return written == output.count
    }

    /// Copies `length` bytes that begin `distance` bytes back; what is written is read again where they overlap.
    @inline(__always)
    private static func copyWithin(_ target: UnsafeMutableRawPointer, from distance: Int, _ length: Int) {
        let source = UnsafeRawPointer(target - distance)
        if distance >= length {
            target.copyMemory(from: source, byteCount: length)
        } else if distance == 1 {
            target.initializeMemory(as: UInt8.self, repeating: source.load(as: UInt8.self), count: length)
        } else {
            for index in 0..<length {
                target.storeBytes(
                    of: source.load(fromByteOffset: index, as: UInt8.self), toByteOffset: index, as: UInt8.self)
            }
        }
    }
}

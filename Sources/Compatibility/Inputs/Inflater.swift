import CZlib

/// Uncompresses gzip, one member after the other.
final class Inflater {
    /// Why the compressed bytes cannot be read on.
    struct Failure: Error {
        /// What is wrong, without the place.
        let reason: String
        /// Where, in compressed bytes.
        let byteOffset: Int
    }

    private var stream = z_stream()
    private let stored: UnsafeMutableRawBufferPointer
    /// How many compressed bytes the members before have.
    private var bytesBefore = 0
    /// How many zeros are behind the last member, which are no data: what is written to tapes is filled up with them.
    private var zeros = 0
    private var isInMember = true
    private var hasReachedEnd = false

    /// How many compressed bytes are held at once.
    static let capacity = 256 << 10

    /// An uncompressor that begins with these bytes.
    init(first: UnsafeRawBufferPointer) {
        stored = .allocate(byteCount: max(first.count, Self.capacity), alignment: 16)
        stored.copyMemory(from: first)
        let status = czlib_begin_gzip(&stream)
        precondition(status == Z_OK, "zlib has no memory")
        stream.next_in = stored.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.avail_in = UInt32(first.count)
    }

    deinit {
        inflateEnd(&stream)
        stored.deallocate()
    }

    /// Writes uncompressed bytes; returns how many, 0 at the end.
    ///
    /// - Parameter more: reads compressed bytes; returns how many, 0 at the end of the file.
    func inflate(
        into space: UnsafeMutableRawBufferPointer, more: (UnsafeMutableRawBufferPointer) -> Int
    ) throws(Failure) -> Int {
        let room = min(space.count, 1 << 30)
        stream.next_out = space.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.avail_out = UInt32(room)
        while stream.avail_out == room {
            if stream.avail_in == 0, !refill(more) {
                guard isInMember else { return 0 }
                throw failure("the compressed data end too early")
            }
            if !isInMember {
                passZeros()
                if stream.avail_in == 0 { continue }
                guard nextByte == 0x1F, zeros == 0 else {
                    throw failure("what follows the compressed data is not compressed, and was not read: it begins")
                }
                bytesBefore += Int(stream.total_in)
                inflateReset(&stream)
                isInMember = true
            }
            switch CZlib.inflate(&stream, Z_NO_FLUSH) {
            case Z_OK, Z_BUF_ERROR: continue
            case Z_STREAM_END: isInMember = false
            default: throw failure("the compressed data are damaged")
            }
        }
        return room - Int(stream.avail_out)
    }

    private var nextByte: UInt8? { stream.avail_in > 0 ? stream.next_in?.pointee : nil }

    private func passZeros() {
        while nextByte == 0 {
            stream.next_in = stream.next_in?.advanced(by: 1)
            stream.avail_in -= 1
            zeros += 1
        }
    }

    private func refill(_ more: (UnsafeMutableRawBufferPointer) -> Int) -> Bool {
        guard !hasReachedEnd else { return false }
        let count = more(stored)
        stream.next_in = stored.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.avail_in = UInt32(count)
        hasReachedEnd = count == 0
        return count > 0
    }

    private func failure(_ reason: String) -> Failure {
        Failure(reason: reason, byteOffset: bytesBefore + Int(stream.total_in) + zeros)
    }
}

/// Where the unquoted words of an inline request live: a buffer that exists while the request does.
///
/// Inline requests are typed by people and sent by health checks, so the buffer is not worth keeping between them.
/// Invariant: `buffer` is allocated by `use` and released by `clear` or at the end.
struct InlineBytes: ~Copyable {
    private var buffer = UnsafeMutableRawBufferPointer(start: nil, count: 0)

    /// Whether an inline request is in use.
    @inline(__always)
    var isUsed: Bool { buffer.baseAddress != nil }

    /// The first byte of the words.
    var base: UnsafeRawPointer {
        guard let base = buffer.baseAddress else { preconditionFailure("there is no inline request") }
        return UnsafeRawPointer(base)
    }

    /// Room for the words of a line of `capacity` bytes, not initialized.
    mutating func use(capacity: Int) -> UnsafeMutableRawBufferPointer {
        clear()
        buffer = .allocate(byteCount: max(capacity, 1), alignment: 1)
        return buffer
    }

    /// Releases the words.
    @inline(never)
    mutating func clear() {
        buffer.deallocate()
        buffer = UnsafeMutableRawBufferPointer(start: nil, count: 0)
    }

    deinit {
        buffer.deallocate()
    }
}

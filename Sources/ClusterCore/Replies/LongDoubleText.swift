import CLibrary

/// Long doubles as INCRBYFLOAT and HINCRBYFLOAT print them: 17 digits after the point, without trailing zeros.
enum LongDoubleText {
    /// Lends the text of a number.
    static func withText<Failure: Error>(
        of number: clibrary_long_double, _ body: (ByteView) throws(Failure) -> Void
    ) throws(Failure) {
        var number = number
        var room = InlineArray<6144, CChar>(repeating: 0)
        var span = room.mutableSpan
        try span.withUnsafeMutableBufferPointer { (buffer: UnsafeMutableBufferPointer<CChar>) throws(Failure) in
            guard let start = buffer.baseAddress else { preconditionFailure("no room on the stack") }
            let count = clibrary_format_long_double(&number, start, buffer.count)
            let bytes = UnsafeRawPointer(start).assumingMemoryBound(to: UInt8.self)
            try body(ByteView(start: bytes, count: count))
        }
    }
}

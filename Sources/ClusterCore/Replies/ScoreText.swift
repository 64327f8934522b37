import CLibrary

/// Scores and other doubles as Redis 2.8 prints them: `inf`, `-inf`, whole numbers plain, else 17 significant digits.
enum ScoreText {
    /// Below this, a whole number has at most 17 digits and prints as itself.
    private static let plainBelow = 1e17

    /// Lends the text of a double.
    static func withText<Result>(of value: Double, _ body: (ByteView) -> Result) -> Result {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 40) { room in
            guard let start = room.baseAddress else { preconditionFailure("no room on the stack") }
            return body(ByteView(start: start, count: write(value, to: start)))
        }
    }

    private static func write(_ value: Double, to start: UnsafeMutablePointer<UInt8>) -> Int {
        if let whole = Int64(exactly: value), abs(value) < plainBelow, whole != 0 || value.sign == .plus {
            return DecimalDigits.write(whole, to: start)
        }
        if value.isInfinite { return copy(value > 0 ? "inf" : "-inf", to: start) }
        return start.withMemoryRebound(to: CChar.self, capacity: 40) { clibrary_format_double(value, $0, 40) }
    }

    private static func copy(_ text: StaticString, to start: UnsafeMutablePointer<UInt8>) -> Int {
        for index in 0..<text.utf8CodeUnitCount { start[index] = text.utf8Start[index] }
        return text.utf8CodeUnitCount
    }
}

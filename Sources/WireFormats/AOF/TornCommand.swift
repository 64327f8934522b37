/// Tells a command that is cut off from what is no command.
enum TornCommand {
    /// What is wrong with the beginning of a command behind which the file ends; nil where any bytes behind it would make
    /// it whole, or nothing but zeros stand where it stops to be one, as a system that goes down leaves them.
    ///
    ///     *3\r\n$3\r\nSET\r\n$1\r\nk\r\n$5\r\nva
    static func fault(in bytes: UnsafeRawBufferPointer) -> AOFError.Kind? {
        var rest = bytes[...]
        guard let fault = fault(&rest), !rest.allSatisfy({ $0 == 0 }) else { return nil }
        return fault
    }

    /// Reads as far as the bytes are a command; `rest` then begins with the first that is none.
    private static func fault(_ rest: inout Slice<UnsafeRawBufferPointer>) -> AOFError.Kind? {
        guard case .number = header(Byte.asterisk, &rest) else { return fault(&rest, .badHeader) }
        while !rest.isEmpty {
            switch header(Byte.dollar, &rest) {
            case .fault: return fault(&rest, .badHeader)
            case .end: return nil
            case .number(let length):
                guard length < rest.count else { return nil }
                rest = rest.dropFirst(length)
                guard passLineEnd(&rest) else { return .argumentNotTerminated }
            }
        }
        return nil
    }

    private static func fault(
        _ rest: inout Slice<UnsafeRawBufferPointer>, _ kind: AOFError.Kind
    ) -> AOFError.Kind? {
        guard let first = rest.first else { return nil }
        return first == Byte.lineFeed ? .lineFeedAlone : kind
    }

    private enum Header {
        case number(Int)
        case end
        case fault
    }

    /// Reads `$5\r\n`, as much of it as is there.
    private static func header(_ lead: UInt8, _ rest: inout Slice<UnsafeRawBufferPointer>) -> Header {
        guard let first = rest.first else { return .end }
        guard first == lead else { return .fault }
        let digits = rest.dropFirst().prefix { $0 &- Byte.zero <= 9 }
        // The decoder has refused longer numbers that are there as a whole.
        let number = digits.prefix(12).reduce(0) { $0 * 10 + Int($1 - Byte.zero) }
        rest = rest[digits.endIndex...]
        if rest.isEmpty { return .end }
        guard !digits.isEmpty, passLineEnd(&rest) else { return .fault }
        return rest.isEmpty ? .end : .number(number)
    }

    /// Passes over CR LF, or as much of it as is there; false, and nothing is passed over, where something else stands there.
    private static func passLineEnd(_ rest: inout Slice<UnsafeRawBufferPointer>) -> Bool {
        let end: [UInt8] = [Byte.carriageReturn, Byte.lineFeed]
        guard rest.prefix(2).elementsEqual(end.prefix(rest.count)) else { return false }
        rest = rest.dropFirst(2)
        return true
    }
}

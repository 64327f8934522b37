import Glibc

extension ReplayedKeyspace {
    /// A header and 16,384 registers of 6 bits.
    static let denseHyperLogLog = 16 + 16_384 * 6 / 8

    /// The longest string that Redis makes.
    static let longestString = 512 << 20

    mutating func applyToString(_ effect: Effect, _ request: Request) {
        guard request.count > 1 else { return }
        let key = key(request, 1)
        switch effect {
        case .append:
            guard request.count > 2 else { return }
            append(
                key, request.length(2), integer(request, 2), String(decoding: request.copy(2, limit: 20), as: UTF8.self)
            )
        case .setRange:
            guard request.count > 3, let offset = request.integer(2), offset >= 0, request.length(3) > 0,
                offset <= Self.longestString - min(request.length(3), Self.longestString)
            else { return }
            extend(key, to: offset + request.length(3))
        case .setBit:
            guard let offset = request.integer(2), offset >= 0, offset < Self.longestString * 8 else { return }
            extend(key, to: offset / 8 + 1)
        case .combineBits: combineBits(request)
        case .bitField: if let length = BitField.length(request) { extend(key, to: length) }
        case .countDistinct: noteHyperLogLog(key)
        case .increment: add(1, to: key)
        case .decrement: add(-1, to: key)
        case .incrementBy: request.integer(2).map { add(Int64($0), to: key) }
        case .decrementBy: request.integer(2).map { add($0 == .min ? 0 : -Int64($0), to: key) }
        default: addFloat(key, request)
        }
    }

    private mutating func append(_ key: Key, _ length: Int, _ number: Int64?, _ text: String) {
        change(key, .string(length: 0, integer: nil)) { value in
            guard case .string(let old, let oldNumber) = value else { return false }
            var joined: Int64?
            if old == 0 { joined = number }
            if let oldNumber, old + length <= 20 { joined = Int64("\(oldNumber)\(text)") }
            value = .string(length: old + length, integer: joined)
            return true
        }
    }

    private mutating func extend(_ key: Key, to length: Int) {
        change(key, .string(length: 0, integer: nil)) { value in
            guard case .string(let old, _) = value else { return false }
            value = .string(length: max(old, length), integer: nil)
            return true
        }
    }

    /// PFADD and PFMERGE: as long as the string can get, which it becomes at some number of elements that is not known.
    private mutating func noteHyperLogLog(_ key: Key) {
        var isExact = false
        change(key, .string(length: 0, integer: nil)) { value in
            guard case .string(let length, _) = value else { return false }
            isExact = length == Self.denseHyperLogLog
            value = .string(length: Self.denseHyperLogLog, integer: nil)
            return true
        }
        if case .string = records[key]?.value, !isExact { records[key]?.isApproximate = true }
    }

    private mutating func combineBits(_ request: Request) {
        guard request.count > 3 else { return }
        var length = 0
        for index in 3..<request.count {
            switch record(key(request, index))?.value {
            case nil: continue
            case .string(let source, _): length = max(length, source)
            default: return
            }
        }
        if length == 0 {
            let destination = key(request, 2)
            records[destination] = nil
        } else {
            replace(key(request, 2), .string(length: length, integer: nil))
        }
    }

    private mutating func add(_ amount: Int64, to key: Key) {
        var isUnknown = false
        change(key, .string(length: 1, integer: 0)) { value in
            guard case .string(let length, let number) = value else { return false }
            guard let number else {
                // What SETRANGE or SETBIT made of the text is not known; a sum has at most 20 digits.
                isUnknown = length <= 20
                return false
            }
            let (sum, overflow) = number.addingReportingOverflow(amount)
            if !overflow { value = .string(length: Self.digits(sum), integer: sum) }
            return !overflow
        }
        if isUnknown { records[key]?.isApproximate = true }
    }

    /// INCRBYFLOAT.
    ///
    /// An append-only file has a SET instead; a trace does not say the old digits behind the point, so that the length
    /// is that of the sum where the old value is an integer, and of a long decimal number otherwise.
    private mutating func addFloat(_ key: Key, _ request: Request) {
        guard request.count > 2 else { return }
        let text = String(decoding: request.copy(2, limit: 64), as: UTF8.self)
        change(key, .string(length: 1, integer: 0)) { value in
            guard case .string(let length, let number) = value else { return false }
            if let number, let sum = FloatText.sum(number, text) {
                value = .string(length: sum.utf8.count, integer: Int64(sum))
            } else {
                value = .string(length: max(length, min(text.utf8.count, 20)), integer: nil)
            }
            return true
        }
        if case .string(_, nil) = records[key]?.value { records[key]?.isApproximate = true }
    }
}

/// Decimal numbers as INCRBYFLOAT writes them.
enum FloatText {
    /// The sum as Redis writes it: 17 places behind the point without the zeros at the end; nil where the text is no
    /// number.
    static func sum(_ number: Int64, _ text: String) -> String? {
        #if arch(x86_64) || arch(i386)
        guard let amount = Float80(text), amount.isFinite else { return nil }
        return written(Float80(number) + amount)
        #else
        guard let amount = Double(text), amount.isFinite else { return nil }
        return written(Double(number) + amount)
        #endif
    }

    private static func written(_ number: some BinaryFloatingPoint & CVarArg) -> String {
        var digits = [CChar](repeating: 0, count: 5200)
        #if arch(x86_64) || arch(i386)
        let format = "%.17Lf"
        #else
        let format = "%.17f"
        #endif
        withVaList([number]) { _ = vsnprintf(&digits, digits.count, format, $0) }
        var text = digits.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        if text.contains(UInt8(ascii: ".")) {
            while text.last == UInt8(ascii: "0") { text.removeLast() }
            if text.last == UInt8(ascii: ".") { text.removeLast() }
        }
        return String(decoding: text, as: UTF8.self)
    }
}

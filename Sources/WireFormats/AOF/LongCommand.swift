/// A command of a log that is longer than is held at once: its short arguments, the beginnings of its long ones, and how
/// long each is.
///
/// Its memory depends on the number of its arguments, not on their lengths.
public struct LongCommand: Sendable {
    /// Why the bytes are no command.
    struct Fault: Error {
        let kind: AOFError.Kind
    }

    private enum Step {
        case count
        case header
        case argument
        case lineEnd
    }

    private var step = Step.count
    /// Arguments that are still to come, and how much of the present one.
    private var left = 0
    private var rest = 0
    /// How much of the present argument is still to be kept.
    private var kept = 0
    /// Begins with a byte that is no argument's: it always has an address.
    private var memory: [UInt8] = [0]
    private var ranges: [Range<Int>] = []
    /// The length of each argument.
    public private(set) var lengths: [Int] = []
    /// How many bytes of the file it has.
    public private(set) var bytes = 0

    /// How much of an argument is kept, and how much of all together.
    private static let longestPart = 4 << 10
    private static let longestMemory = 1 << 20
    /// As ``RequestDecoder`` has it.
    private static let maximumArguments = 1 << 20
    private static let maximumArgumentBytes = 512 << 20
    /// `$536870912\r\n`, and some digits more than there can be.
    private static let longestHeader = 32

    init() {}

    /// What is kept of the arguments, valid for the time of the call.
    public func withView<Result>(_ body: (RequestView) -> Result) -> Result {
        memory.withUnsafeBytes { memory in
            ranges.withUnsafeBufferPointer { ranges in
                guard let base = memory.baseAddress else { preconditionFailure("memory of no bytes") }
                return body(RequestView(base: base, ranges: ranges))
            }
        }
    }

    /// Reads on; returns how many bytes are done with, and whether the command is.
    mutating func read(_ buffer: UnsafeRawBufferPointer) throws(Fault) -> (consumed: Int, isDone: Bool) {
        var position = 0
        defer { bytes += position }
        while true {
            switch step {
            case .count:
                guard let number = try header(Byte.asterisk, buffer, &position) else { return (position, false) }
                guard number > 0, number <= Self.maximumArguments else { throw Fault(kind: .badHeader) }
                left = number
                step = .header
            case .header:
                guard let length = try header(Byte.dollar, buffer, &position) else { return (position, false) }
                guard length <= Self.maximumArgumentBytes else { throw Fault(kind: .badHeader) }
                begin(length)
            case .argument:
                take(UnsafeRawBufferPointer(rebasing: buffer[position...]), &position)
                guard rest == 0 else { return (position, false) }
                step = .lineEnd
            case .lineEnd:
                guard position + 2 <= buffer.count else { return (position, false) }
                guard buffer[position] == Byte.carriageReturn, buffer[position + 1] == Byte.lineFeed else {
                    throw Fault(kind: .argumentNotTerminated)
                }
                position += 2
                left -= 1
                step = .header
                if left == 0 { return (position, true) }
            }
        }
    }

    private mutating func begin(_ length: Int) {
        rest = length
        kept = min(length, Self.longestPart, max(0, Self.longestMemory - memory.count))
        ranges.append(memory.count..<memory.count + kept)
        lengths.append(length)
        step = .argument
    }

    private mutating func take(_ buffer: UnsafeRawBufferPointer, _ position: inout Int) {
        let count = min(rest, buffer.count)
        let part = min(count, kept)
        memory.append(contentsOf: UnsafeRawBufferPointer(rebasing: buffer[..<part]))
        kept -= part
        rest -= count
        position += count
    }

    /// Reads `$5\r\n`; nil, and nothing is read, where it is not all there.
    private func header(
        _ lead: UInt8, _ buffer: UnsafeRawBufferPointer, _ position: inout Int
    ) throws(Fault) -> Int? {
        let line = buffer[position...].prefix(Self.longestHeader)
        guard let first = line.first else { return nil }
        guard first == lead else { throw Fault(kind: .badHeader) }
        let digits = line.dropFirst().prefix { $0 &- Byte.zero <= 9 }
        let behind = line[digits.endIndex...].prefix(2)
        guard behind.count == 2 else {
            guard line.count < Self.longestHeader else { throw Fault(kind: .badHeader) }
            return nil
        }
        guard !digits.isEmpty, digits.count <= 12, behind.elementsEqual([Byte.carriageReturn, Byte.lineFeed]) else {
            throw Fault(kind: behind.first == Byte.lineFeed ? .lineFeedAlone : .badHeader)
        }
        position = behind.endIndex
        return digits.reduce(0) { $0 * 10 + Int($1 - Byte.zero) }
    }
}

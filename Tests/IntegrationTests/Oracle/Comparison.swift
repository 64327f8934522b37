import Foundation
import TestSupport

/// How a reply is compared with a recorded one.
enum Comparison: String, Decodable, Sendable {
    case exact, refusal, set, pairs, ttl, scan, dump, random

    /// Far deadlines were recorded against this instant, the first of the year 2100, in seconds.
    private static let farDeadline = 4_102_444_800.0
    /// A time to live beyond this one counts towards the far deadline.
    private static let farTimeToLive: Int64 = 1_000_000_000

    /// Whether `got` is the reply to `request` that `want` asks for.
    func accepts(_ got: [UInt8], for want: [UInt8], request: [[UInt8]]) -> Bool {
        if want == got { return true }
        if self == .refusal { return isOneLine(got) && got.starts(with: want.dropLast(2)) }
        guard self != .exact, want.first == got.first, want.first != UInt8(ascii: "-") else { return false }
        return accepts(
            TestReply(parsing: got), for: TestReply(parsing: want),
            command: request.first.map { String(decoding: $0, as: UTF8.self).uppercased() } ?? "")
    }

    private func isOneLine(_ bytes: [UInt8]) -> Bool {
        bytes.suffix(2) == [13, 10] && bytes.count { $0 == 10 } == 1
    }

    private func accepts(_ got: TestReply, for want: TestReply, command: String) -> Bool {
        switch self {
        case .exact, .refusal: return false
        case .set: return Self.areSame(got.elements, want.elements, inPairs: false)
        case .pairs: return Self.areSame(got.elements, want.elements, inPairs: true)
        case .ttl: return acceptsTimeToLive(got, for: want, unit: command == "PTTL" ? 1000 : 1)
        case .scan:
            guard let got = got.elements, let want = want.elements, got.count == 2, got[0] == want[0] else {
                return false
            }
            return Self.areSame(got[1].elements, want[1].elements, inPairs: command != "SSCAN")
        case .dump: return (got == .null) == (want == .null)
        case .random:
            switch (got, want) {
            case (.array(let got), .array(let want)): return got.count == want.count
            case (.null, .null), (.bulk, .bulk), (.integer, .integer), (.status, .status): return true
            default: return false
            }
        }
    }

    private func acceptsTimeToLive(_ got: TestReply, for want: TestReply, unit: Int64) -> Bool {
        guard let got = got.number, let want = want.number else { return false }
        if want > Self.farTimeToLive {
            let now = Date().timeIntervalSince1970
            return abs((now - Self.farDeadline) * Double(unit) + Double(got)) <= Double(2 * unit)
        }
        return (want < 0) == (got < 0) && abs(want - got) <= 2 * unit
    }

    /// Whether two arrays hold the same elements, or the same pairs of elements, in any order.
    static func areSame(_ got: [TestReply]?, _ want: [TestReply]?, inPairs: Bool) -> Bool {
        guard let got, let want, got.count == want.count else { return false }
        return sorted(got, inPairs: inPairs) == sorted(want, inPairs: inPairs)
    }

    private static func sorted(_ elements: [TestReply], inPairs: Bool) -> [String] {
        let texts = elements.map(\.description)
        guard inPairs else { return texts.sorted() }
        return stride(from: 0, to: texts.count - 1, by: 2).map { texts[$0] + " " + texts[$0 + 1] }.sorted()
    }
}

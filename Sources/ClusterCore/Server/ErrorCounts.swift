import CommandCatalog
import Presentation

/// How often one event loop has answered with which error to which command: refusals and exceeded sizes, which the
/// `RefusalLedger` counts, are not among them.
///
/// Bounded: there are as many entries as kinds and supported commands, and a key is cut.
struct ErrorCounts: Sendable {
    /// One kind of error, answered to one command.
    struct Entry: Sendable {
        /// How often.
        var count: UInt64
        /// The first key that it was met with, without passwords; nil where the command has none.
        var firstKey: [UInt8]?
    }

    private static let longestKey = 1_024
    private static let commands = Command.ID.allCases.count + 1

    private(set) var entries: [Int: Entry] = [:]

    /// Counts an error.
    ///
    /// - Parameters:
    ///   - id: the command; nil where none was understood.
    ///   - key: the key, for the first of its kind.
    mutating func add(_ kind: ErrorKind, _ id: Command.ID?, key: @autoclosure () -> [UInt8]?) {
        let place = Int(kind.rawValue) * Self.commands + (id.map { Int($0.rawValue) } ?? Self.commands - 1)
        if entries[place] == nil {
            entries[place] = Entry(
                count: 0, firstKey: key().map { Secrets.maskURLs(in: Array($0.prefix(Self.longestKey))) })
        }
        entries[place]?.count += 1
    }

    /// Adds another loop's.
    mutating func add(_ other: ErrorCounts) {
        entries.merge(other.entries) { Entry(count: $0.count + $1.count, firstKey: $0.firstKey ?? $1.firstKey) }
    }

    /// All of them, most often first.
    var list: [(kind: ErrorKind, command: Command.ID?, entry: Entry)] {
        let all = entries.compactMap { place, entry in
            ErrorKind(rawValue: UInt8(place / Self.commands)).map { kind in
                (kind: kind, command: Command.ID(rawValue: UInt8(place % Self.commands)), entry: entry, place: place)
            }
        }
        return all.sorted { ($1.entry.count, $0.place) < ($0.entry.count, $1.place) }
            .map { (kind: $0.kind, command: $0.command, entry: $0.entry) }
    }
}

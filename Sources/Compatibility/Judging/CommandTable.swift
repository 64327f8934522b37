import CommandCatalog

/// What judging needs of each row of the catalog, packed so that a request costs one look.
final class CommandTable: Sendable {
    /// One row.
    struct Row: BitwiseCopyable {
        /// The row in the catalog.
        var index: Int32 = 0
        var listing = Listing.supported
        /// What the command does to the size of its keys.
        var effect = Effect.none
        var arity: Int16 = 0
        /// The most words that the command's function takes.
        var mostWords = Int16.max
        /// What the last bit of the number of words is to be, where the mask has it: pairs.
        var parity: (mask: Int8, value: Int8) = (0, 0)
        /// Keys stand from `firstKey` to `lastKey` in steps of `keyStep`; 0 where there are none or they move.
        var firstKey: Int16 = 0
        var lastKey: Int16 = 0
        var keyStep: Int16 = 0
        var hasMovingKeys = false
        /// Whether the row is a container, or a command whose answer depends on the subcommand.
        var isContainer = false
        /// Only a request of more arguments can have a form that is newer.
        var laterFormsFrom = Int16.max
        var isWrite = false
        /// Whether more than the lengths of the arguments is looked at.
        var isLookedInto = false

        /// Whether a request of `count` arguments is complete, the name counted.
        @inline(__always)
        func accepts(_ count: Int) -> Bool {
            (arity >= 0 ? count == Int(arity) : count >= -Int(arity) && count <= Int(mostWords))
                && Int8(truncatingIfNeeded: count) & parity.mask == parity.value
        }
    }

    /// What the contract says of a command as such.
    enum Listing: UInt8, BitwiseCopyable {
        case supported
        case refused
        case unlisted
        case newer
    }

    private let rows: [Row]
    /// The names of the rows in small letters, a subcommand behind `|`.
    let names: [String]

    init(contract: Contract) {
        let all = Catalog.all
        rows = all.enumerated().map { index, command in
            var row = Self.row(index, command, contract)
            // Subcommands stand behind their container.
            row.isContainer = index + 1 < all.count && all[index + 1].container.map { $0 == command.name } ?? false
            return row
        }
        names = all.map { Self.statisticsName($0.name) }
    }

    subscript(index: Int) -> Row {
        @inline(__always) get { rows[index] }
    }

    var count: Int { rows.count }

    private static func row(_ index: Int, _ command: Command, _ contract: Contract) -> Row {
        var row = Row()
        row.index = Int32(index)
        switch contract.verdict(on: command) {
        case .supported, .newerArgument, .otherDatabase: row.listing = .supported
        case .refused: row.listing = .refused
        case .unlisted, .unknown: row.listing = .unlisted
        case .newer: row.listing = .newer
        }
        row.effect = Effect.of(command)
        row.isLookedInto = [.setRange, .setBit, .restore].contains(row.effect)
        row.arity = Int16(clamping: command.facts.arity)
        if let count = command.id?.wordCount {
            row.mostWords = Int16(clamping: count.most)
            row.parity = count.parity.map { (1, Int8($0)) } ?? (0, 0)
        }
        row.laterFormsFrom = command.argumentsBeforeLaterForms.map { Int16(clamping: $0) } ?? .max
        row.isWrite = command.facts.flags.contains(.write)
        switch command.facts.keys {
        case .none: break
        case .range(let first, let last, let step):
            row.firstKey = Int16(clamping: first)
            row.lastKey = Int16(clamping: last)
            row.keyStep = Int16(clamping: step)
        case .counted, .storing, .streams, .migrate: row.hasMovingKeys = true
        }
        return row
    }

    /// `CLIENT SETINFO` is counted as `client|setinfo`.
    private static func statisticsName(_ name: String) -> String {
        let bytes = name.utf8.map { byte in
            switch byte {
            case UInt8(ascii: " "): UInt8(ascii: "|")
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
            default: byte
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

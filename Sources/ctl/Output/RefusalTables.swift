import ClusterCore
import Compatibility
import Presentation

/// Refusals as tables for people.
enum RefusalTables {
    /// The refused commands, most often refused first; no lines where there are none.
    static func commandLines(_ refusals: AdminReport.Refusals, _ style: Style = .plain) -> [String] {
        guard !refusals.commands.isEmpty else { return [] }
        let sorted = refusals.commands.enumerated()
            .sorted { ($1.element.count, $0.offset) < ($0.element.count, $1.offset) }.map(\.element)
        var table = TextTable([
            ("VERDICT", .left), ("COMMAND", .left), ("TIMES", .right), ("FIRST KEY", .left), ("INSTEAD", .left),
        ])
        for refusal in sorted {
            let since = refusal.since.map { " (\($0))" } ?? ""
            table.add([
                refusal.verdict + since, refusal.command, Quantity.count(refusal.count),
                refusal.firstArgument.map { Quantity.printable($0) } ?? "-", refusal.instead,
            ])
        }
        let lines = table.lines(style) { row, column, text in
            column == 0 ? style.verdict(sorted[row].verdict, text) : text
        }
        return lines + others(refusals.otherCommands, "other commands")
    }

    /// The exceeded sizes; no lines where there are none.
    static func sizeLines(_ refusals: AdminReport.Refusals, _ style: Style = .plain) -> [String] {
        guard !refusals.sizes.isEmpty else { return [] }
        var table = TextTable([
            ("TOO LARGE", .left), ("COMMAND", .left), ("TIMES", .right), ("BYTES", .right), ("LIMIT", .right),
            ("KEY", .left),
        ])
        for size in refusals.sizes {
            table.add([
                size.isKey ? "key" : "value", size.command, Quantity.count(size.count),
                Quantity.count(size.largestBytes), Quantity.count(size.limit), Quantity.printable(size.key),
            ])
        }
        return table.lines(style) + others(refusals.otherSizes, "other keys")
    }

    private static func others(_ count: Int, _ noun: String) -> [String] {
        count == 0 ? [] : ["and \(Quantity.count(count, "time")) for \(noun)"]
    }
}

// MARK: - For programs

extension AdminReport.Refusals {
    /// The refused commands in the order in which each came first.
    var commandsJSON: JSON {
        .array(
            commands.map { refusal in
                .object(
                    [
                        ("verdict", .string(refusal.verdict)), ("command", .string(refusal.command)),
                        ("since", .string(ifAny: refusal.since)), ("count", .integer(refusal.count)),
                    ]
                        + (refusal.firstArgument.map { JSON.members("first_key", bytes: $0) } ?? [("first_key", .null)])
                        + [
                            ("instead", refusal.instead.isEmpty ? .null : .string(refusal.instead)),
                            ("clients", .object(refusal.clients.map { ($0.address, .integer($0.count)) })),
                        ])
            })
    }

    /// The exceeded sizes in the order in which each came first.
    var sizesJSON: JSON {
        .array(
            sizes.map { size in
                .object(
                    [("kind", .string(size.isKey ? "key" : "value"))] + JSON.members("key", bytes: size.key) + [
                        ("command", .string(size.command)), ("count", .integer(size.count)),
                        ("largest_bytes", .integer(size.largestBytes)), ("limit", .integer(size.limit)),
                    ])
            })
    }
}

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
                refusal.firstKey.map { Quantity.printable($0) } ?? "-", refusal.instead,
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
                size.size, size.command.isEmpty ? "-" : size.command, Quantity.count(size.count),
                Quantity.count(size.largestBytes), Quantity.count(size.limit),
                size.key.isEmpty ? "-" : Quantity.printable(size.key),
            ])
        }
        return table.lines(style) + others(refusals.otherSizes, "other keys")
    }

    /// What client libraries sent by themselves; no lines where there is nothing.
    static func greetingLines(_ refusals: AdminReport.Refusals, _ style: Style = .plain) -> [String] {
        guard !refusals.greetings.isEmpty else { return [] }
        var table = TextTable([("GREETING", .left), ("TIMES", .right), ("LIBRARY", .left), ("TO LEAVE IT OUT", .left)])
        for greeting in refusals.greetings {
            table.add([
                greeting.command, Quantity.count(greeting.count), shown(greeting.libraries), shown(greeting.setting),
            ])
        }
        return table.lines(style)
    }

    /// The errors that were answered beside refusals; no lines where there are none.
    static func errorLines(_ counters: AdminReport.Counters, _ style: Style = .plain) -> [String] {
        guard !counters.errorKinds.isEmpty else { return [] }
        var table = TextTable([("ERROR", .left), ("COMMAND", .left), ("TIMES", .right), ("FIRST KEY", .left)])
        for error in counters.errorKinds {
            table.add([
                error.error, shown(error.command), Quantity.count(error.count),
                error.firstKey.map { Quantity.printable($0) } ?? "-",
            ])
        }
        return table.lines(style)
    }

    /// How many errors of each code there were, as in `3 LOCKED, 1 WRONGTYPE`; empty where there are none.
    static func errorCodes(_ counters: AdminReport.Counters) -> String {
        var counts: [(code: Substring, count: Int)] = []
        for error in counters.errorKinds {
            let code = error.error.prefix { $0 != " " }
            if let place = counts.firstIndex(where: { $0.code == code }) {
                counts[place].count += error.count
            } else {
                counts.append((code, error.count))
            }
        }
        return counts.map { "\(Quantity.count($0.count)) \($0.code)" }.joined(separator: ", ")
    }

    private static func shown(_ text: String) -> String { text.isEmpty ? "-" : text }

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
                        + (refusal.firstKey.map { JSON.members("first_key", bytes: $0) } ?? [("first_key", .null)])
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
                    [("kind", .string(size.size))] + JSON.members("key", bytes: size.key) + [
                        ("command", .string(size.command)), ("count", .integer(size.count)),
                        ("largest_bytes", .integer(size.largestBytes)), ("limit", .integer(size.limit)),
                    ])
            })
    }

    /// The greetings of client libraries in the order in which each came first.
    var greetingsJSON: JSON {
        .array(
            greetings.map { greeting in
                .object([
                    ("command", .string(greeting.command)), ("verdict", .string(greeting.verdict)),
                    ("count", .integer(greeting.count)),
                    ("libraries", .strings(greeting.libraries.split(separator: ", ").map(String.init))),
                    ("setting", greeting.setting.isEmpty ? .null : .string(greeting.setting)),
                ])
            })
    }
}

extension AdminReport.Counters {
    /// The errors that were answered beside refusals, most often first.
    var errorKindsJSON: JSON {
        .array(
            errorKinds.map { error in
                .object(
                    [
                        ("error", .string(error.error)),
                        ("command", error.command.isEmpty ? .null : .string(error.command)),
                        ("count", .integer(error.count)),
                    ] + (error.firstKey.map { JSON.members("first_key", bytes: $0) } ?? [("first_key", .null)]))
            })
    }
}

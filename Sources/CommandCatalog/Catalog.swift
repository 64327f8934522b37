/// Every Redis command there is, as rows.
public enum Catalog {
    /// The supported commands' rows, in the order of the documentation: by group, then by name.
    public static let supported: [Command] = Command.ID.allCases.map(\.row)

    /// Every row: the supported commands first, ``Command/ID``'s raw value being a row's index; then all others, each
    /// container directly before its subcommands.
    public static let all: [Command] = supported + Unsupported.rows

    /// What a look-up by name finds.
    public enum Match: Sendable, Hashable, BitwiseCopyable {
        /// A command that the contract supports.
        case supported(Command.ID)
        /// A command of some Redis that the contract does not support: its row's index in ``Catalog/all``.
        case unsupported(row: Int)
    }

    /// Looks a command up in the shared index: ``NameIndex/find(_:)`` with the check that the index is built.
    public static func find(_ name: Span<UInt8>) -> Match? { NameIndex.shared.find(name) }

    /// The row of a request's command, the subcommand's where it names one; nil where no Redis has the command.
    ///
    /// - Parameters:
    ///   - buffer: the bytes that hold the request.
    ///   - arguments: the place of each argument in `buffer`, the name's first.
    public static func row(in buffer: Span<UInt8>, arguments: Span<Range<Int>>) -> Command? {
        guard !arguments.isEmpty else { return nil }
        switch find(buffer.extracting(arguments[0])) {
        case nil:
            return nil
        case .supported(let id):
            return id.row
        case .unsupported(let row):
            guard arguments.count > 1 else { return all[row] }
            return all[subcommand(buffer.extracting(arguments[1]), ofContainerAt: row) ?? row]
        }
    }

    /// The row of a command or subcommand by its name, as in `get` or `Client SetInfo`; nil where there is none.
    ///
    /// A subcommand that its container does not have gives nil too.
    public static func row(named name: String) -> Command? {
        let words = name.split(separator: " ")
        guard let first = words.first, words.count <= 2, let match = find(first.utf8.span) else { return nil }
        switch match {
        case .supported(let id):
            return words.count == 1 ? id.row : nil
        case .unsupported(let row):
            guard words.count == 2 else { return all[row] }
            return subcommand(words[1].utf8.span, ofContainerAt: row).map { all[$0] }
        }
    }

    /// The subcommands of a container, in the order of their names; none for a command that has no subcommands.
    public static func subcommands(of container: Command) -> ArraySlice<Command> {
        guard let row = all.firstIndex(where: { $0.name == container.name }) else { return [] }
        return all[rows(ofSubcommandsAt: row)]
    }

    /// The row of one of a container's subcommands.
    private static func subcommand(_ name: Span<UInt8>, ofContainerAt container: Int) -> Int? {
        for row in rows(ofSubcommandsAt: container)
        where equalsFolded(name, all[row].name.utf8.dropFirst(all[container].name.utf8.count + 1)) {
            return row
        }
        return nil
    }

    private static func rows(ofSubcommandsAt container: Int) -> Range<Int> {
        let name = all[container].name.utf8
        var end = container + 1
        while end < all.count, all[end].name.utf8.starts(with: name),
            all[end].name.utf8.dropFirst(name.count).first == UInt8(ascii: " ")
        {
            end += 1
        }
        return container + 1..<end
    }
}

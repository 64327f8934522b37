/// A form of a supported command's arguments that a release after 2.8 added: for documentation and reports.
public struct LaterArgument: Sendable, Hashable {
    /// The option's word in capitals, or what the surplus arguments are (`several keys`).
    public let name: String
    /// The release that brought it.
    public let since: Version
}

extension Command {
    /// The forms that later releases added, in the order of the table; empty for a command that has none, and for every
    /// command that is not supported.
    public var laterArguments: [LaterArgument] {
        switch id?.laterForms?.content {
        case nil: []
        case .options(let options):
            options.compactMap { option in option.since.map { LaterArgument(name: option.word, since: $0) } }
        case .surplus(let form, _, _): [LaterArgument(name: form.name, since: form.since)]
        }
    }

    /// A request with no more arguments than this, the name counted, has none of them; nil where no request has any.
    public var argumentsBeforeLaterForms: Int? { id?.laterForms?.start }
}

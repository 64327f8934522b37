/// A form of a supported command's arguments that a release after 2.8 added: for documentation and reports.
public struct LaterArgument: Sendable, Hashable {
    /// The option's word in capitals, or what the surplus arguments are (`several keys`).
    public let name: String
    /// The release that brought it.
    public let since: Version
    /// How the same is done with 2.8: a fragment of a sentence in small letters.
    public let instead: String

    init(_ name: String, _ since: Version, _ instead: String) {
        self.name = name
        self.since = since
        self.instead = instead
    }
}

extension Command {
    /// The forms that later releases added, in the order of the table; empty for a command that has none, and for every
    /// command that is not supported.
    public var laterArguments: [LaterArgument] { id?.laterForms?.all ?? [] }

    /// How the same is done with 2.8 in place of a later form, by the form's name; empty where there is no such form.
    public func instead(ofLaterArgument name: String) -> String {
        laterArguments.first { $0.name == name }?.instead ?? ""
    }

    /// A request with no more arguments than this, the name counted, has none of them; nil where no request has any.
    public var argumentsBeforeLaterForms: Int? { id?.laterForms?.start }

    /// Whether 2.8 may answer a request with a later form as if that were not there.
    ///
    /// Where the key does not exist, it does not look at the arguments behind it. Every other later form is an error in 2.8.
    public var mayPassOverLaterForms: Bool { id == .bitcount || id == .hscan }
}

public import CommandCatalog

/// What a rule says of a request that the contract refuses: the same words in the linter's reports and in those of a
/// cluster that has refused it.
public struct RefusalWords {
    /// The rule.
    public let rule: Rule
    /// The command in capitals, its subcommand behind it.
    public let command: String
    /// What tells the finding apart from others of the command: the newer form, the database.
    public let detail: String
    /// What is wrong.
    public let message: String
    /// What to do instead; empty where there is no honest answer.
    public let instead: String

    /// The words for a command that a Redis has; nil where the contract refuses nothing.
    ///
    /// - Parameter command: its row, the subcommand's where the request names one.
    public init?(_ verdict: Verdict, of command: Command, contract: Contract) {
        let name = command.name
        var detail = ""
        switch verdict {
        case .supported, .unknown: return nil
        case .refused:
            rule = .refusedCommand
            message = "\(name) is refused by the target"
        case .unlisted:
            rule = .unlistedCommand
            message = "\(name) is not on the target's list of supported commands"
        case .newer(let since):
            rule = .newerCommand
            message = "\(name) is newer than Redis 2.8: it \(Self.origin(since))"
        case .newerArgument(let form, let since):
            rule = .newerArgument
            message = "\(name) with \(form) is newer than Redis 2.8: it \(Self.origin(since))"
            detail = form
        case .otherDatabase(let number):
            rule = .otherDatabase
            message = "database \(number) is used"
            detail = "\(number)"
        }
        self.command = name
        self.detail = detail
        instead = contract.instead(of: command, verdict)
    }

    /// The words for a name that no Redis has.
    ///
    /// - Parameter name: the name, made printable.
    public init(unknown name: String) {
        let guess = Catalog.remark(onUnknown: name).map { ": \($0)" } ?? ""
        rule = .unknownCommand
        command = name
        detail = ""
        message = "no Redis has a command '\(name)'\(guess)"
        instead = ""
    }

    /// Where something newer comes from; the release of a Redis without its name, which stands before.
    private static func origin(_ since: Version) -> String {
        since.product == .redis ? "came with \(since)" : since.origin
    }
}

extension Judge.Words {
    init(_ words: RefusalWords) { self.init(words, detail: words.detail, instead: words.instead) }

    /// The words with another advice than the catalog's.
    init(_ words: RefusalWords, detail: String, instead: String) {
        self.init(
            rule: words.rule, command: words.command, detail: detail, message: words.message, instead: instead)
    }
}

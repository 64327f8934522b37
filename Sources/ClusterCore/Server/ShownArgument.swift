import CommandCatalog
import Presentation

/// What reports show of a refused request beside its name: its first key, else its first argument, without secrets.
enum ShownArgument {
    /// How much of it is kept.
    private static let longest = 1_024

    /// Nil where the request has no argument, where it is a secret, or where nobody knows what it is.
    ///
    /// - Parameter row: the command's row; nil where no Redis has it.
    static func of(_ arguments: Arguments, _ row: Command?) -> [UInt8]? {
        let secrets = arguments.withSpans { RequestSecrets(in: $0, arguments: $1) }
        guard let row else { return ofUnknown(arguments, secrets) }
        var keys = arguments.withSpans { row.facts.keys.indexes(in: $0, arguments: $1) }
        if let key = keys.next() { return shown(key, arguments, secrets, isKey: true) }
        return shown(row.container == nil ? 1 : 2, arguments, secrets, isKey: false)
    }

    /// The key of a command that is misspelt; of one that means nothing, an argument may be anything.
    private static func ofUnknown(_ arguments: Arguments, _ secrets: RequestSecrets) -> [UInt8]? {
        guard secrets.first == Int.max,
            let meant = Catalog.suggestion(for: RefusalText.printable(arguments[0], longest: 64)),
            let row = Catalog.row(named: meant), case .range(let first, _, _) = row.facts.keys
        else { return nil }
        return shown(first, arguments, secrets, isKey: true)
    }

    private static func shown(
        _ index: Int, _ arguments: Arguments, _ secrets: RequestSecrets, isKey: Bool
    ) -> [UInt8]? {
        guard index < arguments.count, index < secrets.first else { return nil }
        // What follows the part that is kept may tell that it is a secret.
        let bytes = Array(arguments[index].buffer.prefix(4 * longest))
        return Array((isKey ? Secrets.maskURLs(in: bytes) : Secrets.masked(bytes, as: .text)).prefix(longest))
    }

    /// The name that reports give a command which no Redis has: printable, and without what may have got into it.
    static func name(_ bytes: ByteView) -> String {
        Secrets.masked(RefusalText.printable(bytes, longest: 256)).unicodeScalars.prefix(64).reduce(into: "") {
            $0.unicodeScalars.append($1)
        }
    }
}

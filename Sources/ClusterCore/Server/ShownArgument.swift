import CommandCatalog
import Presentation

/// What reports show of a refused request.
enum ShownArgument {
    /// The name that reports give a command which no Redis has: printable, and without what may have got into it.
    static func name(_ bytes: ByteView) -> String {
        Secrets.masked(RefusalText.printable(bytes, longest: 256)).unicodeScalars.prefix(64).reduce(into: "") {
            $0.unicodeScalars.append($1)
        }
    }
}

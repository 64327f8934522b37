/// What the contract says of a command or of one request.
public enum Verdict: Sendable, Hashable {
    /// Supported, in this form.
    case supported
    /// The page of the product lists the command as refused.
    case refused
    /// Redis 2.8 has the command, but the page names it nowhere: what is not named is not supported.
    case unlisted
    /// Redis added the command after 2.8, in release `since`.
    case newer(since: Version)
    /// No Redis has a command of this name.
    case unknown
    /// The command is supported, but the request uses an argument that came later, in release `since`.
    case newerArgument(String, since: Version)
    /// SELECT of a database that the contract does not have, by its number.
    case otherDatabase(Int)

    /// A stable short name for reports and counters: `supported`, `refused`, `unlisted`, `newer`, `unknown`,
    /// `newer-argument` or `other-database`.
    public var label: String {
        switch self {
        case .supported: "supported"
        case .refused: "refused"
        case .unlisted: "unlisted"
        case .newer: "newer"
        case .unknown: "unknown"
        case .newerArgument: "newer-argument"
        case .otherDatabase: "other-database"
        }
    }

    /// The release that brought the command or the argument; nil unless the verdict is that it is newer.
    public var since: Version? {
        switch self {
        case .newer(let since), .newerArgument(_, let since): since
        case .supported, .refused, .unlisted, .unknown, .otherDatabase: nil
        }
    }
}

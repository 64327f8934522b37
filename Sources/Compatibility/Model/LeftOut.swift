/// What was not read below the folders that were named.
public struct LeftOut: Sendable, Hashable {
    /// Folders of what others have written or programs have made, by their names.
    public var usualFolders: [String: Int] = [:]
    /// Folders whose names begin with a full stop.
    public var hiddenFolders = 0
    /// Folders that a `.gitignore` names.
    public var ignoredFolders = 0
    /// Files that a `.gitignore` names.
    public var ignoredFiles = 0
    /// Files that the configuration names.
    public var configuredFiles = 0
    /// Symbolic links, which are not followed.
    public var links = 0
    /// Sockets, pipes and devices.
    public var specialFiles = 0
    /// Files that are neither text nor data of Redis, by what they are.
    public var binaryFiles: [Binary: Int] = [:]
    /// Files that mention Redis, and are of no kind that is read.
    public var unknownFiles: [String] = []

    /// What a binary file is.
    public struct Binary: Sendable, Hashable, Comparable {
        /// As `archive`.
        public var noun: String
        /// As `zip`; empty if the noun says it all.
        public var detail: String

        /// By the nouns.
        public static func < (left: Binary, right: Binary) -> Bool {
            (left.noun, left.detail) < (right.noun, right.detail)
        }
    }

    /// Nothing.
    public init() {}

    /// How many folders were chosen not to be read.
    public var folders: Int { usualFolders.values.reduce(0, +) + hiddenFolders + ignoredFolders }
    /// How many files were chosen not to be read, those in such folders not counted.
    public var files: Int { ignoredFiles + configuredFiles }

    /// Adds what was left out elsewhere.
    mutating func add(_ other: LeftOut) {
        usualFolders.merge(other.usualFolders, uniquingKeysWith: +)
        hiddenFolders += other.hiddenFolders
        ignoredFolders += other.ignoredFolders
        ignoredFiles += other.ignoredFiles
        configuredFiles += other.configuredFiles
        links += other.links
        specialFiles += other.specialFiles
        binaryFiles.merge(other.binaryFiles, uniquingKeysWith: +)
        unknownFiles += other.unknownFiles
    }
}

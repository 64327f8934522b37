/// Which source files of a run use Redis, by their languages, and whether anything in them was understood.
struct SourceCoverage: Sendable {
    /// The files of a language in which nothing was understood though they import something called Redis.
    private struct Silent {
        var files = 0
        /// What the language of the first of them is called.
        let name: String
        let first: Location
        /// Whether the language has a reader.
        let isRead: Bool
    }

    private var silent: [String: Silent] = [:]
    private var understood: Set<String> = []

    /// Endings of names of files in languages that have no reader; a file of one that has never gets here.
    static let unreadEndings: Set<String> = [
        "clj", "cljc", "cljs", "coffee", "cr", "d", "dart", "el", "elm", "erl", "ex", "exs", "f90", "fs", "fsx",
        "gradle", "groovy", "hrl", "hs", "ipynb", "jl", "lisp", "m", "ml", "mli", "mm", "nim", "pas", "pl", "pm",
        "ps1", "purs", "r", "raku", "rkt", "scala", "scm", "swift", "tcl", "vb", "zig",
    ]

    /// Notes a file in which a command was understood.
    ///
    /// - Parameter family: the languages that can name each other's clients.
    mutating func noteUnderstood(_ family: String) { understood.insert(family) }

    /// Notes a file in which none was, though a line of it imports something called Redis.
    mutating func noteSilent(_ family: String, name: String, _ place: Location, isRead: Bool) {
        silent[family, default: Silent(name: name, first: place, isRead: isRead)].files += 1
    }

    /// Adds what files after the ones so far have.
    mutating func add(_ other: SourceCoverage) {
        understood.formUnion(other.understood)
        for (family, more) in other.silent {
            silent[family, default: Silent(name: more.name, first: more.first, isRead: more.isRead)].files += more.files
        }
    }

    /// A finding for each language in which nothing was understood, in the order of their names.
    var findings: [Finding] {
        silent.filter { !understood.contains($0.key) }.sorted { $0.key < $1.key }.map { _, silent in
            let files = silent.files == 1 ? "one \(silent.name) file uses" : "\(silent.files) \(silent.name) files use"
            let reason = silent.isRead ? "no command was understood" : "the language is not read"
            return Finding(rule: .notUnderstood, message: "\(files) Redis: \(reason)", location: silent.first)
        }
    }
}

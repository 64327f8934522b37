extension Rule {
    /// Source files import Redis, and no command was understood in any file of their language.
    ///
    /// Fires on a folder with a file that imports a client which no table knows; is silent as soon as one command of the
    /// language was understood.
    public static let notUnderstood = Rule(
        .notUnderstood, name: "not-understood", severity: .warning,
        summary: "Source files use Redis, and nothing in them was understood.",
        explanation: """
            A check that has understood nothing says nothing. Files of this language import something that is called Redis, \
            and of no call it is known which command it sends: the client is not known, the receivers are parameters that \
            nobody calls with a client, or the language is not read at all. The finding is one for each language of a run \
            over folders, at the first of the files.
            """,
        badExample: [], goodExample: ["PING"],
        instead:
            "name the variables that are clients (receiver-names in .clusterctl.toml), look at --undecided, or run the "
            + "program with `clusterctl exec`")
}

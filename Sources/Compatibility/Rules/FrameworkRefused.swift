extension Rule {
    /// A framework that the project depends on cannot do what it is for.
    ///
    /// Fires on `celery[redis]` in a manifest; is silent on a framework whose main job needs no refused command.
    public static let frameworkRefused = Rule(
        .frameworkRefused, name: "framework-refused", severity: .error,
        summary: "A framework sends commands for its main job that the target refuses.",
        explanation: """
            Job queues, rate limiters, locks and message layers send their commands themselves, so that no line of the \
            application shows them. The table of frameworks says which commands each job needs and where that was read. \
            It is told by the packages in a project's manifests: at each framework that talks to Redis alone, and, as a \
            guess, at one that may use another server where the manifest has a client of Redis too.
            """,
        badExample: [], goodExample: ["PING"],
        instead: "use a back end of the framework that is not this target, or another framework")

    /// A framework that the project depends on works, but for some of its jobs.
    ///
    /// Fires on `connect-redis` in a manifest, whose `store.clear` scans.
    public static let frameworkPartlyRefused = Rule(
        .frameworkPartlyRefused, name: "framework-partly-refused", severity: .note,
        summary: "A framework sends commands for some of its jobs that the target refuses.",
        explanation: """
            What the framework is used for works, and some of its functions do not. Whether the application calls them, \
            its source code shows.
            """,
        badExample: [], goodExample: ["PING"],
        instead: "leave out the functions that are named")
}

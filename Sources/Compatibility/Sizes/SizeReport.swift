/// Reports the exact sizes of the keys in RDB files, append-only files, logs of MONITOR and running servers.
public enum SizeReport {
    /// Reads files, folders, standard input (`-`) and running servers (`redis://` and `unix://` URLs).
    ///
    /// RDB files stream through in memory that does not depend on their size. Append-only files and logs are replayed by
    /// the arithmetic of their commands, which takes 16 to some 60 bytes an element and the keys' names. What cannot be read is
    /// in the summary's problems; everything before the damage is counted.
    ///
    /// A server is asked for a page of its keys at a time, with commands that change nothing. Strings are asked for their
    /// length; collections are read, large ones in windows, and their elements passed over as they come.
    ///
    /// - Parameters:
    ///   - progress: told from time to time how far the run has come.
    ///
    /// ``SizeOptions/stop`` ends the run with what there is; of a server the result says how to go on.
    public static func read(
        _ sources: [String], _ options: SizeOptions, progress: (Progress) -> Void = { _ in }
    ) -> SizeResult {
        var run = SizeRun(options: options)
        var read = 0
        for source in sources where !run.isInterrupted {
            run.read(source, progress)
            read += 1
        }
        return run.finish(unread: Array(sources[read...]))
    }
}

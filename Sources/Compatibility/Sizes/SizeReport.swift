/// Reports the exact sizes of the keys in RDB files, append-only files and logs of MONITOR.
public enum SizeReport {
    /// Reads files, folders and standard input (`-`).
    ///
    /// RDB files stream through in memory that does not depend on their size. Append-only files and logs are replayed by
    /// the arithmetic of their commands, which takes some 24 bytes an element and the keys' names. What cannot be read is
    /// in the summary's problems; everything before the damage is counted.
    ///
    /// - Parameter progress: told from time to time how far the run has come.
    public static func read(
        _ sources: [String], _ options: SizeOptions, progress: (Progress) -> Void = { _ in }
    ) -> SizeResult {
        var run = SizeRun(options: options)
        for source in sources { run.read(source, progress) }
        return run.finish()
    }
}

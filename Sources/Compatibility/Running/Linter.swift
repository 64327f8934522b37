public import SystemCalls

/// Judges traces, scripts and source code against a contract without running anything.
public struct Linter: Sendable {
    private let options: LintOptions

    /// A linter with these options.
    public init(_ options: LintOptions) {
        self.options = options
    }

    /// Reads files, folders and standard input (`-`), recognising each by its content, and judges what they hold.
    ///
    /// Reads each file once, a second time where a value may have grown over the limit. What cannot be read is in the
    /// summary's problems; everything before the damage is judged. Memory does not depend on the size of the inputs. The
    /// result does not depend on the number of threads.
    ///
    /// - Parameter progress: told from time to time how far the run has come.
    public func run(_ paths: [FilePath], progress: (Progress) -> Void = { _ in }) -> LintResult {
        withoutActuallyEscaping(progress) { LintQueue(paths, options: options).run(progress: $0) }
    }

    /// Reads paths that are UTF-8.
    public func run(_ paths: [String], progress: (Progress) -> Void = { _ in }) -> LintResult {
        run(paths.map { FilePath($0) }, progress: progress)
    }
}

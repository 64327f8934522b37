import Glibc

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
    /// summary's problems; everything before the damage is judged. Memory does not depend on the size of the inputs.
    ///
    /// - Parameter progress: told from time to time how far the run has come.
    public func run(_ paths: [String], progress: (Progress) -> Void = { _ in }) -> LintResult {
        withoutActuallyEscaping(progress) { progress in
            var run = LintRun(options: options, bytesTotal: Self.size(of: paths), progress: progress)
            for path in paths { run.read(path) }
            return run.finish()
        }
    }

    /// The bytes of some files together; nil where one is a folder or no file.
    private static func size(of paths: [String]) -> Int? {
        var total = 0
        for path in paths {
            var status = stat()
            guard path != "-", stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
            total += Int(status.st_size)
        }
        return total
    }
}

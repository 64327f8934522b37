import ArgumentParser
import Compatibility
import Glibc
import Presentation
import SystemCalls

/// The reports of a run: their files are made before the work begins, and filled when it is done.
struct ReportFiles {
    /// What goes to stdout; nil where nothing does.
    private let standardFormat: ReportFormat?
    private var files: [(format: ReportFormat, file: AtomicFile)] = []
    private let isGitHubUsed: Bool

    /// - Parameter unasked: what goes to stdout where no option asks for anything; nil for nothing.
    init(_ options: OutputOptions, unasked: ReportFormat? = .text) throws(Failure) {
        standardFormat = options.standardOutputs.first ?? unasked
        isGitHubUsed = standardFormat == .github || options.output.contains { $0.format == .github }
        var paths: Set<String> = []
        for target in options.output {
            guard let path = target.path else { continue }
            guard paths.insert(path).inserted else {
                throw Failure("--output: \(path) is named for two formats: give each a file of its own")
            }
            files.append((target.format, try AtomicFile(path: path, option: "--output")))
        }
    }

    /// Writes everything.
    ///
    /// - Parameter standard: writes what goes to stdout in a format that the report itself does not write; false where it
    ///   has not.
    func write(
        _ report: Report, standard: (ReportFormat, inout ByteSink) -> Bool = { _, _ in false }
    ) throws(Failure) {
        if let standardFormat {
            var sink = ByteSink { StandardOutput.write(String(decoding: $0, as: UTF8.self)) }
            if !standard(standardFormat, &sink) { report.write(standardFormat, to: &sink) }
            sink.finish()
        }
        var plain = report
        plain.isColored = false
        for (format, file) in files {
            let text = ByteSink.text { sink in
                if !standard(format, &sink) { plain.write(format, to: &sink) }
            }
            try file.commit(text)
        }
        if isGitHubUsed { try appendStepSummary(plain) }
    }

    /// Gives the files up, where there is nothing to report.
    func discard() {
        for (_, file) in files { file.discard() }
    }

    /// Adds the findings to the page of the workflow's run: GitHub shows only a few annotations of each step.
    private func appendStepSummary(_ report: Report) throws(Failure) {
        guard let path = environmentVariable("GITHUB_STEP_SUMMARY"), !path.isEmpty else { return }
        let descriptor = open(
            path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | FilePlace.linkFlag(for: path), 0o644)
        guard descriptor >= 0 else { throw Self.summaryFailure(path) }
        defer { close(descriptor) }
        let text = ByteSink.bytes { report.write(.markdown, to: &$0) }
        guard FileDescriptor.write(text, to: descriptor) else { throw Self.summaryFailure(path) }
    }

    private static func summaryFailure(_ path: String) -> Failure {
        Failure("GITHUB_STEP_SUMMARY=\(path): \(systemError()): unset it, or name a file that can be written")
    }

    /// Says on stderr what could not be read, a line each.
    static func complain(_ problems: [InputProblem], _ command: String) {
        for problem in problems {
            StandardError.writeLine(
                "clusterctl \(command): \(Wording.place(problem.location)): \(SafeText.line(problem.message))")
        }
    }

    /// Ends the program as the findings and the inputs ask for.
    static func end(_ report: Report) throws {
        if report.result.summary.hasFailures { throw ExitCode(ExitStatus.unreachable.rawValue) }
        if report.result.findings.contains(where: { $0.severity >= report.failOn }) {
            throw ExitCode(ExitStatus.findings.rawValue)
        }
        if report.failsForGuesses { throw ExitCode(ExitStatus.findings.rawValue) }
    }
}

import ArgumentParser
import Compatibility

/// Where the findings go, and when they fail the run: the same for `lint`, `sizes` and `exec`.
struct OutputOptions: ParsableArguments {
    /// A format and the file that it goes to.
    struct Target: Sendable {
        let format: ReportFormat
        /// Nil for stdout.
        let path: String?
    }

    @Option(
        help: ArgumentHelp(
            "Write the findings in this format to a file, or to stdout where no file is named; may be repeated. Formats: "
                + "\(OutputOptions.formatNames).", valueName: "format=file"),
        transform: OutputOptions.target)
    var output: [Target] = []

    @Option(
        help: ArgumentHelp(
            "End with status 1 for findings of this severity or more. (default: warning; of exec error)",
            valueName: "error|warning|note"),
        transform: OutputOptions.severity)
    var failOn: Severity?

    @OptionGroup var report: ReportOptions

    func validate() throws {
        if standardOutputs.count > 1 {
            throw ValidationError("only one format can go to stdout: name files for the others, as in sarif=FILE")
        }
    }

    /// The formats that go to stdout; where there is none, text does.
    var standardOutputs: [ReportFormat] {
        output.filter { $0.path == nil }.map(\.format) + (report.json ? [.json] : [])
    }

    private static let formatNames = ReportFormat.allCases.map(\.rawValue).joined(separator: ", ")

    private static func target(_ text: String) throws -> Target {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let format = ReportFormat(rawValue: parts[0]) else {
            throw ArgumentValues.Unusable(description: "write FORMAT or FORMAT=FILE with one of \(formatNames)")
        }
        guard parts.count == 1 || !parts[1].isEmpty else {
            throw ArgumentValues.Unusable(description: "name a file behind the =")
        }
        return Target(format: format, path: parts.count == 1 || parts[1] == "-" ? nil : parts[1])
    }

    static func severity(_ text: String) throws -> Severity {
        guard let severity = Severity(rawValue: text) else {
            throw ArgumentValues.Unusable(description: "write error, warning or note")
        }
        return severity
    }
}

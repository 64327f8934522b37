import Foundation

do {
    let arguments = Array(CommandLine.arguments.dropFirst())
    if arguments.contains("--help") {
        print(Options.usage, terminator: "")
        exit(0)
    }
    let options = try Options(arguments)
    let reports = try measure(options)
    if options.printsJSON { try printJSON(reports) }
    let missed = reports.flatMap(\.missed)
    for name in missed { note("missed: \(name)") }
    exit(options.isStrict && !missed.isEmpty ? 1 : 0)
} catch {
    note("bench: \(error)")
    exit(2)
}

/// Measures part after part, and keeps each in the document as soon as it is there: a later one may fail.
func measure(_ options: Options) throws -> [PartReport] {
    var reports: [PartReport] = []
    let version = try ChildProcess.run([options.redisServer, "--version"]).split(separator: " ").prefix(3)
    for part in options.parts {
        let day = Date.now.formatted(.iso8601.year().month().day())
        var circumstances = "\(day), \(options.isQuick ? "quick run, " : "")"
        circumstances += "\(version.joined(separator: " ")), \(try Machine.description())."
        note("\(part.rawValue): \(circumstances)")
        let report = PartReport(part: part, circumstances: circumstances, tables: try part.measure(options))
        if !options.printsJSON { print(Markdown.text(of: report)) }
        if let path = options.document { try write(report, to: path) }
        reports.append(report)
    }
    return reports
}

func printJSON(_ reports: [PartReport]) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    print(String(decoding: try encoder.encode(reports), as: UTF8.self))
}

func write(_ report: PartReport, to path: String) throws {
    let document = try String(contentsOfFile: path, encoding: .utf8)
    let replaced = try MarkedSection.replacing([report.part: Markdown.text(of: report)], in: document)
    try replaced.write(toFile: path, atomically: true, encoding: .utf8)
}

/// A line for whoever waits for the result.
func note(_ line: String) {
    FileHandle.standardError.write(Data("\(line)\n".utf8))
}

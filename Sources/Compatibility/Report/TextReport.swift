import Presentation

// A finding as text:
//
//   error[CTL001 refused-command]: KEYS is refused by the Cluster edition
//     --> app/cache.py:12:11
//      |
//   12 |     names = r.keys("session:*")
//      |               ^^^^
//      = instead: keep the names in a set
//      = seen 18,204 times by 3 clients, last at …

extension Report {
    func writeText(to sink: inout ByteSink) {
        let paint = Paint(isOn: isColored)
        for finding in result.findings {
            TextFinding(finding, paint).write(to: &sink)
            sink.writeLine()
        }
        if showsUndecided { writeUndecided(paint, to: &sink) }
        if showsStatistics { writeStatistics(paint, to: &sink) }
        for line in coverage { sink.writeLine(paint.dim(line)) }
        for line in closing { sink.writeLine(line) }
    }

    func writeConcise(to sink: inout ByteSink) {
        for finding in result.findings { sink.writeLine(finding.conciseLine) }
    }

    private func writeUndecided(_ paint: Paint, to sink: inout ByteSink) {
        for name in result.summary.undecided {
            let confidence = name.confidence == .low ? " (low confidence)" : ""
            sink.writeLine(
                "\(Wording.place(name.location)): \(paint.bold("undecided")): "
                    + "only the running program knows which command this is: \(SafeText.line(name.text))\(confidence)")
        }
        if !result.summary.undecided.isEmpty { sink.writeLine() }
    }

    private func writeStatistics(_ paint: Paint, to sink: inout ByteSink) {
        let counts = result.summary.commands.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        let width = counts.first.map { Wording.count($0.value).count } ?? 0
        for (name, count) in counts {
            let number = Wording.count(count)
            let padding = String(repeating: " ", count: width - number.count)
            sink.writeLine("\(padding)\(number)  \(SafeText.line(name))")
        }
        if let seconds, seconds > 0 {
            let perSecond = Wording.bytes(Int(Double(result.summary.bytes) / seconds))
            sink.writeLine(paint.dim("\(Wording.bytes(result.summary.bytes)) at \(perSecond) a second"))
        }
        sink.writeLine()
    }

    /// What the inputs cannot show, each sentence once with the inputs that it is about.
    private var coverage: [String] {
        let sentences = result.summary.inputs.flatMap { input in
            input.coverage.map { (text: $0, path: Wording.place(Location(path: input.path))) }
        }
        return Self.grouped(sentences) { $0.text }.map { text, inputs in
            let more = inputs.count > 1 ? " and \(Wording.count(inputs.count - 1)) more" : ""
            return "note: \(inputs[0].path)\(more): \(text)"
        }
    }

    /// The last lines: what was found in how much, and what is not shown.
    private var closing: [String] {
        let summary = result.summary
        let found = Severity.allCases.reversed().compactMap { severity in
            let number = count(severity)
            return number == 0 ? nil : Wording.count(number, severity.rawValue)
        }
        var lines = [
            (found.isEmpty ? "nothing found" : found.joined(separator: ", "))
                + " in \(Wording.count(summary.commandCount, "command")) of "
                + "\(Wording.count(summary.inputs.count, "input")), \(Wording.bytes(summary.bytes))"
        ]
        if summary.passedOver > 0 {
            let files = Wording.count(summary.passedOver, "file")
            lines.append("\(files) passed over: no input of a known kind, or nothing about Redis in it")
        }
        lines += leftOut(summary.leftOut)
        if !suppressed.isEmpty {
            lines.append("\(Wording.count(suppressed.count)) suppressed by comments, configuration or baseline")
        }
        if result.hiddenFindings > 0 {
            lines.append(
                "\(Wording.count(result.hiddenFindings)) of low confidence not shown: "
                    + "--confidence low shows them"
                    + (failsForGuesses ? ", --confidence high says that they do not count" : ""))
        }
        return lines
    }
}

extension Finding {
    /// The finding on one line, as editors take it: `path:line:column: severity RULE message`.
    package var conciseLine: String { "\(Wording.place(first)): \(severity.rawValue) \(rule.id) \(fullMessage)" }
}

/// One finding as text.
private struct TextFinding {
    private let finding: Finding
    private let paint: Paint
    private let gutter: String

    init(_ finding: Finding, _ paint: Paint) {
        self.finding = finding
        self.paint = paint
        let width = finding.excerpt == nil ? 0 : finding.first.line.map { String($0).count } ?? 0
        gutter = String(repeating: " ", count: width)
    }

    func write(to sink: inout ByteSink) {
        let head = "\(finding.severity.rawValue)[\(finding.rule.id) \(finding.rule.name)]"
        sink.writeLine("\(paint.severity(finding.severity, head)): \(paint.bold(SafeText.line(finding.message)))")
        sink.writeLine("\(gutter) \(paint.dim("-->")) \(Wording.place(finding.first))")
        writeExcerpt(to: &sink)
        for (title, text) in remarks {
            sink.writeLine("\(gutter) \(paint.dim("=")) \(paint.help(title + ":")) \(SafeText.line(text))")
        }
    }

    private func writeExcerpt(to sink: inout ByteSink) {
        guard let line = finding.first.line, let excerpt = finding.excerpt else { return }
        let shown = ShownExcerpt(excerpt, columns: finding.first.columns)
        let bar = paint.dim("|")
        sink.writeLine("\(gutter) \(bar)")
        sink.writeLine("\(line) \(bar) \(shown.text)")
        let carets = String(repeating: "^", count: shown.caretCount)
        sink.writeLine(
            carets.isEmpty
                ? "\(gutter) \(bar)"
                : "\(gutter) \(bar) \(String(repeating: " ", count: shown.caretStart))"
                    + paint.severity(finding.severity, carets))
    }

    private var remarks: [(title: String, text: String)] {
        var remarks: [(String, String)] = []
        if !finding.instead.isEmpty { remarks.append(("instead", finding.instead)) }
        if finding.count > 1 || finding.clientCount > 0 { remarks.append(("seen", seen)) }
        // The excerpt shows the first example already.
        let examples = finding.excerpt == nil ? finding.examples[...] : finding.examples.dropFirst()
        for example in examples {
            let place = Wording.placeInFile(example.location).map { "\($0): " } ?? ""
            remarks.append(("example", place + example.text))
        }
        for reservation in finding.reservations { remarks.append(("note", reservation)) }
        return remarks
    }

    private var seen: String {
        var text = Wording.count(finding.count, "time")
        if finding.clientCount > 0 {
            text += " by \(Wording.count(finding.clientCount, "client"))"
            let more = finding.clientCount > finding.clients.count ? ", …" : ""
            if !finding.clients.isEmpty { text += " (\(finding.clients.joined(separator: ", "))\(more))" }
        }
        if finding.count > 1, finding.last != finding.first {
            text += ", last at \(Wording.place(finding.last))"
            if let first = finding.first.time, let last = finding.last.time { text += ", from \(first) to \(last)" }
        }
        return text
    }
}

/// A source line as a terminal shows it, and where the carets stand below it.
struct ShownExcerpt {
    let text: String
    let caretStart: Int
    /// None where the columns are not known, or none of them is in the excerpt.
    let caretCount: Int

    private static let tab = "    "
    private static let cutMark = "…"

    init(_ excerpt: Finding.Excerpt, columns: Range<Int>?) {
        let scalars = Array(excerpt.text.unicodeScalars)
        let isCutAtStart = excerpt.firstColumn > 1
        let start = isCutAtStart ? Self.cutMark : ""
        text = start + Self.shown(scalars[...]) + (excerpt.isCutAtEnd ? Self.cutMark : "")
        guard let columns else {
            (caretStart, caretCount) = (0, 0)
            return
        }
        let places =
            excerpt.place(
                ofColumn: columns.lowerBound)..<max(
                excerpt.place(ofColumn: columns.lowerBound), excerpt.place(ofColumn: columns.upperBound))
        let first = min(max(places.lowerBound, 0), scalars.count)
        let end = min(max(places.upperBound, 0), scalars.count)
        let isOutside = places.upperBound < 0 || places.lowerBound > scalars.count
        caretStart = start.count + DisplayWidth.of(Self.shown(scalars[..<first]).unicodeScalars)
        caretCount = isOutside ? 0 : max(1, DisplayWidth.of(Self.shown(scalars[first..<end]).unicodeScalars))
    }

    private static func shown(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var text = ""
        for scalar in scalars {
            if scalar == "\t" { text += tab } else { text.unicodeScalars.append(scalar) }
        }
        return SafeText.line(text)
    }
}

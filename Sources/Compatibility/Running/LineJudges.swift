/// Judges lines of INFO commandstats.
struct StatisticsJudge {
    static let coverage = "INFO commandstats has the commands' names and numbers, not their arguments, keys or clients"

    /// The calls so far: no sum of them may overflow.
    private var total = 0
    private static let maximumTotal = 1 << 60

    /// Judges a line, if it is one of a command's.
    mutating func judge(
        _ text: UnsafeRawBufferPointer, _ number: Int, _ offset: Int, _ report: inout InputReport,
        _ judge: inout Judge
    ) {
        let line = UnsafeRawBufferPointer(rebasing: text.drop { $0 == 32 || $0 == 9 })
        guard line.starts(with: CommandStatistics.prefix) else { return }
        guard let (words, calls) = CommandStatistics.read(line) else {
            return report.add("the line has no number of calls", line: number, byteOffset: offset)
        }
        guard calls > 0 else { return }
        var place = Place()
        place.line = number
        place.byteOffset = offset
        place.repetitions = min(calls, Self.maximumTotal - total)
        place.columns = 1..<text.count + 1
        total += place.repetitions
        judge.manner.judgesArity = false
        let known = judge.store.findings.count
        WordsRequest(words).withRequest { request in
            _ = judge.judge(request, place, bytes: 0)
        }
        judge.manner.judgesArity = true
        judge.store.amend(from: known) { $0.excerpt = Excerpts.window(of: text, column: 1) }
    }
}

/// Judges the entries of a slow log.
enum SlowLogJudge {
    static let coverage =
        "SLOWLOG has the slow commands alone, of each at most 32 arguments; their lengths are known, not their ends"

    /// - Parameters:
    ///   - line: how many lines of the input stand before the log.
    ///   - byteOffset: how many bytes do.
    static func judge(
        _ text: [UInt8], line: Int, byteOffset: Int, _ report: inout InputReport, _ judge: inout Judge
    ) {
        var log = SlowLog(text)
        log.read { entry in
            var place = Place()
            place.line = line + entry.line
            place.byteOffset = byteOffset + entry.byteOffset
            place.time = min(max(entry.seconds, 0), 6_000_000_000_000) * 1_000_000
            judge.manner.judgesArity = !entry.isCut
            judge.manner.isAmbiguous = entry.isAmbiguous
            entry.request.withRequest { request in
                judge.manner.leastWords = request.count
                judge.judge(request, place, bytes: entry.request.size)
            }
        }
        judge.manner.judgesArity = true
        judge.manner.isAmbiguous = false
        judge.manner.leastWords = 0
        if let problem = log.problem {
            report.add(problem.message, line: line + problem.line, byteOffset: byteOffset + problem.byteOffset)
        }
    }
}

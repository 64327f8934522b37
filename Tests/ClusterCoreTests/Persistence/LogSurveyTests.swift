import Testing
import WireFormats

@testable import ClusterCore

/// How far logs go that a crash has ended, and which of them have to end earlier for others' sake.
struct LogSurveyTests {
    /// A log of commands, one a line, and annotations.
    private static func log(_ lines: String...) -> [UInt8] {
        lines.flatMap { line -> [UInt8] in
            if line.hasPrefix("#") { return Array((line + "\r\n").utf8) }
            return RequestEncoder.encode(line.split(separator: " ").map { Array($0.utf8) })
        }
    }

    private static func survey(_ bytes: [UInt8], isLast: Bool = true) throws -> LogSurvey {
        var survey = LogSurvey()
        try bytes.withUnsafeBytes { try survey.add($0, file: 0, path: "log", isLast: isLast) }
        return survey
    }

    private static let transaction = ["MULTI", "SET a 1", "#TX:7:0,1", "EXEC"]

    @Test func `a whole log goes to its end`() throws {
        let bytes = Self.log("SET a 1", "MULTI", "SET b 2", "EXEC")
        let survey = try Self.survey(bytes)
        #expect(survey.end.offset == bytes.count)
        #expect(!survey.isTorn)
    }

    @Test func `a log that is torn anywhere ends behind its last whole command or transaction`() throws {
        let first = Self.log("SET a 1")
        let whole = first + Self.log("MULTI", "SET b 2", "#TX:7:0,1", "EXEC")
        for count in first.count..<whole.count {
            let survey = try Self.survey(Array(whole.prefix(count)))
            #expect(survey.end.offset == first.count, "\(count) bytes")
            #expect(survey.isTorn == (count != first.count), "\(count) bytes")
            #expect(survey.parts.isEmpty, "\(count) bytes")
        }
    }

    @Test func `zeros at the end are a torn end`() throws {
        let first = Self.log("SET a 1")
        let survey = try Self.survey(first + [UInt8](repeating: 0, count: 100))
        #expect(survey.end.offset == first.count)
        #expect(survey.isTorn)
    }

    @Test func `damage in the middle is refused with file and byte`() throws {
        let first = Self.log("SET a 1")
        let bytes = first + Array("*3\r\n$3\r\nSET\r\n$9\r\nk\r\n$1\r\nv\r\n".utf8) + Self.log("SET b 2")
        let error = #expect(throws: PersistenceError.self) { try Self.survey(bytes) }
        #expect(error?.description.hasPrefix("log: ") == true)
        #expect(error?.description.contains("byte \(first.count)") == true, "\(error?.description ?? "")")
    }

    @Test func `a line that is no transaction's, or cannot be read, is refused`() {
        for line in ["#tX:7:0,1", "#TX:7:0,x", "#TX:7", "#TX-BASE:", "#"] {
            #expect(throws: PersistenceError.self, "\(line)") { try Self.survey(Self.log("SET a 1", line, "SET b 2")) }
        }
        #expect(throws: Never.self) { try Self.survey(Self.log("#TS:1795394106", "SET a 1")) }
    }

    @Test func `a log before another must be whole`() throws {
        let bytes = Array(Self.log("SET a 1").dropLast())
        #expect(throws: PersistenceError.self) { try Self.survey(bytes, isLast: false) }
    }

    @Test func `a transaction that is in all its shards stays`() throws {
        let bytes = Self.log("SET z 1", "MULTI", "SET a 1", "#TX:7:0,1", "EXEC", "SET b 2")
        var surveys = [try Self.survey(bytes), try Self.survey(bytes)]
        LogSurvey.cutIncomplete(&surveys)
        #expect(surveys.allSatisfy { $0.end.offset == bytes.count && !$0.isTorn })
    }

    @Test func `a transaction that another shard lacks ends the log before it`() throws {
        let before = Self.log("SET z 1")
        let bytes = before + Self.log("MULTI", "SET a 1", "#TX:7:0,1", "EXEC", "SET b 2")
        var surveys = [try Self.survey(bytes), try Self.survey(Self.log("SET y 1"))]
        LogSurvey.cutIncomplete(&surveys)
        #expect(surveys[0].end.offset == before.count)
        #expect(surveys[0].isTorn)
        #expect(!surveys[1].isTorn)
    }

    @Test func `what is taken from one log is taken from others`() throws {
        // Transaction 7 is missing in shard 1; with it goes 8, which shard 2 has whole.
        let first = Self.log("MULTI", "SET a 1", "#TX:7:0,1", "EXEC", "MULTI", "SET a 2", "#TX:8:0,2", "EXEC")
        let second = Self.log("SET y 1")
        let third = Self.log("MULTI", "SET c 2", "#TX:8:0,2", "EXEC", "SET d 1")
        var surveys = [try Self.survey(first), try Self.survey(second), try Self.survey(third)]
        LogSurvey.cutIncomplete(&surveys)
        #expect(surveys.map(\.end.offset) == [0, second.count, 0])
    }

    @Test func `a transaction that a base has is there`() throws {
        let first = Self.log("MULTI", "SET a 1", "#TX:7:0,1", "EXEC")
        let second = Self.log("#TX-BASE:9", "SET y 1")
        var surveys = [try Self.survey(first), try Self.survey(second)]
        LogSurvey.cutIncomplete(&surveys)
        #expect(surveys.allSatisfy { !$0.isTorn })
    }

    @Test func `a transaction that a failover has lost in one shard stays in the others`() throws {
        let first = Self.log("MULTI", "SET a 1", "#TX:7:0,1", "EXEC", "SET a 2")
        let second = Self.log("SET y 1", "#TX-BASE:7", "SET y 2")
        var surveys = [try Self.survey(first), try Self.survey(second)]
        LogSurvey.cutIncomplete(&surveys)
        #expect(surveys.allSatisfy { !$0.isTorn })
    }

    @Test func `what stands behind the end of a log says nothing about what is before it`() throws {
        // Transaction 7 is missing in shard 1; its end takes the line away that says that 8 is not missing in shard 0.
        let first = Self.log("MULTI", "SET a 1", "#TX:7:0,1", "EXEC", "#TX-BASE:8")
        let second = Self.log("SET y 1")
        let third = Self.log("SET z 1", "MULTI", "SET c 1", "#TX:8:0,2", "EXEC")
        var surveys = [try Self.survey(first), try Self.survey(second), try Self.survey(third)]
        LogSurvey.cutIncomplete(&surveys)
        #expect(surveys.map(\.end.offset) == [0, second.count, Self.log("SET z 1").count])
    }

    @Test func `a mark names any number of shards, over as many lines as it takes`() throws {
        let mark = TransactionMark(number: 3, shards: Array(0..<2_000))
        #expect(mark.lines.count > 1)
        #expect(mark.lines.allSatisfy { $0.count < 1_000 })
        let lines = mark.lines.map { String(decoding: $0, as: UTF8.self) }
        var bytes = Self.log("MULTI", "SET a 1")
        for line in lines { bytes += Self.log(line) }
        let survey = try Self.survey(bytes + Self.log("EXEC"))
        #expect(survey.parts.map(\.mark) == [mark])
    }
}

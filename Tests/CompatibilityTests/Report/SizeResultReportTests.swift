import Presentation
import TestSupport
import Testing

@testable import Compatibility

@Suite("A report of sizes") struct SizeResultReportTests {
    private static let key = Array("=cmd,\"é\"".utf8) + [0xFF, 0x0A]

    private var result: SizeResult {
        var result = SizeResult()
        let location = Location(path: "dump.rdb", byteOffset: 77)
        let large = SizedKey(
            key: Self.key, type: "hash", keyBytes: Self.key.count, valueBytes: 1_000_001, database: 2,
            location: location)
        result.violations = [SizeViolation(.valueTooLarge, large, limit: 1_000_000, isAboutKey: false)]
        var stream = UnkeptKeys(
            data: .stream,
            first: SizedKey(
                key: Array("events".utf8), type: "stream", keyBytes: 6, valueBytes: 0, database: 0,
                location: Location(path: "dump.rdb", byteOffset: 99)))
        stream.count = 3
        stream.examples = [Array("jobs".utf8)]
        result.unkept = [stream]
        result.totals = [SizeTotal(type: "hash", keys: 3, keyBytes: 30, valueBytes: 1_000_100)]
        result.largest = [large]
        result.valueHistogram = [SizeBucket(upperBound: 64, keys: 2), SizeBucket(upperBound: 1_048_576, keys: 1)]
        result.keyHistogram = [SizeBucket(upperBound: 16, keys: 3)]
        result.summary.inputs = [InputSummary(path: "dump.rdb", kind: .rdb)]
        result.summary.inputs[0].bytes = 4096
        return result
    }

    @Test func `as JSON has each violation with its key's bytes`() throws {
        let object = try JSONText(ByteSink.text { result.writeJSON(toolVersion: "1", to: &$0) })
        let violation = try #require(object["violations"].elements.first)
        #expect(violation["rule"].text == "CTL009")
        #expect(violation["key_base64"].text == "PWNtZCwiw6ki/wo=")
        #expect(violation["type"].text == "hash")
        #expect(violation["key_bytes"].number == 11)
        #expect(violation["value_bytes"].number == 1_000_001)
        #expect(violation["database"].number == 2)
        let unsupported = try #require(object["unsupported"].elements.first)
        #expect(unsupported["rule"].text == "CTL019" && unsupported["kind"].text == "stream")
        #expect(unsupported["key"].text == "events" && unsupported["count"].number == 3)
        #expect(unsupported["examples"].elements.first?["key"].text == "jobs")
        #expect(object["totals"].elements.first?["keys"].number == 3)
        #expect(object["complete"].truth == true)
    }

    @Test func `as text begins with the violations`() throws {
        try GoldenFile.expect(ByteSink.text { result.writeText(isColored: false, to: &$0) }, in: "sizes.text")
    }

    @Test func `as CSV keeps its fields apart and is no formula`() {
        let lines = ByteSink.text { result.writeCSV(to: &$0) }.split(separator: "\r\n")
        #expect(lines.count == 3)
        #expect(
            lines[1]
                == #"CTL009,value-too-large," =cmd,\""\xc3\xa9\""\xff\n",PWNtZCwiw6ki/wo=,hash,11,1000001,2,false,dump.rdb,,77,1"#
        )
        #expect(lines[2] == "CTL019,unsupported-data,events,ZXZlbnRz,stream,6,0,0,false,dump.rdb,,99,3")
    }

    @Test(arguments: ReportFormat.allCases)
    func `in the lint's formats has each violation as a finding`(_ format: ReportFormat) {
        let report = Report(result, toolVersion: "1", base: SampleRun.base)
        let text = ByteSink.text { report.write(format, to: &$0) }
        #expect(text.contains("CTL009"))
        #expect(text.contains("dump.rdb"))
        #expect(text.contains("CTL019") && text.contains("events"))
        // Each format escapes what it must.
        #expect(text.contains("=cmd"), "the key is named")
    }
}

import Presentation
import TestSupport
import Testing

@testable import Compatibility

/// What the schema of SARIF 2.1.0 asks of the objects that occur here: the members that there may be, those that there
/// must be, and the values of enumerations. (The schema forbids other members everywhere but in `properties`.)
private struct SARIFSchema {
    private(set) var violations: [String] = []

    private static let members: [String: (allowed: Set<String>, required: Set<String>)] = [
        "log": (["$schema", "version", "runs", "inlineExternalProperties", "properties"], ["version", "runs"]),
        "run": (
            ["tool", "invocations", "results", "columnKind", "originalUriBaseIds", "artifacts", "properties"], ["tool"]
        ),
        "tool": (["driver", "extensions", "properties"], ["driver"]),
        "driver": (["name", "version", "semanticVersion", "informationUri", "rules", "properties"], ["name"]),
        "rule": (
            [
                "id", "name", "shortDescription", "fullDescription", "help", "helpUri", "defaultConfiguration",
                "properties",
            ], ["id"]
        ),
        "configuration": (["enabled", "level", "rank", "parameters", "properties"], []),
        "text": (["text", "markdown", "properties"], ["text"]),
        "message": (["text", "markdown", "id", "arguments", "properties"], ["text"]),
        "invocation": (
            ["executionSuccessful", "toolExecutionNotifications", "exitCode", "properties"], ["executionSuccessful"]
        ),
        "notification": (["level", "message", "locations", "descriptor", "properties"], ["message"]),
        "result": (
            [
                "ruleId", "ruleIndex", "kind", "level", "message", "locations", "partialFingerprints",
                "occurrenceCount",
                "suppressions", "properties",
            ], ["message"]
        ),
        "location": (["physicalLocation", "logicalLocations", "message", "properties"], []),
        "physicalLocation": (["artifactLocation", "region", "contextRegion", "properties"], ["artifactLocation"]),
        "artifactLocation": (["uri", "uriBaseId", "index", "description", "properties"], []),
        "region": (
            ["startLine", "startColumn", "endLine", "endColumn", "byteOffset", "byteLength", "snippet", "properties"],
            []
        ),
        "suppression": (["kind", "status", "justification", "location", "properties"], ["kind"]),
    ]

    mutating func check(_ log: JSONText) {
        members(log, "log")
        demand(log["version"].text == "2.1.0", "version")
        for run in log["runs"].elements { check(run: run) }
    }

    private mutating func check(run: JSONText) {
        members(run, "run")
        demand(["utf16CodeUnits", "unicodeCodePoints"].contains(run["columnKind"].text), "columnKind")
        members(run["tool"], "tool")
        let driver = run["tool"]["driver"]
        members(driver, "driver")
        let rules = driver["rules"].elements
        rules.forEach { check(rule: $0) }
        demand(Set(rules.map { $0["id"].text }).count == rules.count, "two rules of one id")
        for invocation in run["invocations"].elements { check(invocation: invocation) }
        for result in run["results"].elements { check(result: result, rules) }
    }

    private mutating func check(rule: JSONText) {
        members(rule, "rule")
        for name in ["shortDescription", "fullDescription", "help"] {
            members(rule[name], "text")
            demand(rule[name]["text"].text?.isEmpty == false, "\(name) of \(rule["id"].text ?? "")")
        }
        for name in ["shortDescription", "fullDescription"] {
            demand(rule[name]["text"].text?.unicodeScalars.count ?? 0 <= 1024, "\(name) is longer than GitHub shows")
        }
        members(rule["defaultConfiguration"], "configuration")
        demand(isLevel(rule["defaultConfiguration"]["level"].text), "level of a rule")
        demand(rule["properties"]["tags"].elements.count <= 20, "more tags than GitHub takes")
    }

    private mutating func check(invocation: JSONText) {
        members(invocation, "invocation")
        demand(invocation["executionSuccessful"].truth != nil, "executionSuccessful")
        for notification in invocation["toolExecutionNotifications"].elements {
            members(notification, "notification")
            members(notification["message"], "message")
            demand(isLevel(notification["level"].text), "level of a notification")
            notification["locations"].elements.forEach { check(location: $0) }
        }
    }

    private mutating func check(result: JSONText, _ rules: [JSONText]) {
        members(result, "result")
        members(result["message"], "message")
        demand(result["message"]["text"].text?.isEmpty == false, "an empty message")
        demand(isLevel(result["level"].text), "level of a result")
        let index = result["ruleIndex"].number ?? -1
        demand(rules.indices.contains(index) && rules[index]["id"].text == result["ruleId"].text, "ruleIndex")
        demand(!result["locations"].elements.isEmpty, "GitHub wants a location")
        result["locations"].elements.forEach { check(location: $0) }
        demand(result["occurrenceCount"].number ?? 1 >= 1, "occurrenceCount")
        for suppression in result["suppressions"].elements {
            members(suppression, "suppression")
            demand(["inSource", "external"].contains(suppression["kind"].text), "kind of a suppression")
        }
    }

    private mutating func check(location: JSONText) {
        members(location, "location")
        let physical = location["physicalLocation"]
        members(physical, "physicalLocation")
        let artifact = physical["artifactLocation"]
        members(artifact, "artifactLocation")
        let uri = artifact["uri"].text ?? ""
        demand(!uri.isEmpty && uri.utf8.allSatisfy { $0 > 32 && $0 < 127 && $0 != 92 }, "no URI: \(uri)")
        demand(uri.hasPrefix("file:///") || artifact["uriBaseId"].text == "%SRCROOT%", "no base for \(uri)")
        members(physical["region"], "region")
        demand(physical["region"]["startLine"].number ?? 0 >= 1, "GitHub wants a line")
        if let start = physical["region"]["startColumn"].number {
            demand(start >= 1 && physical["region"]["endColumn"].number ?? 0 >= start, "columns")
        }
    }

    private func isLevel(_ text: String?) -> Bool { ["none", "note", "warning", "error"].contains(text) }

    private mutating func members(_ object: JSONText, _ kind: String) {
        guard let schema = Self.members[kind] else { return violations.append("no schema for \(kind)") }
        demand(object.names.isSubset(of: schema.allowed), "\(kind) has \(object.names.subtracting(schema.allowed))")
        demand(
            schema.required.isSubset(of: object.names), "\(kind) has no \(schema.required.subtracting(object.names))")
    }

    private mutating func demand(_ truth: Bool, _ violation: String) {
        if !truth { violations.append(violation) }
    }
}

@Suite("SARIF") struct SARIFReportTests {
    @Test func `obeys the schema and GitHub's demands`() throws {
        let log = try JSONText(ByteSink.text { SampleRun.report.write(.sarif, to: &$0) })
        var schema = SARIFSchema()
        schema.check(log)
        #expect(schema.violations == [])
        let run = try #require(log["runs"].elements.first)
        #expect(run["results"].elements.count == SampleRun.result.findings.count + SampleRun.report.suppressed.count)
        #expect(run["invocations"].elements.first?["executionSuccessful"].truth == false)
    }

    @Test func `the schema's test sees what is wrong`() throws {
        var schema = SARIFSchema()
        schema.check(try JSONText("{\"version\": \"2.1.0\", \"runs\": [{\"results\": [{\"levels\": 1}]}]}"))
        #expect(schema.violations.count > 5)
    }

    @Test func `has no two results with one fingerprint, and keeps them when lines move`() throws {
        func fingerprints(movedBy lines: Int) throws -> [String] {
            var result = LintResult()
            result.findings = (1...50).map { SampleRun.source(path: "a.py", line: $0 + lines) }
            let report = Report(result, toolVersion: "1", base: SampleRun.base)
            let log = try JSONText(ByteSink.text { report.write(.sarif, to: &$0) })
            return log["runs"].elements[0]["results"].elements.compactMap {
                $0["partialFingerprints"]["primaryLocationLineHash"].text
            }
        }
        let before = try fingerprints(movedBy: 0)
        #expect(Set(before).count == 50)
        #expect(try fingerprints(movedBy: 100) == before)
    }

    @Test func `keeps the worst results within the limit, and says how many it left out`() throws {
        var result = LintResult()
        var note = SampleRun.source(path: "a.py", line: 1)
        note.severity = .note
        result.findings = [Finding](repeating: note, count: 100)
        result.findings += (1...5).map { SampleRun.source(path: "b.py", line: $0) }
        var report = Report(result, toolVersion: "1", base: SampleRun.base)
        #expect(report.maximumSARIFResults == 25_000, "what GitHub reads")
        report.maximumSARIFResults = 100
        let run = try JSONText(ByteSink.text { report.write(.sarif, to: &$0) })["runs"].elements[0]
        let results = run["results"].elements
        #expect(results.count == 100)
        #expect(results.prefix(5).allSatisfy { $0["level"].text == "error" })
        let notifications = run["invocations"].elements[0]["toolExecutionNotifications"].elements
        #expect(notifications.last?["message"]["text"].text?.hasPrefix("5 results left out") == true)
    }
}

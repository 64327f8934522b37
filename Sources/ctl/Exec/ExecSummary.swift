import ClusterCore
import Compatibility
import Presentation

/// What a cluster has seen while a command ran against it.
struct ExecSummary {
    private let refusals: AdminReport.Refusals
    private let drill: Timeline.Outcome?
    private let counters: AdminReport.Counters
    private let loaded: RunningCluster.Loaded?
    private let findings: ExecFindings
    private let command: ExecCommand
    private let failOn: Severity
    private let base: BasePath
    private let hasPassword: Bool
    let status: CInt

    /// Asks a cluster that is still running; `status` is how the command has ended.
    init(
        _ cluster: RunningCluster, _ command: ExecCommand, _ configuration: Configuration, status: CInt,
        drill: Timeline.Outcome? = nil
    ) throws {
        let contract = cluster.configuration.contract
        let ledger = cluster.server.ledger.contents.counting(configuration.renamedCommands, under: contract)
        refusals = AdminReport.Refusals(ledger, contract: contract)
        counters = try waitFor { await cluster.server.counters() }
        loaded = cluster.loaded
        findings = ExecFindings(
            ledger, counters, contract: contract, configuration: configuration, allowedCommands: command.allow,
            path: command.shownCommand)
        failOn = command.output.failOn ?? configuration.failOn ?? .error
        base = BasePath(configuration.folder, workingFolder: WorkingFolder.path)
        hasPassword = cluster.configuration.password != nil
        self.command = command
        self.status = status
        self.drill = drill
    }

    /// Whether nothing that the command has sent says anything of the contract: no request at all, none that was let in,
    /// or greetings alone.
    var checkedNothing: Bool {
        refusals.total == 0 && findings.findings.allSatisfy { $0.severity == .note } && findings.allowed.isEmpty
            && counters.commands.allSatisfy { UncheckedRequests.loginCommands.contains($0.name) }
    }

    /// Whether the contract refused something to the command that counts, or the cluster a step to the drill.
    var hasFailures: Bool {
        findings.findings.contains { $0.severity >= failOn } || drill?.refusal != nil
    }
}

// MARK: - For people

extension ExecSummary {
    /// The summary for people.
    var lines: [String] {
        loadLines + contractLines
            + (failureLines + allowedLines + requestLines + drillLines).map { "clusterctl exec: \($0)" }
    }

    /// What of the data that were loaded could not be kept: no request of the command.
    private var loadLines: [String] {
        guard let loaded, loaded.summary.refusals.count > 0 else { return [] }
        let head = "clusterctl exec: --load \(loaded.source): \(loaded.summary.line)"
        return [head] + loaded.summary.refusals.lines.map { "  \($0)" }
    }

    private var contractLines: [String] {
        let requests = Quantity.count(counters.requests, "request")
        let refused =
            refusals.total > 0
            ? "the contract refused \(Quantity.count(refusals.total)) of \(requests)"
            : "nothing was refused in \(requests)"
        let codes = RefusalTables.errorCodes(counters)
        let others = counters.errorKinds.reduce(0) { $0 + $1.count }
        let errors = codes.isEmpty ? "" : "; \(Quantity.count(others, "other error")): \(codes)"
        return ["clusterctl exec: \(refused)\(errors)"] + RefusalTables.commandLines(refusals)
            + RefusalTables.sizeLines(refusals) + RefusalTables.errorLines(counters)
            + RefusalTables.greetingLines(refusals)
    }

    /// Why the status is 1 where nothing was refused.
    private var failureLines: [String] {
        guard refusals.total == 0, status == 0, !command.reportOnly else { return [] }
        let failing = findings.findings.filter { $0.severity >= failOn }
        var rules: [String] = []
        for finding in failing where !rules.contains(finding.rule.name) { rules.append(finding.rule.name) }
        guard !rules.isEmpty else { return [] }
        return ["the status is 1 because of \(rules.joined(separator: ", ")): `clusterctl explain \(rules[0])`"]
    }

    private var allowedLines: [String] {
        let used = findings.allowed.map { suppressed in
            "\(suppressed.finding.command ?? "") (\(Quantity.count(suppressed.finding.count, "time")))"
        }
        let unused = command.allow.filter { name in
            !findings.allowed.contains {
                $0.finding.command == name || ($0.finding.command ?? "").hasPrefix("\(name) ")
            }
        }
        return (used.isEmpty ? [] : ["allowed: \(used.joined(separator: ", "))"])
            + unused.map { "warning: --allow \($0): nothing of it was refused" }
    }

    private var requestLines: [String] {
        guard checkedNothing, !command.allowNoRequests else { return [] }
        guard counters.requests == 0 else {
            return UncheckedRequests(
                counters: counters, greetings: refusals.greetings.map(\.command), hasPassword: hasPassword
            ).lines
        }
        return MissingRequests(
            command: command.command, connections: counters.connections, added: command.env.joined().map(\.name)
        ).lines
    }

    private var drillLines: [String] {
        [
            drill?.refusal.map { "the drill: \($0)" },
            drill?.rest.map {
                "warning: the drill: \($0) before the command ended: give it more to do, or let the steps run earlier"
            },
        ].compactMap(\.self)
    }
}

// MARK: - For programs

extension ExecSummary {
    /// The summary for programs.
    var json: JSON {
        .object([
            ("exit_status", .integer(Int(status))), ("requests", .integer(counters.requests)),
            ("connections", .integer(counters.connections)),
            ("errors", .integer(counters.errors)), ("locked", .integer(counters.locked)),
            ("refused", .integer(refusals.total)),
            ("allowed", .integer(findings.allowed.reduce(0) { $0 + $1.finding.count })),
            ("refusals", refusals.commandsJSON), ("sizes", refusals.sizesJSON),
            ("greetings", refusals.greetingsJSON), ("error_kinds", counters.errorKindsJSON),
            ("load", loaded?.json ?? .null),
        ])
    }

    /// The findings in the linter's formats.
    var report: Report {
        var result = LintResult()
        let path = command.shownCommand
        var input = InputSummary(path: path, kind: .server)
        input.commands = counters.requests
        input.bytes = counters.bytesRead
        result.summary.inputs = [input]
        result.findings = findings.findings
        for (name, count) in counters.commands { result.summary.commands[name.lowercased()] = count }
        if checkedNothing, !command.allowNoRequests {
            result.summary.problems = [
                InputProblem(location: .command(path), message: requestLines.joined(separator: "; "))
            ]
        }
        var report = Report(result, toolVersion: ProductVersion.text, base: base)
        report.suppressed = findings.allowed
        report.failOn = failOn
        report.isColored = command.output.report.style.isColored
        return report
    }
}

extension RunningCluster.Loaded {
    fileprivate var json: JSON {
        .object([
            ("source", .string(source)), ("keys", .integer(summary.keys)), ("commands", .integer(summary.commands)),
            ("expired", .integer(summary.expired)),
            ("not_kept", .integer(summary.refusals.count)), ("changed", .integer(summary.refusals.partial)),
            (
                "examples",
                .array(
                    summary.refusals.first.map {
                        .object([
                            ("key", .string(Printable.bytes(Secrets.maskURLs(in: $0.subject)))),
                            ("reason", .string($0.reason)),
                            ("changed", .boolean($0.isPartial)),
                        ])
                    })
            ),
        ])
    }
}

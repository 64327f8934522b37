import ArgumentParser
import ClusterCore
import Compatibility
import Presentation
import WireFormats

/// `clusterctl fault`: what goes wrong on purpose.
struct FaultCommand: ParsableCommand, WithExamples {
    static let configuration = CommandConfiguration(
        commandName: "fault",
        abstract:
            "Lets requests and connections of a running cluster go wrong on purpose; lists and removes such faults.",
        discussion: """
            add delay   requests are answered --time later          add refuse  new connections are closed at once
            add fail    requests are answered with --line           add idle    connections are idle after --time
            add drop    a reply breaks off in the middle            add hold    EXEC holds its keys for --time

            delay, fail and drop meet the requests that --command and --key choose. A fault meets a --share of them, and \
            ends after --for. `list` tells what is in force; `remove` takes a number, or `all`.
            """)

    static let examples = [
        Example("clusterctl fault add delay --time 50ms --share 0.1", "a tenth of the requests is slow"),
        Example("clusterctl fault add fail --command GET --key 'user:*' --for 30s", "reads of users fail for a while"),
        Example("clusterctl fault add refuse --for 5s", "nobody can connect"),
        Example("clusterctl fault list", "what is in force"),
        Example("clusterctl fault remove all", "all is well again"),
    ]

    /// What can be done with faults.
    enum Action: String, ExpressibleByArgument, CaseIterable {
        case add, list, remove
    }

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var report: ReportOptions

    @Argument(help: ArgumentHelp("What to do: add, list or remove.", valueName: "action"))
    var action: Action

    @Argument(help: ArgumentHelp("The kind of fault to add, or the number to remove.", valueName: "what"))
    var what: String?

    @Option(
        help: ArgumentHelp("The time of delay, idle and hold.", valueName: "time"),
        transform: ArgumentValues.milliseconds)
    var time: Int64?

    @Option(help: ArgumentHelp("The error of fail, without its leading '-'.", valueName: "text"))
    var line: String?

    @Option(help: ArgumentHelp("The share that it meets, from 0 to 1.", valueName: "number"))
    var share: Double?

    @Option(help: ArgumentHelp("A command that it meets; may be repeated.", valueName: "name"))
    var command: [String] = []

    @Option(help: ArgumentHelp("A pattern of the keys that it meets.", valueName: "pattern"))
    var key: String?

    @Option(
        name: .customLong("for"), help: ArgumentHelp("How long it lasts.", valueName: "time"),
        transform: ArgumentValues.milliseconds)
    var duration: Int64?

    func validate() throws {
        if action == .add, what == nil { throw ValidationError("write what goes wrong behind add, such as delay") }
        if action == .remove, what == nil { throw ValidationError("write a number, or all, behind remove") }
        guard action != .add else { return }
        let given = [
            ("--time", time != nil), ("--line", line != nil), ("--share", share != nil),
            ("--command", !command.isEmpty), ("--key", key != nil), ("--for", duration != nil),
        ]
        if let (name, _) = given.first(where: \.1) {
            throw ValidationError("\(name) is for add: leave it out behind \(action.rawValue)")
        }
    }

    func run() throws {
        var client = try connection.connect()
        switch action {
        case .add:
            guard case .integer(let number) = try connection.ask(&client, addition) else { return }
            StandardOutput.writeLine("\(number)")
        case .remove:
            guard case .integer(let count) = try connection.ask(&client, ["FAULT", "REMOVE", what ?? ""]) else {
                return
            }
            StandardError.writeLine("removed \(Quantity.count(Int(count), "fault"))")
        case .list: try list(&client)
        }
    }

    private var addition: [String] {
        var words = ["FAULT", "ADD", what ?? ""]
        if let time { words += ["TIME", "\(time)"] }
        if let line { words += ["LINE", line] }
        if let share { words += ["SHARE", "\(share)"] }
        for name in command { words += ["COMMAND", name] }
        if let key { words += ["KEY", key] }
        if let duration { words += ["FOR", "\(duration)"] }
        return words
    }

    private func list(_ client: inout AdminClient) throws {
        let faults: [AdminReport.Fault]
        do {
            faults = try client.faults()
        } catch {
            throw ConnectionOptions.failure(error)
        }
        if report.json {
            return StandardOutput.writeLine(JSON.array(faults.map(Self.json)).text(isCompact: true))
        }
        guard !faults.isEmpty else { return StandardOutput.writeLine("no fault is in force") }
        var table = TextTable([
            ("NUMBER", .right), ("KIND", .left), ("TIME", .right), ("SHARE", .right), ("COMMANDS", .left),
            ("KEYS", .left),
            ("LEFT", .right), ("HITS", .right),
        ])
        for fault in faults {
            table.add([
                "\(fault.number)", fault.kind, fault.milliseconds.map { Quantity.time(milliseconds: $0) } ?? "-",
                "\(fault.share)", fault.commands.isEmpty ? "all" : fault.commands.joined(separator: " "),
                fault.keyPattern.map { Quantity.printable($0) } ?? "all",
                fault.remainingMilliseconds.map { Quantity.time(milliseconds: $0) } ?? "-", Quantity.count(fault.hits),
            ])
        }
        for line in table.lines(report.style) { StandardOutput.writeLine(line) }
    }

    private static func json(_ fault: AdminReport.Fault) -> JSON {
        .object([
            ("number", .integer(fault.number)), ("kind", .string(fault.kind)),
            ("milliseconds", .integer(ifAny: fault.milliseconds)), ("line", .string(ifAny: fault.line)),
            ("share", .number(fault.share)), ("commands", .array(fault.commands.map { .string($0) })),
            ("key", .string(ifAny: fault.keyPattern.map { Quantity.printable($0, longest: 512) })),
            ("remaining_milliseconds", .integer(ifAny: fault.remainingMilliseconds)), ("hits", .integer(fault.hits)),
        ])
    }
}

import CommandCatalog
import NIOCore
import WireFormats

extension AdminCommand {
    /// Commands on what goes wrong on purpose.
    static let onFaults: [AdminCommand] = [
        AdminCommand(
            "FAULT",
            "LIST | REMOVE number|ALL | ADD delay|fail|drop|refuse|idle|hold [TIME ms] [LINE text] [SHARE 0-1] "
                + "[COMMAND name]... [KEY pattern] [FOR ms]",
            arguments: 1...100, summary: "Adds a fault and answers its number, removes faults, or lists them."
        ) { call in
            switch call.text(0).uppercased() {
            case "LIST":
                let now = call.context.state.clock.now()
                return call.answer(
                    .array(call.context.state.faults.all.map { AdminReport.Fault($0, now).fields.reply }))
            case "REMOVE": return remove(call)
            case "ADD": return add(call)
            default: return call.answer(.failure("write LIST, REMOVE or ADD behind FAULT"))
            }
        }
    ]

    private static func remove(_ call: Call) -> EventLoopFuture<Reply> {
        guard call.arguments.count == 2 else { return call.answer(.failure("write a number or ALL behind REMOVE")) }
        let isAll = call.text(1).uppercased() == "ALL"
        guard isAll || Int(call.text(1)) != nil else {
            return call.answer(.failure("no number '\(call.text(1))': FAULT LIST tells the numbers"))
        }
        let count = call.context.state.faults.remove(isAll ? nil : Int(call.text(1)))
        guard isAll || count > 0 else {
            return call.answer(.failure("no fault has the number \(call.text(1)): FAULT LIST tells the numbers"))
        }
        call.context.state.events.add("fault", "\(count) removed")
        return call.answer(.integer(Int64(count)))
    }

    private static func add(_ call: Call) -> EventLoopFuture<Reply> {
        let state = call.context.state
        switch parse(call, now: state.clock.now()) {
        case .failure(let problem): return call.answer(.failure(problem.text))
        case .success(let fault):
            guard let number = state.faults.add(fault) else {
                let text = "there are \(FaultSet.most) faults already: FAULT REMOVE takes one away"
                return call.answer(.failure(text))
            }
            state.events.add("fault", "\(fault.kind.name) added as number \(number)")
            return call.answer(.integer(Int64(number)))
        }
    }

    private struct Problem: Error {
        let text: String
    }

    private static func parse(_ call: Call, now: Instant) -> Result<Fault, Problem> {
        Result { () throws(Problem) in
            guard call.arguments.count >= 2 else { throw Problem(text: "write what goes wrong behind ADD: see HELP") }
            var milliseconds: Int64?
            var line: String?
            var share = 1.0
            var commands: Set<Command.ID> = []
            var pattern: Fault.KeyPattern?
            var end: Instant?
            guard call.arguments.count.isMultiple(of: 2) else { throw Problem(text: "each option has one value") }
            for index in stride(from: 2, to: call.arguments.count, by: 2) {
                let value = call.text(index + 1)
                switch call.text(index).uppercased() {
                case "TIME": milliseconds = try time(value)
                case "LINE": line = String(value.filter { !$0.isNewline })
                case "SHARE":
                    guard let number = Double(value), (0...1).contains(number) else {
                        throw Problem(text: "SHARE \(value): write a number from 0 to 1")
                    }
                    share = number
                case "COMMAND":
                    let name = call.arguments[index + 1]
                    guard case .supported(let id) = Catalog.find(name.span) else {
                        throw Problem(text: "no supported command '\(value)'")
                    }
                    commands.insert(id)
                case "KEY":
                    guard let read = try? Fault.KeyPattern(call.arguments[index + 1]) else {
                        throw Problem(text: "a pattern has at most \(GlobPattern.longest) bytes: write a shorter one")
                    }
                    pattern = read
                case "FOR": end = now.after(milliseconds: try time(value))
                default: throw Problem(text: "no option '\(call.text(index))': see HELP")
                }
            }
            let kind = try kind(call.text(1).lowercased(), milliseconds, line)
            try refuseSurplus(kind, milliseconds, line)
            guard kind.meetsRequests || (commands.isEmpty && pattern == nil) else {
                throw Problem(text: "\(kind.name) meets connections: COMMAND and KEY are for delay, fail and drop")
            }
            return Fault(kind: kind, commands: commands, keys: pattern, share: share, end: end)
        }
    }

    /// Refuses an option that the fault would take no notice of.
    private static func refuseSurplus(_ kind: Fault.Kind, _ milliseconds: Int64?, _ line: String?) throws(Problem) {
        guard milliseconds == nil || kind.milliseconds != nil else {
            throw Problem(text: "\(kind.name) has no TIME, which is for delay, idle and hold; FOR is how long it lasts")
        }
        guard line == nil || kind.line != nil else {
            throw Problem(text: "\(kind.name) has no LINE, which is for fail: leave it out")
        }
    }

    private static func time(_ text: String) throws(Problem) -> Int64 {
        guard let milliseconds = Int64(text), (0...86_400_000_000).contains(milliseconds) else {
            throw Problem(text: "no milliseconds '\(text)'")
        }
        return milliseconds
    }

    private static func kind(_ name: String, _ milliseconds: Int64?, _ line: String?) throws(Problem) -> Fault.Kind {
        func needed() throws(Problem) -> Int64 {
            guard let milliseconds else { throw Problem(text: "\(name) needs TIME and milliseconds") }
            return milliseconds
        }
        switch name {
        case "delay": return .delay(milliseconds: try needed())
        case "fail": return .fail(line: line ?? "ERR a fault was added for this request")
        case "drop": return .drop
        case "refuse": return .refuse
        case "idle": return .idle(milliseconds: try needed())
        case "hold": return .hold(milliseconds: try needed())
        default: throw Problem(text: "no fault '\(name)': write delay, fail, drop, refuse, idle or hold")
        }
    }
}

extension AdminReport.Fault {
    init(_ fault: Fault, _ now: Instant) {
        number = fault.number
        kind = fault.kind.name
        milliseconds = fault.kind.milliseconds.map { Int($0) }
        line = fault.kind.line
        share = fault.share
        commands = fault.commands.map(\.row.name).sorted()
        keyPattern = fault.keys?.text
        remainingMilliseconds = fault.end.map { Int($0.millisecondsLeft(from: now)) }
        hits = fault.hits
    }
}

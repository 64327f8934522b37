import NIOCore
import WireFormats

extension AdminCommand {
    /// Commands on what has happened to nodes, logs and faults.
    static let onEvents: [AdminCommand] = [
        AdminCommand(
            "EVENTS", "[after | LAST count]", arguments: 0...2,
            summary: "Lists what has happened to nodes and logs, behind the event with this number, or the last ones."
        ) { call in
            let events = call.context.state.events
            if call.arguments.count == 2 {
                guard call.text(0).uppercased() == "LAST", let count = Int(call.text(1)), count >= 0 else {
                    return call.answer(.failure("write a number, or LAST and a number, behind EVENTS"))
                }
                return call.answer(list(events.after(0).events.suffix(count)))
            }
            switch number(call) {
            case .failure(let problem): return call.answer(.failure(problem.text))
            case .success(let number): return call.answer(list(events.after(number).events[...]))
            }
        },
        AdminCommand(
            "FOLLOW", "[after]", arguments: 0...1,
            summary: "Sends the events behind the one with this number, then each as it happens; nothing else follows.",
            answering: { call in
                switch number(call) {
                case .failure(let problem): .reply(call.answer(.failure(problem.text)))
                case .success(let number): .events(after: number)
                }
            }),
    ]

    private static func list(_ events: ArraySlice<EventList.Event>) -> Reply {
        .array(events.map { AdminReport.Event($0).fields.reply })
    }

    private struct Problem: Error {
        let text: String
    }

    /// The number that stands behind the name; 0 where none does.
    private static func number(_ call: Call) -> Result<Int, Problem> {
        guard !call.arguments.isEmpty else { return .success(0) }
        guard let number = Int(call.text(0)), number >= 0 else {
            return .failure(Problem(text: "no number of an event: '\(call.text(0))'"))
        }
        let last = call.context.state.events.after(number).last
        guard number <= last else {
            let text = "there is no event \(number), the last one is \(last): was the cluster started anew?"
            return .failure(Problem(text: text))
        }
        return .success(number)
    }
}

extension AdminReport.Event {
    init(_ event: EventList.Event) {
        number = event.number
        milliseconds = Int(event.time.milliseconds)
        kind = event.kind
        text = event.text
    }
}

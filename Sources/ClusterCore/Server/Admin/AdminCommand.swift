import NIOCore
import WireFormats

/// One command of the admin socket.
///
/// The socket is outside the contract: its commands are the project's own and share nothing with those of clients. A
/// group of them is a file that lists its commands in an array; the table below joins the groups.
struct AdminCommand: Sendable {
    /// The name in capitals.
    let name: String
    /// What stands after the name.
    let syntax: String
    /// One line on what the command does.
    let summary: String
    /// How many arguments may stand after the name.
    let arguments: ClosedRange<Int>
    /// Answers a request.
    ///
    /// Runs on the admin socket's event loop and must not wait there.
    let run: @Sendable (Call) -> Answer

    /// What comes back for a request.
    enum Answer {
        /// One reply.
        case reply(EventLoopFuture<Reply>)
        /// The events behind the one with this number, and from then on each as it happens.
        case events(after: Int)
    }

    /// One request.
    struct Call: Sendable {
        /// What stands after the name.
        let arguments: [[UInt8]]
        let context: AdminContext
        let eventLoop: any EventLoop

        /// An answer that is there already.
        func answer(_ reply: Reply) -> EventLoopFuture<Reply> { eventLoop.makeSucceededFuture(reply) }

        /// An argument as text.
        func text(_ index: Int) -> String { String(decoding: arguments[index], as: UTF8.self) }
    }

    /// A command that has one reply.
    init(
        _ name: String, _ syntax: String = "", arguments: ClosedRange<Int> = 0...0, summary: String,
        run: @escaping @Sendable (Call) -> EventLoopFuture<Reply>
    ) {
        self.init(name, syntax, arguments: arguments, summary: summary, answering: { .reply(run($0)) })
    }

    /// A command.
    init(
        _ name: String, _ syntax: String = "", arguments: ClosedRange<Int> = 0...0, summary: String,
        answering run: @escaping @Sendable (Call) -> Answer
    ) {
        self.name = name
        self.syntax = syntax
        self.summary = summary
        self.arguments = arguments
        self.run = run
    }

    /// All commands, by group.
    static let all: [AdminCommand] = aboutServer + counting + onKeys + onNodes + onEvents + onData + onFaults
}

// MARK: - Answering

extension AdminCommand {
    /// Answers a request: finds its command, counts its arguments, runs it.
    static func answer(
        _ request: [[UInt8]], _ context: AdminContext, on eventLoop: any EventLoop
    ) -> Answer {
        let name = request.first.map { String(decoding: $0, as: UTF8.self).uppercased() } ?? ""
        guard let command = named(name) else {
            let text = "unknown admin command '\(printable(name))': HELP lists the commands of this socket"
            return .reply(eventLoop.makeSucceededFuture(.failure(text)))
        }
        let call = Call(arguments: Array(request.dropFirst()), context: context, eventLoop: eventLoop)
        guard command.arguments.contains(call.arguments.count) else {
            return .reply(call.answer(.failure("wrong number of arguments: \(command.usage)")))
        }
        return command.run(call)
    }

    /// The command with a name in any letters; nil where there is none.
    static func named(_ name: String) -> AdminCommand? { all.first { $0.name == name.uppercased() } }

    /// Name and syntax, as HELP lists them.
    var usage: String { syntax.isEmpty ? name : "\(name) \(syntax)" }

    private static func printable(_ name: String) -> String {
        Array(name.utf8).withByteView { RefusalText.printable($0, longest: 64) }
    }
}

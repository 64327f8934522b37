/// What a line of a script, or one behind a prompt, is for redis-cli and for `clusterctl repl`.
enum ScriptLine {
    /// Blank, a comment (`#`), a verb of the shell (`:peek`), or what the shell does without a server.
    case nothing
    /// The quotes do not match: it is not sent.
    case badQuotes
    case command(CommandLine)

    init(_ line: [UInt8]) {
        let text = line.drop { $0 == 32 || $0 == 9 }
        if text.first == UInt8(ascii: "#") || text.first == UInt8(ascii: ":") {
            self = .nothing
            return
        }
        do throws(CommandLine.Problem) {
            let command = try CommandLine(line)
            self = Self.isLocal(command) ? .nothing : .command(command)
        } catch {
            self = error == .blank ? .nothing : .badQuotes
        }
    }

    /// `help`, `?`, `clear`, `exit` and `connect` are redis-cli's own.
    private static func isLocal(_ command: CommandLine) -> Bool {
        guard let first = command.words.first else { return true }
        switch String(decoding: first.prefix(16), as: UTF8.self).lowercased() {
        case "help", "?": return true
        case "clear", "exit": return command.words.count == 1
        case "connect": return command.words.count == 3
        default: return false
        }
    }
}

/// A command behind a prompt, as far as recognition asks.
enum SessionCommand: Equatable {
    /// Nothing is sent.
    case nothing
    /// One whose reply is a trace.
    case trace(InputKind)
    case other

    init(_ text: some Sequence<UInt8>) {
        guard case .command(let command) = ScriptLine(Array(text)) else {
            self = .nothing
            return
        }
        self.init(command)
    }

    init(_ command: CommandLine) {
        switch command.words.first.map({ String(decoding: $0.prefix(16), as: UTF8.self).lowercased() }) {
        case "slowlog", "commandlog": self = .trace(.slowlog)
        case "monitor": self = .trace(.monitor)
        case "info": self = .trace(.commandstats)
        default: self = .other
        }
    }

    /// The kind of trace that is the reply; nil if it is none.
    var traceKind: InputKind? {
        if case .trace(let kind) = self { kind } else { nil }
    }
}

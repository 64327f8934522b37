import ClusterCore
import Compatibility
import SystemCalls

/// A timeline of what is done to a cluster.
///
/// ```toml
///   duration = "3s"            how long clients go on
///   clients = 4                how many there are at least, in `clusterctl drill`: each shard has equally many
///
///   [[step]]
///   at = "500ms"               when, from the beginning on
///   run = "node kill primary:0"
/// ```
///
/// `run` is a command of the admin socket; `primary:0` and `replica:0` stand for the nodes of shard 0 that have the role
/// at that moment.
struct Scenario {
    /// One thing that is done.
    struct Step {
        let milliseconds: Int64
        let words: [String]
        /// Where its time stands in the file.
        let line: Int
    }

    var milliseconds: Int64 = 3_000
    var clients = 4
    var steps: [Step] = []

    /// The scenario of a file, or one of those that ship with the program.
    static func load(_ name: String) throws(Failure) -> Scenario {
        if let text = BuiltInScenarios.all[name] { return try Scenario(Array(text.utf8), name) }
        let source = try FileSource(FilePath(argument: name))
        var bytes: [UInt8] = []
        while true {
            let more = try source.read()
            if more.isEmpty { break }
            bytes += more
            guard bytes.count <= 1 << 20 else { throw Failure("\(name): more than 1 MiB: is it a scenario?") }
        }
        return try Scenario(bytes, name)
    }

    /// Reads a scenario.
    init(_ bytes: [UInt8], _ name: String) throws(Failure) {
        do throws(TOMLError) {
            try read(try TOMLReader.read(bytes))
        } catch {
            throw Failure("\(name), line \(error.line): \(error.message)")
        }
    }

    private mutating func read(_ table: TOMLTable) throws(TOMLError) {
        for (key, value) in table.members {
            switch (key, value.content) {
            case ("duration", .string(let text)): milliseconds = try Self.time(text, value.line)
            case ("clients", .integer(let count)) where (1...100).contains(count): clients = count
            case ("step", .array(let elements)):
                for element in elements { steps.append(try Self.step(element)) }
            case ("duration", _), ("clients", _), ("step", _):
                throw TOMLError.wrong(
                    "\(key) cannot be \(value.kind): a time, a number from 1 to 100, tables", value.line)
            default: throw TOMLError.wrong("no key '\(key)': duration, clients and [[step]] are known", value.line)
            }
        }
        steps.sort { $0.milliseconds < $1.milliseconds }
        // Only now: the length may stand behind the steps.
        if let step = steps.first(where: { $0.milliseconds > milliseconds }) {
            throw TOMLError.wrong(
                "a step at \(Self.seconds(step.milliseconds)), when the drill is over after "
                    + "\(Self.seconds(milliseconds)): let it run earlier, or write a longer `duration`", step.line)
        }
    }

    private static func step(_ value: TOMLValue) throws(TOMLError) -> Step {
        guard case .table(let table) = value.content, let at = table["at"], case .string(let time) = at.content,
            let run = table["run"], case .string(let command) = run.content, table.members.count == 2
        else { throw TOMLError.wrong("a step has a time `at` and a command to `run`", value.line) }
        return Step(
            milliseconds: try Self.time(time, at.line), words: try words(of: command, run.line), line: at.line)
    }

    /// A command's words; a cluster may still refuse what they ask for, as it depends on its nodes.
    private static func words(of command: String, _ line: Int) throws(TOMLError) -> [String] {
        let words = command.split(separator: " ").map(String.init)
        guard let name = words.first else { throw TOMLError.wrong("nothing to run", line) }
        let known = AdminClient.commandNames
        guard known.contains(name.lowercased()) else {
            throw TOMLError.wrong("there is no command '\(name)': \(Suggestion.advice(for: name, among: known))", line)
        }
        if let usage = AdminClient.correctUsage(of: words) {
            throw TOMLError.wrong("'\(command)' has too few or too many words: write \(usage)", line)
        }
        return words
    }

    /// A time for people.
    static func seconds(_ milliseconds: Int64) -> String { "\(Double(milliseconds) / 1000) s" }

    private static func time(_ text: String, _ line: Int) throws(TOMLError) -> Int64 {
        do {
            return try ArgumentValues.milliseconds(text)
        } catch {
            throw TOMLError.wrong("'\(text)': \(error)", line)
        }
    }
}

extension TOMLError {
    /// An error at a line.
    fileprivate static func wrong(_ message: String, _ line: Int) -> TOMLError {
        TOMLError(line: line, message: message)
    }
}

/// The scenarios that ship with the program, by name.
enum BuiltInScenarios {
    static let all: [String: String] = [
        "crash": """
        # A machine is lost, and comes back.
        duration = "4s"
        [[step]]
        at = "1s"
        run = "failover 0 crash"
        [[step]]
        at = "3s"
        run = "node restart 0-0"
        """,
        "planned": """
        # The product is upgraded: each shard is switched over in turn, connections are reset.
        duration = "3s"
        [[step]]
        at = "500ms"
        run = "failover 0 graceful"
        [[step]]
        at = "1500ms"
        run = "failover 1 graceful"
        [[step]]
        at = "2500ms"
        run = "failover 2 graceful"
        """,
        "kill": """
        # The primary's process dies, which is noticed at once.
        duration = "3s"
        [[step]]
        at = "1s"
        run = "node kill primary:0"
        """,
        "slow": """
        # A tenth of the requests is slow, then some fail.
        duration = "3s"
        [[step]]
        at = "500ms"
        run = "fault add delay time 50 share 0.1 for 1000"
        [[step]]
        at = "1500ms"
        run = "fault add fail share 0.05 for 1000"
        """,
    ]

    /// The names, for messages.
    static var names: String { all.keys.sorted().joined(separator: ", ") }
}

import ClusterCore
import Glibc
import Synchronization

/// Runs a scenario's steps against a cluster.
final class Timeline: Sendable {
    private let scenario: Scenario
    private let adminPath: String
    private let isToEnd = Atomic(false)
    private let result = Mutex<Outcome?>(nil)

    /// What has become of the steps.
    struct Outcome {
        let steps: Int
        /// How many have begun.
        var reached = 0
        /// How many of these could not be done.
        var refused = 0

        /// A line about those that could not be done; nil where all could.
        var refusal: String? { refused == 0 ? nil : "\(refused) of \(steps) steps could not be done" }

        /// A line about those that an early end has left out; nil where there was none.
        var rest: String? { reached == steps ? nil : "\(steps - reached) of \(steps) steps were not reached" }
    }

    init(_ scenario: Scenario, adminPath: String) {
        self.scenario = scenario
        self.adminPath = adminPath
    }

    /// Runs the steps until `isOver`; what cannot be done is told on stderr and is no end.
    func run(_ isOver: () -> Bool) -> Outcome {
        let start = ContinuousClock.now
        var outcome = Outcome(steps: scenario.steps.count)
        for step in scenario.steps {
            let time = start + .milliseconds(step.milliseconds)
            while !isOver(), .now < time { usleep(1_000) }
            guard !isOver() else { return outcome }
            outcome.reached += 1
            let line = "drill: \(Scenario.seconds(step.milliseconds)): "
            do throws(Failure) {
                StandardError.writeLine(line + (try perform(step)))
            } catch {
                outcome.refused += 1
                StandardError.writeLine(line + "\(step.words.joined(separator: " ")): refused: \(error.message)")
            }
        }
        return outcome
    }

    /// Does a step, and returns it with the nodes' names.
    ///
    /// Each has a connection of its own, so that one without an answer does not leave its answer to the next.
    private func perform(_ step: Scenario.Step) throws(Failure) -> String {
        do {
            var client = try AdminClient(path: adminPath)
            var words: [String] = []
            for word in step.words { words.append(try Self.resolve(word, &client)) }
            _ = try client.ask(words)
            return words.joined(separator: " ")
        } catch let failure as Failure {
            throw failure
        } catch {
            throw Failure("\(error)")
        }
    }

    /// A word in which `primary:0` and `replica:0` stand for the nodes that have the role now.
    private static func resolve(_ word: String, _ client: inout AdminClient) throws -> String {
        let parts = word.split(separator: ":")
        guard parts.count == 2, parts[0] == "primary" || parts[0] == "replica", let shard = Int(parts[1]) else {
            return word
        }
        let nodes = try client.nodes().filter { $0.name.hasPrefix("\(shard)-") && $0.state == "running" }
        guard let node = nodes.first(where: { $0.isPrimary == (parts[0] == "primary") }) else {
            throw Failure("shard \(shard) has no running \(parts[0]) now")
        }
        return node.name
    }
}

// MARK: - Beside something else

extension Timeline {
    /// Runs the steps on a thread of their own.
    func start() throws(Failure) {
        try startThread("drill") {
            let outcome = self.run { self.isToEnd.load(ordering: .acquiring) }
            self.result.withLock { $0 = outcome }
        }
    }

    /// Begins no more steps, and waits for the one that is being done.
    func end() -> Outcome {
        isToEnd.store(true, ordering: .releasing)
        while true {
            if let outcome = result.withLock({ $0 }) { return outcome }
            usleep(1_000)
        }
    }
}

import ClusterCore
import Glibc

/// Runs a scenario's steps against a cluster, on a thread of its own.
final class Timeline: Sendable {
    private let scenario: Scenario
    private let adminPath: String

    init(_ scenario: Scenario, adminPath: String) {
        self.scenario = scenario
        self.adminPath = adminPath
    }

    /// Runs the steps until `isOver`; what cannot be done is told on stderr and is no end.
    func run(_ isOver: @Sendable () -> Bool) {
        let start = ContinuousClock.now
        guard var client = try? AdminClient(path: adminPath) else { return }
        for step in scenario.steps {
            while .now < start + .milliseconds(step.milliseconds) {
                if isOver() { return }
                usleep(1_000)
            }
            do {
                let words = try step.words.map { try Self.resolve($0, &client) }
                _ = try client.ask(words)
                StandardError.writeLine("drill: \(Self.seconds(step.milliseconds)): \(words.joined(separator: " "))")
            } catch {
                StandardError.writeLine("drill: \(step.words.joined(separator: " ")): \(error)")
            }
        }
    }

    static func seconds(_ milliseconds: Int64) -> String { "\(Double(milliseconds) / 1000) s" }

    /// A word in which `primary:0` and `replica:0` stand for the nodes that have the role now.
    private static func resolve(_ word: String, _ client: inout AdminClient) throws(AdminClient.Failure) -> String {
        let parts = word.split(separator: ":")
        guard parts.count == 2, parts[0] == "primary" || parts[0] == "replica", Int(parts[1]) != nil else {
            return word
        }
        let nodes = try client.nodes().filter { $0.name.hasPrefix("\(parts[1])-") && $0.state == "running" }
        return nodes.first { $0.isPrimary == (parts[0] == "primary") }?.name ?? word
    }
}

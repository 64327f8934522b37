import ClusterCore
import Foundation
import Glibc

/// The program `clusterctl` as a process of its own.
package final class ClusterProcess {
    private let process: ChildProcess
    private let folder: TemporaryFolder

    /// The port that it listens on.
    package let port: Int

    /// The program that was built with the tests: it lies in the same folder.
    package static var program: String {
        let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        let beside = [CommandLine.arguments.first ?? "", own].map {
            URL(fileURLWithPath: $0).deletingLastPathComponent().appendingPathComponent("clusterctl").path
        }
        return beside.first { access($0, X_OK) == 0 } ?? beside[0]
    }

    /// Runs `clusterctl start` on a free port and waits for its ready line.
    package convenience init(_ options: String...) throws { try self.init(options) }

    /// Runs `clusterctl start` on a free port and waits for its ready line.
    package init(_ options: [String]) throws {
        let folder = try TemporaryFolder()
        self.folder = folder
        let admin = ["--admin-socket", folder.path(to: "admin.sock")]
        let process = try ChildProcess(Self.program, ["start", "--port", "0"] + admin + options)
        self.process = process
        var port: Int?
        let isReady = waits {
            let line = process.output.split(separator: "\n", omittingEmptySubsequences: false).dropLast().first
            port = line.flatMap { $0.hasPrefix("ready redis://") ? Int($0.split(separator: ":").last ?? "") : nil }
            return port != nil || !process.isRunning
        }
        guard isReady, let port else { throw process.failure("is not ready") }
        self.port = port
    }

    /// Where its admin socket is.
    package var adminPath: String { folder.path(to: "admin.sock") }

    /// Where it listens.
    package var endpoint: Endpoint { .port(port) }

    /// Waits for the end of a program that talks to it, as long as it gets requests; returns the program's exit status, nil
    /// where neither has come.
    package func waitForEnd(of client: ChildProcess) throws -> Int32? {
        var admin = try AdminClient(path: adminPath)
        return try client.waitForEnd(whileChanging: { try admin.counters().requests })
    }

    /// The process's number.
    package var identifier: Int32 { process.identifier }

    /// What it has written to its standard error so far: its log.
    package var log: String { process.errors }

    /// Sends SIGTERM.
    package func terminate() { process.signal(SIGTERM) }

    /// Sends SIGKILL and waits for the end.
    package func kill() {
        process.signal(SIGKILL)
        _ = waitForEnd()
    }

    /// Waits for its end; returns the exit status, nil where it does not end in ten seconds.
    package func waitForEnd() -> Int32? { process.waitForEnd() }
}

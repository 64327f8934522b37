import Foundation
import Glibc

/// Why a program did not start, or did not get ready.
package struct ProcessFailure: Error, CustomStringConvertible {
    /// What happened, with what the program has written.
    package let description: String

    /// A failure with its one line, or more.
    package init(description: String) { self.description = description }
}

/// A program that a test has started. It is killed when it is let go, if it still runs.
package final class ChildProcess {
    private let process = Process()
    private let folder: TemporaryFolder
    private let name: String

    /// Starts a program, found by its path or in `PATH`.
    ///
    /// - Parameters:
    ///   - environment: variables beside those of this process.
    ///   - folder: where it runs; nil for a temporary folder of its own.
    package init(
        _ program: String, _ arguments: [String], environment: [String: String] = [:], folder: String? = nil
    ) throws {
        guard let path = Machine.path(of: program) else { throw ProcessFailure(description: "no program \(program)") }
        name = program
        self.folder = try TemporaryFolder()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.currentDirectoryURL = URL(fileURLWithPath: folder ?? self.folder.path)
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try Self.file(self.folder.path(to: "stdout"))
        process.standardError = try Self.file(self.folder.path(to: "stderr"))
        try process.run()
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
    }

    private static func file(_ path: String) throws -> FileHandle {
        _ = FileManager.default.createFile(atPath: path, contents: nil)
        guard let file = FileHandle(forWritingAtPath: path) else {
            throw ProcessFailure(description: "cannot write \(path)")
        }
        return file
    }

    /// The process's number.
    package var identifier: Int32 { process.processIdentifier }

    /// Whether it still runs.
    package var isRunning: Bool { process.isRunning }

    /// What it has written to its standard output so far.
    package var output: String { text("stdout") }

    /// What it has written to its standard error so far.
    package var errors: String { text("stderr") }

    private func text(_ name: String) -> String {
        let data = FileManager.default.contents(atPath: folder.path(to: name)) ?? Data()
        return String(decoding: data, as: UTF8.self)
    }

    /// Sends it a signal.
    package func signal(_ number: Int32) { kill(process.processIdentifier, number) }

    /// Waits for its end; returns its exit status, 128 and the signal's number where one ended it, nil where it still
    /// runs after `limit`.
    package func waitForEnd(within limit: Duration) -> Int32? {
        guard waits(atMost: limit, for: { !process.isRunning }) else { return nil }
        return process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus
    }

    /// What went wrong, with what it has written.
    package func failure(_ reason: String) -> ProcessFailure {
        ProcessFailure(description: "\(name): \(reason)\n\(output)\n\(errors)")
    }
}

/// A folder that is removed with all that is in it when it is let go.
package final class TemporaryFolder: Sendable {
    /// Where it is.
    package let path: String

    /// Makes a new one.
    package init() throws {
        path = NSTemporaryDirectory() + "/clusterctl-test-" + UUID().uuidString.prefix(13)
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// The path of a file in it.
    package func path(to file: String) -> String { "\(path)/\(file)" }
}

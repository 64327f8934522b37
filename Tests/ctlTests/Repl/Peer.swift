import Foundation
import TestSupport

/// A program that a test runs beside the one that is tested.
enum Peer {
    /// How a run has ended.
    struct Ending {
        let status: Int32
        let output: String
        let errors: String
        /// The output's bytes, which need not be text.
        let bytes: [UInt8]
    }

    /// Runs a program to its end.
    static func run(
        _ program: String, _ arguments: [String], input: [UInt8] = [], environment: [String: String] = [:]
    ) throws -> Ending {
        let folder = Folder()
        try Data(input).write(to: URL(filePath: folder.path("stdin")))
        let status = try ChildProcess.run(
            program, arguments, ProcessInfo.processInfo.environment.merging(environment) { $1 },
            files: (folder.path("stdin"), folder.path("stdout"), folder.path("stderr")))
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: folder.path("stdout"))))
        return Ending(
            status: status, output: String(decoding: bytes, as: UTF8.self),
            errors: folder.read("stderr"), bytes: bytes)
    }
}

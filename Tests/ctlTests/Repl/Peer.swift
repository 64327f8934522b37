import Foundation

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
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        try Data(input).write(to: URL(filePath: folder.path("stdin")))
        for name in ["stdout", "stderr"] { folder.write(name, "") }
        process.standardInput = FileHandle(forReadingAtPath: folder.path("stdin"))
        process.standardOutput = FileHandle(forWritingAtPath: folder.path("stdout"))
        process.standardError = FileHandle(forWritingAtPath: folder.path("stderr"))
        try process.run()
        process.waitUntilExit()
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: folder.path("stdout"))))
        return Ending(
            status: process.terminationStatus, output: String(decoding: bytes, as: UTF8.self),
            errors: folder.read("stderr"), bytes: bytes)
    }
}

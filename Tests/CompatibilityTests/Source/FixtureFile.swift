import Compatibility
import Foundation
import Testing

/// A program in `Fixtures`, and what is expected of it in the file beside it.
struct FixtureFile: CustomTestStringConvertible {
    let name: String

    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")

    /// All programs, each with a file of expectations.
    static var all: [FixtureFile] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []
        return names.filter { !$0.hasSuffix(".expected") }.sorted().map(FixtureFile.init)
    }

    var testDescription: String { name }

    var bytes: [UInt8] {
        get throws { try Array(Data(contentsOf: Self.folder.appending(path: name))) }
    }

    /// The lines of the expectations, without comments.
    var expected: [String] {
        get throws {
            let text = try String(contentsOf: Self.folder.appending(path: name + ".expected"), encoding: .utf8)
            return text.split(separator: "\n").map(String.init).filter { !$0.hasPrefix("#") }
        }
    }

    /// What the scanner finds, a line each.
    func found() throws -> [String] {
        let bytes = try bytes
        let scanner = SourceScanner()
        return try bytes.withUnsafeBytes { raw in
            let language = try #require(SourceLanguage.of(path: name, head: raw))
            return scanner.scan(raw, language: language).lines
        }
    }
}

extension SourceScan {
    /// `line:column-end COMMAND words confidence origin library`, undecided names after the commands.
    var lines: [String] {
        commands.map { command in
            let words = command.words.map { word in
                guard case .literal(let bytes) = word else { return "?" }
                let text = String(decoding: bytes, as: UTF8.self)
                return text.split(whereSeparator: \.isWhitespace).joined(separator: "_")
            }
            let rest = command.isOpenEnded ? " ..." : ""
            return
                "\(place(command.place)) \(words.joined(separator: " "))\(rest) \(command.confidence) \(command.origin)"
                + " \(command.library.rawValue)"
        }
            + undecided.map { "\(place($0.place)) undecided \($0.text) \($0.confidence) \($0.library.rawValue)" }
    }

    private func place(_ place: SourcePlace) -> String { "\(place.line):\(place.column)-\(place.endColumn)" }
}

import Foundation
import Testing

/// A table in a file of the folder Fixtures: one record a line, its fields between tabs, comments after `#`.
enum Fixture {
    static func records(of file: String) throws -> [[String]] {
        let url = try #require(
            Bundle.module.url(forResource: file, withExtension: nil, subdirectory: "Fixtures"), "no fixture \(file)")
        let text = try String(contentsOf: url, encoding: .utf8)
        return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
            line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        }
    }
}

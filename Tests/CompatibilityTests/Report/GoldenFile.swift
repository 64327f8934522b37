import Foundation
import Testing

/// The expected text of a report, kept in a file.
///
/// With CLUSTERCTL_GOLDEN_FOLDER set, the texts are written there instead: to be looked at and copied.
enum GoldenFile {
    static func expect(_ text: String, in name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        if let folder = ProcessInfo.processInfo.environment["CLUSTERCTL_GOLDEN_FOLDER"] {
            try Data(text.utf8).write(to: URL(filePath: folder).appending(path: name))
            return
        }
        let url = try #require(
            Bundle.module.url(forResource: name, withExtension: nil, subdirectory: "Fixtures/Reports"), "no \(name)",
            sourceLocation: sourceLocation)
        let expected = String(decoding: try Data(contentsOf: url), as: UTF8.self)
        guard text != expected else { return }
        let found = text.split(separator: "\n", omittingEmptySubsequences: false)
        let wanted = expected.split(separator: "\n", omittingEmptySubsequences: false)
        let line = zip(found, wanted).enumerated().first { $0.element.0 != $0.element.1 }?.offset
        let number = line ?? min(found.count, wanted.count)
        Issue.record(
            """
            \(name) differs from line \(number + 1) on
            expected: \(wanted.indices.contains(number) ? wanted[number] : "(the end)")
            found:    \(found.indices.contains(number) ? found[number] : "(the end)")
            """, sourceLocation: sourceLocation)
    }
}

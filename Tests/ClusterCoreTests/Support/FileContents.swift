import Foundation

@testable import ClusterCore

/// A folder for a test's files, removed at its end.
final class TestFolder {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "/clusterctl-core-" + UUID().uuidString.prefix(13)
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

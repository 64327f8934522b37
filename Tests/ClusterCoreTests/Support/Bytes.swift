@testable import ClusterCore

/// Texts as the views that values are given.
enum Bytes {
    /// A view without a byte.
    static var empty: ByteView { ByteView(start: UnsafePointer(nothing), count: 0) }

    private nonisolated(unsafe) static let nothing = UnsafeMutablePointer<UInt8>.allocate(capacity: 1)

    /// Lends a text's UTF-8 bytes.
    static func with<Result>(_ text: String, _ body: (ByteView) throws -> Result) rethrows -> Result {
        try Array(text.utf8).withByteView(body)
    }
}

extension ByteView {
    /// The bytes as text; what is not UTF-8 is replaced.
    var text: String { String(decoding: buffer, as: UTF8.self) }
}

import Foundation
import Testing

/// Reads JSON with Foundation's parser, which knows nothing of ours.
struct JSONText {
    private let value: Any?

    init(_ text: String) throws {
        value = try JSONSerialization.jsonObject(with: Data(text.utf8), options: [.fragmentsAllowed])
    }

    private init(value: Any?) {
        self.value = value
    }

    subscript(name: String) -> JSONText { JSONText(value: (value as? [String: Any])?[name]) }

    subscript(index: Int) -> JSONText {
        let array = value as? [Any] ?? []
        return JSONText(value: array.indices.contains(index) ? array[index] : nil)
    }

    var text: String? { value as? String }
    var number: Int? { (value as? NSNumber)?.intValue }
    var isNull: Bool { value is NSNull }
    var elements: [JSONText] { (value as? [Any] ?? []).map { JSONText(value: $0) } }
    var names: [String] { ((value as? [String: Any])?.keys.map { $0 } ?? []).sorted() }
}

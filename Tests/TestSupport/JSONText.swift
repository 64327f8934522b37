import Foundation

/// Reads JSON with Foundation's parser, which knows nothing of ours.
package struct JSONText {
    private let value: Any?

    /// Any value, not only an object or array.
    package init(_ text: String) throws {
        value = try JSONSerialization.jsonObject(with: Data(text.utf8), options: [.fragmentsAllowed])
    }

    private init(value: Any?) {
        self.value = value
    }

    /// An object's member; where there is none, a value that is nothing.
    package subscript(name: String) -> JSONText { JSONText(value: (value as? [String: Any])?[name]) }

    /// An array's element; where there is none, a value that is nothing.
    package subscript(index: Int) -> JSONText {
        let array = value as? [Any] ?? []
        return JSONText(value: array.indices.contains(index) ? array[index] : nil)
    }

    package var text: String? { value as? String }
    package var number: Int? { (value as? NSNumber)?.intValue }
    package var truth: Bool? { value as? Bool }
    /// Whether it is there, and null.
    package var isNull: Bool { value is NSNull }
    package var elements: [JSONText] { (value as? [Any] ?? []).map { JSONText(value: $0) } }
    package var names: Set<String> { Set((value as? [String: Any] ?? [:]).keys) }
}

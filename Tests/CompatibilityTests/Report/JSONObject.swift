import Foundation

/// Reads JSON with Foundation's parser, which knows nothing of ours.
struct JSONObject {
    let value: Any?

    init(_ text: String) throws {
        value = try JSONSerialization.jsonObject(with: Data(text.utf8))
    }

    private init(value: Any?) {
        self.value = value
    }

    subscript(name: String) -> JSONObject { JSONObject(value: (value as? [String: Any])?[name]) }

    var text: String? { value as? String }
    var number: Int? { (value as? NSNumber)?.intValue }
    var truth: Bool? { value as? Bool }
    var isNull: Bool { value == nil || value is NSNull }
    var elements: [JSONObject] { (value as? [Any] ?? []).map { JSONObject(value: $0) } }
    var names: Set<String> { Set((value as? [String: Any] ?? [:]).keys) }
}

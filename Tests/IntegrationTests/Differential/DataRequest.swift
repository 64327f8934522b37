import TestSupport

/// One request of a random stream.
struct DataRequest {
    /// The command's name in capitals.
    let command: String
    /// All arguments, the name as it is sent among them.
    var arguments: [[UInt8]]
    /// The keys that it names.
    var keys: [[UInt8]]

    /// An argument as text; empty where there are fewer.
    func text(_ index: Int) -> String {
        index < arguments.count ? String(decoding: arguments[index], as: UTF8.self) : ""
    }

    /// The arguments from one on, as text in capitals.
    func words(from index: Int) -> [String] {
        arguments.dropFirst(index).map { String(decoding: $0, as: UTF8.self).uppercased() }
    }

    var description: String { arguments.map(\.quoted).joined(separator: " ") }
}

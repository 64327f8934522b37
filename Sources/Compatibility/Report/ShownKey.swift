import Presentation

/// A key as reports of sizes show it: whole, but for the password of a URL in it.
struct ShownKey {
    /// As redis-cli shows it without quotes.
    let text: String
    /// Its bytes in Base64; nil where something is masked, which they would give away.
    let base64: String?

    init(_ key: [UInt8]) {
        let masked = Secrets.maskURLs(in: key)
        text = Printable.bytes(masked)
        base64 = masked == key ? Base64.encode(key) : nil
    }

    /// As much of a key as a message names.
    static func beginning(of key: [UInt8]) -> String { Printable.bytes(Secrets.maskURLs(in: key).prefix(256)) }
}

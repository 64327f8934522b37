import NIOHTTP1

/// Whether a request for the metrics carries the cluster's password.
///
/// `Authorization: Basic base64(user:password)` with any user, as Prometheus' `basic_auth` sends it, or
/// `Authorization: Bearer password`. The product's passwords have the form `instanceId:password`: such a one may also be
/// given as user and password.
struct MetricsLogin {
    enum Outcome {
        case granted, missing, wrong
    }

    let outcome: Outcome

    init(_ request: HTTPRequestHead, password: [UInt8]?) {
        guard let password else {
            outcome = .granted
            return
        }
        guard let header = request.headers["Authorization"].first else {
            outcome = .missing
            return
        }
        let words = header.split(separator: " ", maxSplits: 1)
        let isRight = words.count == 2 && Self.isRight(scheme: words[0].lowercased(), words[1], password)
        outcome = isRight ? .granted : .wrong
    }

    private static func isRight(scheme: String, _ credentials: Substring, _ password: [UInt8]) -> Bool {
        switch scheme {
        case "bearer":
            return Array(credentials.utf8).withByteView { Secret.isEqual(password, $0) }
        case "basic":
            guard let bytes = Base64.decode(credentials.utf8), let colon = bytes.firstIndex(of: UInt8(ascii: ":"))
            else {
                return false
            }
            let isWhole = bytes.withByteView { Secret.isEqual(password, $0) }
            let isBehindUser = Array(bytes[(colon + 1)...]).withByteView { Secret.isEqual(password, $0) }
            return isWhole || isBehindUser
        default: return false
        }
    }
}

/// Base 64 as in RFC 4648, with or without the padding.
enum Base64 {
    /// The bytes that a text stands for; nil where it is none.
    static func decode(_ text: some Sequence<UInt8>) -> [UInt8]? {
        var bytes: [UInt8] = []
        var bits: UInt32 = 0
        var count = 0
        var isPadded = false
        for character in text {
            if character == UInt8(ascii: "=") {
                isPadded = true
                continue
            }
            guard !isPadded, let value = value(of: character) else { return nil }
            bits = bits << 6 | UInt32(value)
            count += 6
            guard count >= 8 else { continue }
            count -= 8
            bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
        }
        // Six bits that are left over are a character too many.
        return count < 6 ? bytes : nil
    }

    private static func value(of character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): character - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): character - UInt8(ascii: "a") + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0") + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}

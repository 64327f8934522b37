/// Bytes of a trace made fit to be shown.
public enum Printable {
    /// How many bytes of one argument a shown command has.
    public static let maximumArgumentBytes = 64
    /// How many bytes a shown command has.
    public static let maximumCommandBytes = 160

    /// The bytes as redis-cli shows them, without the quotes around: `\"`, `\\`, `\n`, `\r`, `\t`, `\a`, `\b` and
    /// `\xHH`.
    ///
    /// Text in UTF-8 outside of ASCII stays as it is, but for what is not shown as it is anywhere
    /// (``Swift/Unicode/Scalar/isUnsafe``).
    public static func bytes(_ bytes: some Collection<UInt8>) -> String {
        let text = String(validating: bytes, as: UTF8.self)
        var shown = ""
        if let text {
            for scalar in text.unicodeScalars {
                if scalar.value < 128 {
                    append(UInt8(scalar.value), to: &shown)
                } else if scalar.isUnsafe {
                    for byte in String(scalar).utf8 { appendHex(byte, to: &shown) }
                } else {
                    shown.unicodeScalars.append(scalar)
                }
            }
        } else {
            for byte in bytes {
                if byte < 128 { append(byte, to: &shown) } else { appendHex(byte, to: &shown) }
            }
        }
        return shown
    }

    /// The bytes as redis-cli would take them for one argument: in quotes where they need them.
    public static func argument(_ bytes: some Collection<UInt8>) -> String {
        let shown = self.bytes(bytes)
        let isPlain =
            !bytes.isEmpty
            && bytes.allSatisfy { $0 > 32 && $0 < 127 && $0 != UInt8(ascii: "\"") && $0 != 39 && $0 != 92 }
        return isPlain ? shown : "\"\(shown)\""
    }

    private static func append(_ byte: UInt8, to shown: inout String) {
        switch byte {
        case UInt8(ascii: "\""): shown += "\\\""
        case UInt8(ascii: "\\"): shown += "\\\\"
        case 10: shown += "\\n"
        case 13: shown += "\\r"
        case 9: shown += "\\t"
        case 7: shown += "\\a"
        case 8: shown += "\\b"
        case 32...126: shown.unicodeScalars.append(Unicode.Scalar(byte))
        default: appendHex(byte, to: &shown)
        }
    }

    private static func appendHex(_ byte: UInt8, to shown: inout String) {
        let digits = String(byte, radix: 16)
        shown += digits.count == 1 ? "\\x0" + digits : "\\x" + digits
    }
}

/// How a text is written that secrets are looked for in.
public enum SecretNotation: Sendable {
    /// As source code: a value without quotes is an expression.
    case code
    /// As anything else: a value without quotes is what it says.
    case text
}

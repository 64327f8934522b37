import Presentation
import Testing

@Suite struct SecretsTests {
    @Test(arguments: [
        ("redis://:secret@host:6379/3", "redis://(redacted)@host:6379/3"),
        ("x = 'rediss://user:p@ss:w0rd@host'", "x = 'rediss://(redacted)@host'"),
        ("redis://host:6379/0 and redis://a:b@c", "redis://host:6379/0 and redis://(redacted)@c"),
        ("https://example.com/a@b", "https://example.com/a@b"),
    ])
    func `Passwords in URLs are masked`(_ text: String, _ shown: String) {
        #expect(Secrets.maskURLs(in: text) == shown)
    }
}

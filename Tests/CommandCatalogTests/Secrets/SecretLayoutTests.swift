import Testing

@testable import CommandCatalog

@Suite struct SecretLayoutTests {
    /// What of a request may be shown: its words up to the first that holds a secret.
    private func shown(_ request: String) -> String {
        let words = request.split(separator: " ").map { Array($0.utf8) }
        let first = Catalog.firstSecret(of: words) ?? words.count
        return words.prefix(first).map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
    }

    @Test(arguments: [
        ("AUTH pw", "AUTH"), ("auth user pw", "auth"), ("HELLO 3 AUTH user pw SETNAME app", "HELLO 3 AUTH"),
        ("HELLO 3 SETNAME app AUTH user pw", "HELLO 3 SETNAME app AUTH"), ("HELLO 3 AUHT u pw", "HELLO 3 AUHT"),
        ("HELLO 3 user pw", "HELLO 3"), ("CONFIG SET requirepass pw", "CONFIG SET requirepass"),
        ("config set maxmemory 1gb masterauth pw", "config set maxmemory 1gb masterauth"),
        ("CONFIG SET masteruser me", "CONFIG SET masteruser"), ("CONFIG SET reqirepas pw", "CONFIG SET reqirepas"),
        ("CONFIG SET tls-key-file-pass pw", "CONFIG SET tls-key-file-pass"),
        ("CONFIG SET tls-client-key-file-pass pw", "CONFIG SET tls-client-key-file-pass"),
        ("CONFIG SET vendor.secret pw", "CONFIG SET vendor.secret"),
        ("ACL SETUSER me on >pw ~*", "ACL SETUSER me on"), ("ACL SETUSER me #0f0f", "ACL SETUSER me"),
        ("ACL SETUSER me <pw", "ACL SETUSER me"), ("ACL SETUSER me ~k:* (+@all !0f0f)", "ACL SETUSER me ~k:* (+@all"),
        ("ACL SETUSER me pw", "ACL SETUSER me"), ("ACL DRYRUN me AUTH pw", "ACL DRYRUN me AUTH"),
        ("ACL DRYRUN me ACL DRYRUN me AUTH pw", "ACL DRYRUN me"),
        ("MIGRATE h 1 k 0 9 COPY AUTH pw KEYS a", "MIGRATE h 1 k 0 9 COPY AUTH"),
        ("MIGRATE h 1 k 0 9 AUTH2 me pw", "MIGRATE h 1 k 0 9 AUTH2"),
        ("SENTINEL SET m auth-pass pw", "SENTINEL SET m auth-pass"),
        ("SENTINEL SET m down-after-milliseconds 9 auth-user me", "SENTINEL SET m down-after-milliseconds 9 auth-user"),
        ("SENTINEL CONFIG SET sentinel-pass pw", "SENTINEL CONFIG SET sentinel-pass"),
        ("MODULE LOADEX m.so CONFIG m.password pw", "MODULE LOADEX m.so CONFIG m.password"),
        (
            "CLUSTER MIGRATESLOTS SLOTSRANGE 0 9 NODE abc AUTH pw", "CLUSTER MIGRATESLOTS SLOTSRANGE 0 9 NODE abc AUTH"
        ),
    ])
    func `the catalog's rows say where the secrets of a request are`(_ request: String, _ shown: String) {
        #expect(self.shown(request) == shown)
    }

    @Test(arguments: [
        ("AUHT pw", "AUHT"), ("atuh me pw", "atuh"), ("AUT pw", "AUT"), ("AUTHH pw", "AUTHH"), ("AHUT pw", "AHUT"),
        ("LOGIN pw", "LOGIN"), ("password pw", "password"), ("USER me pw", "USER"), ("requirepass pw", "requirepass"),
        ("HELO 3 AUTH me pw", "HELO 3 AUTH"), ("CONFG SET requirepass pw", "CONFG SET requirepass"),
        ("CONFIG STE requirepass pw", "CONFIG STE requirepass"), ("CONFIG requirepass pw", "CONFIG requirepass"),
        ("b840fc SET requirepass pw", "b840fc SET requirepass"), ("ACL SETUSR me >pw", "ACL SETUSR me"),
        ("SENTINL SET m auth-pass pw", "SENTINL SET m auth-pass"),
        ("MIGRAET h 1 k 0 9 AUTH pw", "MIGRAET h 1 k 0 9 AUTH"),
        ("127.0.0.1:6379> AUTH pw", "127.0.0.1:6379> AUTH"), ("PROXY AUTH pw", "PROXY AUTH"),
        ("SELECT 0 AUTH pw", "SELECT 0 AUTH"),
    ])
    func `a misspelt command hides what the one that was meant hides`(_ request: String, _ shown: String) {
        #expect(self.shown(request) == shown)
    }

    @Test(arguments: [
        "SET user:1 anna EX 60", "HELLO 3 SETNAME app", "CONFIG SET maxmemory 100mb", "CONFIG GET requirepass",
        "ACL SETUSER me on nopass ~* +@all -debug &ch %R~k", "ACL GETUSER me", "MIGRATE h 1 k 0 9 COPY KEYS a b",
        "SENTINEL MONITOR m 10.0.0.1 6379 2", "ECHO auth", "GETT user:1", "FOO bar baz", "SADD methods AUTH BASIC",
        "HSET user:1 password x", "KEYS auth:*", "CLUSTER MIGRATESLOTS SLOTSRANGE 0 9 20 29 NODE abc", "AUTH",
        "CLIENT SETNAME app", "MODULE LOAD m.so MAXDOCS 10",
    ])
    func `what holds no secret is shown whole`(_ request: String) {
        #expect(shown(request) == request)
    }

    @Test func `of a request without end only the beginning is looked through, and the rest is hidden`() {
        let words = Array(repeating: Array("word".utf8), count: 100_000)
        #expect(Catalog.firstSecret(of: words).map { $0 <= 1_001 } == true)
    }
}

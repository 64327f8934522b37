import Testing

@testable import ServerClient

@Suite struct ServerAddressTests {
    private static func tcp(
        _ host: String, _ port: UInt16 = 6379, user: String? = nil, password: String? = nil, database: Int = 0
    ) -> ServerAddress {
        var address = ServerAddress(.tcp(host: host, port: port))
        (address.user, address.password, address.database) = (user, password, database)
        return address
    }

    private static func unix(_ path: String, password: String? = nil, database: Int = 0) -> ServerAddress {
        var address = ServerAddress(.unix(path: path))
        (address.password, address.database) = (password, database)
        return address
    }

    @Test(arguments: [
        ("redis://", tcp("127.0.0.1")), ("redis://h", tcp("h")), ("REDIS://h:7000", tcp("h", 7000)),
        ("redis://h/3", tcp("h", database: 3)), ("redis://h:1/", tcp("h", 1)), ("redis://h?x=1", tcp("h")),
        ("redis://:pass@h", tcp("h", password: "pass")), ("redis://pass@h", tcp("h", password: "pass")),
        ("redis://me:p%40ss%3a@h:1/2", tcp("h", 1, user: "me", password: "p@ss:", database: 2)),
        ("redis://crs-1:pw:x@h", tcp("h", user: "crs-1", password: "pw:x")),
        ("redis://[::1]:7001", tcp("::1", 7001)), ("redis://:7002", tcp("127.0.0.1", 7002)),
        ("/run/r.sock", unix("/run/r.sock")), ("unix:///run/r.sock?db=4", unix("/run/r.sock", database: 4)),
        ("unix://:p@/run/r%20s", unix("/run/r s", password: "p")), ("redis+unix:///r", unix("/r")),
    ]) func `A URL or a path names a server`(_ text: String, _ expected: ServerAddress) throws {
        #expect(try ServerAddress(text) == expected)
    }

    @Test(arguments: [
        "h:6379", "http://h", "rediss://h", "redis://h:0", "redis://h:70000", "redis://h:x", "redis://h/x",
        "redis://::1",
        "redis://[::1", "redis://[::1]x", "unix://r", "redis://h/-1", "redis://%zz@h", "redis://a%4@h",
    ]) func `What names none is refused with what to write`(_ text: String) throws {
        let error = #expect(throws: ServerAddress.Malformed.self) { try ServerAddress(text) }
        #expect(error?.description.isEmpty == false)
    }

    @Test func `A password is never shown`() throws {
        #expect(try ServerAddress("redis://me:secret@h:1/2").description == "redis://(redacted)@h:1/2")
        #expect(try ServerAddress("redis://secret@[::1]").description == "redis://(redacted)@[::1]:6379")
        #expect(try ServerAddress("unix://:secret@/r?db=1").description == "unix://(redacted)@/r?db=1")
        let error = #expect(throws: ServerAddress.Malformed.self) { try ServerAddress("redis://:secret@h:x") }
        #expect(error?.description.contains("secret") == false)
    }
}

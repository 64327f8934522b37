import Testing

@testable import clusterctl

@Suite struct ArgumentValuesTests {
    @Test(arguments: [
        ("0", 0), ("127", 127), ("64k", 65_536), ("64KB", 65_536), ("1MiB", 1_048_576), ("10MB", 10_485_760),
        ("2g", 2_147_483_648), ("5b", 5),
    ])
    func `sizes are bytes or have a unit of 1024`(_ text: String, _ bytes: Int) throws {
        #expect(try ArgumentValues.bytes(in: 0 ... .max)(text) == bytes)
    }

    @Test(arguments: ["", "k", "-1", "1.5k", "10 MB", "1t", "0x10", "99999999999g", "9223372036854775808"])
    func `what is no size is refused`(_ text: String) {
        #expect(throws: ArgumentValues.Unusable.self) { try ArgumentValues.bytes(in: 0 ... .max)(text) }
    }

    @Test(arguments: [
        ("0", 0), ("90", 90_000), ("500ms", 500), ("90s", 90_000), ("30m", 1_800_000), ("30min", 1_800_000),
        ("2H", 7_200_000), ("1d", 86_400_000),
    ])
    func `times are seconds or have a unit`(_ text: String, _ milliseconds: Int64) throws {
        #expect(try ArgumentValues.milliseconds(text) == milliseconds)
    }

    @Test(arguments: ["", "s", "-1", "1.5s", "3x", "1 s", "9223372036854775807d", "366001d"])
    func `what is no time is refused`(_ text: String) {
        #expect(throws: ArgumentValues.Unusable.self) { try ArgumentValues.milliseconds(text) }
    }

    @Test(arguments: [
        ("127.0.0.1", true), ("127.9.9.9", true), ("::1", true), ("localhost", true), ("LOCALHOST", true),
        ("0.0.0.0", false), ("128.0.0.1", false), ("::", false), ("::2", false), ("example.org", false), ("", false),
        ("127.1", false),
    ])
    func `only this machine reaches the loopback addresses`(_ host: String, _ isLoopback: Bool) {
        #expect(HostName.isLoopback(host) == isLoopback)
    }
}

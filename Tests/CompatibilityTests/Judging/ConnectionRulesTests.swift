import CommandCatalog
import Testing

@testable import Compatibility

@Suite struct ConnectionRulesTests {
    static func rules(_ lines: String...) -> [String] {
        Lint.rules(Lint.text(lines.joined(separator: "\n") + "\n"))
    }

    @Test func `A key used by others between MULTI and EXEC is found`() {
        #expect(
            Self.rules(
                #"1795394106.000001 [0 10.0.0.1:1] "MULTI""#, #"1795394106.000002 [0 10.0.0.2:1] "GET" "k""#,
                #"1795394106.000003 [0 10.0.0.1:1] "SET" "k" "v""#, #"1795394106.000003 [0 10.0.0.1:1] "EXEC""#)
                == ["locked-key-touched"])
    }

    @Test func `Another key, the same connection and another time are no touch`() {
        #expect(
            Self.rules(
                #"1795394106.000001 [0 10.0.0.2:1] "GET" "k""#, #"1795394106.000001 [0 10.0.0.1:1] "MULTI""#,
                #"1795394106.000002 [0 10.0.0.2:1] "GET" "j""#, #"1795394106.000003 [0 10.0.0.1:1] "SET" "k" "v""#,
                #"1795394106.000003 [0 10.0.0.1:1] "GET" "k""#, #"1795394106.000003 [0 10.0.0.1:1] "EXEC""#,
                #"1795394106.000004 [0 10.0.0.2:1] "GET" "k""#) == [])
    }

    @Test func `More than 30 minutes of silence are found, 30 are not`() {
        let first = #"1795394106.000000 [0 10.0.0.1:1] "PING""#
        #expect(Self.rules(first, #"1795395906.000000 [0 10.0.0.1:1] "PING""#) == [])
        #expect(Self.rules(first, #"1795395907.000000 [0 10.0.0.2:1] "PING""#) == [])
        #expect(Self.rules(first, #"1795395907.000000 [0 10.0.0.1:1] "PING""#) == ["idle-connection"])
    }

    @Test func `Very many connections are followed in bounded memory`() {
        var table = ConnectionTable()
        for client in 0..<200_000 {
            let place = table.place(of: UInt64(client) &* 0x9E37_79B9_7F4A_7C15)
            table[place].lastTime = Int64(client)
        }
        let hasForgotten = table.hasForgotten
        let last = table.place(of: 199_999 &* 0x9E37_79B9_7F4A_7C15)
        let lastTime = table[last].lastTime
        #expect(hasForgotten)
        #expect(lastTime == 199_999)
    }
}

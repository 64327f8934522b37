import Testing

@testable import WireFormats

@Suite("Requests are decoded as Redis 2.8.24 does")
struct RequestDecoderTests {
    @Test(
        "Well-formed requests",
        arguments: [
            ("*1\r\n$4\r\nPING\r\n", [["PING"]]),
            ("*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$0\r\n\r\n", [["SET", "k", ""]]),
            ("*1\r\n$0\r\n\r\n", [[""]]),
            ("*2\r\n$4\r\nECHO\r\n$12\r\nhello, world\r\nPING\r\n", [["ECHO", "hello, world"], ["PING"]]),
            // Nobody looks at the two bytes behind an argument, nor at the one behind CR.
            ("*1\rX$4\rYPINGxx*1\r\n$4\r\nQUIT\r\n", [["PING"], ["QUIT"]]),
            ("PING\r\n", [["PING"]]),
            ("SET k v\r\nGET k\r\n", [["SET", "k", "v"], ["GET", "k"]]),
            ("PING\nPING\n", [["PING"], ["PING"]]),
            ("  set\tk   v \r\n", [["set", "k", "v"]]),
            ("SET \"a b\" \"c\\x41\"\r\n", [["SET", "a b", "cA"]]),
            ("SET k 'single q'\r\n", [["SET", "k", "single q"]]),
            ("ECHO 'it\\'s'\r\n", [["ECHO", "it's"]]),
            ("ECHO \"\\n\\r\\t\\b\\a\\q\\\"\\x4\"\r\n", [["ECHO", "\n\r\t\u{8}\u{7}q\"x4"]]),
            ("ECHO 'a\\nb' a\"b c\"\r\n", [["ECHO", "a\\nb", "ab c"]]),
            ("SET \"\" k ''\r\n", [["SET", "k"]]),
        ] as [(String, [[String]])])
    func wellFormed(input: String, requests: [[String]]) {
        let findings = SplitVerifier.verify([UInt8](input)) { RequestDriver.decode($0) }
        #expect(findings == requests.map { .request($0.map { [UInt8]($0) }) })
    }

    @Test(
        "Requests that ask for nothing are dropped",
        arguments: ["*0\r\n", "*-1\r\n", "*-10\r\n", "\r\n", "\n", "   \r\n", "\"\" ''\r\n"])
    func empty(input: String) {
        let findings = SplitVerifier.verify([UInt8](input + "PING\r\n")) { RequestDriver.decode($0) }
        #expect(findings == [.empty, .request([[UInt8]("PING")])])
    }

    @Test(
        "Protocol errors",
        arguments: [
            ("*1\r\nfoo\r\n", "expected '$', got 'f'"),
            ("*1\r\n\r\n", "expected '$', got ' '"),
            ("*1\r\n\u{1B}\r\n", "expected '$', got ' '"),
            ("*3\r\n$3\r\nSET\r\n$1\r\nx\r\nfooz\r\n", "expected '$', got 'f'"),
            ("*1\r\n$x\r\n", "invalid bulk length"),
            ("*1\r\n$\r\n", "invalid bulk length"),
            ("*1\r\n$-1\r\n", "invalid bulk length"),
            ("*1\r\n$01\r\n", "invalid bulk length"),
            ("*1\r\n$+1\r\n", "invalid bulk length"),
            ("*1\r\n$600000000\r\n", "invalid bulk length"),
            ("*1\r\n$99999999999999999999\r\n", "invalid bulk length"),
            ("*1048577\r\n", "invalid multibulk length"),
            ("*\r\n", "invalid multibulk length"),
            ("*01\r\n", "invalid multibulk length"),
            ("*-0\r\n", "invalid multibulk length"),
            ("*1\n$4\r\nPING\r\n", "invalid multibulk length"),
            ("*9223372036854775808\r\n", "invalid multibulk length"),
            ("ECHO \"a\"b\r\n", "unbalanced quotes in request"),
            ("ECHO \"a\r\n", "unbalanced quotes in request"),
            ("ECHO 'a\\'\r\n", "unbalanced quotes in request"),
            ("*1\r\n$10485760\r\n", "request of 10485777 bytes or more, the limit is under 10485760"),
            ("*2\r\n$4\r\nECHO\r\n$536870912\r\n", "request of 536870940 bytes or more, the limit is under 10485760"),
        ])
    func protocolErrors(input: String, message: String) {
        let findings = SplitVerifier.verify([UInt8](input)) { RequestDriver.decode($0) }
        #expect(findings == [.failure("-ERR Protocol error: \(message)\r\n")])
    }

    @Test("A byte above 127 in place of $ is repeated as it is")
    func highByteInPlaceOfDollar() {
        #expect(ProtocolError(.expectedBulk(got: 0xE9)).message.suffix(2) == [0xE9, 0x27])
    }

    @Test(
        "Lines wait for CR, and a line with a NUL never ends",
        arguments: ["*1\n$4\nPING\n", "*1", "*1\r", "*1\r\n$4\r\nPING\r", "PI\0NG\r\n", "*\u{0}1\r\n", "*1\r\n\0\r\n"])
    func incomplete(input: String) {
        #expect(SplitVerifier.verify([UInt8](input)) { RequestDriver.decode($0) } == [.rest(input.utf8.count)])
    }

    @Test(
        "Lines of more than 64 KiB are refused",
        arguments: [
            ("", "too big inline request"), ("*", "too big mbulk count string"),
            ("*1\r\n$", "too big bulk count string"),
        ])
    func longLines(lead: String, message: String) {
        let header = lead.utf8.split(separator: 0x0A).last?.count ?? 0
        let limit = 64 << 10
        for filler in [UInt8(ascii: "1"), 0] {
            let accepted = [UInt8](lead) + [UInt8](repeating: filler, count: limit - header)
            #expect(RequestDriver.decode([accepted]) == [.rest(accepted.count)])
            let refused = [RequestDriver.Finding.failure("-ERR Protocol error: \(message)\r\n")]
            #expect(RequestDriver.decode([accepted + [filler]]) == refused)
            #expect(RequestDriver.decode([accepted, [filler]]) == refused)
            #expect(RequestDriver.decode([accepted + [filler] + [UInt8]("\r\n")]) == refused)
        }
    }

    @Test("An inline request of exactly 64 KiB is decoded")
    func longestInlineRequest() {
        let word = [UInt8](repeating: UInt8(ascii: "x"), count: 64 << 10)
        #expect(RequestDriver.decode([word + [UInt8]("\n")]) == [.request([word])])
    }

    @Test("The size on the wire stays under the limit, and the announced sizes count")
    func maximumRequestBytes() {
        let request = [UInt8]("*2\r\n$4\r\nECHO\r\n$2\r\nab\r\n")
        #expect(
            RequestDriver.decode([request], maximumRequestBytes: request.count + 1) == [
                .request([[UInt8]("ECHO"), [UInt8]("ab")])
            ])
        let refused = RequestDriver.Finding.failure(
            "-ERR Protocol error: request of \(request.count) bytes or more, the limit is under \(request.count)\r\n")
        let headersOnly = [UInt8]("*2\r\n$4\r\nECHO\r\n$2\r\n")
        #expect(RequestDriver.decode([headersOnly], maximumRequestBytes: request.count) == [refused])
        #expect(
            RequestDriver.decode([[UInt8]("*1000000\r\n")], maximumRequestBytes: 6_000_000) == [
                .failure("-ERR Protocol error: request of 6000010 bytes or more, the limit is under 6000000\r\n")
            ])
        #expect(
            RequestDriver.decode([[UInt8]("PING\r\n")], maximumRequestBytes: 6) == [
                .failure("-ERR Protocol error: request of 6 bytes or more, the limit is under 6\r\n")
            ])
    }

    @Test("A million arguments in small pieces take linear time")
    func manyArguments() {
        let count = 300_000
        var input = [UInt8]("*\(count)\r\n")
        for _ in 0..<count { input += [UInt8]("$1\r\nx\r\n") }
        var decoder = RequestDecoder()
        var outcome = RequestDecoder.Outcome.needMore
        var calls = 0
        input.withUnsafeBytes { bytes in
            for end in stride(from: 0, to: bytes.count, by: 256) where outcome == .needMore {
                outcome = decoder.next(in: UnsafeRawBufferPointer(rebasing: bytes[..<end]))
                calls += 1
            }
            outcome = decoder.next(in: bytes)
        }
        // A decoder that began anew with each piece would take 4,000 times as long, over an hour here.
        #expect(calls > 8000)
        #expect(outcome == .request(consumed: input.count))
        #expect(decoder.arguments.count == count)
        #expect(decoder.arguments.last == (input.count - 3)..<(input.count - 2))
    }

    @Test("A failed decoder says so until it is reset")
    func failureIsSticky() {
        var decoder = RequestDecoder()
        let ping = [UInt8]("*1\r\n$4\r\nPING\r\n")
        let failure = RequestDecoder.Outcome.failure(ProtocolError(.invalidMultibulkLength))
        #expect([UInt8]("*x\r\n").withUnsafeBytes { decoder.next(in: $0) } == failure)
        #expect(ping.withUnsafeBytes { decoder.next(in: $0) } == failure)
        decoder.reset()
        #expect(ping.withUnsafeBytes { decoder.next(in: $0) } == .request(consumed: ping.count))
    }

    @Test("A reset in the middle of a request begins a new one")
    func resetMidRequest() {
        var decoder = RequestDecoder()
        #expect([UInt8]("*2\r\n$4\r\nECHO\r\n$5").withUnsafeBytes { decoder.next(in: $0) } == .needMore)
        let before = decoder.isMidRequest
        decoder.reset()
        let after = decoder.isMidRequest
        #expect(before && !after)
        #expect([UInt8]("QUIT\r\n").withUnsafeBytes { decoder.next(in: $0) } == .request(consumed: 6))
        let isInline = decoder.isInline
        #expect(isInline)
    }

    @Test("Nothing that arrives stops the decoder, and the pieces do not matter")
    func garbage() {
        var random = SeededGenerator()
        let valid = [
            [UInt8]("*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$5\r\nvalue\r\n*1\r\n$4\r\nPING\r\n"),
            [UInt8]("SET \"a b\" 'c'\r\n*2\r\n$4\r\nECHO\r\n$12\r\nhello, world\r\n"),
        ]
        let alphabet = [UInt8]("*$0123-\r\n\r\n\r\n \"'\\x4PING\u{0}")
        for round in 0..<SeededGenerator.rounds(80_000) {
            let input =
                round % 2 == 0
                ? random.mutate(valid[random.below(valid.count)]) : random.bytes(random.below(40), from: alphabet)
            let cut = random.below(input.count + 1)
            let whole = RequestDriver.decode([input])
            let halves = RequestDriver.decode([Array(input[..<cut]), Array(input[cut...])])
            guard whole == halves else {
                Issue.record("seed \(random.seed), round \(round), cut \(cut): \(input.escaped)")
                return
            }
        }
    }
}

/// Plays a connection: keeps what is not consumed and decodes until nothing more comes.
enum RequestDriver {
    enum Finding: Equatable {
        case request([[UInt8]])
        case empty
        case failure(String)
        /// So many bytes were left at the end.
        case rest(Int)
    }

    static func decode(
        _ pieces: [[UInt8]], maximumRequestBytes: Int = RequestDecoder.defaultMaximumRequestBytes
    ) -> [Finding] {
        var decoder = RequestDecoder(maximumRequestBytes: maximumRequestBytes)
        var findings: [Finding] = []
        var pending: [UInt8] = []
        for piece in pieces {
            pending += piece
            while let (finding, consumed) = step(&decoder, pending) {
                findings.append(finding)
                if case .failure = finding { return findings }
                pending.removeFirst(consumed)
            }
        }
        return pending.isEmpty ? findings : findings + [.rest(pending.count)]
    }

    private static func step(_ decoder: inout RequestDecoder, _ pending: [UInt8]) -> (Finding, Int)? {
        pending.withUnsafeBytes { bytes in
            switch decoder.next(in: bytes) {
            case .needMore: return nil
            case .empty(let consumed): return (.empty, consumed)
            case .failure(let error): return (.failure(String(decoding: error.replyLine, as: UTF8.self)), 0)
            case .request(let consumed):
                let request = decoder.request(in: bytes)
                return (.request((0..<request.count).map { request.copyArgument($0) }), consumed)
            }
        }
    }
}

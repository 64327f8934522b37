import Testing

@testable import WireFormats

@Suite("Replies of a server")
struct ReplyDecoderTests {
    @Test(
        "Every kind of reply, whole and in pieces",
        arguments: [
            ("+OK\r\n", [.status([UInt8]("OK"))]),
            ("+\r\n", [.status([])]),
            ("-ERR a\rb\r\n", [.error([UInt8]("ERR a\rb"))]),
            (":-42\r\n:0\r\n", [.integer(-42), .integer(0)]),
            (":-9223372036854775808\r\n", [.integer(.min)]),
            ("$0\r\n\r\n$5\r\na\r\nbc\r\n", [.bulk([]), .bulk([UInt8]("a\r\nbc"))]),
            ("$-1\r\n*-1\r\n*0\r\n", [.nullBulk, .nullArray, .array([])]),
            (
                "*2\r\n*2\r\n:1\r\n*0\r\n$1\r\nx\r\n+P\r\n",
                [.array([.array([.integer(1), .array([])]), .bulk([UInt8]("x"))]), .status([UInt8]("P"))]
            ),
            (
                "*3\r\n$-1\r\n-WRONGTYPE x\r\n*-1\r\n",
                [.array([.nullBulk, .error([UInt8]("WRONGTYPE x")), .nullArray])]
            ),
        ] as [(String, [Reply])])
    func replies(input: String, replies: [Reply]) {
        let found = SplitVerifier.verify([UInt8](input)) { ReplyDriver.decode($0) }
        #expect(found == ReplyDriver.Findings(replies: replies, error: nil, isMidReply: false))
    }

    @Test(
        "Bytes that are no reply give an error that says where",
        arguments: [
            ("+OK\r\nhello\r\n", .unknownType(UInt8(ascii: "h")), 5),
            (":x\r\n", .invalidNumber, 0),
            (":+1\r\n", .invalidNumber, 0),
            ("*2\r\n:1\r\n$-2\r\n", .invalidNumber, 8),
            ("*-2\r\n", .invalidNumber, 0),
            ("$2\r\nabc\r\n", .bulkNotTerminated, 0),
            ("$101\r\n", .bulkTooLong(bytes: 101), 0),
            ("*1\r\n*1\r\n*1\r\n*1\r\n", .tooDeep, 12),
            ("+0123456789012345678901234567890123456789\r\n", .lineTooLong, 0),
        ] as [(String, ReplyError.Kind, Int)])
    func errors(input: String, kind: ReplyError.Kind, byteOffset: Int) {
        let found = SplitVerifier.verify([UInt8](input)) { ReplyDriver.decode($0) }
        #expect(found.error == ReplyError(kind: kind, byteOffset: byteOffset))
    }

    @Test("An announced length alone takes no memory and is no reply")
    func announcedLengths() {
        let found = ReplyDriver.decode([[UInt8]("*9223372036854775807\r\n$100\r\nabc")])
        #expect(found == ReplyDriver.Findings(replies: [], error: nil, isMidReply: true))
    }

    @Test("The offset of an error counts from the beginning of the connection")
    func offsetAfterDroppedBytes() throws {
        var decoder = ReplyDecoder()
        let reply = [UInt8]("$65536\r\n") + [UInt8](repeating: 0, count: 65536) + [UInt8]("\r\n")
        for _ in 0..<3 {
            decoder.append(reply)
            #expect(try decoder.next() != nil)
        }
        decoder.append([UInt8]("?"))
        #expect(throws: ReplyError(kind: .unknownType(UInt8(ascii: "?")), byteOffset: 3 * reply.count)) {
            try decoder.next()
        }
    }

    @Test("What the encoder writes, the decoders read")
    func encoder() throws {
        let bytes = RequestEncoder.encode("SET", "k", "")
        #expect(String(decoding: bytes, as: UTF8.self) == "*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$0\r\n\r\n")
        #expect(RequestDriver.decode([bytes]) == [.request(["SET", "k", ""].map { [UInt8]($0) })])
        var decoder = ReplyDecoder()
        decoder.append(bytes)
        #expect(try decoder.next() == .array([.bulk([UInt8]("SET")), .bulk([UInt8]("k")), .bulk([])]))
    }

    @Test("Nothing that arrives stops the decoder, and the pieces do not matter")
    func garbage() {
        var random = SeededGenerator()
        let valid = [UInt8]("*2\r\n*2\r\n:1\r\n*0\r\n$4\r\nabcd\r\n+OK\r\n-ERR no\r\n$-1\r\n")
        let alphabet = [UInt8]("*$+-:0123\r\n\r\n\r\n\r\n")
        for round in 0..<SeededGenerator.rounds(30_000) {
            let input = round % 2 == 0 ? random.mutate(valid) : random.bytes(random.below(40), from: alphabet)
            let cut = random.below(input.count + 1)
            let whole = ReplyDriver.decode([input])
            guard whole == ReplyDriver.decode([Array(input[..<cut]), Array(input[cut...])]) else {
                Issue.record("seed \(random.seed), round \(round), cut \(cut): \(input.escaped)")
                return
            }
        }
    }
}

enum ReplyDriver {
    struct Findings: Equatable {
        var replies: [Reply] = []
        var error: ReplyError?
        var isMidReply = false
    }

    static func decode(_ pieces: [[UInt8]]) -> Findings {
        var decoder = ReplyDecoder(maximumDepth: 3, maximumBulkBytes: 100, maximumLineBytes: 32)
        var findings = Findings()
        do throws(ReplyError) {
            for piece in pieces {
                decoder.append(piece)
                while let reply = try decoder.next() { findings.replies.append(reply) }
            }
            findings.isMidReply = decoder.isMidReply
        } catch {
            findings.error = error
        }
        return findings
    }
}

import Testing

@testable import ClusterCore

@Suite("ReplyBuffer")
struct ReplyBufferTests {
    private static func text(_ body: (inout ReplyBuffer) -> Void) -> String {
        var reply = ReplyBuffer(limit: 1 << 20)
        body(&reply)
        return String(decoding: reply.bytes, as: UTF8.self)
    }

    @Test(
        "numbers are written whole",
        arguments: [0, 9, 10, -1, 123_456_789, Int64.max, Int64.min])
    func integers(number: Int64) {
        #expect(Self.text { $0.append(integer: number) } == ":\(number)\r\n")
        let digits = String(number)
        #expect(Self.text { $0.append(bulkInteger: number) } == "$\(digits.utf8.count)\r\n\(digits)\r\n")
    }

    @Test(
        "scores print with 17 digits, whole ones plain",
        arguments: [
            (3.0, "3"), (-0.0, "-0"), (0.1, "0.10000000000000001"), (.infinity, "inf"), (-.infinity, "-inf"),
            (9_223_372_036_854_775_808, "9.2233720368547758e+18"), (1e16, "10000000000000000"), (-1.5e-10, "-1.5e-10"),
        ] as [(Double, String)])
    func scores(score: Double, text: String) {
        #expect(Self.text { $0.append(bulkScore: score) } == "$\(text.utf8.count)\r\n\(text)\r\n")
    }

    @Test("an array's length may be put before elements that are there already")
    func insertsArrayLength() {
        let text = Self.text { reply in
            reply.appendOK()
            let mark = reply.count
            for number in 0..<12 { reply.append(integer: number) }
            reply.insert(arrayOf: 12, at: mark)
        }
        #expect(text == "+OK\r\n*12\r\n" + (0..<12).map { ":\($0)\r\n" }.joined())
    }

    @Test("past its limit it takes nothing more, until it is emptied")
    func limit() {
        var reply = ReplyBuffer(limit: 100_000)
        let megabyte = [UInt8](repeating: 0, count: 1_000_000)
        reply.appendOK()
        megabyte.withByteView { reply.append(bulk: $0) }
        var state = (reply.isOverflowing, reply.count)
        #expect(state == (true, 5))
        reply.appendOK()
        state = (reply.isOverflowing, reply.count)
        #expect(state == (true, 5))
        reply.removeAll()
        reply.appendOK()
        state = (reply.isOverflowing, reply.count)
        #expect(state == (false, 5))
        // It grows by doubling, but not past the limit.
        for _ in 0..<30_000 { reply.appendOK() }
        state = (reply.isOverflowing, reply.count)
        #expect(state == (true, 100_000))
    }

    @Test func `what other connections hold leaves the less for a large reply, and a small one always fits`() {
        var buffer = ReplyBuffer(limit: 100 << 20) { 10 << 20 }
        let piece = [UInt8](repeating: 7, count: 1 << 20)
        for _ in 0..<9 { buffer.append(piece) }
        let isFine = !buffer.isOverflowing
        buffer.append(piece)
        buffer.append(piece)
        let (isOver, lacksMemory) = (buffer.isOverflowing, buffer.lacksMemory)
        #expect(isFine && isOver && lacksMemory)
        var other = ReplyBuffer(limit: 100 << 20) { -5 }
        other.append([UInt8](repeating: 7, count: 1_000_000))
        let (isSmallOver, room) = (other.isOverflowing, other.room)
        #expect(!isSmallOver && room == (1 << 20) - 1_000_000)
        other.overflow(bytes: 200 << 20)
        let isMemory = other.lacksMemory
        #expect(!isMemory, "it would not have fitted with all memory")
    }

    @Test func `a large reply is handed over in pieces, each once`() {
        var buffer = ReplyBuffer(limit: 100 << 20)
        let bytes = (0..<2_500_001).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
        buffer.append(bytes)
        var pieces: [Int] = []
        var whole: [UInt8] = []
        buffer.hand(inPiecesOf: 1 << 20) { piece in
            pieces.append(piece.count)
            whole += Array(piece)
        }
        let count = buffer.count
        #expect(pieces == [1 << 20, 1 << 20, 2_500_001 - (2 << 20)])
        #expect(whole == bytes && count == 0)
    }
}

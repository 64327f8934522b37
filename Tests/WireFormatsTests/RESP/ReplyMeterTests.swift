import Testing

@testable import WireFormats

@Suite struct ReplyMeterTests {
    /// What a meter says of bytes that arrive in pieces of a size.
    private static func items(_ bytes: [UInt8], pieces: Int) throws -> [String] {
        var meter = ReplyMeter()
        var buffer: [UInt8] = []
        var found: [String] = []
        var rest = bytes[...]
        while true {
            let outcome = try buffer.withUnsafeBytes { memory in
                let outcome = try meter.next(in: memory)
                if case .item(let item, _) = outcome { found.append(text(item, memory)) }
                return outcome
            }
            switch outcome {
            case .item(_, let consumed): buffer.removeFirst(consumed)
            case .needMore(let consumed):
                buffer.removeFirst(consumed)
                guard !rest.isEmpty else { return found }
                buffer += rest.prefix(pieces)
                rest = rest.dropFirst(pieces)
            }
        }
    }

    private static func text(_ item: ReplyMeter.Item, _ memory: UnsafeRawBufferPointer) -> String {
        switch item {
        case .bulk(let length): "$\(length)"
        case .integer(let number): ":\(number)"
        case .array(let count): "*\(count)"
        case .null: "nil"
        case .status(let range): "+" + String(decoding: memory[range], as: UTF8.self)
        case .error(let range): "-" + String(decoding: memory[range], as: UTF8.self)
        }
    }

    @Test(arguments: [1, 2, 3, 7, 1000]) func `Items are the same however the bytes are cut`(_ pieces: Int) throws {
        let text =
            "+OK\r\n*2\r\n$1\r\n0\r\n*3\r\n$0\r\n\r\n$5\r\n\r\n$9\r\r\n$-1\r\n:-12\r\n-ERR no\r\n*-1\r\n*0\r\n+\r\n"
        #expect(
            try Self.items(Array(text.utf8), pieces: pieces) == [
                "+OK", "*2", "$1", "*3", "$0", "$5", "nil", ":-12", "-ERR no", "nil", "*0", "+",
            ])
    }

    @Test func `A long bulk is passed over without being kept`() throws {
        var meter = ReplyMeter()
        let head = Array("$1000000\r\n".utf8)
        #expect(try head.withUnsafeBytes { try meter.next(in: $0) } == .item(.bulk(length: 1_000_000), consumed: 10))
        let piece = [UInt8](repeating: 97, count: 100_000)
        for _ in 0..<10 {
            #expect(try piece.withUnsafeBytes { try meter.next(in: $0) } == .needMore(consumed: 100_000))
        }
        let end = Array("\r\n:1\r\n".utf8)
        #expect(try end.withUnsafeBytes { try meter.next(in: $0) } == .item(.integer(1), consumed: 6))
    }

    @Test(arguments: ["x\r\n", "$a\r\n", "$-2\r\n", ":\r\n", "\r\n", "+OK\n", "*99999999999999\r\n"])
    func `What is no reply is told with its byte`(_ text: String) throws {
        let bytes = Array(":1\r\n".utf8) + Array(text.utf8)
        let error = #expect(throws: ReplyError.self) { try Self.items(bytes, pieces: 100) }
        #expect(error?.byteOffset == 4)
    }

    @Test func `Random bytes end in an error or in the wish for more`() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<20_000 {
            let alphabet = Array("+-:$*0123456789\r\nab".utf8)
            let bytes = (0..<Int.random(in: 0..<40, using: &random)).map { _ in
                alphabet.randomElement(using: &random) ?? 0
            }
            do {
                _ = try Self.items(bytes, pieces: 3)
            } catch {
                let offset = (error as? ReplyError)?.byteOffset ?? -1
                #expect(offset >= 0 && offset <= bytes.count, "\(bytes)")
            }
        }
    }
}

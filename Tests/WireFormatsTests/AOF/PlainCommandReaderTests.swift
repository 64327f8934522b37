import Testing

@testable import WireFormats

@Suite("Commands that are written as servers write them")
struct PlainCommandReaderTests {
    @Test(
        "A whole command is read, whatever the lengths of its arguments",
        arguments: [0, 1, 9, 10, 99, 100, 999, 1000, 12_345])
    func lengths(length: Int) {
        let value = String(repeating: "v", count: length)
        let text = "*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$\(length)\r\n\(value)\r\n"
        #expect(Self.read([UInt8](text.utf8))?.arguments == ["SET", "k", value])
        #expect(Self.read([UInt8]((text + "*1\r\n").utf8))?.consumed == text.utf8.count)
    }

    @Test(
        "What is cut off or unusual is left to the decoder",
        arguments: [
            "*0\r\n", "*-1\r\n", "*01\r\n$1\r\na\r\n", "*1\r\n$01\r\na\r\n", "*1\r\n$1\r\na\r", "*1\r\n$1\r\nab\r\n",
            "*1\r\n$-1\r\n", "*1\r\n#1\r\na\r\n", "*1\n$1\na\n", "*1\r\n$999999999\r\n", "*2\r\n$1\r\na\r\n", "*",
        ])
    func unusual(text: String) {
        #expect(Self.read([UInt8](text.utf8)) == nil)
    }

    @Test("What it reads, the decoder reads too")
    func agreement() {
        var random = SeededGenerator()
        let valid = [UInt8]("*2\r\n$4\r\nECHO\r\n$12\r\nabcdefghijkl\r\n*1\r\n$4\r\nEXEC\r\n")
        var plain = 0
        for round in 0..<SeededGenerator.rounds(20_000) {
            let bytes = random.mutate(valid)
            guard bytes.first == 0x2A, let read = Self.read(bytes) else { continue }
            plain += 1
            var decoder = RequestDecoder(maximumRequestBytes: .max)
            bytes.withUnsafeBytes { memory in
                let outcome = decoder.next(in: memory)
                #expect(outcome == .request(consumed: read.consumed), "seed \(random.seed), round \(round)")
                let arguments = decoder.arguments.map { String(decoding: memory[$0], as: UTF8.self) }
                #expect(arguments == read.arguments, "seed \(random.seed), round \(round)")
            }
        }
        #expect(plain > 100)
    }

    private static func read(_ bytes: [UInt8]) -> (consumed: Int, arguments: [String])? {
        bytes.withUnsafeBytes { memory in
            guard let base = memory.baseAddress else { return nil }
            var reader = PlainCommandReader()
            guard let consumed = reader.read(base, end: memory.count) else { return nil }
            return (consumed, reader.ranges.map { String(decoding: memory[$0], as: UTF8.self) })
        }
    }
}

import Testing

@testable import WireFormats

@Suite("Where a log has quotes, backslashes and line feeds")
struct QuoteIndexTests {
    @Test("Every place comes once and in order, however many there are and wherever the bytes end")
    func places() {
        var random = SeededGenerator()
        let alphabet = [UInt8]("\"\\\n") + [0, 0x02, 0x0C, 0x1A, 0x80, 0x82, 0xA2, 0xDC, 0xFF, 0x61, 0x61, 0x61, 0x61]
        for round in 0..<SeededGenerator.rounds(300) {
            let isDense = round % 3 == 0
            let length = round % 5 == 0 ? 90_000 + random.below(200) : random.below(300)
            let bytes = random.bytes(length, from: isDense ? [UInt8]("\"\\") : alphabet)
            let expected = bytes.indices.filter { [0x22, 0x5C, 0x0A].contains(bytes[$0]) }
            #expect(Self.places(bytes) == expected, "seed \(random.seed), round \(round)")
        }
    }

    @Test("Places before a position are passed over, and those of the next buffer count from its beginning")
    func skipping() {
        let bytes = [UInt8]("a\"b\"c\nd\"e\"\n")
        bytes.withUnsafeBytes { memory in
            guard let base = memory.baseAddress else { return }
            var index = QuoteIndex()
            #expect(index.take(base, end: memory.count) == 1)
            index.skip(to: 5)
            #expect(index.take(base, end: memory.count) == 5)
            index.advance(6)
            #expect(index.take(base + 6, end: memory.count - 6) == 1)
            index.restart()
            #expect(index.take(base + 6, end: memory.count - 6) == 1)
        }
    }

    private static func places(_ bytes: [UInt8]) -> [Int] {
        bytes.withUnsafeBytes { memory in
            guard let base = memory.baseAddress else { return [] }
            var index = QuoteIndex()
            var places: [Int] = []
            while true {
                let place = index.take(base, end: memory.count)
                guard place < memory.count else { return places }
                places.append(place)
            }
        }
    }
}

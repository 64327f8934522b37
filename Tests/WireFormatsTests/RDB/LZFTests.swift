import Testing

@testable import WireFormats

@Suite("LZF")
struct LZFTests {
    private func compress(_ input: [UInt8], _ compressor: inout LZFCompressor) -> [UInt8]? {
        var output: [UInt8] = [0xAA]
        let length = input.withUnsafeBytes { compressor.compress($0, saving: 4, to: &output) }
        #expect(output.count == 1 + (length ?? 0) && output[0] == 0xAA)
        return length == nil ? nil : Array(output[1...])
    }

    private func decompress(_ input: [UInt8], length: Int) -> [UInt8]? {
        var output = [UInt8](repeating: 0xAA, count: length)
        let isWhole = input.withUnsafeBytes { input in
            output.withUnsafeMutableBytes { LZF.decompress(input, into: $0) }
        }
        return isWhole ? output : nil
    }

    @Test("What is compressed decompresses to the same, whatever was compressed before it")
    func roundTrip() {
        var random = SeededGenerator()
        var compressor = LZFCompressor()
        var compressed = 0
        for round in 0..<SeededGenerator.rounds(120) {
            let unit = random.bytes(1 + random.below(40), from: [UInt8]("abcdefgh\n"))
            var input: [UInt8] = []
            let length = round % 10 == 0 ? 20_000 : random.below(600)
            while input.count < length {
                input += random.below(3) == 0 ? random.bytes(5, from: Array(0...255)) : unit
            }
            var fresh = LZFCompressor()
            let output = compress(input, &compressor)
            #expect(output == compress(input, &fresh), "seed \(random.seed), round \(round)")
            guard let output else { continue }
            compressed += 1
            #expect(output.count <= input.count - 4)
            #expect(decompress(output, length: input.count) == input, "seed \(random.seed), round \(round)")
        }
        #expect(compressed > 30)
    }

    @Test(
        "Runs at the limits of a reference",
        arguments: [21, 262, 263, 264, 265, 266, 267, 268, 280, 281, 300, 8191, 8192, 8193, 20000])
    func runs(length: Int) {
        var compressor = LZFCompressor()
        let input = [UInt8](repeating: 7, count: length)
        let output = compress(input, &compressor)
        #expect(output.flatMap { decompress($0, length: length) } == input)
    }

    @Test("What does not get shorter by four bytes is left alone")
    func incompressible() {
        var compressor = LZFCompressor()
        #expect(compress(Array(0...255), &compressor) == nil)
        #expect(compress([], &compressor) == nil)
        #expect(compress([1, 1, 1, 1], &compressor) == nil)
    }

    @Test(
        "Damaged input is refused",
        arguments: [
            // A literal run, a long reference and a reference that end too early; one that begins before the output;
            // one that says less, one that says more than announced.
            ([0x02, 1], 3), ([0x00, 1, 0xE0], 20), ([0x00, 1, 0x20], 4), ([0x20, 0x00], 3), ([0x00, 1, 0x20, 0x01], 4),
            ([0x00, 1], 2), ([0x01, 1, 2], 1), ([], 1),
        ] as [([UInt8], Int)])
    func damaged(input: [UInt8], length: Int) {
        #expect(decompress(input, length: length) == nil)
    }

    @Test("No input stops the decompressor")
    func garbage() {
        var random = SeededGenerator()
        for _ in 0..<SeededGenerator.rounds(20_000) {
            _ = decompress(
                random.bytes(random.below(12), from: [0, 1, 2, 0x1F, 0x20, 0x40, 0xE0, 0xFF]), length: random.below(30))
        }
    }
}

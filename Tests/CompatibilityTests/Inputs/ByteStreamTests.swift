import Testing

@testable import Compatibility

@Suite struct ByteStreamTests {
    private static let bytes = (0..<9_000_001).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 7) }

    @Test(arguments: [true, false]) func `All bytes come once and in order, whatever is consumed`(isQuiet: Bool) throws
    {
        let file = TemporaryFile(Self.bytes)
        var random = SeededNumbers(11)
        for largest in [10_000, 3_000_000, 9_000_000] {
            let stream = try ByteStream(path: file.path)
            var read: [UInt8] = []
            while true {
                let count = min(stream.window.count, Int.random(in: 0...largest, using: &random))
                read.append(contentsOf: stream.window.prefix(count))
                stream.consume(count)
                #expect(stream.offset == read.count)
                if stream.isLast { break }
                stream.fill()
            }
            read.append(contentsOf: stream.window)
            #expect(read == Self.bytes, "seed \(SeededNumbers.seed)")
            #expect(stream.storedBytes == Self.bytes.count)
            #expect(stream.problem == nil)
        }
    }

    @Test func `The window grows to the whole file where nothing is consumed`() throws {
        let file = TemporaryFile(Self.bytes)
        let stream = try ByteStream(path: file.path)
        stream.fill(upTo: Int.max)
        #expect(stream.window.elementsEqual(Self.bytes))
    }
}

import Glibc
import Testing

@testable import Compatibility

@Suite struct ByteStreamTests {
    private static let bytes = (0..<9_000_001).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 7) }

    @Test(arguments: [1 << 30, 5_000_001, 1000]) func `All bytes come once and in order, whatever is consumed`(
        mappedSpan: Int
    ) throws {
        let file = TemporaryFile(Self.bytes)
        var random = SeededNumbers(11)
        for largest in [10_000, 3_000_000, 9_000_000] {
            let stream = try ByteStream(path: file.path, mappedSpan: mappedSpan)
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

    @Test(arguments: [1 << 30, 5_000_001]) func `The window grows to the whole file where nothing is consumed`(
        mappedSpan: Int
    ) throws {
        let file = TemporaryFile(Self.bytes)
        let stream = try ByteStream(path: file.path, mappedSpan: mappedSpan)
        stream.fill(upTo: Int.max)
        #expect(stream.window.elementsEqual(Self.bytes))
    }

    @Test func `A file that is made shorter while it is mapped is told, and nothing traps`() throws {
        let file = TemporaryFile(Self.bytes)
        let stream = try ByteStream(path: file.path)
        #expect(stream.window.count >= 4 << 20)
        truncate(file.path, 4096)
        // What the file has no longer reads as zeros.
        #expect(stream.window.suffix(1 << 20).allSatisfy { $0 == 0 })
        #expect(stream.window.prefix(4096).elementsEqual(Self.bytes.prefix(4096)))
        stream.consume(stream.window.count)
        stream.fill()
        #expect(stream.isLast)
        #expect(stream.problem?.message == "was made shorter while it was read")
    }

    @Test func `A file that grows while it is read is read to its end`() throws {
        let file = TemporaryFile(Self.bytes)
        let stream = try ByteStream(path: file.path)
        let descriptor = open(file.path, O_WRONLY | O_APPEND)
        _ = "more".withCString { write(descriptor, $0, 4) }
        close(descriptor)
        var last: [UInt8] = []
        while true {
            last = Array(stream.window.suffix(4))
            stream.consume(max(0, stream.window.count - 4))
            if stream.isLast { break }
            stream.fill()
        }
        #expect(last == Array("more".utf8))
        #expect(stream.offset == Self.bytes.count)
    }

    @Test func `The same file is read again from a place, even where its name is gone`() throws {
        let file = TemporaryFile(Self.bytes)
        let stream = try ByteStream(path: file.path)
        unlink(file.path)
        let again = try ByteStream(again: stream, from: 8_999_990)
        again.fill(upTo: .max)
        #expect(again.window.elementsEqual(Self.bytes.suffix(11)))
        #expect(again.offset == 8_999_990)
    }
}

import Glibc
import SystemCalls
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

@Suite("What is read of very long lines and large files") struct BoundTests {
    @Test func `a line that is too long is passed over in pieces and told`() throws {
        let long = String(repeating: "x", count: 3_000_000)
        let file = TemporaryFile("GET a\n\(long)\nGET b\r\nGET c")
        let stream = try ByteStream(path: file.path)
        var lines = LineReader(maximumBytes: 300_000)
        var read: [String] = []
        lines.read(stream, onFill: {}) { line, number, offset in
            read.append("\(number) \(offset) \(String(decoding: line, as: UTF8.self))")
        }
        #expect(read == ["1 0 GET a", "3 3000007 GET b", "4 3000014 GET c"])
        var report = InputReport(path: file.path, kind: .script)
        lines.report(to: &report)
        #expect(report.problems.map(\.location.line) == [2])
        #expect(report.problems.map(\.isFailure) == [true])
    }

    @Test func `source code that is too long is refused if it mentions Redis, and passed over if not`() {
        let padding = [UInt8](repeating: 10, count: 8 << 20)
        let refused = Lint.bytes(padding + Array("import redis\n".utf8), name: "a.py")
        #expect(refused.summary.problems.count == 1)
        #expect(refused.summary.hasFailures)
        #expect(refused.summary.problems.first?.message.contains("is longer than 8.0 MiB") ?? false)
        let other = Lint.bytes(padding + Array("import os\n".utf8), name: "a.py")
        #expect(other.summary.problems.isEmpty)
        #expect(other.summary.passedOver == 1)
    }

    @Test func `a file that is cut while it is read is told`() throws {
        let file = TemporaryFile([UInt8](repeating: 97, count: 600_000))
        let stream = try ByteStream(path: file.path)
        #expect(truncate(file.path, 300_000) == 0)
        while !stream.isLast { stream.fill() }
        #expect(stream.problem?.message == "was made shorter while it was read")
    }

    @Test func `a wish to stop ends a stream, and what a pipe holds is still read`() throws {
        let stop = try StopRequest()
        let file = TemporaryFile([UInt8](repeating: 97, count: 9_000_000))
        let stream = try ByteStream(path: file.path, stop: stop)
        stop.make()
        while !stream.isLast { stream.fill() }
        #expect(stream.window.count < 9_000_000)
        #expect(stream.problem?.isFailure == false)
        #expect(stop.hasCome)
    }

    @Test func `a row of ignoring comments is read once`() {
        let comments = (0..<20_000).map { "# clusterctl:ignore CTL\($0)\n# why\n" }.joined()
        let read = IgnoreComment.read(Array((comments + "x = 1\n").utf8))
        #expect(read.count == 20_000)
        #expect(read.allSatisfy { $0.target == 40_001 })
    }
}

import Testing

@testable import ClusterCore

@Suite struct PackedElementsTests {
    /// Elements written one after the other.
    private static func with<Result>(_ elements: [[UInt8]], _ body: (PackedElements) -> Result) -> Result {
        var bytes: [UInt8] = []
        for element in elements {
            let begin = bytes.count
            bytes += [UInt8](repeating: 0, count: PackedElements.size(ofElement: element.count))
            bytes.withUnsafeMutableBufferPointer { buffer in
                guard let start = buffer.baseAddress else { return }
                element.withByteView { view in
                    let end = PackedElements.write(view, to: start + begin)
                    #expect(end == start + buffer.count)
                }
            }
        }
        return bytes.withByteView { body(PackedElements(start: $0.start, byteCount: $0.count)) }
    }

    @Test(
        "An element of any length is read the same from both ends",
        arguments: [0, 1, 63, 64, 127, 128, 129, 16_383, 16_384, 1_000_000, 2_097_151, 2_097_152])
    func lengths(_ count: Int) {
        let long = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        Self.with([[7], long, [9]]) { elements in
            #expect(elements.map { $0.bytes.copied() } == [[7], long, [9]])
            let last = elements.element(endingAt: elements.byteCount)
            let middle = elements.element(endingAt: last.place)
            #expect(middle.bytes.copied() == long)
            #expect(elements.element(endingAt: middle.place).place == 0)
        }
    }

    @Test func `The layout is length, bytes, length`() {
        Self.with([[1, 2], []]) { elements in
            #expect(
                [UInt8](UnsafeBufferPointer(start: elements.start, count: elements.byteCount)) == [2, 1, 2, 2, 0, 0])
        }
        Self.with([[UInt8](repeating: 5, count: 300)]) { elements in
            #expect(elements.element(at: 0).bytes.copied() == [UInt8](repeating: 5, count: 300))
            #expect([elements.start[0], elements.start[1]] == [0xAC, 0x02])
            #expect([elements.start[302], elements.start[303]] == [0x02, 0xAC])
        }
    }

    @Test func `A place is found by its index from either end`() {
        let texts = (0..<100).map { [UInt8](repeating: 1, count: $0 * 3) }
        Self.with(texts) { elements in
            let places = elements.map(\.place) + [elements.byteCount]
            for index in 0...texts.count {
                #expect(elements.place(ofIndex: index, count: texts.count) == places[index], "index \(index)")
            }
        }
    }

    @Test func `With a stride of two, find looks at fields and not at values`() {
        Self.with([[1], [2], [2], [1]]) { elements in
            [2].withByteView { #expect(elements.find($0)?.place == 3) }
            [2].withByteView { #expect(elements.find($0, stride: 2)?.place == 6) }
            [3].withByteView { #expect(elements.find($0, stride: 2)?.place == nil) }
        }
    }
}

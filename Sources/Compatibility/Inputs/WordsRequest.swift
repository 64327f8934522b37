/// A request put together out of words, for inputs that are text.
struct WordsRequest {
    private var bytes: [UInt8] = []
    private var ranges: [Range<Int>] = []
    private var lengths: [Int] = []

    /// A request of these words.
    init(_ words: [[UInt8]]) {
        for word in words { append(word) }
    }

    /// Appends a word.
    ///
    /// - Parameter length: how many bytes it really has, where the text does not have all of them.
    mutating func append(_ word: [UInt8], length: Int? = nil) {
        ranges.append(bytes.count..<bytes.count + word.count)
        bytes.append(contentsOf: word)
        lengths.append(length ?? word.count)
    }

    /// How many bytes it has, those counted that are not there.
    var size: Int { lengths.reduce(0, +) + lengths.count * 16 }

    var isEmpty: Bool { ranges.isEmpty }

    /// Calls `body` with the request; does nothing for one without words.
    func withRequest(_ body: (Request) -> Void) {
        guard !ranges.isEmpty else { return }
        // One byte more, so that a request of empty words has an address too.
        (bytes + [0]).withUnsafeBytes { memory in
            ranges.withUnsafeBufferPointer { ranges in
                lengths.withUnsafeBufferPointer { lengths in
                    guard let base = memory.baseAddress, let first = lengths.baseAddress else { return }
                    body(Request(base: base, ranges: ranges, lengths: first, notation: .truncated))
                }
            }
        }
    }
}

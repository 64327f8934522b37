/// Compresses as liblzf does in Redis 2.8 (`lzf_c.c`, VERY_FAST, a hash of 16 bits), byte for byte.
///
///     000LLLLL, then L+1 bytes                        a run of literals
///     LLLooooo oooooooo             (L = 1 … 6)       L+2 bytes from o+1 bytes back
///     111ooooo LLLLLLLL oooooooo                      L+9 bytes from o+1 bytes back
///
/// The table of positions costs 256 KiB once the first string is compressed; it is not cleared between strings, so that
/// a short string costs what its length is. Keep one compressor for many strings.
struct LZFCompressor: ~Copyable {
    private static let tableSize = 1 << 16
    private static let maximumLiterals = 1 << 5
    private static let maximumOffset = 1 << 13
    private static let maximumReference = (1 << 8) + (1 << 3)

    /// Where three bytes with the hash of the index were seen last, as `epoch` plus their position.
    ///
    /// What is not above `epoch` was seen in an earlier string, or at position 0, which
    /// liblzf never refers to.
    private var table: UnsafeMutablePointer<UInt32>?
    private var epoch: UInt32 = 0

    deinit {
        table?.deallocate()
    }

    /// Appends the compressed form of `input` to `output`, or nothing when it would not be `saving` bytes shorter.
    ///
    /// - Returns: the length of the compressed form, nil where there is none.
    mutating func compress(_ input: UnsafeRawBufferPointer, saving: Int, to output: inout [UInt8]) -> Int? {
        guard let source = input.baseAddress, input.count > max(saving, 4), input.count < Int(Int32.max) else {
            return nil
        }
        let table = prepareTable(for: input.count)
        let limit = input.count - saving
        let start = output.count
        // One byte more than `limit`: the place reserved for the length of a run may lie just beyond it.
        output.append(contentsOf: repeatElement(0, count: limit + 1))
        let length = output.withUnsafeMutableBytes { bytes -> Int in
            guard let base = bytes.baseAddress else { return 0 }
            var run = Run(
                source: source.assumingMemoryBound(to: UInt8.self), count: input.count,
                output: (base + start).assumingMemoryBound(to: UInt8.self), limit: limit, table: table, epoch: epoch)
            return run.compress()
        }
        epoch += UInt32(input.count)
        output.removeLast(limit + 1 - length)
        return length > 0 ? length : nil
    }

    private mutating func prepareTable(for count: Int) -> UnsafeMutablePointer<UInt32> {
        let entries = table ?? .allocate(capacity: Self.tableSize)
        if table == nil || UInt32.max - epoch < UInt32(count) {
            entries.initialize(repeating: 0, count: Self.tableSize)
            epoch = 0
        }
        table = entries
        return entries
    }

    /// One string being compressed: `input` and `written` are positions in it and in the output.
    private struct Run {
        let source: UnsafePointer<UInt8>
        let count: Int
        let output: UnsafeMutablePointer<UInt8>
        let limit: Int
        let table: UnsafeMutablePointer<UInt32>
        let epoch: UInt32
        var input = 0
        var written = 1
        var literals = 0

        init(
            source: UnsafePointer<UInt8>, count: Int, output: UnsafeMutablePointer<UInt8>, limit: Int,
            table: UnsafeMutablePointer<UInt32>, epoch: UInt32
        ) {
            self.source = source
            self.count = count
            self.output = output
            self.limit = limit
            self.table = table
            self.epoch = epoch
        }

        /// The length of the compressed form, 0 where it does not fit.
        mutating func compress() -> Int {
            while input < count - 2 {
                if let reference = earlierPosition() {
                    guard written + endLiterals() + 4 < limit else { return 0 }
                    copyReference(from: reference)
                    guard input < count - 2 else { break }
                    // The two positions before the next one are remembered, the others of the copy are not.
                    input -= 2
                    remember()
                    input += 1
                    remember()
                    input += 1
                } else {
                    guard written < limit else { return 0 }
                    appendLiteral()
                }
            }
            guard written + 3 <= limit else { return 0 }
            while input < count { appendLiteral() }
            return written + endLiterals()
        }

        private func slot() -> Int {
            let hash = UInt32(source[input]) << 16 | UInt32(source[input + 1]) << 8 | UInt32(source[input + 2])
            return Int(((hash >> 8) &- hash &* 5) & UInt32(LZFCompressor.tableSize - 1))
        }

        private func remember() {
            table[slot()] = epoch + UInt32(input)
        }

        /// Where the three bytes at `input` stand earlier in the string, near enough to refer to; remembers `input`.
        private func earlierPosition() -> Int? {
            let slot = slot()
            let seen = table[slot]
            table[slot] = epoch + UInt32(input)
            guard seen > epoch else { return nil }
            let earlier = Int(seen - epoch)
            guard input - earlier - 1 < LZFCompressor.maximumOffset, input + 4 < count,
                source[earlier] == source[input], source[earlier + 1] == source[input + 1],
                source[earlier + 2] == source[input + 2]
            else { return nil }
            return earlier
        }

        private mutating func copyReference(from earlier: Int) {
            written += endLiterals()
            let length = matchLength(earlier)
            let offset = input - earlier - 1
            let code = length - 2
            if code < 7 {
                append(UInt8((offset >> 8) + (code << 5)))
            } else {
                append(UInt8((offset >> 8) + (7 << 5)))
                append(UInt8(code - 7))
            }
            append(UInt8(truncatingIfNeeded: offset))
            literals = 0
            written += 1
            input += length
        }

        /// How many bytes from `earlier` on are as those from `input` on, three at least.
        ///
        /// The original compares the first sixteen more without looking at its own limit, so a match may end up to two
        /// bytes beyond it.
        private func matchLength(_ earlier: Int) -> Int {
            let maximum = min(count - input - 2, LZFCompressor.maximumReference)
            var length = 2
            if maximum > 16 {
                for _ in 0..<16 {
                    length += 1
                    if source[earlier + length] != source[input + length] { return length }
                }
            }
            repeat {
                length += 1
            } while length < maximum && source[earlier + length] == source[input + length]
            return length
        }

        private mutating func append(_ byte: UInt8) {
            output[written] = byte
            written += 1
        }

        private mutating func appendLiteral() {
            append(source[input])
            input += 1
            literals += 1
            if literals == LZFCompressor.maximumLiterals {
                _ = endLiterals()
                literals = 0
                written += 1
            }
        }

        /// Writes the length of the run of literals into the byte reserved for it.
        ///
        /// Returns -1 when the run is empty and that byte is to be given back, else 0.
        private func endLiterals() -> Int {
            guard literals > 0 else { return -1 }
            output[written - literals - 1] = UInt8(literals - 1)
            return 0
        }
    }
}

/// How far a node's log was written when somebody was last told of what it says: one entry of `clusterctl.written`.
///
/// ```text
///   word 0   the node's number, and a mark that says what this is
///        1   the boot of the machine in which it was written
///        2   the run of the program
///        3   the position in the shard's log, counted from the beginning of the run
///        4   the number of the file, as its name has it; 0 where there is none
///        5   the bytes of that file which were written
///        6   their checksum
///        7   those of them which have reached the disk
///        8   their checksum
///       15   the checksum of the words before it, and of the entry's place
/// ```
///
/// An entry is never torn: it lies within one page of memory and one sector of a disk.
struct WrittenEntry: Equatable {
    static let wordCount = 16
    static let size = wordCount * MemoryLayout<UInt64>.size
    private static let mark: UInt64 = 0x6374_6C77

    var node = 0
    /// The boot of the machine: bytes that were written in another one may never have reached the disk.
    var boot: UInt64 = 0
    /// The run of the program: positions of one run can be compared.
    var run: UInt64 = 0
    var position: UInt64 = 0
    var log: Int64 = 0
    /// The bytes that were written to the file.
    var written = Extent()
    /// Those which have reached the disk.
    var forced = Extent()

    /// The bytes of a file up to some place, and their checksum.
    struct Extent: Equatable {
        var size = 0
        var checksum = Self.checksumOfNothing

        private static let checksumOfNothing = LogChecksum().value
    }

    /// Whether no log is named.
    var isEmpty: Bool { log == 0 }

    /// What the file must have at least, in a boot of the machine; 0 stands for one that is not known.
    func required(inBoot current: UInt64) -> Extent { boot == current && boot != 0 ? written : forced }

    /// Writes the entry with this place among all.
    func write(to bytes: UnsafeMutableRawBufferPointer, place: Int) {
        let words: InlineArray<9, UInt64> = [
            Self.mark << 32 | UInt64(UInt32(truncatingIfNeeded: node)), boot, run, position,
            UInt64(bitPattern: log), UInt64(written.size), written.checksum, UInt64(forced.size), forced.checksum,
        ]
        for index in 0..<Self.wordCount - 1 { Self.store(index < words.count ? words[index] : 0, bytes, at: index) }
        Self.store(Self.checksum(of: UnsafeRawBufferPointer(bytes), place: place), bytes, at: Self.wordCount - 1)
    }

    init() {}

    /// Reads the entry with this place among all; nil where it is damaged.
    init?(_ bytes: UnsafeRawBufferPointer, place: Int) {
        func word(_ index: Int) -> UInt64 {
            UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self))
        }
        guard bytes.count == Self.size, word(Self.wordCount - 1) == Self.checksum(of: bytes, place: place),
            word(0) >> 32 == Self.mark, let written = Int(exactly: word(5)), let forced = Int(exactly: word(7))
        else { return nil }
        node = Int(UInt32(truncatingIfNeeded: word(0)))
        boot = word(1)
        run = word(2)
        position = word(3)
        log = Int64(bitPattern: word(4))
        self.written = Extent(size: written, checksum: word(6))
        self.forced = Extent(size: forced, checksum: word(8))
    }

    private static func store(_ word: UInt64, _ bytes: UnsafeMutableRawBufferPointer, at index: Int) {
        bytes.storeBytes(of: word.littleEndian, toByteOffset: index * 8, as: UInt64.self)
    }

    private static func checksum(of bytes: UnsafeRawBufferPointer, place: Int) -> UInt64 {
        let words = LogChecksum(of: UnsafeRawBufferPointer(rebasing: bytes[..<(size - 8)])).value
        // Different for each place, so that an entry in another's is none.
        return words ^ UInt64(place + 1) &* 0x9E37_79B9_7F4A_7C15
    }
}

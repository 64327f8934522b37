/// One entry of a compact encoding: bytes in place, or a number that stands for its decimal spelling.
enum CompactEntry {
    case bytes(UnsafeRawBufferPointer)
    case integer(Int64)
}

/// Reads the entries of a collection in a compact encoding, checking everything that it goes by; the layouts are drawn
/// where each encoding is read.
///
/// Entries point into the collection.
///
/// Whatever is wrong with the collection is one error, ``RDBError/Kind/badCompactEncoding(_:)``, at its beginning.
struct CompactReader {
    let encoding: CompactEncoding
    /// Where the collection begins in the file.
    let byteOffset: Int
    private var cursor: ByteCursor
    /// How many entries the header announces, nil where it does not know.
    private var announced: Int?
    private var count = 0
    /// What an encoding remembers from one entry to the next: a ziplist the length of the previous entry, an intset the
    /// width of its numbers.
    private var memory = 0

    /// A reader at the first entry, the header read and checked.
    ///
    /// - Parameters:
    ///   - collection: all of its bytes.
    ///   - byteOffset: where the collection begins in the file, for errors.
    init(_ encoding: CompactEncoding, _ collection: UnsafeRawBufferPointer, byteOffset: Int) throws(RDBError) {
        self.encoding = encoding
        self.byteOffset = byteOffset
        cursor = ByteCursor(collection)
        do throws(RDBError) {
            switch encoding {
            case .ziplist: announced = try cursor.readZiplistHeader()
            case .listpack: announced = try cursor.readListpackHeader()
            case .zipmap: announced = try cursor.readZipmapHeader()
            case .intset: (announced, memory) = try cursor.readIntsetHeader()
            }
        } catch {
            throw damage
        }
    }

    /// The next entry, nil behind the last one.
    ///
    /// Fields and values, members and scores take turns.
    mutating func next() throws(RDBError) -> CompactEntry? {
        do throws(RDBError) {
            if let entry = try readEntry() {
                count &+= 1
                return entry
            }
        } catch {
            throw damage
        }
        guard cursor.remaining == 0, announced == nil || announced == count else { throw damage }
        return nil
    }

    @inline(__always)
    private mutating func readEntry() throws(RDBError) -> CompactEntry? {
        switch encoding {
        case .ziplist: try cursor.readZiplistEntry(previousLength: &memory)
        case .listpack: try cursor.readListpackEntry()
        case .zipmap: try cursor.readZipmapEntry(isValue: count & 1 == 1)
        case .intset: try cursor.readIntsetEntry(width: memory)
        }
    }

    /// Whether no entry has been read.
    var isEmpty: Bool { count == 0 }

    /// The error of a collection that contradicts itself.
    var damage: RDBError {
        RDBError(kind: .badCompactEncoding(encoding), byteOffset: byteOffset)
    }
}

import WireFormats

/// How far the logs of one shard go: where they are torn, and which transactions on several shards they have parts of.
struct LogSurvey {
    /// A place in the logs.
    struct Place: Comparable {
        /// Which of the shard's files, in the order in which they are read.
        let file: Int
        let offset: Int

        static func < (left: Place, right: Place) -> Bool {
            (left.file, left.offset) < (right.file, right.offset)
        }
    }

    /// A part of a transaction on several shards.
    struct Part {
        let mark: TransactionMark
        /// Where its MULTI begins.
        let start: Place
    }

    /// Parts that are there as a whole, in order.
    private(set) var parts: [Part] = []
    /// The lines that say up to which transaction nothing is missing before them.
    private var bases: [(number: UInt64, place: Place)] = []
    /// Where the whole commands end.
    private(set) var end = Place(file: 0, offset: 0)
    /// Whether something stands behind `end` that is no whole command or transaction.
    private(set) var isTorn = false

    /// Whether the shard's parts that are not there are lost for good: somebody has chosen the log as it is.
    var isAsItIs = false

    /// No transaction up to this number is missing: if the shard had a part, it is in the base, or lost for good.
    var base: UInt64 { bases.lazy.filter { $0.place < end }.map(\.number).max() ?? 0 }

    /// The number of the last transaction that the log knows of.
    var lastTransaction: UInt64 { max(parts.last?.mark.number ?? 0, base) }

    /// Surveys a log behind those before it.
    ///
    /// - Parameter isLast: whether the log may be torn: it is the one that was written to.
    mutating func add(
        _ bytes: UnsafeRawBufferPointer, file: Int, path: String, isLast: Bool
    ) throws(PersistenceError) {
        var reader = AOFReader()
        var position = 0
        var start = 0
        var mark: TransactionMark?
        var isInTransaction = false
        end = Place(file: file, offset: 0)
        while true {
            let rest = UnsafeRawBufferPointer(rebasing: bytes[position...])
            let outcome: AOFReader.Outcome
            do {
                outcome = try reader.next(in: rest, isLast: true)
            } catch {
                // A system that goes down may leave zeros where bytes were still to be written.
                guard isLast, bytes[error.byteOffset...].allSatisfy({ $0 == 0 }) else {
                    throw PersistenceError(
                        "\(path): \(error): restore the file from a copy, or cut it there if what follows may be lost",
                        isDamage: true)
                }
                return isTorn = true
            }
            switch outcome {
            // A file that is in memory as a whole is not read in parts.
            case .needMore, .tornCommand, .tornTransaction, .partOfLongCommand, .longCommand:
                guard isLast else {
                    throw PersistenceError(
                        "\(path): torn at byte \(end.offset), and another log follows: restore it", isDamage: true)
                }
                return isTorn = true
            case .end: return
            case .timestamp(let count, _): position += count
            case .annotation(let count):
                let place = Place(file: file, offset: position)
                guard read(UnsafeRawBufferPointer(rebasing: rest[..<count]), at: place, &mark) else {
                    throw .damage(path, "the line at byte \(position) is none that a log has between commands")
                }
                position += count
            case .command(let count):
                let name = ByteView(reader.request(in: rest)[0])
                if name.equalsIgnoringCase("multi") {
                    isInTransaction = true
                    start = position
                    mark = nil
                } else if name.equalsIgnoringCase("exec") {
                    isInTransaction = false
                    if let mark { parts.append(Part(mark: mark, start: Place(file: file, offset: start))) }
                    mark = nil
                }
                position += count
            }
            if !isInTransaction { end = Place(file: file, offset: position) }
        }
    }

    /// Reads an annotation, false where it is not a transaction's; a mark may be spread over several.
    private mutating func read(_ line: UnsafeRawBufferPointer, at place: Place, _ mark: inout TransactionMark?) -> Bool
    {
        let text = line.prefix { $0 != 0x0D && $0 != 0x0A }
        if let number = TransactionMark.base(text) {
            bases.append((number, place))
            return true
        }
        guard let part = TransactionMark(text) else { return false }
        if mark?.number == part.number {
            mark?.shards += part.shards
        } else {
            mark = part
        }
        return true
    }

    /// Ends the logs earlier.
    mutating func cut(at place: Place) {
        guard place < end else { return }
        end = place
        isTorn = true
        parts.removeAll { $0.start >= place }
    }
}

extension LogSurvey {
    /// A part of a transaction that is not whole, before which a log ends.
    struct Incomplete {
        let shard: Int
        let place: Place
        let transaction: UInt64
        /// The shard whose log lacks its part; it may be none of those that there are.
        let lacking: Int
    }

    /// Ends logs where they have a part of a transaction whose other parts are not all there, so that each transaction
    /// is in all of its shards or in none; returns where and why.
    ///
    /// Files are written one after another before anybody is told that a transaction is done, so what stands behind
    /// such a part was never acknowledged, and ending the log there loses nothing that was. To end one log may take a
    /// transaction away from another: it is gone on with until nothing changes.
    @discardableResult
    static func cutIncomplete(_ surveys: inout [LogSurvey]) -> [Incomplete] {
        var cuts: [Incomplete] = []
        var hasChanged = true
        while hasChanged {
            hasChanged = false
            let present = surveys.map { survey in Set(survey.parts.map(\.mark.number)) }
            let bases = surveys.map { $0.isAsItIs ? .max : $0.base }
            for index in surveys.indices {
                guard let cut = surveys[index].firstIncomplete(of: index, present, bases) else { continue }
                surveys[index].cut(at: cut.place)
                cuts.append(cut)
                hasChanged = true
            }
        }
        return cuts
    }

    /// The first part of a transaction that another shard lacks.
    ///
    /// - Parameters:
    ///   - present: the transactions that each shard has a part of.
    ///   - bases: the number up to which each shard lacks none.
    private func firstIncomplete(of shard: Int, _ present: [Set<UInt64>], _ bases: [UInt64]) -> Incomplete? {
        for part in parts {
            let number = part.mark.number
            let lacking = part.mark.shards.first { other in
                !present.indices.contains(other) || !present[other].contains(number) && number > bases[other]
            }
            if let lacking {
                return Incomplete(shard: shard, place: part.start, transaction: number, lacking: lacking)
            }
        }
        return nil
    }
}

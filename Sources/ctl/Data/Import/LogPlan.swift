import WireFormats

/// Which of a log's databases has which number: SWAPDB gives two of them each other's.
struct DatabaseNumbers {
    /// Those that were swapped, by the number that they have now: the number that they began with.
    private var swapped: [Int: Int] = [:]

    /// The database that has a number now, by the number that it began with.
    subscript(number: Int) -> Int { swapped[number] ?? number }

    /// The number that a database has now.
    func number(of database: Int) -> Int { swapped.first { $0.value == database }?.key ?? database }

    mutating func swap(_ first: Int, _ second: Int) {
        (swapped[first], swapped[second]) = (self[second], self[first])
    }
}

/// What the whole of a log tells about its commands, found out before the first of them is carried.
///
/// Databases go by the number that they begin with, commands by how many came before them.
struct LogPlan {
    private var state = State()
    /// What there was at a MULTI whose EXEC has not come.
    private var beforeTransaction: State?
    /// How many commands the log has.
    private var count = 0
    private var isBroken = false

    private struct State {
        var numbers = DatabaseNumbers()
        /// Up to which command each database was emptied, and all of them were.
        var flushes: [Int: Int] = [:]
        var flushOfAll = 0
        /// From which databases keys went, or were copied, to which.
        var moves: [Int: Set<Int>] = [:]
        /// How many commands there were.
        var count = 0
    }

    /// What databases and moves are told apart, at most: no server is set up with as many.
    private static let mostDatabases = 65_536

    /// From this command on nothing counts: it belongs to a transaction that is not whole.
    var end: Int { beforeTransaction?.count ?? .max }

    private var final: State { beforeTransaction ?? state }

    /// The database that is the first in the end: what it holds then is carried.
    var kept: Int { final.numbers[0] }

    /// The number that a database has in the end.
    func number(of database: Int) -> Int { final.numbers.number(of: database) }

    /// Whether what a database held before a command was emptied later.
    func isFlushed(_ database: Int, at command: Int) -> Bool {
        command < max(final.flushOfAll, final.flushes[database] ?? 0)
    }

    /// The databases whose keys came to the kept one, that one among them; empty where no other's did.
    var staged: Set<Int> {
        var staged: Set = [kept]
        var isGrowing = true
        while isGrowing {
            let count = staged.count
            for (from, targets) in final.moves where !staged.isDisjoint(with: targets) { staged.insert(from) }
            isGrowing = staged.count > count
        }
        return staged.count > 1 ? staged : []
    }

    // MARK: Reading

    /// Reads a file of the log; what cannot be read ends the plan, and whoever carries the log says so.
    mutating func add(_ source: any ByteSource) throws(Failure) {
        guard !isBroken else { return }
        let window = ByteWindow(source)
        try window.fill()
        guard try passPreamble(window) else { return }
        var reader = AOFReader(byteOffset: window.offset, longestHeld: AOFImport.longestHeld)
        var database = 0
        var isAtEnd = false
        while !isAtEnd {
            let consumed = window.bytes.withUnsafeBytes { bytes in
                read(bytes, isLast: window.isAtEnd, &reader, &database, &isAtEnd)
            }
            window.drop(consumed)
            if !isAtEnd { try window.fill() }
        }
    }

    /// Goes over an RDB part; returns whether commands may follow.
    private mutating func passPreamble(_ window: ByteWindow) throws(Failure) -> Bool {
        guard window.bytes.withUnsafeBytes({ RDBFormat.begins($0) }) == true else { return true }
        var reader = RDBFileReader(verifiesChecksum: false, longestHeld: RDBImport.leastHeld)
        while true {
            let consumed: (count: Int, isEnd: Bool)? = window.bytes.withUnsafeBytes { bytes in
                do throws(RDBError) {
                    while true {
                        switch try reader.next(in: bytes, isLast: window.isAtEnd) {
                        case .needMore(let count): return (count, false)
                        case .end(let count): return (count, true)
                        default: continue
                        }
                    }
                } catch { return nil }
            }
            guard let consumed else {
                isBroken = true
                return false
            }
            window.drop(consumed.count)
            if consumed.isEnd { return try RDBImport.tail(window, isBaseOfLog: reader.isBaseOfLog) == .commands }
            try window.fill()
        }
    }

    private mutating func read(
        _ bytes: UnsafeRawBufferPointer, isLast: Bool, _ reader: inout AOFReader, _ database: inout Int,
        _ isAtEnd: inout Bool
    ) -> Int {
        var position = 0
        while true {
            let rest = UnsafeRawBufferPointer(rebasing: bytes[position...])
            guard let outcome = try? reader.next(in: rest, isLast: isLast) else {
                (isBroken, isAtEnd) = (true, true)
                return position
            }
            switch outcome {
            case .needMore: return position
            case .end, .tornCommand, .tornTransaction:
                isAtEnd = true
                return position
            case .timestamp(let consumed, _), .annotation(let consumed), .partOfLongCommand(let consumed):
                position += consumed
            case .longCommand(let consumed):
                reader.longCommand.withView { note($0, &database) }
                position += consumed
            case .command(let consumed):
                note(reader.request(in: rest), &database)
                position += consumed
            }
        }
    }

    /// The names that matter, by their lengths: most commands are none of them, and no String is made for those.
    private static let firstLetters: [Int: [UInt8]] = [
        4: Array("emc".utf8), 5: Array("m".utf8), 6: Array("s".utf8), 7: Array("f".utf8), 8: Array("f".utf8),
    ]

    private mutating func note(_ request: RequestView, _ database: inout Int) {
        let name = request[0]
        let isOfInterest = name.first.map { Self.firstLetters[name.count]?.contains($0 | 0x20) ?? false } ?? false
        guard isOfInterest else { return state.count += 1 }
        let words = (0..<min(request.count, 8)).map { String(decoding: request[$0].prefix(32), as: UTF8.self) }
        switch words[0].uppercased() {
        case "MULTI":
            beforeTransaction = state
            return
        case "EXEC":
            beforeTransaction = nil
            return
        case "SELECT": database = Self.number(words, 1) ?? -1
        case "FLUSHALL": state.flushOfAll = state.count + 1
        case "FLUSHDB": if hasRoom(state.flushes) { state.flushes[state.numbers[database]] = state.count + 1 }
        case "SWAPDB":
            if let first = Self.number(words, 1), let second = Self.number(words, 2) {
                state.numbers.swap(first, second)
            }
        case "MOVE": noteMove(from: database, to: Self.number(words, 2))
        case "COPY":
            for index in 3..<max(3, words.count) where words[index].uppercased() == "DB" {
                noteMove(from: database, to: Self.number(words, index + 1))
            }
        default: break
        }
        state.count += 1
    }

    private mutating func noteMove(from: Int, to: Int?) {
        guard let to, from != to, hasRoom(state.moves) else { return }
        state.moves[state.numbers[from], default: []].insert(state.numbers[to])
    }

    private func hasRoom<Value>(_ databases: [Int: Value]) -> Bool { databases.count < Self.mostDatabases }

    private static func number(_ words: [String], _ index: Int) -> Int? {
        index < words.count ? Int(words[index]) : nil
    }
}

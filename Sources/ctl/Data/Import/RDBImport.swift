import WireFormats

/// Carries the keys of an RDB file to a cluster, each with RESTORE.
struct RDBImport {
    let target: ImportTarget
    let deadlines: LoggedDeadlines
    /// Keys that had expired already.
    private(set) var expired = 0

    /// Whether a log follows, which may extend the time of what has expired.
    private var isBase: Bool
    private var database: UInt64 = 0
    private var name: [UInt8] = []
    private var kind = RDBKey.Kind.object(.string)
    private var expiry: Int64?
    private var elements: [(bytes: [UInt8], value: [UInt8], score: Double)] = []
    private var writer = ObjectWriterBox()

    init(target: ImportTarget, deadlines: LoggedDeadlines, isBase: Bool) {
        self.target = target
        self.deadlines = deadlines
        self.isBase = isBase
    }

    /// Carries everything; returns when the file is at its end, with what follows it still in the window.
    mutating func run(_ window: ByteWindow, _ progress: (Int) -> Void) throws(Failure) {
        var reader = RDBFileReader(contents: .bytes)
        while true {
            var isDone = false
            let outcome: Result<Int, Failure> = window.bytes.withUnsafeBytes { bytes in
                Result { () throws(Failure) in try self.read(bytes, window, &reader, &isDone) }
            }
            window.drop(try outcome.get())
            progress(window.offset)
            if isDone { return }
            try window.fill()
        }
    }

    /// Reads until more bytes are needed, or to the end of the file; returns how many are done with.
    private mutating func read(
        _ bytes: UnsafeRawBufferPointer, _ window: ByteWindow, _ reader: inout RDBFileReader, _ isDone: inout Bool
    ) throws(Failure) -> Int {
        while true {
            let event: RDBEvent
            do {
                event = try reader.next(in: bytes, isLast: window.isAtEnd)
            } catch {
                throw Failure("\(window.source.name): \(error): the keys before it are imported", .unreachable)
            }
            switch event {
            case .needMore(let consumed): return consumed
            case .database(let number): database = number
            case .key: begin(reader.key)
            case .element: add(reader.element)
            case .keyEnd: try end()
            case .end(let consumed):
                isDone = true
                return consumed
            case .auxiliary: note(reader.name, reader.text)
            case .version, .tableSizes, .function, .moduleData: break
            }
        }
    }

    /// Redis writes into the base of a log that it is one: as `aof-base` from 7 on, as `aof-preamble` before.
    private mutating func note(_ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) {
        if name.elementsEqual("aof-base".utf8) || name.elementsEqual("aof-preamble".utf8) {
            isBase = isBase || value.elementsEqual("1".utf8)
        }
    }

    private mutating func begin(_ key: RDBKey) {
        name = Array(key.name)
        kind = key.kind
        expiry = key.expiry
        elements.removeAll(keepingCapacity: true)
    }

    private mutating func add(_ element: RDBElement) {
        guard database == 0 else { return }
        elements.append((Array(element.bytes), Array(element.value), element.score))
    }

    private mutating func end() throws(Failure) {
        guard database == 0 else {
            return try target.refuse(name, "it is in database \(database), and there is only database 0")
        }
        switch kind {
        case .stream: return try target.refuse(name, "Redis 2.8 has no streams")
        case .module: return try target.refuse(name, "it is a value of a module")
        case .object(let type): try send(type)
        }
    }

    private mutating func send(_ type: ObjectKind) throws(Failure) {
        guard !elements.isEmpty else { return }
        guard let left = try timeToLive() else {
            expired += 1
            return
        }
        let payload = writer.payload(type, elements)
        try target.send([Array("DEL".utf8), name], about: name, counts: false)
        try target.send([Array("RESTORE".utf8), name, Array("\(left)".utf8), payload], about: name)
    }

    /// Milliseconds, 0 for ever; nil where the key has expired.
    private func timeToLive() throws(Failure) -> Int64? {
        // Redis 2.8 takes -1 in a file for none, and any other negative time for one that is over.
        guard let expiry, expiry != -1 else { return 0 }
        let deadline = isBase ? try deadlines.putOff(expiry, of: name) ?? expiry : expiry
        let now = WallClock.milliseconds()
        return deadline > now ? deadline - now : nil
    }
}

/// One writer of payloads for all keys.
final class ObjectWriterBox {
    private var writer = ObjectWriter()

    /// The payload of a value, as DUMP of a Redis 2.8 writes it.
    func payload(_ type: ObjectKind, _ elements: [(bytes: [UInt8], value: [UInt8], score: Double)]) -> [UInt8] {
        writer.begin(type, count: elements.count)
        let ordered =
            type == .sortedSet
            ? elements.sorted(by: Self.isBefore) : elements
        for element in ordered {
            element.bytes.withUnsafeBytes { bytes in
                if type == .sortedSet { writer.append(bytes, score: element.score) } else { writer.append(bytes) }
            }
            if type == .hash { element.value.withUnsafeBytes { writer.append($0) } }
        }
        return writer.finishDump()
    }

    private static func isBefore(
        _ left: (bytes: [UInt8], value: [UInt8], score: Double),
        _ right: (bytes: [UInt8], value: [UInt8], score: Double)
    ) -> Bool {
        left.score != right.score ? left.score < right.score : left.bytes.lexicographicallyPrecedes(right.bytes)
    }
}

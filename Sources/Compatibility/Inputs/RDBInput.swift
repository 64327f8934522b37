import SystemCalls
import WireFormats

/// Reads an RDB file, or the RDB preamble of an append-only file, off a stream.
enum RDBInput {
    /// A key with the sum of its elements.
    struct Entry {
        let key: RDBKey
        /// The key's name; the view in ``key`` is over once the value was read.
        let name: [UInt8]
        let database: Int
        /// Payload as the contract counts it, without fields whose time is over; 0 for a stream or a module's value.
        let payload: Int
        /// Whether the time of the key, or of all its fields, is over.
        let hasExpired: Bool
        /// How many fields of a hash have a time to live that is not over.
        let expiringFields: Int
        /// Whether the payload is known to be no more than this alone.
        let isApproximate: Bool

        /// The type as Redis names it; a module's value is `module`.
        var type: String {
            switch key.kind {
            case .object(.string): "string"
            case .object(.list): "list"
            case .object(.set): "set"
            case .object(.hash): "hash"
            case .object(.sortedSet): "zset"
            case .stream: "stream"
            case .module: "module"
            }
        }

        /// What of it the target has no place for; nothing of a key that has expired.
        var unkept: [UnkeptData] {
            guard !hasExpired else { return [] }
            var unkept: [UnkeptData] = database == 0 ? [] : [.database(database)]
            switch key.kind {
            case .object: break
            case .stream: unkept.append(.stream)
            case .module(let type): unkept.append(.module(type.description))
            }
            if expiringFields > 0 { unkept.append(.fieldExpiry) }
            if key.hasModuleMetadata { unkept.append(.moduleMetadata) }
            return unkept
        }
    }

    /// Something beside the keys that the target has no place for.
    struct Extra {
        let data: UnkeptData
        let name: [UInt8]
        let byteOffset: Int
    }

    /// How an RDB part ended.
    enum End {
        /// With its checksum; the stream stands behind it, where a log goes on if the part says that it is the base of one.
        case complete(isBaseOfLog: Bool)
        /// With damage, or with what is not known, which is in the report's problems.
        case damaged
    }

    /// Calls `body` with each key and its size; values are passed over by their lengths.
    ///
    /// - Parameter other: called with what is beside the keys.
    static func readSizes(
        _ stream: ByteStream, _ report: inout InputReport, onFill: () -> Void, other: (Extra) -> Void,
        _ body: (Entry) -> Void
    ) -> End {
        let now = WallClock.milliseconds()
        var database = 0
        var sum = Sum()
        var expired = 0
        var name: [UInt8] = []
        let end = read(stream, .lengths, &report, onFill: onFill) { event, reader in
            switch event {
            case .database(let number): database = Int(clamping: number)
            case .key:
                sum = Sum()
                name.removeAll(keepingCapacity: true)
                name.append(contentsOf: reader.key.name)
            case .element: sum.add(reader.element, of: reader.key.kind, now)
            case .keyEnd:
                let entry = sum.entry(reader.key, name, database, now)
                if entry.hasExpired { expired += 1 }
                body(entry)
            default: if let extra = extra(event, reader) { other(extra) }
            }
        }
        noteExpired(expired, &report)
        return end
    }

    /// Says that limits are not applied to some keys.
    static func noteExpired(_ keys: Int, _ report: inout InputReport) {
        guard keys > 0 else { return }
        report.summary.coverage.append(
            "\(keys == 1 ? "1 key has" : "\(keys) keys have") expired: no limit is applied to what is gone when it is loaded"
        )
    }

    /// What the elements of a value add up to.
    private struct Sum {
        private var payload = 0
        private var fields = 0
        private var expiredFields = 0
        private var expiringFields = 0
        private var isApproximate = false

        @inline(__always)
        mutating func add(_ element: RDBElement, of kind: RDBKey.Kind, _ now: Int64) {
            if let expiry = element.expiry {
                guard expiry > now else { return expiredFields += 1 }
                expiringFields += 1
            }
            fields += 1
            payload += element.length + element.valueLength
            if case .object(.sortedSet) = kind { payload += ScoredMembers.scoreBytes }
            if element.isPassedOver { isApproximate = true }
        }

        func entry(_ key: RDBKey, _ name: [UInt8], _ database: Int, _ now: Int64) -> Entry {
            // Redis 2.8 takes -1 for none, and any other negative time for one that is over.
            let isOver = key.expiry.map { $0 != -1 && $0 <= now } ?? false
            return Entry(
                key: key, name: name, database: database, payload: payload,
                hasExpired: isOver || fields == 0 && expiredFields > 0, expiringFields: expiringFields,
                isApproximate: isApproximate)
        }
    }

    /// What is beside the keys and the target has no place for.
    private static func extra(_ event: RDBEvent, _ reader: borrowing RDBFileReader) -> Extra? {
        switch event {
        case .function:
            Extra(data: .function, name: libraryName(reader.text), byteOffset: reader.byteOffset)
        case .moduleData(let type):
            Extra(
                data: .moduleData(type.description), name: Array(type.description.utf8),
                byteOffset: reader.byteOffset)
        default: nil
        }
    }

    /// The name of a library of functions by its first line: `#!lua name=mylib`.
    private static func libraryName(_ source: UnsafeRawBufferPointer) -> [UInt8] {
        let line = source.prefix(1024).prefix { $0 != 10 && $0 != 13 }
        let name = line.split(separator: UInt8(ascii: " ")).first { $0.starts(with: "name=".utf8) }
        return name.map { Array($0.dropFirst(5)) } ?? Array(line)
    }

    /// Goes over what stands behind the RDB data and belongs to no log; returns false, and touches nothing, where commands
    /// follow.
    ///
    /// Redis reads no further than the end of the data either: a replica that saved what it was sent without a disk has the
    /// mark of that behind, and copies often have a line feed.
    static func passTail(_ stream: ByteStream, isBaseOfLog: Bool, _ report: inout InputReport) -> Bool {
        stream.fill(upTo: 16)
        let isLog = isBaseOfLog || [".aof", ".aof.gz"].contains { stream.path.hasSuffix($0) }
        let tail = stream.window
        guard !tail.isEmpty, !isLog, !AOFReader.beginsWithCommand(tail) else { return tail.isEmpty }
        let start = stream.offset
        let isRDB = RDBFormat.begins(tail) == true
        while true {
            stream.consume(stream.window.count)
            guard !stream.isLast else { break }
            stream.fill()
        }
        if isRDB {
            report.add("another RDB file begins here, which no Redis reads: read the two apart", byteOffset: start)
        } else {
            report.summary.coverage.append(
                "\(stream.offset - start) bytes behind the end of the RDB data, from byte \(start) on, are no part of them"
            )
        }
        return true
    }

    /// Calls `body` with each key and its value, in the form in which commands can be applied to it.
    static func load(
        _ stream: ByteStream, _ report: inout InputReport, onFill: () -> Void, other: (Extra) -> Void = { _ in },
        _ body: (ReplayedKeyspace.Key, ReplayedKeyspace.Record) -> Void
    ) -> End {
        var database = 0
        var name: [UInt8] = []
        var builder = ValueBuilder(.string)
        return read(stream, .bytes, &report, onFill: onFill) { event, reader in
            switch event {
            case .database(let number): database = Int(clamping: number)
            case .key: name = Array(reader.key.name)
            default: if let extra = extra(event, reader) { other(extra) }
            }
            guard let value = builder.take(event, reader) else { return }
            body(
                ReplayedKeyspace.Key(database: database, name: name),
                ReplayedKeyspace.Record(
                    value: value, expiry: reader.key.expiry, isApproximate: builder.isApproximate,
                    hasExpiringFields: builder.hasExpiringFields))
        }
    }

    private static func read(
        _ stream: ByteStream, _ contents: RDBFileReader.Contents, _ report: inout InputReport, onFill: () -> Void,
        _ body: (RDBEvent, borrowing RDBFileReader) -> Void
    ) -> End {
        var reader = RDBFileReader(contents: contents, longestHeld: longestHeld)
        do throws(RDBError) {
            while true {
                let window = stream.window
                events: while true {
                    switch try reader.next(in: window, isLast: stream.isLast) {
                    case .needMore(let consumed):
                        stream.consume(consumed)
                        break events
                    case .end(let consumed):
                        stream.consume(consumed)
                        return .complete(isBaseOfLog: reader.isBaseOfLog)
                    case let event: body(event, reader)
                    }
                }
                stream.fill()
                onFill()
            }
        } catch {
            if stream.problem == nil {
                let what = error.isUnsupported ? "the RDB data are read up to here" : "the RDB data are damaged"
                report.add("\(what): \(error)", byteOffset: error.byteOffset)
            }
            return .damaged
        }
    }

    /// Longer names, values and collections in one string are known by their lengths alone: no server writes such, but for
    /// names and values of strings.
    private static let longestHeld = 16 << 20
}

import WireFormats

/// Reads an RDB file, or the RDB preamble of an append-only file, off a stream.
enum RDBInput {
    /// A key with the sum of its elements.
    struct Entry {
        let key: RDBKey
        /// The key's name; the view in ``key`` is over once the value was read.
        let name: [UInt8]
        let database: Int
        /// Payload as the contract counts it; 0 for a stream or a module's value.
        let payload: Int

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
    }

    /// How an RDB part ended.
    enum End {
        /// With its checksum; the stream stands behind it.
        case complete
        /// With damage that is in the report's problems.
        case damaged
    }

    /// Calls `body` with each key and its size; values are passed over by their lengths.
    static func readSizes(
        _ stream: ByteStream, _ report: inout InputReport, onFill: () -> Void, _ body: (Entry) -> Void
    ) -> End {
        var database = 0
        var payload = 0
        var name: [UInt8] = []
        return read(stream, .lengths, &report, onFill: onFill) { event, reader in
            switch event {
            case .database(let number): database = Int(clamping: number)
            case .key:
                payload = 0
                name.removeAll(keepingCapacity: true)
                name.append(contentsOf: reader.key.name)
            case .element:
                payload += reader.element.length + reader.element.valueLength
                if case .object(.sortedSet) = reader.key.kind { payload += ScoredMembers.scoreBytes }
            case .keyEnd: body(Entry(key: reader.key, name: name, database: database, payload: payload))
            default: break
            }
        }
    }

    /// Calls `body` with each key and its value, in the form in which commands can be applied to it.
    static func load(
        _ stream: ByteStream, _ report: inout InputReport, onFill: () -> Void,
        _ body: (ReplayedKeyspace.Key, ReplayedKeyspace.Record) -> Void
    ) -> End {
        var database = 0
        var name: [UInt8] = []
        var builder = ValueBuilder(.string)
        return read(stream, .bytes, &report, onFill: onFill) { event, reader in
            switch event {
            case .database(let number): database = Int(clamping: number)
            case .key: name = Array(reader.key.name)
            default: break
            }
            guard let value = builder.take(event, reader) else { return }
            body(
                ReplayedKeyspace.Key(database: database, name: name),
                ReplayedKeyspace.Record(value: value, expiry: reader.key.expiry))
        }
    }

    private static func read(
        _ stream: ByteStream, _ contents: RDBFileReader.Contents, _ report: inout InputReport, onFill: () -> Void,
        _ body: (RDBEvent, borrowing RDBFileReader) -> Void
    ) -> End {
        var reader = RDBFileReader(contents: contents)
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
                        return .complete
                    case .version(let version): if version > 12 { noteVersion(version, &report) }
                    case let event: body(event, reader)
                    }
                }
                stream.fill()
                onFill()
            }
        } catch {
            if stream.problem == nil { report.add("the RDB data are damaged: \(error)", byteOffset: error.byteOffset) }
            return .damaged
        }
    }

    private static func noteVersion(_ version: Int, _ report: inout InputReport) {
        report.summary.coverage.append("the file has version \(version) of the RDB format")
    }
}

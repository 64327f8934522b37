import Presentation
import WireFormats

/// The keys that an append-only log leaves, all its files read one after the other, and what is not known of them.
struct ReplayedLog {
    private let replayer: Replayer
    private(set) var keyspace = ReplayedKeyspace()
    private var queue = TransactionQueue()
    /// The commands whose effects are not known, by name: how often, and the first place.
    private var unknown: [String: (count: Int, first: Location)] = [:]
    private var names: [String] = []

    /// So many names of such commands are told apart.
    private static let maximumNames = 20

    init(_ table: CommandTable) {
        replayer = Replayer(table: table)
    }

    /// Reads a file of the log: an RDB part, if it begins with one, and commands.
    ///
    /// - Parameters:
    ///   - isPart: whether it is one of several.
    ///   - isLast: whether no other file of the log follows.
    ///   - counter: told what is beside the keys.
    mutating func read(
        _ stream: ByteStream, isPart: Bool, isLast: Bool = true, _ report: inout InputReport, _ told: () -> Void,
        _ counter: inout SizeCounter
    ) {
        var hasPreamble = false
        if AOFReader.beginsWithPreamble(stream.window) == true {
            hasPreamble = true
            let end = load(stream, &report, told, &counter)
            guard case .complete(let isBaseOfLog) = end else { return }
            if RDBInput.passTail(stream, isBaseOfLog: isBaseOfLog, &report) { return }
        }
        var commands = 0
        var input = AppendOnlyInput(at: stream.offset, isPart: isPart || hasPreamble, isLast: isLast)
        let path = stream.path
        input.read(stream, &report, onFill: told) { request, place, _ in
            commands += 1
            let effect = replayer.effect(request)
            if effect == .script || effect == .unknown { note(effect, request, place, path) }
            replayer.apply(effect, request, place, &keyspace, &queue)
        }
        report.summary.commands += commands
    }

    private mutating func load(
        _ stream: ByteStream, _ report: inout InputReport, _ told: () -> Void, _ counter: inout SizeCounter
    ) -> RDBInput.End {
        RDBInput.load(
            stream, &report, onFill: told,
            other: { extra in
                counter.add(extra.data) {
                    SizedKey(
                        key: extra.name, type: extra.data.word, keyBytes: extra.name.count, valueBytes: 0, database: 0,
                        location: Location(path: stream.path, byteOffset: extra.byteOffset))
                }
            }
        ) { key, record in keyspace.records[key] = record }
    }

    private mutating func note(_ effect: Effect, _ request: Request, _ place: Place, _ path: String) {
        keyspace.database = place.database
        keyspace.markKeys(of: effect, request)
        var name = Printable.bytes(request.copy(0, limit: 64).map { $0 >= 97 && $0 <= 122 ? $0 - 32 : $0 })
        if unknown[name] == nil, names.count >= Self.maximumNames { name = "other commands" }
        if unknown[name] == nil { names.append(name) }
        unknown[name, default: (0, place.location(path))].count += 1
    }

    /// Says what is missing in the sizes.
    func finish(_ report: inout InputReport) {
        for name in names {
            guard let (count, first) = unknown[name] else { continue }
            let times = count == 1 ? "" : ", \(Wording.count(count)) times in all"
            report.add(
                InputProblem(
                    location: first,
                    message: "what \(name) does to keys is not in the log: the sizes are those without it\(times)"))
        }
        if queue.isOpen, queue.hasSpilled {
            report.add("the transaction without EXEC is too large to be left out: the sizes are those with it")
        }
        if let fault = keyspace.payloadFault {
            report.add(
                "the value that RESTORE gives the key '\(ShownKey.beginning(of: fault.key))' cannot be "
                    + "read and is missing: \(fault.error)")
        }
    }
}

import CommandCatalog
import Presentation
import WireFormats

/// Judges the requests of one input against the contract, counts them and gathers what is found.
///
/// A request that has nothing wrong costs one look-up of its name, one row and one comparison a key; no String, no
/// memory. Everything else is in functions of their own, out of the hot path.
struct Judge: ~Copyable {
    let options: LintOptions
    let contract: Contract
    let table: CommandTable
    private let index = NameIndex.shared
    /// By row of the catalog.
    private(set) var counts: [Int]
    private(set) var unknownCounts: [String: Int] = [:]
    var store: FindingStore
    private(set) var commands = 0
    /// How the input's requests are to be taken.
    var manner = Manner()

    private let renamedCommands: [String: String]
    let longestKey: Int
    let largestValue: Int
    /// A key longer than this is looked at: over the limit, or near it.
    let suspectKey: Int
    let suspectValue: Int
    /// What the connections have shown of their libraries.
    var handshakes = Handshakes()

    /// How the requests of an input are to be taken.
    struct Manner {
        /// Whether findings of one kind are gathered, as in traces, or each place is shown.
        var isGathered = true
        var confidence = Confidence.high
        /// The client library that sends the requests, where source code says so.
        var library: String?
        /// Whether the number of arguments is known.
        var judgesArity = true
        /// Whether one argument may have been taken for several: too many are no mistake then.
        var isAmbiguous = false
        /// The severity of what is found, if it is another than the rule's: in documentation nothing is sent.
        var severity: Severity?
        /// How many words are sent at least, where their number is not known; 0 where nobody knows.
        var leastWords = 0
        /// Whether the place that sends the request takes a lock, which a script of it is to release.
        var releasesLock = false
        /// Whether the server wrote the requests: what it injects and rewrites is not blamed on the application.
        var isWrittenByServer = false
    }

    /// How many names that are no command are counted one by one.
    private static let maximumUnknownNames = 200

    init(path: String, options: LintOptions, table: CommandTable) {
        self.options = options
        contract = options.contract
        self.table = table
        counts = Array(repeating: 0, count: table.count)
        store = FindingStore(path: path, options: options)
        renamedCommands = options.renamedCommands
        longestKey = contract.maxKeyBytes
        largestValue = contract.maxValueBytes
        let percent = options.nearLimitPercent ?? 101
        suspectKey = min(longestKey, (longestKey * percent + 99) / 100 - 1)
        suspectValue = min(largestValue, (largestValue * percent + 99) / 100 - 1)
    }

    /// Judges one request.
    ///
    /// - Parameter bytes: how long it is in the input; no argument is longer.
    /// - Returns: the row of its command, or -1 where no Redis has it.
    @discardableResult
    mutating func judge(_ request: Request, _ place: Place, bytes: Int) -> Int {
        commands += place.repetitions
        // Not a method of its own: it would be given a copy of all that is here.
        let found =
            renamedCommands.isEmpty
            ? index.find(request.text(0).octets.span) : Self.find(request, renamed: renamedCommands, index)
        guard let match = found else {
            judgeUnknown(request, place)
            return -1
        }
        guard case .supported(let id) = match else {
            guard case .unsupported(let row) = match else { return -1 }
            return judgeUnsupported(row, request, place, bytes)
        }
        let index = Int(id.rawValue)
        counts[index] += place.repetitions
        let row = table[index]
        if !row.accepts(request.count) {
            judgeArity(id, request, place)
        } else if request.count > Int(row.laterFormsFrom) {
            judgeForm(id, request, place)
        }
        if id == .select || place.database != 0 { judgeDatabase(id, request, place) }
        judgeSizes(row, request, place, bytes)
        return index
    }

    @inline(never)
    private static func find(
        _ request: Request, renamed names: [String: String], _ index: NameIndex
    ) -> Catalog.Match? {
        let name = names[String(decoding: request.text(0).prefix(200), as: UTF8.self).lowercased()]
        return name.map { Catalog.find($0.utf8.span) } ?? index.find(request.text(0).octets.span)
    }

    // MARK: Verdicts

    @inline(never)
    private mutating func judgeUnknown(_ request: Request, _ place: Place) {
        // A password may have got into it: `AUTH:secret`, a URL.
        let bytes = Array(Secrets.masked(request.copy(0, limit: 256), as: .text).prefix(64))
        let name = String(decoding: bytes, as: UTF8.self)
        let key = unknownCounts.count < Self.maximumUnknownNames ? name.lowercased() : "unknown commands"
        unknownCounts[unknownCounts[name.lowercased()] == nil ? key : name.lowercased(), default: 0] +=
            place.repetitions
        let shown = Printable.bytes(bytes)
        let hash = Int(truncatingIfNeeded: ByteHash.hash(request.text(0)) >> 1)
        add(.unknownCommand, command: hash, request, place) { Words(RefusalWords(unknown: shown)) }
    }

    @inline(never)
    private mutating func judgeUnsupported(_ row: Int, _ request: Request, _ place: Place, _ bytes: Int) -> Int {
        let row = table[row].isContainer ? subcommand(of: row, request) : row
        counts[row] += place.repetitions
        if isHandshake(row, request, place) {
            noteHandshake(row, request, place)
        } else {
            noteRefusal(row, request, place)
        }
        if place.database != 0 { judgeDatabase(nil, request, place) }
        return row
    }

    private func subcommand(of row: Int, _ request: Request) -> Int {
        guard request.count > 1, request.ranges[1].count < 32 else { return row }
        let word = String(decoding: request.text(1), as: UTF8.self).lowercased()
        let name = "\(table.names[row])|\(word)"
        var index = row + 1
        while index < table.count, table.names[index].hasPrefix("\(table.names[row])|") {
            if table.names[index] == name { return index }
            index += 1
        }
        return row
    }

    private mutating func noteRefusal(_ row: Int, _ request: Request, _ place: Place) {
        let number: RuleNumber
        switch table[row].listing {
        case .supported: return
        case .refused: number = .refusedCommand
        case .unlisted: number = .unlistedCommand
        case .newer: number = .newerCommand
        }
        let contract = contract
        let isLock = Catalog.all[row].group == .scripting && (manner.releasesLock || Self.releasesLock(request))
        add(number, command: row, detail: isLock ? 1 : 0, key: firstKey(row, request), request, place) {
            let command = Catalog.all[row]
            guard let words = RefusalWords(contract.verdict(on: command), of: command, contract: contract) else {
                preconditionFailure("\(command.name) is refused and is not")
            }
            return isLock ? Words(words, detail: "lock", instead: LockScript.instead) : Words(words)
        }
    }

    private static func releasesLock(_ request: Request) -> Bool {
        let words = (0..<min(request.count, 3)).map { request.copy($0, limit: 2_000) }
        var isRelease = false
        WordsRequest(words).withRequest {
            isRelease = LockScript.releases(in: buffer($0).span, arguments: $0.ranges.span)
        }
        return isRelease
    }

    /// The first key of a request that the contract refuses; nil where it has none.
    private func firstKey(_ row: Int, _ request: Request) -> Int? {
        let facts = table[row]
        if facts.firstKey > 0 { return Int(facts.firstKey) < request.count ? Int(facts.firstKey) : nil }
        guard facts.hasMovingKeys else { return nil }
        let layout = Catalog.all[row].facts.keys
        return layout.indexes(in: Self.buffer(request).span, arguments: request.ranges.span).first {
            $0 < request.count
        }
    }

    /// All bytes up to the request's end, for the catalog's functions over ranges.
    @inline(__always)
    static func buffer(_ request: Request) -> UnsafeBufferPointer<UInt8> {
        UnsafeRawBufferPointer(start: request.base, count: request.ranges[request.count - 1].upperBound).octets
    }

    @inline(never)
    private mutating func judgeArity(_ id: Command.ID, _ request: Request, _ place: Place) {
        guard manner.judgesArity else { return judgeOpenForm(id, request, place) }
        if judgeForm(id, request, place) || manner.isAmbiguous { return }
        let row = Int(id.rawValue)
        add(.wrongArity, command: row, key: nil, request, place) {
            let command = id.row
            let form = command.syntax.isEmpty ? command.name : "\(command.name) \(command.syntax)"
            let count = request.count - 1
            return Words(
                rule: .wrongArity, command: command.name,
                message: "\(command.name) with \(count) argument\(count == 1 ? "" : "s"): it is `\(form)`")
        }
    }

    /// Notes a form that is newer, if the request's first `count` words, or all of them, have one.
    @inline(never) @discardableResult
    private mutating func judgeForm(
        _ id: Command.ID, _ request: Request, _ place: Place, count: Int? = nil
    ) -> Bool {
        let words = request.ranges.span.extracting(first: count ?? request.count)
        let verdict = contract.verdict(onArgumentsOf: id, in: Self.buffer(request).span, arguments: words)
        guard case .newerArgument(let form, let since) = verdict else { return false }
        noteForm(id, form, since, request, place)
        return true
    }

    /// Judges a request of which words may be missing: there are more than 2.8 takes for certain, or nothing is said.
    ///
    /// Pairs can be cut in the middle, so that one word less makes the form.
    private mutating func judgeOpenForm(_ id: Command.ID, _ request: Request, _ place: Place) {
        guard manner.leastWords > Int(table[Int(id.rawValue)].laterFormsFrom) else { return }
        if !judgeForm(id, request, place) { judgeForm(id, request, place, count: request.count - 1) }
    }

    @inline(never)
    private mutating func noteForm(
        _ id: Command.ID, _ form: String, _ since: Version, _ request: Request, _ place: Place
    ) {
        // An append-only file has SET … PXAT where the application sent SETEX, and ABSTTL where it sent RESTORE.
        if manner.isWrittenByServer, form == "PXAT" { return }
        if manner.isWrittenByServer, form == "ABSTTL" { return noteReplacing(id, request, place) }
        let contract = contract
        let hash = form.utf8.withContiguousStorageIfAvailable { ByteHash.hash(UnsafeRawBufferPointer($0)) } ?? 0
        let detail = Int(truncatingIfNeeded: hash)
        add(
            .newerArgument, command: Int(id.rawValue), detail: detail, key: firstKey(Int(id.rawValue), request),
            request, place
        ) {
            guard let words = RefusalWords(.newerArgument(form, since: since), of: id.row, contract: contract) else {
                preconditionFailure("a newer argument that is none")
            }
            return Words(words)
        }
    }

    /// Notes REPLACE beside the ABSTTL of the server.
    private mutating func noteReplacing(_ id: Command.ID, _ request: Request, _ place: Place) {
        for index in 4..<max(4, request.count) where request.isWord(index, "REPLACE") {
            noteForm(id, "REPLACE", Version(3, 0, 0), request, place)
        }
    }

    // MARK: Databases

    @inline(never)
    private mutating func judgeDatabase(_ id: Command.ID?, _ request: Request, _ place: Place) {
        var number = place.database
        if id == .select {
            let verdict = contract.verdict(
                onArgumentsOf: .select, in: Self.buffer(request).span, arguments: request.ranges.span)
            guard case .otherDatabase(let chosen) = verdict else { return }
            number = chosen
        }
        guard number < 0 || number >= contract.databases else { return }
        let contract = contract
        add(.otherDatabase, command: Int(Command.ID.select.rawValue), detail: number, request, place) {
            guard let words = RefusalWords(.otherDatabase(number), of: Command.ID.select.row, contract: contract) else {
                preconditionFailure("another database that is none")
            }
            return Words(words)
        }
    }

    // MARK: Gathering

    /// What a finding says; see ``FindingStore/Occurrence``.
    struct Words {
        let rule: Rule
        let command: String
        var detail = ""
        let message: String
        var instead = ""
        var measure: Finding.Measure?
        var library: String?
        var approximation: String?
    }

    /// Adds an occurrence to what is gathered.
    mutating func add(
        _ rule: RuleNumber, command: Int, detail: Int = 0, key: Int? = nil, value: Int = 0, argument: Int = 0,
        _ request: Request, _ place: Place, _ make: () -> Words
    ) {
        let identity = FindingStore.Identity(
            rule: rule, command: command, detail: detail, key: key, value: value, isGathered: manner.isGathered)
        let manner = manner
        store.add(identity, request, place) {
            let words = make()
            return FindingStore.Occurrence(
                rule: words.rule, command: words.command, detail: words.detail, argument: argument, key: key,
                measure: words.measure, instead: words.instead.isEmpty ? nil : words.instead,
                library: words.library ?? manner.library, confidence: manner.confidence,
                severity: manner.severity, isGathered: manner.isGathered, approximation: words.approximation,
                message: words.message)
        }
    }

    /// Counts a command that is known by its row alone, as in INFO commandstats.
    mutating func count(row: Int, repetitions: Int) {
        counts[row] += repetitions
        commands += repetitions
    }

    /// The counts by name.
    func countsByName() -> [String: Int] {
        var names = unknownCounts
        for row in 0..<table.count where counts[row] > 0 { names[table.names[row], default: 0] += counts[row] }
        return names
    }
}

import CommandCatalog
import Presentation

/// Gathers what is found: one finding a file, rule, command and key pattern, in bounded memory.
struct FindingStore {
    /// What one occurrence says beyond its place.
    struct Occurrence {
        let rule: Rule
        /// The command in capitals, as findings name it.
        let command: String
        /// Tells apart what the rule and command do not, as the form that is newer.
        var detail = ""
        /// The argument to point at.
        var argument = 0
        /// The argument that is the key; nil where the finding is about no key.
        var key: Int?
        var measure: Finding.Measure?
        var instead: String?
        var library: String?
        var confidence = Confidence.high
        /// The severity, if it is another than the rule's.
        var severity: Severity?
        /// Whether occurrences are gathered; source code and scripts show each place.
        var isGathered = true
        var approximation: String?
        let message: String
    }

    private struct Group: Hashable {
        let rule: String
        let command: String
        let detail: String
        let pattern: [UInt8]
        /// A place of its own for what is not gathered.
        let place: Int
    }

    /// What tells occurrences apart without a String: enough to find the finding that they belong to.
    struct Identity {
        let rule: RuleNumber
        /// The command's row, or a hash of an unknown name.
        let command: Int
        /// Tells apart what rule and command do not.
        var detail = 0
        /// The argument that is the key; nil where the finding is about no key.
        var key: Int?
        /// What was measured; 0 where nothing was.
        var value = 0
        var isGathered = true
    }

    private struct Mark: BitwiseCopyable {
        /// The largest number that was measured.
        var measure: Int
        /// Where the first place is.
        var firstOffset: Int
    }

    /// How many findings one file may have before patterns are given up.
    static let maximumGroups = 5_000
    private static let maximumCountedClients = 1_000

    let path: String
    private var places: [Group: Int] = [:]
    /// From an identity's hash to its finding: the way of every occurrence but the first.
    private var quickPlaces: [UInt64: Int] = [:]
    private(set) var findings: [Finding] = []
    /// Of each finding what every occurrence is compared with: to look it up in the finding would copy that.
    private var marks: [Mark] = []
    /// Of each finding the hashes of the requests that are its examples: most requests are no others.
    private var exampleHashes: [[UInt64]] = []
    private var clientHashes: [Set<UInt64>] = []
    private var lastClients: [UInt64] = []
    private var pattern: [UInt8] = []
    private var scratch: [UInt8] = []
    private(set) var hidden = 0
    private let options: LintOptions
    /// One bit a rule.
    private let enabled: UInt64

    init(path: String, options: LintOptions) {
        self.path = path
        self.options = options
        enabled = Rule.all.reduce(into: 0) { bits, rule in
            let isOn = rule.isOnByDefault || (rule == .nearLimit && options.nearLimitPercent != nil)
            if isOn, !options.disabledRules.contains(rule.id) { bits |= 1 << UInt64(rule.number.rawValue) }
        }
    }

    func isOn(_ rule: RuleNumber) -> Bool { enabled & (1 << UInt64(rule.rawValue)) != 0 }

    /// Adds an occurrence; `make` is asked for its words only where it is the first of its kind.
    mutating func add(_ identity: Identity, _ request: Request, _ place: Place, _ make: () -> Occurrence) {
        guard isOn(identity.rule) else { return }
        guard identity.isGathered else { return add(make(), request, place) }
        var hash = quickHash(identity, request)
        if isFull, identity.rule == .unknownCommand, quickPlaces[hash] == nil {
            // Any number of names can be unknown, and to make the words of each means to search for what was meant.
            hash = UInt64(identity.rule.rawValue)
        }
        if let index = quickPlaces[hash] {
            // A larger value brings a new message, an earlier place a new beginning.
            if identity.value <= marks[index].measure, place.byteOffset >= marks[index].firstOffset {
                return note(nil, request, place, at: index)
            }
            return note(make(), request, place, at: index)
        }
        let known = findings.count
        add(make(), request, place)
        if findings.count > known { quickPlaces[hash] = known }
    }

    private mutating func quickHash(_ identity: Identity, _ request: Request) -> UInt64 {
        var hash = UInt64(identity.rule.rawValue) &+ UInt64(bitPattern: Int64(identity.command)) &* 64
        hash = hash &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(bitPattern: Int64(identity.detail))
        guard let key = identity.key, key < request.count else { return hash }
        request.withBytes(key, &scratch) { KeyPattern.write($0, to: &pattern) }
        return pattern.withUnsafeBytes { ByteHash.hash($0, seed: hash) }
    }

    /// Whether what is new is gathered under what is there.
    private var isFull: Bool { findings.count >= Self.maximumGroups }

    /// Adds an occurrence whose words are made already.
    private mutating func add(_ occurrence: Occurrence, _ request: Request, _ place: Place) {
        if occurrence.confidence == .low, options.minimumConfidence == .high {
            hidden += 1
            return
        }
        pattern.removeAll(keepingCapacity: true)
        if let key = occurrence.key, key < request.count {
            if occurrence.isGathered {
                request.withBytes(key, &scratch) { KeyPattern.write($0, to: &pattern) }
            } else {
                pattern = request.copy(key, limit: KeyPattern.maximumBytes)
            }
        }
        var group = Group(
            rule: occurrence.rule.id, command: occurrence.command, detail: occurrence.detail, pattern: pattern,
            place: occurrence.isGathered ? 0 : place.byteOffset + 1)
        if places[group] == nil, isFull {
            let command = occurrence.rule == .unknownCommand ? "" : group.command
            group = Group(rule: group.rule, command: command, detail: "", pattern: [42], place: 0)
        }
        if let index = places[group] { return note(occurrence, request, place, at: index) }
        places[group] = findings.count
        findings.append(finding(occurrence, request, place, group))
        marks.append(Mark(measure: occurrence.measure?.value ?? 0, firstOffset: place.byteOffset))
        exampleHashes.append([Self.hash(request)])
        clientHashes.append([])
        lastClients.append(0)
        noteClient(request, place, at: findings.count - 1)
        if occurrence.isGathered, let tell = options.onFinding { tell(findings[findings.count - 1]) }
    }

    /// Changes the findings that came after the first `count`.
    mutating func amend(from count: Int, _ body: (inout Finding) -> Void) {
        amend(count..<max(count, findings.count), body)
    }

    /// Changes some findings, by the order in which they came.
    mutating func amend(_ indexes: Range<Int>, _ body: (inout Finding) -> Void) {
        for index in indexes { body(&findings[index]) }
    }

    private func location(_ occurrence: Occurrence, _ request: Request, _ place: Place) -> Location {
        var location = place.location(path)
        if location.columns == nil, !place.lineText.isEmpty, occurrence.argument < request.count {
            let range = request.ranges[occurrence.argument]
            location.columns =
                range.lowerBound - place.lineText.lowerBound + 1..<range.upperBound - place.lineText.lowerBound + 1
        }
        return location
    }

    private func finding(
        _ occurrence: Occurrence, _ request: Request, _ place: Place, _ group: Group
    ) -> Finding {
        let location = location(occurrence, request, place)
        var finding = Finding(
            rule: occurrence.rule, message: occurrence.message, instead: occurrence.instead,
            command: occurrence.command.isEmpty ? nil : occurrence.command,
            keyPattern: occurrence.key == nil ? nil : Printable.bytes(Secrets.maskURLs(in: group.pattern)),
            location: location)
        finding.severity = options.severities[occurrence.rule.id] ?? occurrence.severity ?? occurrence.rule.severity
        finding.confidence = occurrence.confidence
        finding.measure = occurrence.measure
        finding.library = occurrence.library
        finding.count = place.repetitions
        finding.examples = [Finding.Example(text: RequestText.text(request, occurrence.command), location: location)]
        finding.excerpt = Excerpts.window(request, place, location.columns, command: occurrence.command)
        if let approximation = occurrence.approximation { finding.approximations = [approximation] }
        if isFull, group.pattern == [42] { generalize(&finding) }
        return finding
    }

    /// Lets a finding stand for all further ones of its rule and command, or of its rule where commands are without number.
    private func generalize(_ finding: inout Finding) {
        let isAboutNames = finding.rule == .unknownCommand
        if isAboutNames {
            finding.command = nil
            finding.message = "further commands that no Redis has"
        } else {
            finding.keyPattern = "*"
        }
        let what = isAboutNames ? "commands" : "keys"
        finding.approximations.append(
            "the file has more than \(Self.maximumGroups) findings: this one stands for all further \(what)")
    }

    private mutating func note(_ occurrence: Occurrence?, _ request: Request, _ place: Place, at index: Int) {
        findings[index].count += place.repetitions
        if place.byteOffset >= findings[index].last.byteOffset ?? 0 { findings[index].last = place.location(path) }
        if let occurrence, place.byteOffset < marks[index].firstOffset {
            // What is replayed later may have been earlier.
            marks[index].firstOffset = place.byteOffset
            let location = location(occurrence, request, place)
            findings[index].first = location
            findings[index].excerpt = Excerpts.window(request, place, location.columns, command: occurrence.command)
        }
        if let occurrence, let measure = occurrence.measure, measure.value > marks[index].measure {
            marks[index].measure = measure.value
            findings[index].measure = measure
            findings[index].message = occurrence.message
        }
        // What comes often and is always the same is not looked at for ever.
        if findings[index].examples.count < Finding.maximumExamples, findings[index].count < 100 {
            noteExample(request, place, at: index)
        }
        noteClient(request, place, at: index)
    }

    private mutating func noteExample(_ request: Request, _ place: Place, at index: Int) {
        let hash = Self.hash(request)
        guard !exampleHashes[index].contains(hash) else { return }
        let text = RequestText.text(request, findings[index].command ?? "")
        guard !findings[index].examples.contains(where: { $0.text == text }) else { return }
        exampleHashes[index].append(hash)
        findings[index].examples.append(Finding.Example(text: text, location: place.location(path)))
    }

    /// A hash of as much of a request as is shown.
    private static func hash(_ request: Request) -> UInt64 {
        guard let first = request.ranges.first, let last = request.ranges.last else { return 0 }
        let lengths = (0..<request.count).reduce(UInt64(request.count)) { $0 &* 31 &+ UInt64(request.length($1)) }
        let count = min(last.upperBound - first.lowerBound, 16 * Printable.maximumCommandBytes)
        return ByteHash.hash(
            UnsafeRawBufferPointer(start: request.base + first.lowerBound, count: count), seed: lengths)
    }

    private mutating func noteClient(_ request: Request, _ place: Place, at index: Int) {
        guard !place.peer.isEmpty, clientHashes[index].count < Self.maximumCountedClients else { return }
        let peer = UnsafeRawBufferPointer(start: request.base + place.peer.lowerBound, count: place.peer.count)
        let hash = ByteHash.hash(peer)
        guard lastClients[index] != hash else { return }
        lastClients[index] = hash
        guard clientHashes[index].insert(hash).inserted else { return }
        findings[index].clientCount += 1
        if findings[index].clients.count < Finding.maximumClients {
            findings[index].clients.append(Printable.bytes(peer))
        }
        if clientHashes[index].count == Self.maximumCountedClients {
            findings[index].approximations.append("clients are counted up to \(Self.maximumCountedClients)")
        }
    }
}

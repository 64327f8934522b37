import Synchronization
import SystemCalls

/// Reads the files of a project that matter, by several threads, and finds out what they say together.
///
/// Files that mention Redis are read first. What they declare gives names by which other files can come by clients; files that
/// have one of those are read next, and so on. What a file says goes to the solver of its family of languages, and is not
/// kept beside it.
struct ProjectReading {
    private let files: [SourceProject.File]
    private let threads: Int
    /// Finds files with variables that are clients by what somebody has said.
    private let trusted: NameFilter?
    private var families: [String: FamilyReading] = [:]
    /// The files that were read, by their paths.
    private(set) var scopes: [String: FileScope] = [:]
    /// The files that may still matter.
    private var left: [Int]
    /// How many values the files that were read have.
    private var valueCount = 0

    init(_ files: [SourceProject.File], trusted: NameFilter?, threads: Int) {
        self.files = files
        self.trusted = trusted
        self.threads = threads
        left = Array(files.indices)
    }

    /// No more is kept.
    var isFull: Bool { valueCount >= SourceProject.maximumValues }

    /// Reads all files that matter; what each family of languages says together.
    mutating func run() -> [String: Solution] {
        read(nil)
        for _ in 0..<SourceProject.maximumRounds where !isFull {
            let carriers = ofFamilies { $0.carrierFilter() }
            let before = scopes.count
            read(thinned(carriers))
            guard scopes.count > before else { break }
        }
        return ofFamilies { $0.solution() }
    }

    /// What `body` makes of each family, by several threads.
    private func ofFamilies<Made: Sendable>(_ body: @escaping @Sendable (FamilyReading) -> Made) -> [String: Made] {
        // The largest first, so that no thread ends long before the others.
        let families = families.sorted { ($0.value.valueCount, $1.key) > ($1.value.valueCount, $0.key) }
        let results = Mutex<[String: Made]>([:])
        Workers.share(families.count, piecesOf: 1, threads: threads) { numbers in
            for (family, reading) in families[numbers] {
                let made = body(reading)
                results.withLock { $0[family] = made }
            }
        }
        return results.withLock { $0 }
    }

    // MARK: Files

    /// Reads the files that are left and mention Redis, or can come by a client of their family of languages.
    private mutating func read(_ carriers: [String: CarrierFilter]?) {
        let intake = Mutex(FlowIntake(files, families, valueCount: valueCount))
        let others = Mutex<[Int]>([])
        let (files, left, trusted) = (files, left, trusted)
        Workers.share(left.count, piecesOf: Self.group, threads: threads) { places in
            guard !intake.withLock({ $0.isFull }) else { return intake.withLock { $0.take([], of: places) } }
            var flows: [FlowIntake.Flow] = []
            for number in left[places] {
                switch Self.look(at: files[number], carriers, trusted) {
                case .flow(let flow): flows.append((number, flow))
                case .passedOver: others.withLock { $0.append(number) }
                case .nothing: continue
                }
            }
            intake.withLock { $0.take(flows, of: places) }
        }
        self.left = others.withLock { $0 }.sorted()
        intake.withLock { intake in
            valueCount = intake.valueCount
            families = intake.families
            scopes.merge(intake.scopes) { $1 }
        }
    }

    private static let group = 8

    private enum Outcome {
        case flow(FileFlow)
        /// It may matter later.
        case passedOver
        /// It is no source file, or cannot be read.
        case nothing
    }

    private static func mentionsClient(_ bytes: UnsafeRawBufferPointer, _ facts: DialectFacts) -> Bool {
        if ClientMention.isIn(bytes) { return true }
        let text = SourceText(bytes)
        return facts.mentions.contains { text.find($0, from: 0, end: text.count) != nil }
    }

    private static func look(
        at file: SourceProject.File, _ carriers: [String: CarrierFilter]?, _ trusted: NameFilter?
    ) -> Outcome {
        guard let (stream, name, dialect) = open(file) else { return .nothing }
        let window = stream.window
        if let carriers {
            guard let filter = carriers[DialectList.all[dialect].facts.family] else { return .passedOver }
            guard filter.matches(window, path: name) else { return .passedOver }
        } else if !mentionsClient(window, DialectList.all[dialect].facts), trusted?.isIn(window) != true {
            return .passedOver
        }
        return .flow(FlowReading.flow(window, FileScope(path: name, dialect: dialect)))
    }

    /// A source file with all its bytes, its name and its language; nil for what cannot be read as a program.
    private static func open(_ file: SourceProject.File) -> (ByteStream, name: String, dialect: Int)? {
        guard let stream = try? ByteStream(file.file) else { return nil }
        let name = Recognition.plainName(file.name)
        guard let dialect = DialectList.index(path: name, head: stream.window) else { return nil }
        stream.fill(upTo: SourceProject.maximumFileBytes + 1)
        return stream.window.count <= SourceProject.maximumFileBytes ? (stream, name, dialect) : nil
    }

    // MARK: Common names

    /// So many of the files that are left tell how common a name is.
    private static let sampleSize = 256
    private static let leastSample = 32

    /// Without the names that more than an eighth of the files have, but for those of clients: they say nothing of a file.
    private func thinned(_ carriers: [String: CarrierFilter]) -> [String: CarrierFilter] {
        var counts: [String: [Identifier: Int]] = [:]
        var totals: [String: Int] = [:]
        for place in stride(from: 0, to: left.count, by: max(1, left.count / Self.sampleSize)) {
            guard let (stream, _, dialect) = Self.open(files[left[place]]) else { continue }
            let family = DialectList.all[dialect].facts.family
            totals[family, default: 0] += 1
            for name in carriers[family]?.doubtful(in: stream.window) ?? [] {
                counts[family, default: [:]][name, default: 0] += 1
            }
        }
        var thinned = carriers
        for (family, total) in totals where total >= Self.leastSample {
            let common = counts[family, default: [:]].filter { $0.value * 8 > total }
            thinned[family] = carriers[family]?.without(Set(common.keys))
        }
        return thinned
    }
}

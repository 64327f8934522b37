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
            let names = ofFamilies { $0.carrierNames() }
            let before = scopes.count
            read(names.compactMapValues { $0 })
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

    /// Reads the files that are left and mention Redis, or one of some names of their family of languages.
    private mutating func read(_ names: [String: NameFilter]?) {
        let results = Mutex<[(number: Int, flow: FileFlow)]>([])
        let others = Mutex<[Int]>([])
        let (files, left, trusted) = (files, left, trusted)
        let size = Atomic(valueCount)
        Workers.share(left.count, piecesOf: Self.group, threads: threads) { places in
            guard size.load(ordering: .relaxed) < SourceProject.maximumValues else { return }
            for number in left[places] {
                switch Self.look(at: files[number], names, trusted) {
                case .flow(let flow):
                    size.wrappingAdd(flow.values.own.count, ordering: .relaxed)
                    results.withLock { $0.append((number, flow)) }
                case .passedOver: others.withLock { $0.append(number) }
                case .nothing: continue
                }
            }
        }
        valueCount = size.load(ordering: .relaxed)
        self.left = others.withLock { $0 }.sorted()
        add(results.withLock { $0 }.sorted { $0.number < $1.number })
    }

    /// Gives what was read, in the files' order, to their families.
    private mutating func add(_ read: [(number: Int, flow: FileFlow)]) {
        for (number, flow) in read {
            scopes[files[number].file.text] = flow.scope
            let family = flow.scope.facts.family
            let reading = families[family] ?? FamilyReading()
            families[family] = reading
            reading.add(flow, at: number)
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
        at file: SourceProject.File, _ names: [String: NameFilter]?, _ trusted: NameFilter?
    ) -> Outcome {
        guard let stream = try? ByteStream(file.file) else { return .nothing }
        let name = Recognition.plainName(file.name)
        guard let dialect = DialectList.index(path: name, head: stream.window) else { return .nothing }
        stream.fill(upTo: SourceProject.maximumFileBytes + 1)
        let window = stream.window
        guard window.count <= SourceProject.maximumFileBytes else { return .nothing }
        if let names {
            guard let filter = names[DialectList.all[dialect].facts.family] else { return .passedOver }
            guard filter.isIn(window) else { return .passedOver }
        } else if !mentionsClient(window, DialectList.all[dialect].facts), trusted?.isIn(window) != true {
            return .passedOver
        }
        return .flow(FlowReading.flow(window, FileScope(path: name, dialect: dialect)))
    }
}

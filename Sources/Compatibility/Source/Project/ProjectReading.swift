import Synchronization
import SystemCalls

/// Reads the files of a project that matter, by several threads, and keeps what they say in the files' order.
struct ProjectReading {
    private let files: [SourceProject.File]
    private let threads: Int
    /// Finds files with variables that are clients by what somebody has said.
    private let trusted: NameFilter?
    /// What was read, by the files' numbers.
    private var read: [Int: FileFlow] = [:]
    /// The files that may still matter.
    private var left: [Int]
    /// No more is kept.
    private(set) var isFull = false

    init(_ files: [SourceProject.File], trusted: NameFilter?, threads: Int) {
        self.files = files
        self.trusted = trusted
        self.threads = threads
        left = Array(files.indices)
    }

    /// What was read, in the files' order.
    var flows: [FileFlow] { read.sorted { $0.key < $1.key }.map(\.value) }

    /// The files that were read, by their paths.
    var scopes: [(String, FileScope)] { read.map { (files[$0.key].file.text, $0.value.scope) } }

    /// Reads the files that are left and mention Redis, or one of some names of their family of languages.
    mutating func run(_ names: [String: NameFilter]?) {
        let results = Mutex<[Int: FileFlow]>([:])
        let others = Mutex<[Int]>([])
        let next = Atomic(0)
        let (files, left, trusted) = (files, left, trusted)
        let size = Atomic(0)
        let work = { @Sendable in
            while true {
                let first = next.wrappingAdd(Self.group, ordering: .relaxed).oldValue
                guard first < left.count, size.load(ordering: .relaxed) < SourceProject.maximumValues else { return }
                for number in left[first..<min(first + Self.group, left.count)] {
                    switch Self.look(at: files[number], names, trusted) {
                    case .flow(let flow):
                        size.wrappingAdd(flow.values.own.count, ordering: .relaxed)
                        results.withLock { $0[number] = flow }
                    case .passedOver: others.withLock { $0.append(number) }
                    case .nothing: continue
                    }
                }
            }
        }
        Workers.run(others: max(0, min(threads, left.count / Self.group + 1) - 1), work, own: work)
        read.merge(results.withLock { $0 }, uniquingKeysWith: { first, _ in first })
        self.left = others.withLock { $0 }.sorted()
        isFull = read.values.reduce(0) { $0 + $1.values.own.count } >= SourceProject.maximumValues
    }

    private static let group = 8

    private enum Outcome {
        case flow(FileFlow)
        /// It may matter later.
        case passedOver
        /// It is no source file, or cannot be read.
        case nothing
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
        } else if !ClientMention.isIn(window), trusted?.isIn(window) != true {
            return .passedOver
        }
        return .flow(FlowReading.flow(window, FileScope(path: name, dialect: dialect)))
    }
}

/// The names by which other files can come by clients, for each family of languages.
struct CarrierNames {
    private(set) var names: [String: NameFilter] = [:]

    init(_ solution: Solution, _ flows: [FileFlow]) {
        let leading = LeadingEntities(solution, flows)
        var byFamily: [String: Set<Identifier>] = [:]
        for flow in flows where byFamily[flow.scope.facts.family] == nil {
            byFamily[flow.scope.facts.family] = solution.unknownCallees
        }
        for flow in flows where !flow.sharedLibraries.isEmpty {
            for library in flow.sharedLibraries {
                byFamily[flow.scope.facts.family, default: []].formUnion(ClientIndex.shared.exports(of: library).keys)
            }
        }
        for flow in flows {
            for named in flow.named where leading.contains(named.entity) {
                byFamily[flow.scope.facts.family, default: []].insert(named.name)
            }
        }
        for (family, names) in byFamily { self.names[family] = NameFilter(names) }
    }
}

/// The entities that lead to a client: that are one, give one, or have one in a field.
private struct LeadingEntities {
    private let solution: Solution
    private var entities: [Bool]
    /// The classes with a field that leads to one.
    private var classes: Set<UInt64> = []

    init(_ solution: Solution, _ flows: [FileFlow]) {
        self.solution = solution
        entities = [Bool](repeating: false, count: solution.entitySets.count)
        for _ in 0..<8 where spread(flows) {}
    }

    func contains(_ key: UInt64) -> Bool { solution.entities[key].map { entities[Int($0)] } ?? false }

    /// True if more was found.
    private mutating func spread(_ flows: [FileFlow]) -> Bool {
        var isChanged = false
        for number in entities.indices where !entities[number] {
            guard leads(set: solution.entitySets[number]) else { continue }
            entities[number] = true
            isChanged = true
        }
        for flow in flows {
            for named in flow.named where named.owner != 0 && contains(named.entity) { classes.insert(named.owner) }
        }
        return isChanged
    }

    private func leads(set: Int32) -> Bool {
        solution.sets[Int(set)].contains { leads(solution.values.values[Int($0)], depth: 0) }
    }

    private func leads(_ value: FlowValue, depth: Int) -> Bool {
        switch value.kind {
        case .client, .clientClass, .clientFunction, .clientMember: true
        case .function: contains(EntityKey.of(.result, in: value.key))
        case .instance, .classObject: contains(EntityKey.of(.bases, in: value.key)) || classes.contains(value.key)
        case .elements, .tuple, .passing:
            depth < 4
                && solution.sets[Int(solution.valueSets[Int(value.a)])].contains {
                    leads(solution.values.values[Int($0)], depth: depth + 1)
                }
        default: false
        }
    }
}

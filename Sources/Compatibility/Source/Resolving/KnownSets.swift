/// Small sets of values that are known, each once and by number: what an expression may be.
struct KnownSets {
    private let base: Solution?
    private let first: Int32
    private(set) var own: [[ValueID]] = []
    private var numbers: [[ValueID]: Int32] = [:]

    /// The values that are of a client: in a large project they must not fall out for whatever else an expression may be.
    private(set) var ownOfClients: Set<ValueID> = []

    static let empty: Int32 = 0
    /// More values than this an expression is not taken to have, and as many of clients; those with the least numbers
    /// count.
    static let maximumCount = 12

    init(base: Solution? = nil) {
        self.base = base
        first = Int32(base?.sets.count ?? 0)
        if base == nil { _ = number(of: []) }
    }

    subscript(number: Int32) -> [ValueID] {
        if number < first, let base { return base.sets[Int(number)] }
        return own[Int(number - first)]
    }

    /// The number of a set in order.
    mutating func number(of set: [ValueID]) -> Int32 {
        if let base, let known = base.setNumbers[set] { return known }
        if let known = numbers[set] { return known }
        let number = first + Int32(own.count)
        own.append(set)
        numbers[set] = number
        return number
    }

    mutating func single(_ value: ValueID, isOfClient: Bool = false) -> Int32 {
        if isOfClient, !self.isOfClient(value) { ownOfClients.insert(value) }
        return number(of: [value])
    }

    private func isOfClient(_ value: ValueID) -> Bool {
        ownOfClients.contains(value) || base?.ofClients.contains(value) ?? false
    }

    mutating func union(_ a: Int32, _ b: Int32) -> Int32 {
        if a == b || b == Self.empty { return a }
        if a == Self.empty { return b }
        let (left, right) = (self[a], self[b])
        var merged = left
        for value in right where !left.contains(value) { merged.append(value) }
        guard merged.count > left.count else { return a }
        merged.sort()
        return number(of: merged.count > Self.maximumCount ? bounded(merged) : merged)
    }

    private func bounded(_ set: [ValueID]) -> [ValueID] {
        var (ofClients, others) = (0, 0)
        return set.filter { value in
            if isOfClient(value) {
                ofClients += 1
                return ofClients <= Self.maximumCount
            }
            others += 1
            return others <= Self.maximumCount
        }
    }

    var allNumbers: [[ValueID]: Int32] { numbers }
}

/// What all files of a project together say: what every value may be.
final class Solution: Sendable {
    let values: SolvedValues
    /// By value, the number of the set of what it may be.
    let valueSets: [Int32]
    let sets: [[ValueID]]
    let setNumbers: [[ValueID]: Int32]
    let ofClients: Set<ValueID>
    /// The numbers of entities by their keys, and the sets that they hold.
    let entities: [UInt64: Int32]
    let entitySets: [Int32]
    let names: ProjectNames
    /// The names of functions that are given a client, and that no file which was read has.
    let unknownCallees: Set<Identifier>
    /// The parameters that are sent as commands' names, with the types of the clients.
    let sentParameters: [UInt64: Int]
    let forwarding: Forwarding

    init(
        values: SolvedValues, valueSets: [Int32], sets: KnownSets, entities: [UInt64: Int32], entitySets: [Int32],
        names: ProjectNames, unknownCallees: Set<Identifier>, sentParameters: [UInt64: Int],
        forwarding: Forwarding
    ) {
        self.values = values
        self.valueSets = valueSets
        self.sets = sets.own
        setNumbers = sets.allNumbers
        ofClients = sets.ownOfClients
        self.entities = entities
        self.entitySets = entitySets
        self.names = names
        self.unknownCallees = unknownCallees
        self.sentParameters = sentParameters
        self.forwarding = forwarding
    }
}

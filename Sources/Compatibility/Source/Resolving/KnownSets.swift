/// Small sets of values that are known, each once and by number: what an expression may be.
struct KnownSets {
    private let base: Solution?
    private let first: Int32
    private(set) var own: [[ValueID]] = []
    private(set) var numbering = Numbering()
    /// The numbers of the sets of one value, by the value; -1 for none.
    private(set) var singles: [Int32] = []

    /// The values that are of a client: in a large project they must not fall out for whatever else an expression may be.
    private(set) var ownOfClients: Set<ValueID> = []

    static let empty: Int32 = 0
    /// More values than this an expression is not taken to have, and more of clients beside them.
    ///
    /// Those with the least numbers count. Twice as many take six times as long on a project of 3,000 files, and find
    /// nothing more.
    static let maximumCount = 6
    static let maximumCountOfClients = 3

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
        let hash = Self.hash(set)
        if let base, let known = base.setNumbering.number(hash: hash, where: { base.sets[Int($0)] == set }) {
            return known
        }
        if let known = numbering.number(hash: hash, where: { own[Int($0 - first)] == set }) { return known }
        let number = first + Int32(own.count)
        own.append(set)
        numbering.insert(number, hash: hash)
        return number
    }

    mutating func single(_ value: ValueID, isOfClient: Bool = false) -> Int32 {
        if isOfClient, !self.isOfClient(value) { ownOfClients.insert(value) }
        if Int(value) < singles.count, singles[Int(value)] >= 0 { return singles[Int(value)] }
        if let base, Int(value) < base.singles.count, base.singles[Int(value)] >= 0 { return base.singles[Int(value)] }
        let number = number(of: [value])
        guard base == nil else { return number }
        while singles.count <= Int(value) { singles.append(-1) }
        singles[Int(value)] = number
        return number
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
        return number(of: merged.count > Self.maximumCountOfClients ? bounded(merged) : merged)
    }

    private func bounded(_ set: [ValueID]) -> [ValueID] {
        var (ofClients, others) = (0, 0)
        return set.filter { value in
            if isOfClient(value) {
                ofClients += 1
                return ofClients <= Self.maximumCountOfClients
            }
            others += 1
            return others <= Self.maximumCount
        }
    }

    private static func hash(_ set: [ValueID]) -> UInt32 {
        var hash = UInt64(set.count)
        for value in set { hash = UInt64(Numbering.hash(hash, UInt64(UInt32(bitPattern: value)))) }
        return UInt32(truncatingIfNeeded: hash)
    }
}

/// What all files of a family of languages in a project say together: what every value may be.
final class Solution: Sendable {
    let values: SolvedValues
    /// By value, the number of the set of what it may be.
    let valueSets: [Int32]
    let sets: [[ValueID]]
    let setNumbering: Numbering
    let singles: [Int32]
    let ofClients: Set<ValueID>
    /// The numbers of entities by their keys, and the sets that they hold.
    let entities: EntityNumbers
    let entitySets: [Int32]
    let names: ProjectNames
    let sentParameters: SentParameters

    init(
        values: SolvedValues, valueSets: [Int32], sets: KnownSets, entities: EntityNumbers, entitySets: [Int32],
        names: ProjectNames, sentParameters: SentParameters
    ) {
        self.values = values
        self.valueSets = valueSets
        self.sets = sets.own
        setNumbering = sets.numbering
        singles = sets.singles
        ofClients = sets.ownOfClients
        self.entities = entities
        self.entitySets = entitySets
        self.names = names
        self.sentParameters = sentParameters
    }
}

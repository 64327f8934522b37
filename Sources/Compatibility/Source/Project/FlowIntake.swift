import SystemCalls

/// Gives what several threads have read of files to the files' families, in the files' order, as soon as it is their turn:
/// so hardly more than what the solver keeps is kept.
struct FlowIntake {
    typealias Flow = (number: Int, flow: FileFlow)

    private let files: [SourceProject.File]
    private(set) var families: [String: FamilyReading]
    /// The files that were read, by their paths.
    private(set) var scopes: [String: FileScope] = [:]
    /// How many values the files that were read have.
    private(set) var valueCount: Int
    /// Pieces of the work that others come before, by the places where they begin.
    private var waiting: [Int: (end: Int, flows: [Flow])] = [:]
    private var next = 0

    init(_ files: [SourceProject.File], _ families: [String: FamilyReading], valueCount: Int) {
        self.files = files
        self.families = families
        self.valueCount = valueCount
    }

    /// No more is kept.
    var isFull: Bool { valueCount >= SourceProject.maximumValues }

    /// Takes what a piece of the work gave; each piece must come once, an empty one too.
    mutating func take(_ flows: [Flow], of places: Range<Int>) {
        for (_, flow) in flows { valueCount += flow.values.own.count }
        waiting[places.lowerBound] = (places.upperBound, flows)
        while let piece = waiting.removeValue(forKey: next) {
            for (number, flow) in piece.flows { add(flow, at: number) }
            next = piece.end
        }
    }

    private mutating func add(_ flow: FileFlow, at number: Int) {
        scopes[files[number].file.text] = flow.scope
        let family = flow.scope.facts.family
        let reading = families[family] ?? FamilyReading()
        families[family] = reading
        reading.add(flow, at: number)
    }
}

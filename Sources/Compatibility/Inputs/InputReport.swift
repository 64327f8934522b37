/// What the reader of one input tells beside its findings.
struct InputReport {
    var summary: InputSummary
    private(set) var problems: [InputProblem] = []
    private var untold = 0

    /// How many problems of one input are told one by one.
    private static let maximumProblems = 10

    init(path: String, kind: InputKind) {
        summary = InputSummary(path: path, kind: kind)
    }

    mutating func add(_ problem: InputProblem) {
        if problems.count < Self.maximumProblems { problems.append(problem) } else { untold += 1 }
    }

    mutating func add(
        _ message: String, line: Int? = nil, byteOffset: Int? = nil, isFailure: Bool = true
    ) {
        let location = Location(path: summary.path, line: line, byteOffset: byteOffset)
        add(InputProblem(location: location, message: message, isFailure: isFailure))
    }

    /// Closes the list of problems.
    mutating func finish(_ stream: borrowing ByteStream) {
        summary.bytes += stream.offset
        summary.isCompressed = stream.isCompressed
        if let problem = stream.problem { problems.append(problem) }
        guard untold > 0 else { return }
        let location = Location(path: summary.path)
        problems.append(InputProblem(location: location, message: "\(untold) more places could not be read"))
    }
}

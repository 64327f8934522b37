import CommandCatalog
import TestSupport

/// Makes random requests from the catalog's grammar of each supported command: options in any order, letters in any case,
/// now and then an argument too many or too few.
struct RequestGenerator {
    var arguments: ArgumentGenerator
    private let commands: [(row: Command, root: Syntax.Node)]

    /// Sent in blocks, or not at all: QUIT ends the connection.
    private static let leftOut = ["MULTI", "EXEC", "DISCARD", "QUIT"]

    init(_ random: SeededGenerator) {
        arguments = ArgumentGenerator(random: random)
        commands = Catalog.supported.filter { !Self.leftOut.contains($0.name) }.map { ($0, $0.grammar.root) }
    }

    /// Some requests: one, or a whole block from MULTI to EXEC or DISCARD.
    mutating func next() -> [DataRequest] {
        guard arguments.random.isOne(in: 25) else { return [request()] }
        var block = [Self.plain("MULTI")]
        for _ in 0..<arguments.random.below(8) { block.append(request()) }
        return block + [Self.plain(arguments.random.isOne(in: 6) ? "DISCARD" : "EXEC")]
    }

    static func plain(_ command: String) -> DataRequest {
        DataRequest(command: command, arguments: [Array(command.utf8)], keys: [])
    }

    private mutating func request() -> DataRequest {
        let (row, root) = commands[arguments.random.below(commands.count)]
        var request = DataRequest(command: row.name, arguments: [name(of: row)], keys: [])
        append(root, of: row, to: &request)
        if row.name.contains("LEX") || (row.name == "ZADD" && arguments.random.isOne(in: 3)) {
            settleScores(of: &request)
        }
        if row.facts.keys.isCounted { settleCounts(of: &request) }
        if row.name.hasSuffix("SCAN") { settleScan(of: &request) }
        if arguments.random.isOne(in: 100) {
            if arguments.random.isOne(in: 2), request.arguments.count > 1 {
                request.arguments.removeLast()
            } else {
                request.arguments.append(arguments.element())
            }
        }
        return request
    }

    private mutating func name(of row: Command) -> [UInt8] {
        switch arguments.random.below(4) {
        case 0: Array(row.name.lowercased().utf8)
        case 1: row.name.utf8.map { arguments.random.isOne(in: 2) ? $0 | 0x20 : $0 }
        default: Array(row.name.utf8)
        }
    }

    private mutating func append(_ node: Syntax.Node, of row: Command, to request: inout DataRequest) {
        switch node {
        case .argument(let name):
            let bytes = node.isKey ? arguments.key(for: row.group) : arguments.argument(name, of: row)
            if node.isKey { request.keys.append(bytes) }
            request.arguments.append(bytes)
        case .token(let word):
            request.arguments.append(Array((arguments.random.isOne(in: 2) ? word : word.lowercased()).utf8))
        case .sequence(let parts): appendSequence(parts, of: row, to: &request)
        case .choice(let parts): append(arguments.random.one(of: parts), of: row, to: &request)
        case .optional(let part):
            if arguments.random.isOne(in: 2) { append(part, of: row, to: &request) }
        case .repeated(let part):
            for _ in 0...(arguments.random.isOne(in: 2) ? 0 : arguments.random.below(5)) {
                append(part, of: row, to: &request)
            }
        }
    }

    /// The parts one after another, those that may be left out in any order among themselves.
    private mutating func appendSequence(_ parts: [Syntax.Node], of row: Command, to request: inout DataRequest) {
        let isOptional = { (node: Syntax.Node) in if case .optional = node { true } else { false } }
        for part in parts where !isOptional(part) { append(part, of: row, to: &request) }
        for part in parts.filter(isOptional).shuffled(using: &arguments.random) { append(part, of: row, to: &request) }
    }

    /// Lets the request work on a key of equal scores; ZADD adds no others to it.
    private mutating func settleScores(of request: inout DataRequest) {
        request.keys = [arguments.lexKey()]
        request.arguments[1] = request.keys[0]
        guard request.command == "ZADD" else { return }
        for index in stride(from: 2, to: request.arguments.count, by: 2) {
            request.arguments[index] = [UInt8(ascii: "0")]
        }
    }

    /// Asks for all elements in one step: the cursors of two servers lead to different places.
    private mutating func settleScan(of request: inout DataRequest) {
        guard !request.words(from: 3).contains("COUNT") else { return }
        request.arguments += [Array("COUNT".utf8), Array("1000".utf8)]
    }

    /// Lets the number of keys, and mostly that of weights, be what was made.
    private mutating func settleCounts(of request: inout DataRequest) {
        guard !arguments.random.isOne(in: 20) else { return }
        let sources = request.keys.count - 1
        request.arguments[2] = Array(String(sources).utf8)
        let words = request.words(from: 0)
        guard let start = words.lastIndex(of: "WEIGHTS") else { return }
        let end = words[start...].firstIndex(of: "AGGREGATE") ?? words.count
        var weights: [[UInt8]] = []
        for _ in 0..<sources { weights.append(arguments.number()) }
        request.arguments.replaceSubrange((start + 1)..<end, with: weights)
    }
}

extension KeyLayout {
    fileprivate var isCounted: Bool { if case .counted = self { true } else { false } }
}

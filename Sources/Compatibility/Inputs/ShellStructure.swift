/// How the commands of a shell script belong together: blocks, functions, and what leads into which pipe.
struct ShellStructure {
    /// A function of the script.
    struct Function {
        let name: String
        /// Its commands.
        let body: Range<Int>
    }

    /// By command: the one before the pipe that it reads.
    private(set) var writers: [Int?]
    /// By command: where the outermost of the blocks begins that end with it.
    private(set) var starts: [Int?]
    /// By command: whether a block decides if, or how often, it runs.
    private(set) var isConditional: [Bool]
    /// By command: whether its output goes into a pipe.
    private(set) var isPiped: [Bool]
    /// By command: whether it is a function's name, behind which parentheses without anything between them stand.
    private(set) var isDefinition: [Bool]
    /// The functions by their names; the last of a name counts.
    private(set) var functions: [String: Function] = [:]

    init(_ commands: [ShellScript.SimpleCommand]) {
        writers = Array(repeating: nil, count: commands.count)
        starts = writers
        isConditional = Array(repeating: false, count: commands.count)
        isPiped = isConditional
        isDefinition = isConditional
        for index in commands.indices.dropLast(2) {
            isDefinition[index] =
                commands[index].parenthesis == nil && commands[index + 1].parenthesis == UInt8(ascii: "(")
                && commands[index + 2].parenthesis == UInt8(ascii: ")")
        }
        var levels: [Level] = []
        for (index, command) in commands.enumerated() {
            while levels.count <= command.level { levels.append(Level()) }
            if command.readsPipe, let before = levels[command.level].last {
                writers[index] = before
                isPiped[before] = true
            }
            for (start, name) in levels[command.level].read(command, index) {
                starts[index] = min(starts[index] ?? start, start)
                if let name { functions[name] = Function(name: name, body: start..<index + 1) }
            }
            isConditional[index] = levels[command.level].isConditional
        }
    }
}

/// What can be around commands.
private enum Block: Int {
    case braces, parentheses, condition, loop, choice
}

/// The open blocks of a script, or of a substitution.
private struct Level {
    private var open: [(block: Block, start: Int, function: String?)] = []
    private var counts = [0, 0, 0, 0, 0]
    /// The command before.
    private(set) var last: Int?
    /// A name that parentheses may make a function's.
    private var name: String?
    /// The function whose body is next.
    private var function: String?

    /// Reads the words of the grammar that a command begins with; returns the blocks that end, each with the function whose
    /// body it is.
    mutating func read(
        _ command: ShellScript.SimpleCommand, _ index: Int
    ) -> [(start: Int, function: String?)] {
        // A pipe leads through an opening parenthesis.
        defer { if command.parenthesis != UInt8(ascii: "(") { last = index } }
        if let parenthesis = command.parenthesis { return readParenthesis(parenthesis, index) }
        var ended: [(start: Int, function: String?)] = []
        var place = 0
        while place < command.words.count, !command.words[place].isUnknown {
            switch command.words[place].text {
            case "{": begin(.braces, index)
            case "if": begin(.condition, index)
            case "while", "until", "for", "select": begin(.loop, index)
            case "case": begin(.choice, index)
            case "function" where place + 1 < command.words.count:
                place += 1
                function = command.words[place].text
                name = function
            case "then", "else", "elif", "do", "!", "time", "coproc": break
            case "}": ended += end(.braces)
            case "done": ended += end(.loop)
            case "fi": ended += end(.condition)
            case "esac": ended += end(.choice)
            default: place = command.words.count
            }
            place += 1
        }
        name = command.words.last.flatMap { $0.isUnknown ? nil : $0.text }
        return ended
    }

    private mutating func readParenthesis(_ byte: UInt8, _ index: Int) -> [(start: Int, function: String?)] {
        if byte == UInt8(ascii: "(") {
            let body = function
            begin(.parentheses, index)
            // `name()`: the body follows.
            if body == nil, let name { open[open.count - 1].function = "()" + name }
            return []
        }
        guard counts[Block.parentheses.rawValue] > 0, open.last?.block != .choice else { return [] }
        let ended = end(.parentheses)
        if let last = ended.last, let marked = last.function, marked.hasPrefix("()") {
            function = last.start == index - 1 ? String(marked.dropFirst(2)) : nil
            return []
        }
        // `function name ()` has had its name.
        if let last = ended.last, last.start == index - 1, let named = last.function {
            function = named
            return []
        }
        return ended
    }

    private mutating func begin(_ block: Block, _ index: Int) {
        open.append((block, index, function))
        function = nil
        counts[block.rawValue] += 1
    }

    /// Ends the innermost block of a kind, and those in it that have no end.
    private mutating func end(_ block: Block) -> [(start: Int, function: String?)] {
        guard counts[block.rawValue] > 0 else { return [] }
        while let last = open.popLast() {
            counts[last.block.rawValue] -= 1
            if last.block == block { return [(last.start, last.function)] }
        }
        return []
    }

    /// Whether a block around decides.
    var isConditional: Bool {
        counts[Block.condition.rawValue] + counts[Block.loop.rawValue] + counts[Block.choice.rawValue] > 0
    }
}

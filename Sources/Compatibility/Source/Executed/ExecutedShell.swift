/// The command lines that a program runs: `os.system("redis-cli flushall")`, `spawn("redis-cli", ["info"])`.
///
/// They come as a shell script as long as the file in which everything else is blank, so that a place in the script is the
/// place in the file. What only the running program knows is a variable in it.
struct ExecutedShell: Sendable {
    /// The script.
    let script: [UInt8]
    /// How sure it is that the program runs it.
    let confidence: SentCommand.Confidence

    /// The scripts of a file, those that are certain first; none where no call names a client program.
    ///
    /// - Parameter known: places of commands of such calls that are found already.
    static func scripts(of tree: SyntaxTree, besides known: [Range<Int>]) -> [ExecutedShell] {
        let (text, parts) = (tree.text, RedisClientCall.nameParts)
        guard parts.contains(where: { text.find($0, from: 0, end: text.count) != nil }) else { return [] }
        var reader = CommandLineReader(tree)
        reader.run()
        return [SentCommand.Confidence.high, .low].compactMap { confidence in
            let lines = reader.lines.filter { line in
                line.confidence == confidence && !known.contains { $0.overlaps(line.extent) }
            }
            guard !lines.isEmpty else { return nil }
            var script = tree.text.slice(0, tree.text.count).map {
                $0 == SourceByte.lineFeed ? $0 : SourceByte.space
            }
            for line in lines { line.write(to: &script) }
            return ExecutedShell(script: script, confidence: confidence)
        }
    }
}

/// One command line at its places in the file.
private struct LaidLine {
    /// Bytes of the script, and where they go.
    private(set) var parts: [(start: Int, bytes: [UInt8])] = []
    /// The bytes of the file that it is written in.
    var extent: Range<Int>
    var confidence = SentCommand.Confidence.high
    /// The variables among its parts that hold a client program.
    var hasProgram = false

    init(extent: Range<Int>) { self.extent = extent }

    mutating func add(_ bytes: [UInt8], at start: Int) { parts.append((start, bytes)) }

    /// What is written, part by part.
    var mentionsProgram: Bool {
        hasProgram
            || parts.contains { part in
                let text = String(decoding: part.bytes, as: UTF8.self)
                return RedisClientCall.programs.contains { text.contains($0) }
            }
    }

    /// The line goes on over the ends of the file's lines, and ends where its call does.
    func write(to script: inout [UInt8]) {
        var covered: Set<Int> = []
        for (start, bytes) in parts {
            for (index, byte) in bytes.enumerated() where start + index >= 0 && start + index < script.count {
                covered.insert(start + index)
                if script[start + index] != SourceByte.lineFeed || byte == SourceByte.lineFeed {
                    script[start + index] = byte
                }
            }
        }
        for index in extent.dropFirst() where index < script.count && script[index] == SourceByte.lineFeed {
            let isInside = covered.contains(index)
            if !isInside, !covered.contains(index - 1) { script[index - 1] = SourceByte.backslash }
        }
        let end = extent.upperBound - 1
        if script.indices.contains(end), script[end] == SourceByte.space, !covered.contains(end) {
            script[end] = SourceByte.semicolon
        }
    }
}

/// Finds the calls that run client programs, and lays out what they run.
private struct CommandLineReader {
    private let tree: SyntaxTree
    private(set) var lines: [LaidLine] = []
    /// The values that variables are given, by their names and in the file's order.
    private var bindings: [Identifier: [NodeID]] = [:]
    /// The nodes that are laid out already: each runs once, however many calls name it.
    private var laid: Set<NodeID> = []
    private var depth = 0

    private static let maximumDepth = 12
    private static let maximumLines = 10_000

    init(_ tree: SyntaxTree) {
        self.tree = tree
        for (number, node) in tree.nodes.enumerated() where node.kind == .bind {
            let id = NodeID(index: Int32(number))
            let children = Array(tree.children(of: id))
            guard let target = children.first, let value = children.dropFirst().last,
                tree[target].kind == .name || tree[target].kind == .member
            else { continue }
            bindings[tree[target].name, default: []].append(value)
        }
    }

    mutating func run() {
        // What is certain is laid out first, so that a guess does not take it.
        for certainty in [SentCommand.Confidence.high, .low] {
            for (number, node) in tree.nodes.enumerated() where node.kind == .call || node.kind == .new {
                let call = NodeID(index: Int32(number))
                guard ProgramRunners.confidence(call, in: tree) == certainty, lines.count < Self.maximumLines else {
                    continue
                }
                read(call, certainty)
            }
        }
    }

    private mutating func read(_ call: NodeID, _ confidence: SentCommand.Confidence) {
        let arguments = tree.children(of: call).dropFirst().filter { isPositional($0) }
        guard let first = arguments.firstIndex(where: { isText($0) }) else { return }
        let words = Array(arguments[first...])
        guard let command = words.first else { return }
        // A single word and others behind it are the words of a call, as of `spawn("redis-cli", ["info"])`.
        if words.count > 1, isSingleWord(command) {
            var line = LaidLine(extent: extent(of: tree[command], upTo: tree[call]))
            for word in words { layWord(word, &line) }
            finish(line, confidence)
            return
        }
        guard let written = resolved(command), laid.insert(written).inserted else { return }
        var line = LaidLine(extent: extent(of: tree[written], upTo: tree[written]))
        layLine(written, &line)
        if !finish(line, confidence) { laid.remove(written) }
    }

    @discardableResult private mutating func finish(
        _ line: LaidLine, _ confidence: SentCommand.Confidence
    ) -> Bool {
        guard line.mentionsProgram else { return false }
        let isKnown = lines.contains { $0.extent.overlaps(line.extent) }
        guard !isKnown else { return true }
        var line = line
        line.confidence = confidence
        lines.append(line)
        return true
    }

    /// With the quotes around a string.
    private func extent(of first: SyntaxNode, upTo last: SyntaxNode) -> Range<Int> {
        let isString = last.kind == .literal || last.kind == .interpolation
        return max(0, Int(first.start) - 1)..<max(Int(first.start), Int(last.end) + (isString ? 1 : 0))
    }

    // MARK: What arguments are

    private func isPositional(_ id: NodeID) -> Bool {
        let node = tree[id]
        switch node.kind {
        case .function, .classDeclaration: return false
        case .argument: return node.nameEnd <= node.nameStart
        case .collection: return !node.flags.contains(.map)
        default: return true
        }
    }

    /// The value is text or a list of words, as far as the file shows.
    private func isText(_ id: NodeID) -> Bool { resolved(id) != nil }

    private func isSingleWord(_ id: NodeID) -> Bool {
        let node = tree[id]
        return node.kind == .literal && !tree.bytes(of: node).contains(SourceByte.space)
    }

    /// Where a value is written: that of a variable, where it was given a value the last time before.
    private func resolved(_ id: NodeID, depth: Int = 0) -> NodeID? {
        let node = tree[id]
        guard depth < Self.maximumDepth else { return nil }
        switch node.kind {
        case .literal: return node.flags.contains(.string) ? id : nil
        case .interpolation, .concatenation: return id
        case .collection: return node.flags.contains(.map) ? nil : id
        case .opaque, .argument, .cast:
            return tree.children(of: id).contains { resolved($0, depth: depth + 1) != nil } ? id : nil
        case .name, .member:
            let values = bindings[node.name] ?? []
            let before = values.last { tree[$0].start < node.start } ?? values.first
            return before.flatMap { resolved($0, depth: depth + 1) }
        case .call: return reworded(id).flatMap { resolved($0, depth: depth + 1) == nil ? nil : id }
        default: return nil
        }
    }

    /// The string of `"…".format(x)`, `shlex.split("…")`.
    private func reworded(_ call: NodeID) -> NodeID? {
        guard let callee = tree.child(0, of: call), ProgramRunners.rewording.contains(tree[callee].name) else {
            return nil
        }
        if tree[callee].kind == .member, let object = tree.child(0, of: callee),
            [.literal, .interpolation, .concatenation, .collection, .opaque, .call].contains(tree[object].kind)
        {
            // `" ".join(words)`.
            let isJoined = tree[object].kind == .literal && tree[object].end - tree[object].start <= 1
            return isJoined ? tree.child(1, of: call) : object
        }
        return tree.child(1, of: call) ?? tree.child(0, of: callee)
    }

    // MARK: Laying out

    /// Text that a shell takes apart.
    private mutating func layLine(_ id: NodeID, _ line: inout LaidLine) {
        guard depth < Self.maximumDepth else { return }
        depth += 1
        defer { depth -= 1 }
        let node = tree[id]
        switch node.kind {
        case .literal where node.flags.contains(.string): line.add(shellText(node), at: Int(node.start))
        case .interpolation: layParts(of: id, &line)
        case .concatenation: for child in tree.children(of: id) { layLine(child, &line) }
        case .collection: for child in tree.children(of: id) { layWord(child, &line) }
        case .opaque, .argument, .cast:
            let shown = tree.children(of: id).first { resolved($0) != nil }
            if let shown { layLine(shown, &line) } else { layUnknown(id, &line) }
        case .call:
            if let text = reworded(id), resolved(text) != nil { layLine(text, &line) } else { layUnknown(id, &line) }
        default: layUnknown(id, &line)
        }
    }

    /// One word, or a list of them.
    private mutating func layWord(_ id: NodeID, _ line: inout LaidLine) {
        guard depth < Self.maximumDepth else { return }
        depth += 1
        defer { depth -= 1 }
        let node = tree[id]
        let isOpen = node.kind == .argument && node.flags.contains(.spread)
        switch node.kind {
        case .literal where node.flags.contains(.string):
            let quote =
                tree.bytes(of: node).contains(SourceByte.singleQuote) ? SourceByte.doubleQuote : SourceByte.singleQuote
            line.add([quote], at: Int(node.start) - 1)
            line.add(Array(tree.bytes(of: node)), at: Int(node.start))
            line.add([quote], at: Int(node.end))
        case .interpolation:
            line.add([SourceByte.doubleQuote], at: Int(node.start) - 1)
            layParts(of: id, &line)
            line.add([SourceByte.doubleQuote], at: Int(node.end))
        case .collection where !node.flags.contains(.map):
            for child in tree.children(of: id) { layWord(child, &line) }
        case .argument where !isOpen: tree.child(0, of: id).map { layWord($0, &line) }
        case .collection, .function: return
        default: layUnknown(id, &line, isOpen: isOpen)
        }
    }

    /// A string with code in it: the code is a variable.
    private mutating func layParts(of id: NodeID, _ line: inout LaidLine) {
        let node = tree[id]
        var index = Int(node.start)
        var holes = Array(tree.children(of: id)).filter { tree[$0].kind != .literal }[...]
        for child in tree.children(of: id) where tree[child].kind == .literal {
            let start = max(index, Int(tree[child].start))
            layHole(index..<start, holes.popFirst(), isFirst: index == Int(node.start), &line)
            line.add(shellText(tree[child]), at: start)
            index = max(start, Int(tree[child].end))
        }
        layHole(index..<max(index, Int(node.end)), holes.popFirst(), isFirst: index == Int(node.start), &line)
    }

    /// What the running program puts in.
    ///
    /// A variable that begins the line may hold the client program.
    private mutating func layHole(_ range: Range<Int>, _ value: NodeID?, isFirst: Bool, _ line: inout LaidLine) {
        guard !range.isEmpty else { return }
        if isFirst, let value, holdsProgram(value) {
            line.hasProgram = true
            return layProgram(range, &line)
        }
        line.add(Self.variable(range.count), at: range.lowerBound)
    }

    private mutating func layUnknown(_ id: NodeID, _ line: inout LaidLine, isOpen: Bool = false) {
        let node = tree[id]
        let range = Int(node.start)..<max(Int(node.end), Int(node.start))
        if line.parts.isEmpty, holdsProgram(id) {
            line.hasProgram = true
            return layProgram(range, &line)
        }
        guard range.count >= 2 else { return line.add(Self.variable(2), at: range.lowerBound) }
        guard !isOpen, range.count >= 4 else { return line.add(Self.variable(range.count), at: range.lowerBound) }
        line.add([SourceByte.doubleQuote], at: range.lowerBound)
        line.add(Self.variable(range.count - 2), at: range.lowerBound + 1)
        line.add([SourceByte.doubleQuote], at: range.upperBound - 1)
    }

    /// The variable is given a client program with options alone: `CLI = "redis-cli -h cache"`.
    private func holdsProgram(_ id: NodeID) -> Bool {
        guard tree[id].kind == .name || tree[id].kind == .member, let value = resolved(id),
            tree[value].kind != .collection
        else { return false }
        let text = String(decoding: tree.bytes(of: tree[value]), as: UTF8.self)
        let words = ShellScript.commands(of: Array(text.utf8)).first?.words ?? []
        guard let program = words.first, RedisClientCall.programs.contains(ShellProgram.name(program)) else {
            return false
        }
        let call = RedisClientCall(words.dropFirst(), inputFollows: false)
        return call.sent.allSatisfy { $0.words.first?.text.uppercased() == "SELECT" }
    }

    /// The shortest call of a client, if there is room for it.
    private func layProgram(_ range: Range<Int>, _ line: inout LaidLine) {
        let name = Array("rdcli".utf8)
        // A sign before it, as a quote or a brace, is free.
        let start = range.count >= name.count ? range.lowerBound : range.upperBound - name.count
        line.add(name, at: start)
        let rest = max(0, range.upperBound - start - name.count)
        line.add(Array(repeating: SourceByte.space, count: rest), at: start + name.count)
    }

    /// `$___` of a length.
    private static func variable(_ length: Int) -> [UInt8] {
        guard length > 1 else { return [SourceByte.underscore] }
        return [SourceByte.dollar] + Array(repeating: SourceByte.underscore, count: length - 1)
    }

    /// A string's bytes as a shell gets them, each at its place: escapes and formats are blank or variables.
    private func shellText(_ node: SyntaxNode) -> [UInt8] {
        var bytes = Array(tree.bytes(of: node))
        var index = 0
        while index < bytes.count {
            let next = index + 1 < bytes.count ? bytes[index + 1] : 0
            switch (bytes[index], next) {
            case (SourceByte.backslash, 0x6E):
                (bytes[index], bytes[index + 1]) = (SourceByte.space, SourceByte.semicolon)
            case (SourceByte.backslash, SourceByte.lineFeed): break
            case (SourceByte.backslash, _) where !node.flags.contains(.raw): bytes[index] = SourceByte.space
            case (SourceByte.percent, 0x73), (SourceByte.percent, 0x64), (SourceByte.openBrace, SourceByte.closeBrace):
                (bytes[index], bytes[index + 1]) = (SourceByte.dollar, SourceByte.underscore)
            default: break
            }
            index += next == SourceByte.lineFeed ? 1 : bytes[index] == SourceByte.dollar ? 2 : 1
        }
        return bytes
    }
}

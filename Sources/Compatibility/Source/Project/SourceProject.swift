import SystemCalls

/// The source files of a project that matter to Redis, and what is known of them together.
///
/// Each file that mentions Redis is read for what it declares; then those that use a name by which clients can be come by.
/// Afterwards each of them can be read for the commands that it sends.
final class SourceProject: Sendable {
    /// What the files of each family of languages together say.
    private let solutions: [String: Solution]
    /// The files that matter, by their paths as they were given.
    private let scopes: [String: FileScope]
    /// What was left out because the project is too large; nil if nothing was.
    let limitation: String?
    /// What sends only where others bring it may do so here: something that is no source says so.
    private let mayLend: Bool

    private init(
        solutions: [String: Solution], scopes: [String: FileScope], limitation: String?, mayLend: Bool = true
    ) {
        self.mayLend = mayLend
        self.solutions = solutions
        self.scopes = scopes
        self.limitation = limitation
    }

    /// More than so many values of all files together are not kept.
    static let maximumValues = 3_000_000
    /// A longer file is not read: a program has made it, and what is known of a file is many times as large.
    static let maximumFileBytes = 8 << 20
    /// How often files are looked through for names that were found in others.
    static let maximumRounds = 3

    /// A source file of a project.
    struct File: Sendable {
        /// The path by which it is opened, from the root of the system.
        let file: FilePath
        /// The path below the project's folder.
        let name: String
    }

    /// Reads the files of a project.
    ///
    /// - Parameters:
    ///   - files: in order.
    ///   - names: variables of these names are clients.
    ///   - threads: how many read.
    ///   - namesRedis: the builds or settings of the project speak of Redis.
    static func read(
        _ files: [File], _ names: ReceiverNames, threads: Int, namesRedis: Bool = false
    ) -> SourceProject {
        // A single file may be part of a program that says elsewhere that it uses Redis.
        let mayLend = namesRedis || files.count == 1
        var reading = ProjectReading(files, trusted: names.filter(mayLend: mayLend), threads: threads)
        return SourceProject(
            solutions: reading.run(), scopes: reading.scopes,
            limitation: reading.isFull
                ? "the project has more code around Redis than is kept in memory: some calls across files may be missed"
                : nil, mayLend: mayLend)
    }

    /// A project of one file, whose bytes are given.
    static func read(_ bytes: UnsafeRawBufferPointer, name: String, dialect: Int) -> SourceProject {
        let scope = FileScope(path: name, dialect: dialect)
        let flow = FlowReading.flow(bytes, scope)
        var solver = Solver()
        solver.add(flow, at: 0)
        return SourceProject(
            solutions: [scope.facts.family: solver.solution()], scopes: [name: scope], limitation: nil)
    }

    /// Whether a file can send commands at all.
    func matters(_ path: String) -> Bool { scopes[path] != nil }

    /// The commands that a file of the project sends; none for one that does not matter.
    ///
    /// - Parameter receiverNames: variables of these names are taken for clients where nothing else is known of them.
    func scan(_ bytes: UnsafeRawBufferPointer, path: String, _ receiverNames: ReceiverNames) -> SourceScan {
        guard let scope = scopes[path], let solution = solutions[scope.facts.family], bytes.count < Int32.max else {
            return SourceScan()
        }
        return FlowReading.scan(bytes, scope, solution, receiverNames, mayLend: mayLend)
    }
}

/// Reads one file.
enum FlowReading {
    /// What a file says of where values come from and go to.
    static func flow(_ bytes: UnsafeRawBufferPointer, _ scope: FileScope) -> FileFlow {
        var walker = FlowWalker(tree(bytes, scope), scope: scope, index: .shared)
        walker.run()
        walker.flow.finish()
        return walker.flow
    }

    static func tree(_ bytes: UnsafeRawBufferPointer, _ scope: FileScope) -> SyntaxTree {
        let text = SourceText(bytes)
        var builder = SyntaxBuilder(capacity: bytes.count / 8)
        DialectList.all[scope.dialect].read(text, into: &builder)
        return builder.tree(text)
    }

    /// The commands that a file sends.
    static func scan(
        _ bytes: UnsafeRawBufferPointer, _ scope: FileScope, _ solution: Solution, _ receiverNames: ReceiverNames,
        mayLend: Bool
    ) -> SourceScan {
        var walker = FlowWalker(tree(bytes, scope), scope: scope, index: .shared, solved: solution.values)
        walker.calls = CallReader(index: .shared, solution: solution, receiverNames, mayLend: mayLend)
        walker.run()
        walker.settleGuesses()
        guard let calls = walker.calls else { return SourceScan() }
        var scan = ScanResult(walker, calls).scan
        scan.executed = ExecutedShell.scripts(
            of: walker.tree,
            besides: scan.commands.filter { $0.library == .redisCLI }.map(\.place.bytes))
        return scan
    }
}

/// Puts what was found in a file in order and gives all places lines and columns.
struct ScanResult {
    private(set) var scan = SourceScan()
    private var commands: [SentCommand]
    private var undecided: [UndecidedName]

    init(_ walker: FlowWalker, _ calls: CallReader) {
        commands = calls.commands
        undecided = calls.undecided
        let index = ClientIndex.shared
        var uses: [(library: Int, place: Range<Int>)] = []
        let imports = walker.flow.libraries.map { (library: $0.library, place: Int($0.start)..<Int($0.end)) }
        let libraries = index.table.libraries
        for use in imports + calls.libraries {
            // Several modules of one library have tables of their own.
            let isKnown = uses.contains { libraries[$0.library].library == libraries[use.library].library }
            if !isKnown { uses.append(use) }
        }
        uses.sort { $0.place.lowerBound < $1.place.lowerBound }
        let known = index.libraries(of: walker.facts.name)
        // In a script, another is no more than text.
        let isScript = known.contains { index.table.libraries[$0].isScript }
        let speaking = uses.first?.library ?? (isScript ? nil : known.first)
        if let speaking { addStrings(walker.tree, index.table.libraries[speaking].library) }
        if !isScript { commands += ProgramCalls(walker.tree, path: walker.flow.scope.path).commands }
        let unread = walker.tree.unread.map { Int($0)..<Int($0) + 1 }
        guard !commands.isEmpty || !undecided.isEmpty || !uses.isEmpty || unread != nil else { return }
        let text = walker.tree.text
        var lines = LineIndex(text)
        scan.unread = unread.map { lines.place($0, in: text) }
        scan.libraries = uses.map {
            LibraryUse(library: index.table.libraries[$0.library].library, place: lines.place($0.place, in: text))
        }
        for command in Self.sorted(commands, by: \.place) {
            var command = command
            command.place = lines.place(command.place.bytes, in: text)
            scan.commands.append(command)
        }
        for name in Self.sorted(undecided, by: \.place) {
            var name = name
            name.place = lines.place(name.place.bytes, in: text)
            scan.undecided.append(name)
        }
    }

    private static func sorted<Element>(_ all: [Element], by place: KeyPath<Element, SourcePlace>) -> [Element] {
        all.indices.sorted {
            (all[$0][keyPath: place].bytes.lowerBound, $0) < (all[$1][keyPath: place].bytes.lowerBound, $1)
        }.map { all[$0] }
    }

    /// Database numbers in URLs, and scripts, in the file's strings.
    private mutating func addStrings(_ tree: SyntaxTree, _ library: ClientLibrary) {
        let joined = addJoinedScripts(tree)
        for (number, node) in tree.nodes.enumerated() where node.end - node.start >= 11 {
            guard node.kind == .literal && node.flags.contains(.string) || node.kind == .interpolation else { continue }
            let content = tree.bytes(of: node)
            if let number = DatabaseURL.database(content) ?? DatabaseURL.defaultDatabase(content) {
                commands.append(.database(number, at: Int(node.start)..<Int(node.end), library))
            } else if LuaText.isScript(content), !joined.contains(number) {
                var script = LuaText.commands(of: node, in: tree.text, undecided: &undecided)
                // Nobody knows what is put in.
                if node.kind == .interpolation { for index in script.indices { script[index].isOpenEnded = true } }
                commands += script
            }
        }
    }

    /// Scripts that a program puts together: `'redis.call("keys", "' + prefix + ':*")'`.
    ///
    /// - Returns: the numbers of the nodes that are parts of them.
    private mutating func addJoinedScripts(_ tree: SyntaxTree) -> Set<Int> {
        var parts: Set<Int> = []
        for (number, node) in tree.nodes.enumerated() where node.kind == .interpolation {
            guard LuaText.isScript(tree.bytes(of: node)) else { continue }
            parts.formUnion(tree.children(of: NodeID(index: Int32(number))).map { Int($0.index) })
        }
        for (number, node) in tree.nodes.enumerated() where node.kind == .concatenation && !parts.contains(number) {
            let children = Array(tree.children(of: NodeID(index: Int32(number))))
            guard children.contains(where: { LuaText.isScript(tree.bytes(of: tree[$0])) }) else { continue }
            parts.formUnion(children.map { Int($0.index) })
            commands += LuaText.commands(ofParts: children, of: tree, undecided: &undecided)
        }
        return parts
    }
}

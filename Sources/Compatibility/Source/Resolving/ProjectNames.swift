/// What the names of modules, and names that no variable in sight has, mean in a project.
struct ProjectNames: Sendable {
    /// The files by the scopes of their own names.
    private(set) var files: [UInt64: File] = [:]
    /// The files and folders below a folder, by their names without endings.
    private var children: [UInt64: UInt64] = [:]
    /// The folders whose files declare a class or function of a name.
    private var declaring: [UInt64: [Folder]] = [:]
    /// In how many files of a family of languages a name is the receiver of a method that tells a client of Redis.
    private var tellingReceivers: [UInt64: [Identifier: Int]] = [:]
    /// In how many files such a receiver is what others give.
    private var givenReceivers: [UInt64: [Identifier: Int]] = [:]
    /// The libraries that files of a family of languages import, in the order of their use.
    private var libraries: [UInt64: [Int]] = [:]
    private var finder = ModuleFinder()
    /// What folders are called by those who import them, where their files say so.
    private var packages: [UInt64: Identifier] = [:]
    /// The libraries that one file imports for all of its project.
    private var sharedLibraries: [UInt64: [Int]] = [:]

    struct File: Sendable {
        let scope: FileScope
        /// By the number of an import of the file, the scopes it may mean.
        var modules: [[UInt64]] = []
        var wildcards: [UInt64] = []
        var libraryWildcards: [Int] = []
    }

    private struct Folder: Sendable {
        let path: [UInt8]
        let scope: UInt64
    }

    /// - Parameter flows: of all files that matter, in their order.
    init(_ flows: [FileFlow]) {
        for flow in flows { add(flow) }
        for flow in flows { resolve(flow) }
    }

    private mutating func add(_ flow: FileFlow) {
        let scope = flow.scope
        for name in flow.tellingReceivers {
            tellingReceivers[scope.project, default: [:]][name, default: 0] += 1
            if flow.givenNames.contains(name) { givenReceivers[scope.project, default: [:]][name, default: 0] += 1 }
        }
        for (library, _, _) in flow.libraries where libraries[scope.project]?.contains(library) != true {
            libraries[scope.project, default: []].append(library)
        }
        finder.add(scope)
        if flow.package != .none { packages[scope.folder] = flow.package }
        for library in flow.sharedLibraries where !sharedLibraries[scope.project, default: []].contains(library) {
            sharedLibraries[scope.project, default: []].append(library)
        }
        let (folder, stem) = ModuleFinder.parts(of: scope.path)
        let name = Identifier(stem)
        children[EntityKey.of(.classDeclaration, in: FileScope.scope(ofFolder: folder, in: scope.project), name)] =
            scope.file
        if scope.facts.indexNames.contains(stem) {
            children[EntityKey.of(.classDeclaration, in: scope.folder, .none)] = scope.file
            let (outer, own) = ModuleFinder.parts(of: folder)
            children[
                EntityKey.of(
                    .classDeclaration, in: FileScope.scope(ofFolder: outer, in: scope.project), Identifier(own))] =
                scope.file
        }
        guard scope.facts.sharing == .package else { return }
        for name in flow.declared {
            let key = EntityKey.of(.classDeclaration, in: scope.project, name)
            if declaring[key, default: []].last?.scope != scope.folder, declaring[key, default: []].count < 64 {
                declaring[key, default: []].append(Folder(path: Array(folder.utf8), scope: scope.folder))
            }
        }
    }

    private mutating func resolve(_ flow: FileFlow) {
        var file = File(scope: flow.scope)
        file.libraryWildcards = flow.libraryWildcards + (sharedLibraries[flow.scope.project] ?? [])
        file.modules = flow.modules.map { finder.scopes(of: $0, from: flow.scope) }
        file.wildcards = flow.wildcards.flatMap { file.modules[Int($0)] }
        files[flow.scope.file] = file
    }

    /// The folder that a file imports and that calls itself by a name, whatever its own is.
    func package(named name: Identifier, of file: File) -> UInt64? {
        guard !packages.isEmpty else { return nil }
        return file.modules.lazy.joined().first { packages[$0] == name }
    }

    /// Whether several files call commands of Redis on a name.
    func isClient(named receiver: Identifier, in scope: FileScope) -> Bool {
        tellingReceivers[scope.project]?[receiver].map { $0 > 1 } ?? false
    }

    /// The names on which several files call commands of Redis, without capitals and underscores.
    var clientNames: Set<Identifier> {
        Set(tellingReceivers.values.joined().filter { $0.value > 1 }.map(\.key))
    }

    /// Whether several files call commands of Redis on what they are given under a name.
    func isClient(given name: Identifier, in scope: FileScope) -> Bool {
        givenReceivers[scope.project]?[name].map { $0 > 1 } ?? false
    }

    /// The libraries that the files of a file's family of languages import.
    func libraries(of scope: FileScope) -> [Int] { libraries[scope.project] ?? [] }

    /// What the files of a folder that is named with a module are, one of them by name.
    func child(of scope: UInt64, _ name: Identifier) -> UInt64? {
        if let file = files[scope] {
            guard file.scope.facts.indexNames.contains(ModuleFinder.parts(of: file.scope.path).stem) else { return nil }
            return children[EntityKey.of(.classDeclaration, in: file.scope.folder, name)]
        }
        return children[EntityKey.of(.classDeclaration, in: scope, name)]
    }

    /// The folder next to a file in which a class or function is declared.
    func nearestFolder(declaring name: Identifier, to scope: FileScope) -> UInt64? {
        guard let folders = declaring[EntityKey.of(.classDeclaration, in: scope.project, name)] else { return nil }
        guard folders.count > 1 else { return folders.first?.scope }
        let path = Array(scope.path.utf8)
        return folders.max { ModuleFinder.common($0.path, path) < ModuleFinder.common($1.path, path) }?.scope
    }
}

/// Finds the files and folders that modules' names mean.
struct ModuleFinder: Sendable {
    /// The files and folders by their last names in small letters.
    private var byName: [String: [Candidate]] = [:]
    private var known: Set<UInt64> = []

    private struct Candidate: Sendable {
        /// The parts of the path in small letters, without the ending.
        let parts: [Substring]
        let path: [UInt8]
        let scope: UInt64
        let project: UInt64
    }

    /// The folder of a path, and its last name without the ending.
    static func parts(of path: String) -> (folder: String, stem: String) {
        let slash = path.lastIndex(of: "/")
        let folder = slash.map { String(path[..<$0]) } ?? ""
        let name = slash.map { path[path.index(after: $0)...] } ?? path[...]
        return (folder, String(name.lastIndex(of: ".").map { name[..<$0] } ?? name))
    }

    /// How many bytes two paths begin with in common.
    static func common(_ a: [UInt8], _ b: [UInt8]) -> Int {
        let count = min(a.count, b.count)
        return (0..<count).first { a[$0] != b[$0] } ?? count
    }

    mutating func add(_ scope: FileScope) {
        let (folder, stem) = Self.parts(of: scope.path)
        switch scope.facts.sharing {
        case .file:
            add(folder.isEmpty ? stem : folder + "/" + stem, scope.file, scope)
            if scope.facts.indexNames.contains(stem) {
                add(folder, scope.file, scope)
            } else if !scope.facts.indexNames.isEmpty, known.insert(scope.folder).inserted {
                add(folder, scope.folder, scope)
            }
        case .folder, .package:
            if known.insert(scope.folder).inserted { add(folder, scope.folder, scope) }
        case .project: break
        }
    }

    private mutating func add(_ path: String, _ target: UInt64, _ scope: FileScope) {
        let parts = path.lowercased().split(separator: "/")
        guard let last = parts.last else { return }
        byName[String(last), default: []].append(
            Candidate(parts: parts, path: Array(path.utf8), scope: target, project: scope.project))
    }

    /// The scopes that a module's name may mean in a file.
    func scopes(of module: String, from scope: FileScope) -> [UInt64] {
        guard scope.facts.sharing != .project else { return [scope.project] }
        guard module.utf8.count < 300 else { return [] }
        let folder = Self.parts(of: scope.path).folder.lowercased().split(separator: "/")
        let name = module.lowercased()
        if name.hasPrefix(".") {
            let parts = Self.relative(name, to: folder, scope.facts.separator)
            return best(parts, scope, isWhole: true)
        }
        let separator = Character(Unicode.Scalar(scope.facts.separator))
        return best(name.split(separator: separator), scope, isWhole: false)
    }

    /// `./db`, `../lib/db.js`, `.db`, `..lib.db`: the path from the project's root.
    private static func relative(_ name: String, to folder: [Substring], _ separator: UInt8) -> [Substring] {
        var parts = folder
        if separator == SourceByte.dot {
            let dots = name.prefix { $0 == "." }.count
            parts.removeLast(min(parts.count, dots - 1))
            return parts + name.dropFirst(dots).split(separator: ".")
        }
        for part in name.split(separator: "/") {
            switch part {
            case ".": continue
            case "..": if !parts.isEmpty { parts.removeLast() }
            default: parts.append(part)
            }
        }
        return parts
    }

    private func best(_ parts: [Substring], _ scope: FileScope, isWhole: Bool) -> [UInt64] {
        guard let last = parts.last else { return [] }
        var names = [String(last)]
        if let dot = last.lastIndex(of: ".") { names.append(String(last[..<dot])) }
        let path = Array(scope.path.utf8)
        var found: [UInt64] = []
        var most = (0, 0)
        for candidate in names.flatMap({ byName[$0] ?? [] }) where candidate.project == scope.project {
            let count = Self.matching(candidate.parts, parts)
            let isAll = count == parts.count || (!isWhole && count == candidate.parts.count)
            guard isAll, !isWhole || count == candidate.parts.count else { continue }
            let rank = (count, Self.common(candidate.path, path))
            if rank > most { found = [] }
            if rank >= most, found.count < 4 {
                most = rank
                found.append(candidate.scope)
            }
        }
        return found
    }

    /// How many parts are the same, counted from the end.
    private static func matching(_ path: [Substring], _ name: [Substring]) -> Int {
        var count = 0
        while count < path.count, count < name.count {
            let (own, other) = (path[path.count - 1 - count], name[name.count - 1 - count])
            let isSame =
                own == other || (count == 0 && other.hasPrefix(own) && other.dropFirst(own.count).hasPrefix("."))
            guard isSame else { break }
            count += 1
        }
        return count
    }
}

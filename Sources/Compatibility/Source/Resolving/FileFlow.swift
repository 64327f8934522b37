/// Where a file is, as far as names go.
struct FileScope: Sendable {
    /// The path, relative to the project if it is below it.
    let path: String
    /// The number of the language in ``DialectList``.
    let dialect: Int
    let facts: DialectFacts
    /// The scopes of the file's own names, of those of its folder, of those of the project.
    let file: UInt64
    let folder: UInt64
    let project: UInt64

    init(path: String, dialect: Int) {
        self.path = path
        self.dialect = dialect
        facts = DialectList.all[dialect].facts
        project = Identifier("family " + facts.family).hash
        file = EntityKey.of(.variable, in: project, Identifier(path))
        folder = Self.scope(
            ofFolder: String(path.prefix(upTo: path.lastIndex(of: "/") ?? path.startIndex)), in: project)
    }

    static func scope(ofFolder folder: String, in project: UInt64) -> UInt64 {
        EntityKey.of(.classDeclaration, in: project, Identifier("folder " + folder))
    }

    /// The scope of the file's classes.
    var ofClasses: UInt64 {
        switch facts.sharing {
        case .file: file
        case .folder, .package: folder
        case .project: project
        }
    }

    /// The scope of the file's other names.
    var ofVariables: UInt64 { facts.sharing == .folder ? folder : file }

    /// The scope of variables that are declared outside of functions and classes.
    var ofDeclaredVariables: UInt64 { facts.sharing == .package ? folder : ofVariables }

    /// The scope of the file's functions outside of classes.
    var ofFunctions: UInt64 { ofClasses }
}

/// What one file says of where values of clients come from and go to.
struct FileFlow {
    let scope: FileScope
    var values = ValueTable()
    /// A variable, field, parameter or result may hold a value.
    var sources: [(entity: UInt64, value: ValueID)] = []
    /// An argument is given to what is called.
    var arguments: [Argument] = []
    /// A value is given to a member of an object.
    var stores: [(object: ValueID, name: Identifier, value: ValueID)] = []
    /// The names under which others can come by an entity.
    var named: [Named] = []
    /// The modules that it imports, as written.
    var modules: [String] = []
    /// The modules all of whose names it takes: numbers of ``modules``.
    var wildcards: [Int32] = []
    /// The libraries all of whose names it takes.
    var libraryWildcards: [Int] = []
    /// Those whose names all files of the project know then.
    var sharedLibraries: [Int] = []
    /// What importers call the file's folder, if the file says so.
    var package = Identifier.none
    /// Classes and functions that other folders can name.
    var declared: [Identifier] = []
    /// The names on which a method is called that is named like a command of Redis and of nothing else, without capitals
    /// and underscores.
    var tellingReceivers: Set<Identifier> = []
    /// The names of what others give the file's objects, which is the same for all of a project, without capitals and
    /// underscores.
    var givenNames: Set<Identifier> = []
    /// The libraries that the file imports.
    var libraries: [(library: Int, start: Int32, end: Int32)] = []

    struct Named {
        let name: Identifier
        let entity: UInt64
        /// The class whose field it is; 0 for a variable.
        let owner: UInt64
    }

    struct Argument {
        let callee: ValueID
        /// From 0; ``trailing`` for a block.
        let number: Int32
        let name: Identifier
        let value: ValueID

        static let trailing: Int32 = 1000
    }

    init(scope: FileScope, base: SolvedValues? = nil) {
        self.scope = scope
        values = ValueTable(base: base)
    }

    /// Notes what a variable or field may hold that others can name; that it holds no client is worth knowing too.
    ///
    /// - Parameter written: the word by which files name it, where that is not its name.
    mutating func note(
        _ kind: EntityKey.Kind, in scope: UInt64, _ name: Identifier, _ value: ValueID, written: Identifier? = nil
    ) {
        guard value != ValueTable.unknown else { return }
        let key = EntityKey.of(kind, in: scope, name)
        sources.append((key, value))
        named.append(Named(name: written ?? name, entity: key, owner: kind == .field ? scope : 0))
    }

    /// Notes another name under which others can come by an entity: `client` for `getClient`.
    mutating func name(_ entity: UInt64, _ name: Identifier) {
        named.append(Named(name: name, entity: entity, owner: 0))
    }

    /// Notes that an entity may hold a value, unless nothing can come of that.
    mutating func note(_ entity: UInt64, _ value: ValueID) {
        guard !values.isDead(value) else { return }
        sources.append((entity, value))
    }

    /// The file has been read: what was only needed for that is let go.
    mutating func finish() { values.finish() }

    /// The values are with the solver: only the names that the file declares and imports are kept.
    mutating func keepNames() {
        values = ValueTable()
        (sources, arguments, stores, named) = ([], [], [], [])
    }
}

import CommandCatalog

/// The tables of all clients by the identifiers of their names, as the resolver asks for them.
struct ClientIndex: Sendable {
    /// The numbers of types and libraries are those of the tables.
    let table: ClientTable
    private let methods: [Key: [ClientTable.Method]]
    private let exports: [[Identifier: ClientTable.Export]]
    /// By language, the exports that are known by their full names.
    private let qualified: [String: [Identifier: ClientTable.Export]]
    private let names: [Identifier: String]
    /// The commands by their names in small letters and without signs.
    let commands: [Identifier: [String]]
    /// The commands' names with what clients add to them.
    private let endedCommands: Set<Identifier>
    /// What vendored libraries export, by the number of the language in ``DialectList``.
    private let vendored: [[Identifier: ClientTable.Export]]

    /// By library, those that it brings, for certain or in all likelihood.
    private let brought: [[Int]]
    /// By language, the libraries that strings name.
    private let named: [String: [Identifier: Int]]

    private struct Key: Hashable {
        let type: Int32
        let isStatic: Bool
        let name: Identifier
    }

    static let shared = ClientIndex(.shared)

    init(_ table: ClientTable) {
        self.table = table
        var methods: [Key: [ClientTable.Method]] = [:]
        var names: [Identifier: String] = [:]
        for (type, name, isStatic, lines) in table.allMethods {
            methods[Key(type: Int32(type), isStatic: isStatic, name: Identifier(name))] = lines
            names[Identifier(name)] = name
        }
        self.methods = methods
        self.names = names
        exports = table.libraries.map { library in
            Dictionary(
                library.exports.map { (Identifier($0.key), $0.value) }, uniquingKeysWith: { $1 })
        }
        var qualified: [String: [Identifier: ClientTable.Export]] = [:]
        for library in table.libraries {
            for (name, export) in library.exports
            where library.isReopened || name.contains("\\") {
                for language in library.languageNames {
                    qualified[language, default: [:]][Identifier(name)] = export
                }
            }
        }
        self.qualified = qualified
        let exports = exports
        vendored = DialectList.all.map { dialect in
            var all: [Identifier: ClientTable.Export] = [:]
            for (number, library) in table.libraries.enumerated()
            where library.isVendored && library.languageNames.contains(dialect.facts.name) {
                all.merge(exports[number]) { first, _ in first }
            }
            return all
        }
        brought = table.libraries.map { library in
            table.libraries.indices.filter {
                library.brings.union(library.mayBring).contains(table.libraries[$0].library)
            }
        }
        var named: [String: [Identifier: Int]] = [:]
        for (number, library) in table.libraries.enumerated() {
            for string in library.strings {
                for language in library.languageNames {
                    named[language, default: [:]][Identifier(CommandNames.plain(string))] = number
                }
            }
        }
        self.named = named
        var commands: [Identifier: [String]] = [:]
        var endedCommands: Set<Identifier> = []
        for command in Catalog.all {
            let plain = CommandNames.plain(command.name)
            commands[Identifier(plain)] = command.name.split(separator: " ").map(String.init)
            endedCommands.formUnion(CommandNames.endings.map { Identifier(plain + $0) })
        }
        self.commands = commands
        self.endedCommands = endedCommands
    }

    /// The libraries that are used from a language, in the tables' order.
    func libraries(of language: String) -> [Int] {
        table.libraries.indices.filter { table.libraries[$0].languageNames.contains(language) }
    }

    /// What a library exports under a name.
    func export(_ name: Identifier, of library: Int) -> ClientTable.Export? { exports[library][name] }

    /// What a full name, as `Predis\Client`, means in a language, whoever else declares it.
    func export(qualified name: Identifier, in language: String) -> ClientTable.Export? { qualified[language]?[name] }
    /// What a library exports whose sources do not hide it, in a language by its number.
    func vendoredExport(_ name: Identifier, inDialect number: Int) -> ClientTable.Export? { vendored[number][name] }

    /// The library that a string of a language names, without signs and capitals.
    func library(named string: Identifier, in language: String) -> Int? { named[language]?[string] }

    /// The libraries that send in a project because of one.
    func librariesBrought(by library: Int) -> [Int] { brought[library] }

    /// Whether a library sends in a project that imports some others; nil if it does not.
    ///
    /// - Parameter mayLend: something else than the sources may bring it.
    func certainty(of library: Int, besides others: [Int], mayLend: Bool) -> Bool? {
        let lent = table.libraries[library]
        guard lent.lending != .never else { return true }
        if others.contains(where: { table.libraries[$0].brings.contains(lent.library) }) { return true }
        if others.contains(where: { table.libraries[$0].mayBring.contains(lent.library) }) { return false }
        return mayLend && lent.lending == .byOthersOrAlone ? false : nil
    }

    /// What libraries export that may send where no source says who brings them.
    var namesThatMayBeLent: [String] {
        table.libraries.filter { $0.lending == .byOthersOrAlone }.flatMap(\.exports.keys).sorted()
    }

    /// All that a library exports.
    func exports(of library: Int) -> [Identifier: ClientTable.Export] { exports[library] }

    /// The table's line of a method, the type's own before those of the type that it is like; the most demanding first.
    func line(_ name: Identifier, on type: Int, isStatic: Bool, argumentCount: Int) -> ClientTable.Method? {
        var next: Int? = type
        while let type = next {
            if let lines = methods[Key(type: Int32(type), isStatic: isStatic, name: name)],
                let line = lines.first(where: { $0.leastArguments <= argumentCount })
            {
                return line
            }
            next = table.types[type].parent
        }
        return nil
    }

    /// The command whose name, in small letters and without signs, is this.
    func command(plain: Identifier) -> [String]? { commands[plain] }

    /// Whether a method of this name, in small letters and without signs, may be that of a command.
    func isNamedAfterCommand(plain: Identifier) -> Bool { commands[plain] != nil || endedCommands.contains(plain) }

    /// A method's name, if a table has it.
    func text(of name: Identifier) -> String? { names[name] }

    /// The library of a module that a file of a language imports.
    func library(ofModule module: String, in language: String) -> Int? {
        table.libraries.firstIndex { library in
            library.languageNames.contains(language)
                && library.modules.contains { known in
                    guard module.hasPrefix(known) else { return false }
                    guard let following = module.utf8.dropFirst(known.utf8.count).first else { return true }
                    return ".:/\\".utf8.contains(following)
                }
        }
    }
}

/// One programming language: what it looks like, and a reader that says in ``SyntaxNode``s what a file of it declares,
/// binds and calls.
///
/// A dialect is one file in this folder and a folder of fixtures; it is listed in ``DialectList``. It knows nothing of
/// Redis and nothing of other files: what a name means is for `Resolving` to find out. Whatever bytes come, `read` ends,
/// in time that grows with the file's length alone, and gives what it could read: where it does not understand it goes on
/// behind the next bracket, line or semicolon. `CONTRIBUTING.md`, "Add a language", leads through it.
protocol Dialect: SendableMetatype {
    /// What is written down of the language.
    static var facts: DialectFacts { get }

    /// Reads a file's declarations and statements into `builder`, as children of its root.
    static func read(_ text: SourceText, into builder: inout SyntaxBuilder)
}

/// What is written down of a language.
struct DialectFacts: Sendable {
    /// The name, as in the tables of clients and in reports.
    var name: String
    /// The endings of its files' names, in small letters without the dot.
    var extensions: [String]
    /// Whole names of files without such an ending.
    var fileNames: [String] = []
    /// The beginnings of interpreters' names in a first line `#!`.
    var interpreters: [String] = []
    /// Languages whose files can use each other's names have one family.
    var family: String
    /// Where the names are known that a file declares outside of its functions.
    var sharing: Sharing
    /// A value given to a name in a function makes a new variable of the function.
    var assignmentDeclares = false
    /// A name that is no variable may be a member of the object.
    var membersAreNames = false
    /// A member that is not called may be a method; else it is a field, whatever methods have its name.
    var methodsAreValues = true
    /// In a closure the object is that of the method around, whoever calls it.
    var closuresKeepObject = false
    /// A function outside of classes may be one of an object's, which it is given to.
    var functionsHaveObject = false
    /// Objects that a framework hands to all functions of a program, by the names that they are given everywhere; and
    /// those that keep values under strings, by `set` and `get`.
    var commonObjects: Set<Identifier> = []
    var commonStores: Set<Identifier> = []
    /// A call of a name that begins with a capital makes an object.
    var capitalsConstruct = false
    /// A map among the arguments is a value, as members with scores are; not a map of options.
    var mapsAreValues = false
    /// Clients take a list among the arguments apart.
    var listsFlatten = false
    /// Named arguments are the pairs of a map.
    var namedArgumentsArePairs = false
    /// A table that is written out is an object, whose members can be given later.
    var tablesAreObjects = false
    /// A function that is called as an object's member may be given the object as its first argument.
    var objectsAreArguments = false
    /// A string that begins with a command's name may be the format of a whole command: `"KEYS %s"`.
    var stringsAreFormats = false
    /// An import that leads to no folder of the project may mean the nearest declaration of its name: packages of a
    /// workspace are named otherwise than their folders.
    var importsMayBeNear = false
    /// What files say that use a client whose name does not speak of Redis.
    var mentions: [StaticString] = []
    /// Types that lend what their argument says: pools, and what pools give.
    var lenders: Set<Identifier> = []
    /// `object.name` is what `getName()` of the object gives, if it has no such member.
    var propertiesAreGetters = false
    /// `getName()` gives the field `name`, even where no such method is written.
    var gettersAreMade = false
    /// A function behind the parentheses of a call is the last argument.
    var lastTakesTrailing = false
    /// The last argument may be a function that is told the result.
    var lastMayBeCallback = false
    /// What is between the parts of a module's name.
    var separator: UInt8 = SourceByte.dot
    /// The names of a file or folder that stand for the folder around: `__init__`, `index`.
    var indexNames: [String] = []
    /// The object and its member that are what the file exports: `module.exports`.
    var exportsObject: (object: Identifier, member: Identifier)?
    /// Words that cannot be names.
    var keywords: [String] = []

    enum Sharing: Sendable {
        /// In the file, and in files that import them from it.
        case file
        /// In all files of the folder, and in those that import the folder.
        case folder
        /// Classes and functions in all files of the folder, and in all others of the project too; the nearest counts.
        case package
        /// Classes and functions in all files of the project, where several declarations of a class are one.
        case project
    }
}

/// The languages that are read.
enum DialectList {
    static let all: [any Dialect.Type] = [
        PythonDialect.self, GoDialect.self, JavaDialect.self, JavaScriptDialect.self, TypeScriptDialect.self,
        CSharpDialect.self, KotlinDialect.self, PHPDialect.self, RubyDialect.self, RubyTemplateDialect.self,
        LuaDialect.self, CDialect.self, CPlusPlusDialect.self, RustDialect.self,
    ]

    /// The number in ``all`` of the language of a name.
    static func index(ofName name: String) -> Int? { all.firstIndex { $0.facts.name == name } }

    /// The number in ``all`` of a file's language, by its name, else by its first line; nil where it has none.
    ///
    /// - Parameter head: the first bytes of the file; 128 are enough.
    static func index(path: String, head: UnsafeRawBufferPointer) -> Int? {
        let name = path.split(separator: "/").last.map(String.init) ?? ""
        if let index = byFileName[name] { return index }
        if let dot = name.lastIndex(of: "."), let index = byExtension[name[name.index(after: dot)...].lowercased()] {
            return index
        }
        return name.contains(".") ? nil : byFirstLine(head)
    }

    /// A file of this name can be one of the languages.
    static func mayBeSource(_ path: String) -> Bool {
        let name = path.split(separator: "/").last.map(String.init) ?? ""
        guard let dot = name.lastIndex(of: ".") else { return true }
        return byExtension[name[name.index(after: dot)...].lowercased()] != nil || byFileName[name] != nil
    }

    private static let byExtension = table { $0.extensions }
    private static let byFileName = table { $0.fileNames }

    private static func table(_ names: (DialectFacts) -> [String]) -> [String: Int] {
        var table: [String: Int] = [:]
        for (index, dialect) in all.enumerated() {
            for name in names(dialect.facts) { table[name] = index }
        }
        return table
    }

    /// `#!/usr/bin/python3.11`, `#!/usr/bin/env -S node --flag`: the last part of the first word, or of the first word
    /// after `env` that is no option.
    private static func byFirstLine(_ head: UnsafeRawBufferPointer) -> Int? {
        guard head.count > 2, head[0] == SourceByte.hash, head[1] == SourceByte.exclamation else { return nil }
        let line = String(decoding: head.dropFirst(2).prefix(256).prefix { $0 != SourceByte.lineFeed }, as: UTF8.self)
        for word in line.split(whereSeparator: { $0 == " " || $0 == "\t" || $0 == "\r" }) {
            let program = word.split(separator: "/").last ?? ""
            if program == "env" || program.hasPrefix("-") { continue }
            return all.firstIndex { $0.facts.interpreters.contains { program.hasPrefix($0) } }
        }
        return nil
    }
}

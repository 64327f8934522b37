/// What the client libraries call the commands, read from the text tables of this folder.
///
/// A table is lines of words; what is right of `#` is a comment. Lines:
///
///     library NAME LANGUAGE…             starts a table
///     module PREFIX…                     what a file imports: the name itself, or what begins with it and . / or \
///     class TYPE: NAME…                  classes (interfaces) that the module exports, and the type of their instances;
///                                        a name with \ is a full one, known without an import
///     function TYPE: NAME…               functions that the module exports, and the type of their results
///     object TYPE: NAME…                 objects that the module exports, and their type
///     builtin                            its classes are known without an import
///     reopened                           a project that declares one of its classes adds to it
///     vendored                           projects have its sources among theirs, which are not asked
///     skips NAME…                        arguments that mention such a name are not sent
///     lent WHEN                          it sends only where another library of the project brings it; `alone`: it may
///                                        where the builds and settings alone speak of Redis, and in a single file
///     brings LIBRARY                     a project that imports it has that library send by it
///     mayBring LIBRARY                   the same, in all likelihood
///     named STRING…                      a value of a map that is this string, but for signs and case, is as good as an
///                                        import
///     receiver TYPE                      what a variable with a client's name alone is taken for
///     type NAME FLAG…                    starts a type; the lines below are its methods
///     METHOD…: COMMANDS -> TYPE with TYPE
///
/// Flags of a type: `commands`: a method that has no line is the command of its name; `fluent`: a method's result is
/// the same object; `skip`: the first argument (a context) is no part of the command; `bound`: the key is not among
/// the arguments; `open`: nobody knows what follows its commands' names; `like=TYPE`: it has that type's lines too;
/// `gives=TYPE`: the result of a method that has no line; `parts`: a method adds its name, if that is an option, and its
/// arguments to the command that the object is.
///
/// A METHOD may be `::name`, called on the class (`::new` is a constructor), and `name/2`, called with at least two
/// arguments; `[]` is an element. COMMANDS: `-` for none, or templates with `;` between them; `~` before one: hidden in what the method's
/// name says. A template is the command's words, then parts (``CommandTemplate/Part``); none: those of the command's
/// shape (``CommandShape``). `-> TYPE`: the type of the result (`same`: the receiver's). `with TYPE`: the type of what
/// a function among the arguments is called with. `unless=WORD`: nothing is sent where an argument says so; `if=WORD`:
/// only where the argument of that name is true.
struct ClientTable {
    private(set) var libraries: [Library] = []
    private(set) var types: [ClientType] = []
    private var methods: [MethodKey: [Method]] = [:]
    private var typeNumbers: [String: Int] = [:]

    struct Library {
        /// Where a library is that sends only where others bring it.
        enum Lending { case never, byOthers, byOthersOrAlone }

        let library: ClientLibrary
        /// The names of the languages that it is used from.
        let languageNames: [String]
        var modules: [String] = []
        /// By name, the classes and functions that it exports.
        var exports: [String: Export] = [:]
        var receiver: Int?
        /// Arguments that mention one of these names tell the client how to send, and are not sent.
        var skipped: [String] = []
        /// The file has no import to look for: its classes are always there.
        var isBuiltIn = false
        /// A project that declares one of its classes adds to it.
        var isReopened = false
        /// Its own sources are often part of a project: what they declare does not hide what the table says.
        var isVendored = false
        var lending = Lending.never
        /// The libraries that a project with this one has send by it, for certain and in all likelihood.
        var brings: Set<ClientLibrary> = []
        var mayBring: Set<ClientLibrary> = []
        /// Strings that are as good as an import, without signs and capitals.
        var strings: [String] = []
        /// It is no client: the program is run inside of Redis.
        var isScript: Bool { library == .luaScript }
    }

    /// A class, a function that makes an object of one, or such an object.
    struct Export {
        enum Kind { case type, function, object }

        let kind: Kind
        /// The number of the objects' type.
        let type: Int
    }

    struct ClientType {
        let name: String
        let library: Int
        var speaksCommands = false
        var isFluent = false
        var skipsFirst = false
        var isBound = false
        /// What follows the name of a command is not among the method's arguments.
        var isOpen = false
        /// Its objects are commands that its methods add to.
        var addsParts = false
        /// The type of what a method without a line gives.
        var given: Int?
        var parent: Int?
    }

    struct Method {
        var leastArguments = 0
        var templates: [CommandTemplate] = []
        var result: Result = .nothing
        var callback: Int?
        /// Nothing is sent where this argument is false, or where an argument is a name that ends so.
        var unless: String?
        /// Something is sent only where the argument of this name is true.
        var onlyIf: String?

        enum Result {
            case nothing, same
            case type(Int)
        }
    }

    private struct MethodKey: Hashable {
        let type: Int
        let name: String
        let isStatic: Bool
    }

    /// The tables of all clients, read once.
    static let shared = ClientTable(texts: [
        redisPy, djangoCache, jedis, lettuce, springCache, springData, goRedis, redigo, rueidis, radix, goFrameworks,
        ioredis, nodeRedis, bun,
        phpredis, predis, credis, yii, redisRb,
        redisClient,
        stackExchange, csRedis, freeRedis, serviceStack, redisson, vertx, otherCaches, dyno, kreds,
        restyConnector, restyRedis, redisLua, skynet, luaHiredis, rspamd, luaScript, hiredis,
        redisPlusPlus, cppRedis, acl, credisOfC, drogon, otherCPlusPlus, redisRs, redisKiss, fred,
    ])

    init(texts: [String]) {
        for text in texts { read(text) }
    }

    /// All methods by their type and name, the most demanding first.
    var allMethods: [(type: Int, name: String, isStatic: Bool, lines: [Method])] {
        methods.map { ($0.key.type, $0.key.name, $0.key.isStatic, $0.value) }
    }

    /// A library sends only where others of the project bring it.
    func isLent(_ library: ClientLibrary) -> Bool {
        libraries.contains { $0.library == library && $0.lending != .never }
    }

    /// All templates of all methods.
    var templates: [CommandTemplate] { methods.values.joined().flatMap(\.templates) }
}

// Reading the tables.
extension ClientTable {
    private mutating func read(_ text: String) {
        var type = 0
        for line in text.split(separator: "\n") {
            let words = line.prefix { $0 != "#" }.split(separator: " ").map(String.init)
            guard let first = words.first else { continue }
            let rest = Array(words.dropFirst())
            switch first {
            case "library": addLibrary(rest)
            case "module": libraries[libraries.count - 1].modules += rest
            case "skips": libraries[libraries.count - 1].skipped += rest
            case "reopened": libraries[libraries.count - 1].isReopened = true
            case "builtin": libraries[libraries.count - 1].isBuiltIn = true
            case "lent": libraries[libraries.count - 1].lending = rest == ["alone"] ? .byOthersOrAlone : .byOthers
            case "brings": libraries[libraries.count - 1].brings.formUnion(rest.compactMap(ClientLibrary.init))
            case "mayBring": libraries[libraries.count - 1].mayBring.formUnion(rest.compactMap(ClientLibrary.init))
            case "named": libraries[libraries.count - 1].strings += rest
            case "vendored": libraries[libraries.count - 1].isVendored = true
            case "class": export(rest, as: .type)
            case "function": export(rest, as: .function)
            case "object": export(rest, as: .object)
            case "receiver": libraries[libraries.count - 1].receiver = number(ofType: rest.first ?? "")
            case "type": type = addType(rest)
            default: addMethods(words, type: type)
            }
        }
    }

    private mutating func addLibrary(_ words: [String]) {
        guard let library = words.first.flatMap(ClientLibrary.init(rawValue:)) else {
            preconditionFailure("a client table starts with an unknown library: \(words)")
        }
        libraries.append(Library(library: library, languageNames: Array(words.dropFirst())))
    }

    /// Reads `TYPE: NAME…`.
    private mutating func export(_ words: [String], as kind: Export.Kind) {
        guard let type = words.first?.dropLast() else { return }
        let export = Export(kind: kind, type: number(ofType: String(type)))
        for name in words.dropFirst() { libraries[libraries.count - 1].exports[name] = export }
    }

    private mutating func addType(_ words: [String]) -> Int {
        let index = number(ofType: words[0])
        for flag in words.dropFirst() {
            switch flag {
            case "commands": types[index].speaksCommands = true
            case "fluent": types[index].isFluent = true
            case "skip": types[index].skipsFirst = true
            case "bound": types[index].isBound = true
            case "open": types[index].isOpen = true
            case "parts": types[index].addsParts = true
            case _ where flag.hasPrefix("gives="):
                let given = number(ofType: String(flag.dropFirst(6)))
                types[index].given = given
            case _ where flag.hasPrefix("like="):
                let parent = number(ofType: String(flag.dropFirst(5)))
                types[index].parent = parent
                types[index].speaksCommands = types[index].speaksCommands || types[parent].speaksCommands
                types[index].skipsFirst = types[index].skipsFirst || types[parent].skipsFirst
            default: preconditionFailure("a client table has an unknown flag: \(flag)")
            }
        }
        return index
    }

    /// The number of a type of the present library; a new one where it is named for the first time.
    private mutating func number(ofType name: String) -> Int {
        let library = libraries.count - 1
        let key = "\(libraries[library].library.rawValue) \(name)"
        if let number = typeNumbers[key] { return number }
        types.append(ClientType(name: name, library: library))
        typeNumbers[key] = types.count - 1
        return types.count - 1
    }

    private mutating func addMethods(_ words: [String], type: Int) {
        guard let colon = words.firstIndex(where: { $0.hasSuffix(":") }) else {
            preconditionFailure("a line of a client table has no colon: \(words)")
        }
        var method = method(of: words[(colon + 1)...])
        for (index, word) in words[...colon].enumerated() {
            var name = index == colon ? word.dropLast() : word[...]
            let isStatic = name.hasPrefix("::")
            if isStatic { name = name.dropFirst(2) }
            let parts = name.split(separator: "/")
            method.leastArguments = parts.count == 2 ? Int(parts[1]) ?? 0 : 0
            let key = MethodKey(type: type, name: String(parts[0]), isStatic: isStatic)
            methods[key, default: []].append(method)
            methods[key]?.sort { $0.leastArguments > $1.leastArguments }
        }
    }

    /// What stands right of the colon.
    private mutating func method(of words: ArraySlice<String>) -> Method {
        var method = Method()
        var template: [String] = []
        var index = words.startIndex
        func finish() {
            if !template.isEmpty, template != ["-"] { method.templates.append(CommandTemplate(template)) }
            template = []
        }
        while index < words.endIndex {
            let word = words[index]
            let following = index + 1 < words.endIndex ? words[index + 1] : ""
            switch word {
            case ";": finish()
            case "->":
                method.result = following == "same" ? .same : .type(number(ofType: following))
                index += 1
            case "with":
                method.callback = number(ofType: following)
                index += 1
            case _ where word.hasPrefix("unless="): method.unless = String(word.dropFirst(7))
            case _ where word.hasPrefix("if="): method.onlyIf = String(word.dropFirst(3))
            default: template.append(word)
            }
            index += 1
        }
        finish()
        return method
    }
}

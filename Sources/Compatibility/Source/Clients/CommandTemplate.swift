/// How a method's arguments become a command's words.
struct CommandTemplate {
    /// The command's name and perhaps a subcommand, in capitals.
    var words: [String] = []
    var parts: [Part] = []
    /// The command is sent besides what the method's name says.
    var isHidden = false
    /// The arguments are the command's words.
    var isRaw = false
    /// Of a raw call, the first word is a format of all of them, whose values follow: `"SET %s %b"`.
    var isFormat = false
    /// Of a raw call, the first word is the name of any method, and sends nothing if it is no command's.
    var isMethod = false
    /// The argument is a list of commands, each a list of its words: `pipeline([["get", "a"], ["keys", "*"]])`.
    var isListOfCommands = false

    /// One part of a template, as written in the tables.
    enum Part: Equatable {
        /// `NX`, `'0'`: itself.
        case literal(String)
        /// `2`: the second argument; nothing where it is missing.
        case argument(Int)
        /// `2/value`: the second argument, or that of this name.
        case named(Int, String)
        /// `2=`: the second argument, which is one for certain only where the source shows a number.
        case number(Int)
        /// `2!`: the second argument; where it is missing, no plain number or 0, the whole command is not sent.
        case notZero(Int)
        /// `2[]`: the second argument, a list taken apart.
        case list(Int)
        /// `2^`: the second argument, which is a script; where it is the hash of one, the whole command is not sent.
        case script(Int)
        /// `3:EX`: the word and the third argument, unless that is missing, zero or nothing.
        case option(Int, String)
        /// `5?NX`: the word, where the fifth argument is true.
        case flag(Int, String)
        /// `2*`: the arguments from the second, lists taken apart.
        case rest(Int)
        /// `2%`: the same, but a single argument that is not shown is a map of several pairs.
        case pairs(Int)
        /// `{}`: the command's options found in the arguments that no other part takes.
        case options
        /// `?`: one argument that is not shown.
        case unknown
        /// `...`: nobody knows what follows.
        case open
    }

    /// The arguments are the words.
    static let raw = CommandTemplate(["raw"])

    /// A raw call whose argument of a number, from 1, is a format.
    static func format(_ number: Int) -> CommandTemplate {
        var template = CommandTemplate(words: [], parts: [.rest(number)])
        template.isRaw = true
        template.isFormat = true
        return template
    }

    init(words: [String], parts: [Part]) {
        self.words = words
        self.parts = parts
    }

    /// A template as written in a table.
    init(_ text: [String]) {
        if text == ["each"] {
            isListOfCommands = true
            return
        }
        var text = text[...]
        if let first = text.first, first.hasPrefix("~") {
            isHidden = true
            text[text.startIndex] = String(first.dropFirst())
        }
        if text.first == "raw" || text.first == "format" || text.first == "method" {
            isRaw = true
            isMethod = text.first == "method"
            isFormat = text.first == "format"
            text = text.dropFirst()
        } else {
            while let word = text.first, words.isEmpty || Self.isSubcommand(word, of: words) {
                words.append(word)
                text = text.dropFirst()
            }
        }
        parts = text.map(Self.part)
        if parts.isEmpty, !isHidden {
            parts = isRaw ? [.rest(1)] : CommandShape.parts(of: words[0])
        }
    }

    /// How many arguments of a raw call are before the command's name.
    var firstWord: Int {
        switch parts.first {
        case .rest(let number), .argument(let number): max(0, number - 1)
        default: 0
        }
    }

    /// A raw call's arguments are all of the command's words.
    var takesWords: Bool {
        guard case .rest? = parts.first else { return false }
        return true
    }

    private static func isSubcommand(_ word: String, of words: [String]) -> Bool {
        words.count == 1 && CommandNames.shared.isSubcommand(word, of: words[0])
    }

    private static func part(_ text: String) -> Part {
        let digits = text.prefix { $0.isNumber }
        guard let number = Int(digits) else {
            switch text {
            case "{}": return .options
            case "?": return .unknown
            case "...": return .open
            default: return .literal(text.filter { $0 != "'" })
            }
        }
        let rest = text.dropFirst(digits.count)
        let word = String(rest.dropFirst())
        switch rest.first {
        case "*": return .rest(number)
        case "%": return .pairs(number)
        case "=": return .number(number)
        case "!": return .notZero(number)
        case "[": return .list(number)
        case "^": return .script(number)
        case ":": return .option(number, word)
        case "?": return .flag(number, word)
        case "/": return .named(number, word)
        default: return .argument(number)
        }
    }
}

/// The commands whose arguments are not simply the method's in their order: those that have options, or pairs.
enum CommandShape {
    /// An option in the arguments of a command.
    struct Option {
        let word: String
        let arguments: Int
    }

    static func parts(of command: String) -> [CommandTemplate.Part] { shapes[command]?.parts ?? [.rest(1)] }

    static func options(of command: String) -> [Option] { shapes[command]?.options ?? [] }

    private static let shapes: [String: (parts: [CommandTemplate.Part], options: [Option])] = [
        "SET": (
            [.named(1, "name"), .named(2, "value"), .options],
            [
                Option(word: "EX", arguments: 1), Option(word: "PX", arguments: 1), Option(word: "NX", arguments: 0),
                Option(word: "XX", arguments: 0), Option(word: "KEEPTTL", arguments: 0),
                Option(word: "GET", arguments: 0), Option(word: "EXAT", arguments: 1),
                Option(word: "PXAT", arguments: 1),
            ]
        ),
        "EXPIRE": ([.argument(1), .argument(2), .options], expiry),
        "PEXPIRE": ([.argument(1), .argument(2), .options], expiry),
        "EXPIREAT": ([.argument(1), .argument(2), .options], expiry),
        "PEXPIREAT": ([.argument(1), .argument(2), .options], expiry),
        "ZADD": (
            [.argument(1), .options, .rest(2)],
            expiry + [Option(word: "CH", arguments: 0), Option(word: "INCR", arguments: 0)]
        ),
        "ZRANGE": (
            [.argument(1), .argument(2), .argument(3), .options],
            [
                Option(word: "REV", arguments: 0), Option(word: "BYSCORE", arguments: 0),
                Option(word: "BYLEX", arguments: 0), Option(word: "LIMIT", arguments: 2),
                Option(word: "WITHSCORES", arguments: 0),
            ]
        ),
        "ZRANK": ([.argument(1), .argument(2), .options], [Option(word: "WITHSCORE", arguments: 0)]),
        "ZREVRANK": ([.argument(1), .argument(2), .options], [Option(word: "WITHSCORE", arguments: 0)]),
        "RESTORE": (
            [.argument(1), .argument(2), .argument(3), .options],
            [
                Option(word: "REPLACE", arguments: 0), Option(word: "ABSTTL", arguments: 0),
                Option(word: "IDLETIME", arguments: 1), Option(word: "FREQ", arguments: 1),
            ]
        ),
        "BITCOUNT": (
            [.argument(1), .argument(2), .argument(3), .options],
            [Option(word: "BYTE", arguments: 0), Option(word: "BIT", arguments: 0)]
        ),
        "LPOP": popped, "RPOP": popped, "SPOP": popped,
        "HSET": ([.argument(1), .pairs(2)], []),
        "HMSET": ([.argument(1), .pairs(2)], []),
        "MSET": ([.pairs(1)], []),
        "MSETNX": ([.pairs(1)], []),
    ]

    /// The option of a command that a method is named after, perhaps with the unit of its value: `Nx`, `ExSeconds`.
    static func option(named method: Identifier, of command: String) -> String? {
        options(of: command).first { option in
            units.contains { Identifier(CommandNames.plain(option.word + $0)) == method }
        }?.word
    }

    private static let units = ["", "Seconds", "Milliseconds", "Timestamp", "MillisecondsTimestamp"]

    private static let popped: (parts: [CommandTemplate.Part], options: [Option]) =
        ([.named(1, "name"), .named(2, "count")], [])

    private static let expiry = [
        Option(word: "NX", arguments: 0), Option(word: "XX", arguments: 0), Option(word: "GT", arguments: 0),
        Option(word: "LT", arguments: 0),
    ]

    /// What some clients call an option, in small letters without underscores.
    static let otherNames: [String: String] = [
        "notexists": "NX", "exists": "XX", "keepexisting": "XX", "hasnoexpiry": "NX", "hasexpiry": "XX",
        "greaterthancurrentexpiry": "GT", "lessthancurrentexpiry": "LT", "greaterthan": "GT", "lessthan": "LT",
        "withscore": "WITHSCORE", "expiretime": "EXAT", "keepttl": "KEEPTTL", "byscore": "BYSCORE", "bylex": "BYLEX",
    ]
}

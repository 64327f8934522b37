/// A call of redis-cli, or of another client with its options, in a shell script: its options are skipped as the program skips them, and those that
/// are commands are given as such.
struct RedisClientCall {
    /// A command that the call sends.
    struct Sent {
        var words: [ShellScript.Word]
        /// Whether there may be more arguments than are written.
        var isOpen = false
        var repetitions = 1

        /// The words as they are sent, one that is not known as no bytes at all.
        var bytes: [[UInt8]] { words.map { $0.isUnknown ? [] : $0.bytes } }
    }

    /// What is sent, in order.
    private(set) var sent: [Sent] = []
    /// Whether the call reads its commands from its input.
    private(set) var readsInput = false
    private(set) var repetitions = 1
    /// The words of the call that are passwords.
    private(set) var secrets: [ShellScript.Word] = []

    /// The programs, by the ends of their paths.
    static let programs: Set<String> = [
        "redis-cli", "valkey-cli", "keydb-cli", "redis6-cli", "redis7-cli", "iredis", "redli", "rdcli",
    ]
    /// Parts of these names, one of which each has: what has none of them names no client, and is told so quickly.
    static let nameParts: [StaticString] = ["-cli", "iredis", "redli", "rdcli"]

    /// Whether a program of this name is a client: `redis-cli`, `redis-cli.exe`, `redis-cli-7.2`.
    static func isProgram(_ name: String) -> Bool {
        if programs.contains(name) { return true }
        var name = name[...]
        for ending in [".exe", ".EXE"] where name.hasSuffix(ending) { name = name.dropLast(ending.count) }
        if let dash = name.lastIndex(of: "-"), name[dash...].dropFirst().allSatisfy({ $0.isNumber || $0 == "." }) {
            name = name[..<dash]
        }
        return programs.contains(String(name))
    }

    private static let optionsWithValue: Set<String> = [
        "-h", "-p", "-s", "-a", "-u", "-r", "-i", "-n", "-d", "-D", "-X", "-t", "--user", "--pass", "--cacert",
        "--cacertdir", "--cert", "--key", "--sni", "--tls-ciphers", "--tls-ciphersuites", "--pattern",
        "--quoted-pattern", "--count", "--cursor", "--memkeys-samples", "--pipe-timeout", "--show-pushes",
        "--functions-rdb", "--rdb", "--lru-test", "--intrinsic-latency", "--eval", "--cluster", "--top",
    ]

    /// Commands that options stand for.
    private static let modes: [String: [String]] = [
        "--scan": ["SCAN 0"], "--bigkeys": ["SCAN 0", "DBSIZE"], "--memkeys": ["SCAN 0", "MEMORY USAGE key"],
        "--hotkeys": ["SCAN 0", "OBJECT FREQ key"], "--keystats": ["SCAN 0", "MEMORY USAGE key"],
        "--rdb": ["SYNC"], "--functions-rdb": ["SYNC"], "--replica": ["SYNC"], "--slave": ["SYNC"],
        "--stat": ["INFO"], "--cluster": ["CLUSTER NODES"], "--latency": [], "--latency-history": [],
        "--latency-dist": [], "--pipe": [], "--lru-test": [],
    ]

    /// A call.
    ///
    /// - Parameter words: what stands behind the program's name.
    init(_ words: ArraySlice<ShellScript.Word>, inputFollows: Bool) {
        var index = words.startIndex
        var isMode = false
        var isPipe = false
        var appendsInput = false
        var (user, password): (ShellScript.Word?, ShellScript.Word?) = (nil, nil)
        defer { authenticate(user, password) }
        while index < words.endIndex, words[index].bytes.first == UInt8(ascii: "-"), words[index].bytes.count > 1 {
            let option = words[index].text
            let value = index + 1 < words.endIndex ? words[index + 1] : nil
            readOption(option, value, words[index])
            isMode = isMode || Self.modes[option] != nil || option == "--eval"
            isPipe = isPipe || option == "--pipe"
            appendsInput = appendsInput || option == "-x" || option == "-X"
            if option == "--user" { user = value }
            if option == "-a" || option == "--pass" { password = value }
            index += Self.optionsWithValue.contains(option) && option != "--cluster" ? 2 : 1
            if option == "--eval" || option == "--cluster" { return }
        }
        let rest = words[min(index, words.endIndex)...]
        if rest.isEmpty {
            readsInput = inputFollows && (!isMode || isPipe)
        } else if !isMode {
            sent.append(
                Sent(
                    words: Array(rest), isOpen: appendsInput || rest.contains(where: \.isOpen), repetitions: repetitions
                ))
        }
    }

    private mutating func readOption(_ option: String, _ value: ShellScript.Word?, _ place: ShellScript.Word) {
        if option == "-a" || option == "--pass", let value { secrets.append(value) }
        if option == "-r", let value, let times = Int(value.text), times > 0 {
            repetitions = min(times, Place.maximumRepetitions)
        }
        if option == "-3" { add("HELLO 3", [], place) }
        if option == "-u", let value { authenticate(value, place) }
        if option == "-n", let value { add("SELECT", [value], place) }
        if option == "-u", let value,
            let path = value.text.split(separator: "/", omittingEmptySubsequences: false).dropFirst(3).first,
            let number = Int(path.prefix { $0 != "?" })
        {
            add("SELECT \(number)", [], place)
        }
        if option == "--eval" { sent.append(Sent(words: [Self.word("EVAL", place)], isOpen: true)) }
        for command in Self.modes[option] ?? [] { add(command, [], place) }
    }

    /// AUTH with a user: with a password alone any server takes it.
    private mutating func authenticate(_ user: ShellScript.Word?, _ password: ShellScript.Word?) {
        guard let user, let password, user.isUnknown || !user.bytes.isEmpty else { return }
        add("AUTH", [user, password], user)
    }

    /// `redis://user:password@host`: redis-cli sends the user from release 6 on, an empty one too.
    private mutating func authenticate(_ address: ShellScript.Word, _ place: ShellScript.Word) {
        guard let start = address.text.firstRange(of: "://") else { return }
        let authority = address.text[start.upperBound...].prefix { $0 != "/" }
        guard let at = authority.lastIndex(of: "@"), let colon = authority[..<at].firstIndex(of: ":") else { return }
        let words = [authority[..<colon], authority[authority.index(after: colon)..<at]]
        add("AUTH", words.map { Self.word(String($0), address) }, place)
    }

    private mutating func add(_ command: String, _ more: [ShellScript.Word], _ place: ShellScript.Word) {
        sent.append(Sent(words: command.split(separator: " ").map { Self.word(String($0), place) } + more))
    }

    private static func word(_ text: String, _ place: ShellScript.Word) -> ShellScript.Word {
        ShellScript.Word(bytes: Array(text.utf8), offset: place.offset, isArgument: place.isArgument)
    }

    /// `NAME=value`, `NAME+=value`.
    static func isAssignment(_ word: ShellScript.Word) -> Bool {
        guard let sign = word.bytes.firstIndex(of: UInt8(ascii: "=")), sign > 0 else { return false }
        let name = word.bytes[..<sign]
        return (name.last == UInt8(ascii: "+") ? name.dropLast() : name).allSatisfy {
            $0 == 95 || ($0 >= 48 && $0 <= 57) || ($0 | 0x20 >= 97 && $0 | 0x20 <= 122)
        }
    }
}

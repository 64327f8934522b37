import CommandCatalog

/// What a finding about a client library's greeting depends on: settings are made in one file and used in another, so that
/// it can be decided only when all files have been read.
struct GreetingState: Sendable, Hashable {
    /// The library, by its name.
    let library: String
    /// The command that the library cannot go on without; nil in the note on all the others.
    let command: String?
    /// Whether a setting in another file may be meant for this place.
    let isOpen: Bool
    /// Whether the place only imports the library.
    let isImport: Bool
}

/// What the files of a run say of client libraries.
struct GreetingFacts: Sendable {
    /// The settings that some file makes, each as `library command`.
    var settings: Set<String> = []
    /// The libraries of which some file makes a client.
    var constructed: Set<String> = []
    /// The latest major release of a library that the manifests allow, where they set a bound.
    var majors: [String: Int] = [:]

    mutating func add(_ other: GreetingFacts) {
        settings.formUnion(other.settings)
        constructed.formUnion(other.constructed)
        majors.merge(other.majors, uniquingKeysWith: max)
    }

    /// Notes the settings of greetings that a text makes.
    mutating func noteSettings(in code: CodeText) {
        for greeting in LibraryGreeting.all where !greeting.marks.isEmpty && code.has(greeting.marks) {
            settings.insert(Self.name(greeting))
        }
    }

    /// Whether a library of the releases that the project may use sends a greeting, as far as any file says.
    func isSent(_ greeting: LibraryGreeting) -> Bool {
        guard let major = majors[greeting.library], let since = Self.firstMajor(greeting.since) else { return true }
        return major >= since
    }

    func isSet(_ greeting: LibraryGreeting) -> Bool { settings.contains(Self.name(greeting)) }

    private static func name(_ greeting: LibraryGreeting) -> String { "\(greeting.library) \(greeting.command)" }

    private static func firstMajor(_ since: String) -> Int? { Int(since.prefix { $0.isNumber }) }
}

extension Finding {
    /// The finding when all is known; nil where a setting, or the release, leaves the greeting out.
    func decided(by facts: GreetingFacts) -> Finding? {
        guard let state = greeting else { return self }
        let greetings = LibraryGreeting.all.filter { $0.library == state.library }
        if let command = state.command {
            guard let greeting = greetings.first(where: { $0.command == command }), facts.isSent(greeting) else {
                return nil
            }
            if state.isOpen, facts.isSet(greeting) { return nil }
            // Where a client is made says more than where the library is imported.
            return state.isImport && facts.constructed.contains(state.library) ? nil : self
        }
        let left = greetings.filter { !$0.isFatal && Catalog.row(named: $0.command)?.id == nil }
            .filter { facts.isSent($0) && !facts.isSet($0) }
        guard !left.isEmpty else { return nil }
        var finding = self
        finding.message = GreetingWords.message(state.library, left)
        finding.instead = GreetingWords.settings(left)
        return finding
    }
}

/// How findings about greetings are worded.
enum GreetingWords {
    static func message(_ library: String, _ greetings: [LibraryGreeting]) -> String {
        let commands = greetings.map { $0.command + ($0.since.isEmpty ? "" : " (since \($0.since))") }
        return "\(library) sends \(Wording.list(commands)) at connection, which the target refuses"
    }

    static func settings(_ greetings: [LibraryGreeting]) -> String {
        var settings: [(setting: String, commands: [String])] = []
        for greeting in greetings where !greeting.setting.isEmpty {
            if let place = settings.firstIndex(where: { $0.setting == greeting.setting }) {
                settings[place].commands.append(greeting.command)
            } else {
                settings.append((greeting.setting, [greeting.command]))
            }
        }
        return settings.map { "against \(Wording.list($0.commands)) set \($0.setting)" }.joined(separator: "; ")
    }

    static func fatalMessage(_ greeting: LibraryGreeting) -> String {
        let release = greeting.since.isEmpty ? "" : " from release \(greeting.since) on"
        return "\(greeting.library)\(release) cannot connect: it does not go on without \(greeting.command), which the "
            + "target refuses"
    }
}

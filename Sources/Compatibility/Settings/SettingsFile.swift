import CByteSearch

/// A text in which people configure what runs: settings, containers, builds, documentation.
///
/// What is sent to Redis is decided there as much as in code: the database in an address, `redis-cli` in a health check.
enum SettingsFile: Equatable {
    /// `NAME=value`, `name: value`, with sections or without: `.env`, `.properties`, `.ini`, `.toml`, `.conf`.
    case assignments
    /// YAML.
    case yaml
    /// JSON.
    case json
    /// XML.
    case xml
    /// A Dockerfile.
    case dockerfile
    /// A Makefile.
    case makefile
    /// A crontab.
    case crontab
    /// A batch file or a PowerShell script.
    case windowsScript
    /// Documentation.
    case prose

    /// Larger texts are not written by people; none is read, and the report says so.
    static let maximumBytes = 16 << 20

    /// True if the bytes name Redis or Valkey in small letters, capitals or both, as `REDIS_URL` does.
    static func mentionsServer(_ bytes: UnsafeRawBufferPointer) -> Bool {
        mentions("edis", letter: 1, bytes) || mentions("alkey", letter: 2, bytes)
    }

    /// True if a word is in the bytes, in small letters or capitals.
    ///
    /// - Parameter letter: the letter of the word that is looked for, sixteen bytes at a time; the others are compared.
    private static func mentions(_ word: StaticString, letter: Int, _ bytes: UnsafeRawBufferPointer) -> Bool {
        guard let base = bytes.baseAddress else { return false }
        let count = word.utf8CodeUnitCount
        let small = word.utf8Start[letter]
        var place = letter
        while place - letter + count <= bytes.count {
            place = cbytesearch_next3(base, place, bytes.count, small, small & 0xDF, small)
            guard place - letter + count <= bytes.count else { return false }
            let start = place - letter
            if (0..<count).allSatisfy({ bytes[start + $0] | 0x20 == word.utf8Start[$0] }) { return true }
            place += 1
        }
        return false
    }

    /// The kind of a file by its name; nil if it is none that is known.
    static func of(path: String) -> SettingsFile? {
        let name = path.split(separator: "/").last.map { $0.lowercased() } ?? ""
        if generated.contains(name) || name.hasSuffix(".lock") || name.hasSuffix(".min.json") { return nil }
        if let known = byName[name] { return known }
        if name.hasPrefix("dockerfile") || name.hasSuffix(".dockerfile") { return .dockerfile }
        if name.hasPrefix(".env") || name.hasPrefix("crontab") {
            return name.hasPrefix(".env") ? .assignments : .crontab
        }
        return byEnding(name)
    }

    /// Whether a text is a report of a linter, such as this program's own from an earlier run: what it quotes is set nowhere.
    static func isReport(_ head: UnsafeRawBufferPointer) -> Bool {
        let start = String(decoding: head.prefix(1_024), as: UTF8.self)
        return ["### clusterctl: ", "{\n  \"tool\": {\n    \"name\": \"clusterctl\""].contains { start.hasPrefix($0) }
            || ["schemastore.org/sarif", "<testsuites name=\"clusterctl\"", "\"check_name\": \"CTL", "<checkstyle "]
                .contains {
                    start.contains($0)
                }
    }

    /// `redis.yml.example` is YAML as well as `redis.yml`.
    private static func byEnding(_ name: String) -> SettingsFile? {
        var parts = name.split(separator: ".").dropFirst()
        while let ending = parts.popLast().map(String.init) {
            if let known = byExtension[ending] { return known }
            guard templates.contains(ending) else { return nil }
        }
        return nil
    }

    private static let generated: Set<String> = [
        "package-lock.json", "npm-shrinkwrap.json", "composer.lock", "pnpm-lock.yaml", "changelog.md", "history.md",
    ]

    private static let templates: Set<String> = [
        "example", "sample", "dist", "template", "tmpl", "tpl", "j2", "jinja", "jinja2", "erb", "in", "default",
        "local",
    ]

    private static let byName: [String: SettingsFile] = [
        "containerfile": .dockerfile, "makefile": .makefile, "gnumakefile": .makefile, "justfile": .makefile,
        "procfile": .yaml,
    ]

    private static let byExtension: [String: SettingsFile] = [
        "env": .assignments, "properties": .assignments, "ini": .assignments, "cfg": .assignments,
        "conf": .assignments, "toml": .assignments, "tf": .assignments, "tfvars": .assignments, "hcl": .assignments,
        "service": .assignments, "cnf": .assignments, "yml": .yaml, "yaml": .yaml, "json": .json, "json5": .json,
        "jsonc": .json, "xml": .xml, "config": .xml, "plist": .xml, "props": .xml, "mk": .makefile, "mak": .makefile,
        "bat": .windowsScript, "cmd": .windowsScript, "ps1": .windowsScript, "md": .prose, "markdown": .prose,
        "rst": .prose, "adoc": .prose,
    ]
}

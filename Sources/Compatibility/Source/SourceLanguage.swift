/// A programming language whose calls of Redis clients the scanner reads.
public enum SourceLanguage: String, CaseIterable, Sendable {
    case python, java, kotlin, go, javascript, typescript, php, ruby, csharp, lua, c, cpp, rust

    /// The language of a file by the extension of its path, else by the interpreter that its first line names.
    ///
    /// - Parameters:
    ///   - path: the file's path or its bare name.
    ///   - head: the first bytes of the file; 128 are enough.
    /// - Returns: nil where the file is not source code of one of the languages.
    public static func of(path: String, head: UnsafeRawBufferPointer) -> SourceLanguage? {
        let name = path.split(separator: "/").last ?? ""
        if name == "Rakefile" || name == "Gemfile" { return .ruby }
        if let dot = name.lastIndex(of: "."), let known = byExtension[name[name.index(after: dot)...].lowercased()] {
            return known
        }
        return name.contains(".") ? nil : byShebang(head)
    }

    private static let byExtension: [String: SourceLanguage] = [
        "py": .python, "pyi": .python, "pyw": .python,
        "java": .java, "kt": .kotlin, "kts": .kotlin, "go": .go,
        "js": .javascript, "mjs": .javascript, "cjs": .javascript, "jsx": .javascript,
        "vue": .javascript, "svelte": .javascript,
        "ts": .typescript, "mts": .typescript, "cts": .typescript, "tsx": .typescript,
        "php": .php, "phtml": .php, "rb": .ruby, "rake": .ruby, "ru": .ruby,
        "cs": .csharp, "csx": .csharp, "lua": .lua,
        "c": .c, "h": .c, "cc": .cpp, "cpp": .cpp, "cxx": .cpp, "c++": .cpp, "hh": .cpp, "hpp": .cpp, "hxx": .cpp,
        "h++": .cpp, "ipp": .cpp, "tpp": .cpp, "inl": .cpp, "rs": .rust,
    ]

    private static let interpreters: [(prefix: String, language: SourceLanguage)] = [
        ("python", .python), ("nodejs", .javascript), ("node", .javascript), ("deno", .typescript), ("php", .php),
        ("ruby", .ruby), ("luajit", .lua), ("lua", .lua), ("kotlin", .kotlin), ("java", .java),
    ]

    /// `#!/usr/bin/python3.11`, `#!/usr/bin/env -S node --flag`: the last part of the first word, or of the first word
    /// after `env` that is no option.
    private static func byShebang(_ head: UnsafeRawBufferPointer) -> SourceLanguage? {
        guard head.count > 2, head[0] == SourceByte.hash, head[1] == SourceByte.exclamation else { return nil }
        let line = String(decoding: head.dropFirst(2).prefix(256).prefix { $0 != SourceByte.lineFeed }, as: UTF8.self)
        for word in line.split(whereSeparator: { $0 == " " || $0 == "\t" || $0 == "\r" }) {
            let program = word.split(separator: "/").last ?? ""
            if program == "env" || program.hasPrefix("-") { continue }
            return interpreters.first { program.hasPrefix($0.prefix) }?.language
        }
        return nil
    }
}

/// Reads source code for the commands that its Redis clients send, one file by itself.
///
/// A file counts only if it mentions Redis; a call counts only if its receiver is a client: assigned from a constructor,
/// declared with a client's type, held in a field, lent by a pool. So `dict.keys()` and `os.rename()` are never taken
/// for commands. Whatever bytes come, `scan` ends and gives what it could read. Files that belong together are read as a
/// ``SourceProject``.
public struct SourceScanner {
    private let receiverNames: ReceiverNames

    /// A scanner that guesses clients by these names.
    public init(_ receiverNames: ReceiverNames = ReceiverNames()) { self.receiverNames = receiverNames }

    /// True where the bytes mention Redis at all, as every file does that imports a client.
    ///
    /// Several gigabytes a second.
    public static func mentionsClient(_ bytes: UnsafeRawBufferPointer) -> Bool { ClientMention.isIn(bytes) }

    /// The commands that one file sends.
    ///
    /// - Parameters:
    ///   - bytes: the file. One of 2 GB or more is not read.
    ///   - language: its language, by ``SourceLanguage/of(path:head:)``.
    public func scan(_ bytes: UnsafeRawBufferPointer, language: SourceLanguage) -> SourceScan {
        guard bytes.count < Int32.max, ClientMention.isIn(bytes),
            let dialect = DialectList.index(ofName: language.rawValue)
        else { return SourceScan() }
        let project = SourceProject.read(bytes, name: "file", dialect: dialect)
        return project.scan(bytes, path: "file", receiverNames)
    }
}

/// The database number of a Redis URL.
enum DatabaseURL {
    /// 3 for `redis://user:password@host:6379/3` and `unix:///run/redis.sock?db=3`; nil for 0 and for anything else.
    static func database(_ bytes: UnsafeRawBufferPointer) -> Int? {
        let text = SourceText(bytes)
        let schemes: [StaticString] = ["redis://", "rediss://", "valkey://", "valkeys://", "redis+unix://", "unix://"]
        guard let scheme = schemes.first(where: { text.starts(with: $0, at: 0) }) else { return nil }
        let authority = scheme.utf8CodeUnitCount
        var path = authority
        while path < text.count, text[path] != SourceByte.slash, text[path] != SourceByte.question { path += 1 }
        if let query = text.find("db=", from: path, end: text.count) { return number(text, from: query + 3) }
        guard text[path] == SourceByte.slash, !text.starts(with: "unix", at: 0) else { return nil }
        return number(text, from: path + 1)
    }

    /// 3 for StackExchange.Redis' `localhost,defaultDatabase=3`.
    static func defaultDatabase(_ bytes: UnsafeRawBufferPointer) -> Int? {
        guard bytes.count < 4096 else { return nil }
        let text = SourceText(bytes)
        return text.find("defaultDatabase=", from: 0, end: text.count).flatMap { number(text, from: $0 + 16) }
    }

    /// The number up to the end, `?`, `&` or a comma; nil for 0.
    private static func number(_ text: SourceText, from start: Int) -> Int? {
        var value = 0
        var index = start
        while SourceByte.isDigit(text[index]), index - start < 6 {
            value = value * 10 + Int(text[index] - SourceByte.zero)
            index += 1
        }
        let ends =
            index == text.count || text[index] == SourceByte.comma || text[index] == SourceByte.question
            || text[index] == SourceByte.ampersand
        return index > start && ends && value > 0 ? value : nil
    }
}

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
        DialectList.index(path: path, head: head).flatMap { SourceLanguage(rawValue: DialectList.all[$0].facts.name) }
    }
}

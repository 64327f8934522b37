import CommandCatalog
import Glibc
import WireFormats

/// Tells the kinds of inputs apart by their first bytes.
enum Recognition {
    /// How many bytes it looks at, where there are so many.
    static let headBytes = 64 << 10

    /// The kind of a file; nil where it is none of the known.
    ///
    /// - Parameters:
    ///   - path: the file's path, which decides only between source code, shell scripts and commands.
    ///   - head: its first bytes, uncompressed.
    ///   - isWhole: whether they are all of it.
    static func kind(of path: String, head: UnsafeRawBufferPointer, isWhole: Bool) -> InputKind? {
        let name = plainName(path)
        if let kind = kindByBeginning(name, head, isWhole) ?? kindByContent(head, isWhole) { return kind }
        if SettingsFile.of(path: name) != nil { return .settings }
        return isScript(name, firstLines(head, isWhole)) ? .script : nil
    }

    /// The kind of a file that was found below a folder, where most files are no input: source code goes by its name, and
    /// commands a line only by their file's.
    static func kindInFolder(of path: String, head: UnsafeRawBufferPointer, isWhole: Bool) -> InputKind? {
        guard !head.isEmpty else { return nil }
        let name = plainName(path)
        if let kind = kindByBeginning(name, head, isWhole) { return kind }
        // What has zero bytes and no requests is a picture, a program, an archive.
        let isBinary = head.prefix(1024).contains(0) && !contains(head, "\r\n*")
        if !isBinary, let kind = kindByContent(head, isWhole) { return kind }
        if isScriptName(name) { return .script }
        return SettingsFile.of(path: name) == nil || isBinary ? nil : .settings
    }

    private static func plainName(_ path: String) -> String { path.hasSuffix(".gz") ? String(path.dropLast(3)) : path }

    /// By the first bytes, or by the name of what is written by people.
    private static func kindByBeginning(
        _ name: String, _ head: UnsafeRawBufferPointer, _ isWhole: Bool
    ) -> InputKind? {
        if RDBFormat.begins(head) == true { return rdbOrAppendOnly(name, head, isWhole) }
        if starts(head, "*") { return appendOnlyOrCapture(name, head, isWhole) }
        if starts(head, "#TS:") { return .aof }
        if isShell(name, head) { return .shell }
        if SourceLanguage.of(path: name, head: head) != nil || DialectList.index(path: name, head: head) != nil {
            return .source
        }
        return DependencyManifest.of(path: name) == nil ? nil : .manifest
    }

    private static func kindByContent(_ head: UnsafeRawBufferPointer, _ isWhole: Bool) -> InputKind? {
        let lines = firstLines(head, isWhole)
        // INFO of all sections has them behind more lines than are looked at one by one.
        if starts(head, "cmdstat_") || contains(head, "\ncmdstat_"), isInfo(lines) { return .commandstats }
        if isMonitor(lines) { return .monitor }
        if isSlowLog(lines) { return .slowlog }
        return contains(head, "\r\n*") && isCapture(head) ? .resp : nil
    }

    // MARK: Binary formats

    /// An RDB file with commands behind it is an append-only file; a small one is looked through to its end.
    private static func rdbOrAppendOnly(_ name: String, _ head: UnsafeRawBufferPointer, _ isWhole: Bool) -> InputKind {
        if name.hasSuffix(".aof") { return .aof }
        guard isWhole else { return .rdb }
        var reader = RDBFileReader()
        do throws(RDBError) {
            while true {
                switch try reader.next(in: head, isLast: true) {
                case .end(let consumed):
                    let tail = UnsafeRawBufferPointer(rebasing: head[consumed...])
                    return AOFReader.beginsWithCommand(tail) || reader.isBaseOfLog && !tail.isEmpty ? .aof : .rdb
                case .needMore: return .rdb
                default: continue
                }
            }
        } catch { return .rdb }
    }

    /// An append-only file begins with SELECT and has writes alone, each an array that ends where the next begins.
    private static func appendOnlyOrCapture(
        _ name: String, _ head: UnsafeRawBufferPointer, _ isWhole: Bool
    ) -> InputKind? {
        if name.hasSuffix(".aof") { return .aof }
        var reader = AOFReader()
        var rest = head
        var isFirst = true
        while true {
            guard let outcome = try? reader.next(in: rest, isLast: isWhole) else { break }
            guard case .command(let consumed) = outcome else {
                if isFirst, !contains(rest, "\r\n$") { return nil }
                return isFirst ? .resp : .aof
            }
            let request = Request(reader.request(in: rest))
            if isFirst, !request.isWord(0, "SELECT"), !request.isWord(0, "MULTI") { break }
            isFirst = false
            if !isWrittenToFile(request) { break }
            rest = UnsafeRawBufferPointer(rebasing: rest[consumed...])
        }
        return isCapture(head) ? .resp : nil
    }

    private static func isWrittenToFile(_ request: Request) -> Bool {
        guard let match = Catalog.find(request.text(0).octets.span) else { return true }
        let row =
            switch match {
            case .supported(let id): id.row
            case .unsupported(let row): Catalog.all[row]
            }
        let others: Set<String> = ["SELECT", "MULTI", "EXEC", "EVAL", "EVALSHA", "SCRIPT", "FUNCTION", "PUBLISH"]
        return row.facts.flags.contains(.write) || row.id == nil && row.listing == .unnamed || others.contains(row.name)
    }

    /// `*2\r\n$3\r\n` somewhere.
    private static func isCapture(_ head: UnsafeRawBufferPointer) -> Bool {
        var position = 0
        while position < head.count {
            if head[position] == UInt8(ascii: "*"), CaptureReader.isHeader(head, at: position) { return true }
            position += 1
        }
        return false
    }

    // MARK: Text

    private static func isMonitor(_ lines: [ArraySlice<UInt8>]) -> Bool {
        var isFound = false
        for line in lines.prefix(5) where !line.isEmpty {
            var reader = MonitorReader()
            let isCommand = line.withUnsafeBytes { bytes in
                switch reader.next(in: bytes, isLast: true) {
                case .command: return true
                case .malformed, .notice, .needMore, .end: return startsLikeMonitor(bytes)
                }
            }
            isFound = isFound || isCommand
        }
        return isFound
    }

    /// `1795394106.974517 [` begins a line whose end is not among the first bytes.
    private static func startsLikeMonitor(_ line: UnsafeRawBufferPointer) -> Bool {
        let text = String(decoding: line.prefix(64), as: UTF8.self)
        let body = text.first == "+" ? text.dropFirst() : text[...]
        let seconds = body.prefix { $0.isNumber }
        let rest = body[seconds.endIndex...]
        guard seconds.count >= 8, rest.first == "." else { return false }
        let behind = rest.dropFirst().drop { $0.isNumber }
        return behind.hasPrefix(" [") || behind.hasPrefix(" (db") || behind.hasPrefix(" \"")
    }

    private static func isInfo(_ lines: [ArraySlice<UInt8>]) -> Bool {
        lines.allSatisfy { $0.isEmpty || $0.first == UInt8(ascii: "#") || $0.contains(UInt8(ascii: ":")) }
    }

    private static func isSlowLog(_ lines: [ArraySlice<UInt8>]) -> Bool {
        SlowLogShape.of(lines) != nil
    }

    private static func isShell(_ name: String, _ head: UnsafeRawBufferPointer) -> Bool {
        if [".sh", ".bash", ".zsh", ".ksh"].contains(where: { name.hasSuffix($0) }) { return true }
        guard starts(head, "#!") else { return false }
        let line = String(decoding: head.prefix(200).prefix { $0 != 10 }, as: UTF8.self)
        let words = line.dropFirst(2).split(separator: " ")
        guard let program = words.first?.split(separator: "/").last else { return false }
        let shell = program == "env" ? words.dropFirst().first { !$0.hasPrefix("-") } ?? "" : program
        return ["sh", "bash", "dash", "zsh", "ksh", "ash"].contains(String(shell))
    }

    private static func isScriptName(_ name: String) -> Bool { name.hasSuffix(".redis") || name.hasSuffix(".rcli") }

    /// Commands a line: known by the name's end, or because most lines begin with a command.
    private static func isScript(_ name: String, _ lines: [ArraySlice<UInt8>]) -> Bool {
        if isScriptName(name) { return true }
        let filled = lines.filter { !$0.isEmpty }.prefix(50)
        guard !filled.isEmpty else { return false }
        let commands = filled.count { line in
            let words = line.split(separator: UInt8(ascii: " "), maxSplits: 2)
            guard var word = words.first else { return false }
            if words.count > 1, word.allSatisfy({ $0 >= 48 && $0 <= 57 }) { word = words[1] }
            let name = Array(word.filter { $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "'") && $0 != 13 })
            return Catalog.find(name.span) != nil
        }
        return commands * 2 > filled.count
    }

    private static func firstLines(_ head: UnsafeRawBufferPointer, _ isWhole: Bool) -> [ArraySlice<UInt8>] {
        var lines = Array(head).split(separator: 10, maxSplits: 200, omittingEmptySubsequences: false)
        if lines.count > 1, !isWhole || lines.count > 200 { lines.removeLast() }
        return lines.map { $0.last == 13 ? $0.dropLast() : $0 }
    }

    private static func starts(_ head: UnsafeRawBufferPointer, _ text: StaticString) -> Bool {
        head.count >= text.utf8CodeUnitCount
            && head.prefix(text.utf8CodeUnitCount).elementsEqual(
                UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    private static func contains(_ head: UnsafeRawBufferPointer, _ text: StaticString) -> Bool {
        let wanted = UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        guard let base = head.baseAddress, let first = wanted.first else { return false }
        var position = 0
        while position + wanted.count <= head.count,
            let found = memchr(base + position, Int32(first), head.count - position)
        {
            let place = UnsafeRawPointer(found) - base
            if place + wanted.count <= head.count, memcmp(found, text.utf8Start, wanted.count) == 0 { return true }
            position = place + 1
        }
        return false
    }
}

import CommandCatalog
import Glibc
import WireFormats

/// Tells the kinds of inputs apart by their first bytes.
enum Recognition {
    /// How many bytes it looks at, where there are so many.
    static let headBytes = 64 << 10

    /// What a file turned out to be.
    enum Outcome {
        case input(InputKind)
        /// Neither text nor data of Redis.
        case binary(BinaryFormat)
        /// None of the known.
        case none
    }

    /// Recognises the file of a stream, of which nothing was consumed.
    ///
    /// Colours and other sequences of a terminal are left out of the stream where it is a trace or a script.
    ///
    /// - Parameter isFound: whether the file was found below a folder, where most files are no input: source code goes by its
    ///   name there, and commands a line only by their file's.
    static func recognise(_ stream: ByteStream, isFound: Bool) -> Outcome {
        let name = plainName(stream.path)
        if let kind = kindByMagic(name, stream.window, stream.isLast) { return .input(kind) }
        if let format = BinaryFormat.of(stream.window) { return .binary(format) }
        if let kind = kindByName(name, stream.window) { return .input(kind) }
        let isBinary = BinaryFormat.isBinary(stream.window)
        if !isBinary, EscapeSequenceFilter.isNeeded(for: stream.window) {
            stream.dropEscapeSequences()
            stream.fill(upTo: headBytes)
        }
        let head = stream.window
        if isFound, isBinary, !contains(head, "\r\n*") { return .binary(.unknown) }
        if let kind = kindByContent(name, head, stream.isLast, isFound: isFound) { return .input(kind) }
        let lines = firstLines(head, stream.isLast)
        if isScriptName(name), !isFound || !isProse(lines) { return .input(.script) }
        if !isBinary, SettingsFile.of(path: name) != nil { return .input(.settings) }
        if isFound { return .none }
        if isScript(lines) { return .input(.script) }
        return !isBinary && isCall(lines) ? .input(.shell) : .none
    }

    /// Whether what has come of a pipe is enough to know it for a log of MONITOR.
    static func isRunningMonitor(_ head: UnsafeRawBufferPointer) -> Bool {
        let lines = firstLines(head, false)
        return lines.count < 200 && hasMonitorLine(lines)
    }

    /// The path without the suffix of a compressed file.
    static func plainName(_ path: String) -> String { path.hasSuffix(".gz") ? String(path.dropLast(3)) : path }

    /// Whether a file of this name has a beginning in any case, so that an empty one is damage.
    static func isNeverEmpty(_ name: String) -> Bool { name.hasSuffix(".rdb") }

    /// By the first bytes that only one kind has.
    private static func kindByMagic(_ name: String, _ head: UnsafeRawBufferPointer, _ isWhole: Bool) -> InputKind? {
        if RDBFormat.begins(head) == true, !isText(behindMagicOf: head) { return rdbOrAppendOnly(name, head, isWhole) }
        if starts(head, "*") { return appendOnlyOrCapture(name, head, isWhole) }
        return starts(head, "#TS:") ? .aof : nil
    }

    /// `REDIS0001=…`: behind the version of an RDB file stands an opcode or a type, none of which is a printable character.
    private static func isText(behindMagicOf head: UnsafeRawBufferPointer) -> Bool {
        head.count > 9 && (32..<127).contains(head[9])
    }

    /// By the name of what is written by people, and of data whose beginning may be damaged.
    private static func kindByName(_ name: String, _ head: UnsafeRawBufferPointer) -> InputKind? {
        if name.hasSuffix(".rdb") { return .rdb }
        if name.hasSuffix(".aof") { return .aof }
        if isShell(name, head) { return .shell }
        if DialectList.index(path: name, head: head) != nil { return .source }
        return DependencyManifest.of(path: name) == nil ? nil : .manifest
    }

    private static func kindByContent(
        _ name: String, _ head: UnsafeRawBufferPointer, _ isWhole: Bool, isFound: Bool
    ) -> InputKind? {
        // A page that shows a trace is none.
        if isFound, isTemplate(name) { return nil }
        let lines = firstLines(head, isWhole)
        // Documentation has sessions in its midst, and a script with a prompt in its midst is a script.
        let onlyFirst = isFound || isScriptName(name)
        if let kind = kindByPrompts(lines, onlyFirst: onlyFirst) { return kind }
        // INFO of all sections has them behind more lines than are looked at one by one.
        if contains(head, "cmdstat_"), isInfo(lines) { return .commandstats }
        if isMonitor(lines) { return .monitor }
        if isSlowLog(lines) { return .slowlog }
        return contains(head, "\r\n*") && isCapture(head) ? .resp : nil
    }

    /// The file is a page, or a template of one.
    private static func isTemplate(_ name: String) -> Bool {
        guard let dot = name.lastIndex(of: ".") else { return false }
        return templateEndings.contains(name[dot...].dropFirst().lowercased())
    }

    private static let templateEndings: Set<String> = [
        "twig", "html", "htm", "xhtml", "hbs", "handlebars", "mustache", "ejs", "jinja", "jinja2", "j2", "liquid",
        "njk",
        "tpl", "latte", "pug", "haml", "slim", "ftl", "gohtml", "tmpl", "svg", "css", "scss", "less",
    ]

    /// A session with redis-cli; one of which the commands only ask for a trace is that trace.
    private static func kindByPrompts(_ lines: [ArraySlice<UInt8>], onlyFirst: Bool) -> InputKind? {
        let searched = onlyFirst ? lines.drop { $0.isEmpty }.prefix(1) : lines[...]
        guard searched.contains(where: { command(behindPromptOf: $0) != nil }) else {
            return searched.contains { TerminalText.call($0) != nil } && !isTrace(lines) ? .session : nil
        }
        let commands = lines.compactMap(command(behindPromptOf:))
        let kinds = Set(commands.filter { $0 != .nothing }.map(\.traceKind))
        switch kinds.count == 1 ? kinds.first ?? nil : nil {
        case .slowlog? where isSlowLog(lines): return .slowlog
        case .monitor? where hasMonitorLine(lines): return .monitor
        case .commandstats? where lines.contains { $0.starts(with: Array("cmdstat_".utf8)) }: return .commandstats
        default: return .session
        }
    }

    /// A trace may have the call that has written it in front.
    private static func isTrace(_ lines: [ArraySlice<UInt8>]) -> Bool {
        hasMonitorLine(lines) || isSlowLog(lines) || lines.contains { $0.starts(with: "cmdstat_".utf8) }
    }

    /// Lines of a shell that call redis-cli with a command, as people paste one.
    private static func isCall(_ lines: [ArraySlice<UInt8>]) -> Bool {
        let filled = lines.filter { !$0.isEmpty && $0.first != UInt8(ascii: "#") }.prefix(50)
        let isNamed = filled.contains { line in RedisClientCall.programs.contains { line.contains($0.utf8) } }
        return isNamed
            && filled.contains { line in
                ShellScript.commands(of: Array(line.prefix(4_096))).contains { command in
                    let program = ShellProgram.of(command.words) { RedisClientCall.isProgram(ShellProgram.name($0)) }
                    guard case .client(let index) = program, command.level == 0 else { return false }
                    let call = RedisClientCall(command.words[(index + 1)...], inputFollows: command.readsPipe)
                    return call.readsInput
                        || call.sent.contains { $0.words.first.map { Catalog.find($0.bytes.span) != nil } ?? false }
                }
            }
    }

    private static func command(behindPromptOf line: ArraySlice<UInt8>) -> SessionCommand? {
        line.withUnsafeBytes { bytes in
            let drawn = TerminalText.lastDrawn(bytes)
            return RedisPrompt(drawn).map { SessionCommand(drawn.dropFirst($0.command)) }
        }
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

    /// MONITOR that was interrupted before anything came has answered OK.
    private static func isMonitor(_ lines: [ArraySlice<UInt8>]) -> Bool {
        hasMonitorLine(lines.prefix(20).map { $0 })
            || lines.contains { !$0.isEmpty } && lines.allSatisfy { $0.isEmpty || isOK($0) }
    }

    private static func isOK(_ line: ArraySlice<UInt8>) -> Bool { line == [79, 75] || line == [43, 79, 75] }

    private static func hasMonitorLine(_ lines: [ArraySlice<UInt8>]) -> Bool {
        lines.contains { line in
            line.withUnsafeBytes { bytes in
                var reader = MonitorReader()
                if case .command = reader.next(in: bytes, isLast: true) { return true }
                // A line whose end is not among the first bytes.
                return MonitorReader.hasBeginning(of: bytes)
            }
        }
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
        let line = String(decoding: head.prefix(200).prefix { $0 != 10 && $0 != 13 }, as: UTF8.self)
        let words = line.dropFirst(2).split(separator: " ")
        guard let program = words.first?.split(separator: "/").last else { return false }
        let shell = program == "env" ? words.dropFirst().first { !$0.hasPrefix("-") } ?? "" : program
        return ["sh", "bash", "dash", "zsh", "ksh", "ash"].contains(String(shell))
    }

    private static func isScriptName(_ name: String) -> Bool { name.hasSuffix(".redis") || name.hasSuffix(".rcli") }

    /// Commands a line: most lines begin with one.
    private static func isScript(_ lines: [ArraySlice<UInt8>]) -> Bool {
        let (commands, filled) = commandLines(lines)
        return commands * 2 > filled
    }

    /// Text about Redis in a file that has a script's name: of many lines hardly one begins with a command.
    private static func isProse(_ lines: [ArraySlice<UInt8>]) -> Bool {
        let (commands, filled) = commandLines(lines)
        return filled >= 8 && commands * 4 < filled || filled >= 3 && commands == 0
    }

    /// How many of the first lines that are no comments begin with a command.
    private static func commandLines(_ lines: [ArraySlice<UInt8>]) -> (commands: Int, filled: Int) {
        let filled = lines.filter { !$0.isEmpty && $0.first != UInt8(ascii: "#") }.prefix(50)
        let commands = filled.count { line in
            if isSentence(line) { return false }
            let words = line.split(separator: UInt8(ascii: " "), maxSplits: 2)
            guard var word = words.first else { return false }
            if words.count > 1, word.allSatisfy({ $0 >= 48 && $0 <= 57 }) { word = words[1] }
            let name = Array(word.filter { $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "'") && $0 != 13 })
            return Catalog.find(name.span) != nil
        }
        return (commands, filled.count)
    }

    /// `Hello there, this is prose about KEYS.` begins with a command's name, and is none: four words or more without quotes,
    /// with a mark at the end or a comma between.
    private static func isSentence(_ line: ArraySlice<UInt8>) -> Bool {
        guard !line.contains(where: { "\"'".utf8.contains($0) }) else { return false }
        let words = line.split(separator: UInt8(ascii: " ")).filter { $0 != [13] }
        guard words.count >= 4, let last = words.last?.last(where: { $0 != 13 }) else { return false }
        return ".!?:".utf8.contains(last) || words.dropLast().contains { $0.last == UInt8(ascii: ",") }
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

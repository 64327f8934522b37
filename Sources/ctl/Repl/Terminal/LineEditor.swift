import CEditLine
import CommandCatalog
import Glibc
import Presentation

/// The line editor of a session, on libedit.
final class LineEditor {
    /// The hint for a line; nil for none.
    private let hint: (_ line: [UInt8]) -> Hint?
    /// What the line up to the cursor may become.
    private let completion: (_ line: [UInt8]) -> Completion

    /// How reading a line has ended.
    enum Outcome {
        case line([UInt8])
        case end
        case interrupted
    }

    /// How many candidates are listed.
    private static let mostListed = 100

    init(
        isColored: Bool, hint: @escaping ([UInt8]) -> Hint?, completion: @escaping ([UInt8]) -> Completion
    ) throws(Failure) {
        self.hint = hint
        self.completion = completion
        let callbacks = editline_callbacks(
            context: Unmanaged.passUnretained(self).toOpaque(),
            hint: { context, line, length, buffer, capacity, isWarning in
                guard let editor = LineEditor.of(context), let line, let buffer else { return 0 }
                return editor.writeHint(LineEditor.bytes(line, length), buffer, capacity, isWarning)
            },
            complete: { context, line, _, cursor, buffer, capacity, replaced in
                guard let editor = LineEditor.of(context), let line, let buffer, let replaced else { return 0 }
                return editor.complete(LineEditor.bytes(line, cursor), buffer, capacity, replaced)
            })
        guard editline_open("clusterctl", callbacks, CInt(LineHistory.most), isColored ? 1 : 0) != 0 else {
            throw Failure("the line editor cannot start on this terminal: set TERM, or give the commands with --file")
        }
    }

    deinit { editline_close() }

    /// Reads a line.
    func read(prompt: String) -> Outcome {
        var line: UnsafePointer<CChar>?
        var length = 0
        switch editline_read(prompt, &line, &length) {
        case EDITLINE_LINE: return .line(line.map { Self.bytes($0, length) } ?? [])
        case EDITLINE_INTERRUPTED: return .interrupted
        default: return .end
        }
    }

    /// The next line of a paste; nil where there is none.
    func nextPasted() -> [UInt8]? {
        var line: UnsafePointer<CChar>?
        var length = 0
        guard editline_next_pasted(&line, &length) != 0, let line else { return nil }
        return Self.bytes(line, length)
    }

    func dropPasted() { editline_drop_pasted() }

    func remember(_ line: String) { editline_remember(line) }

    /// The rows of the screen.
    static var rows: Int {
        var columns: CInt = 0
        var rows: CInt = 0
        editline_size(&columns, &rows)
        return Int(rows)
    }

    private static var columns: Int {
        var columns: CInt = 0
        var rows: CInt = 0
        editline_size(&columns, &rows)
        return Int(columns)
    }

    // MARK: What libedit asks for

    private static func of(_ context: UnsafeMutableRawPointer?) -> LineEditor? {
        context.map { Unmanaged<LineEditor>.fromOpaque($0).takeUnretainedValue() }
    }

    private static func bytes(_ start: UnsafePointer<CChar>, _ count: Int) -> [UInt8] {
        UnsafeRawBufferPointer(start: start, count: count).map { $0 }
    }

    private func writeHint(
        _ line: [UInt8], _ buffer: UnsafeMutablePointer<CChar>, _ capacity: Int,
        _ isWarning: UnsafeMutablePointer<CInt>?
    ) -> Int {
        guard let hint = hint(line) else { return 0 }
        isWarning?.pointee = hint.isWarning ? 1 : 0
        return Self.copy(hint.text.utf8.map { $0 < 127 && $0 >= 32 ? $0 : UInt8(ascii: "?") }, buffer, capacity)
    }

    private static func copy(_ bytes: [UInt8], _ buffer: UnsafeMutablePointer<CChar>, _ capacity: Int) -> Int {
        let count = min(bytes.count, capacity)
        UnsafeMutableRawBufferPointer(start: buffer, count: count).copyBytes(from: bytes.prefix(count))
        return count
    }

    private func complete(
        _ line: [UInt8], _ buffer: UnsafeMutablePointer<CChar>, _ capacity: Int,
        _ replaced: UnsafeMutablePointer<Int>
    ) -> Int {
        let completion = completion(line)
        guard !completion.candidates.isEmpty else { return 0 }
        replaced.pointee = completion.replacedBytes
        if completion.candidates.count == 1 {
            return Self.copy(Array((completion.candidates[0] + " ").utf8), buffer, capacity)
        }
        let common = completion.commonPrefix
        if common.utf8.count > completion.replacedBytes { return Self.copy(Array(common.utf8), buffer, capacity) }
        StandardOutput.write("\n" + Self.listing(completion.candidates, columns: Self.columns))
        return -1
    }

    /// Candidates in columns.
    static func listing(_ candidates: [String], columns: Int) -> String {
        let shown = candidates.prefix(mostListed).map(SafeText.line)
        let width = (shown.map(\.count).max() ?? 0) + 2
        let perRow = max(1, columns / width)
        let rows = (shown.count + perRow - 1) / perRow
        var text = ""
        for row in 0..<rows {
            var line = ""
            for index in stride(from: row, to: shown.count, by: rows) {
                line += shown[index] + String(repeating: " ", count: width - shown[index].count)
            }
            while line.last == " " { line.removeLast() }
            text += line + "\n"
        }
        let rest = candidates.count - shown.count
        return rest > 0 ? text + "and \(rest) more\n" : text
    }
}

import WireFormats

/// The keys of a file, one a line, read as they are needed.
///
/// A line that is one text in double quotes has redis-cli's escapes, as reports show keys that are no text.
public final class KeyList {
    private let stream: ByteStream

    /// Opens the list that `--keys` names.
    ///
    /// - Throws: `InputProblem` where the file cannot be read; its message names it.
    public init(_ path: String) throws(InputProblem) {
        do throws(InputProblem) {
            stream = try ByteStream(path: path)
        } catch {
            throw InputProblem(location: error.location, message: "--keys \(path) \(error.message)")
        }
    }

    /// The next key, passing over empty lines; nil at the end.
    public func next() -> [UInt8]? {
        while true {
            guard let line = nextLine() else { return nil }
            if !line.isEmpty { return Self.key(line) }
        }
    }

    private func nextLine() -> [UInt8]? {
        var searched = 0
        while true {
            let window = stream.window
            if let end = window[searched...].firstIndex(of: 10) {
                let line = Array(window[..<end])
                stream.consume(end + 1)
                return line.last == 13 ? line.dropLast() : line
            }
            if stream.isLast {
                let line = Array(window)
                stream.consume(window.count)
                return line.isEmpty ? nil : line
            }
            searched = window.count
            stream.fill()
        }
    }

    private static func key(_ line: [UInt8]) -> [UInt8] {
        let quote = UInt8(ascii: "\"")
        guard line.count >= 2, line.first == quote, line.last == quote,
            let words = InlineRequest.words(of: line), words.count == 1
        else { return line }
        return words[0]
    }
}

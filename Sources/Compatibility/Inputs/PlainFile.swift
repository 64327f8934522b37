package import SystemCalls

/// The bytes of a file from front to back, uncompressed where it is a gzip file.
package final class PlainFile {
    private let stream: ByteStream

    /// So much is given out at once.
    private static let piece = 1 << 20

    /// Opens a file.
    package init(_ path: FilePath) throws(InputProblem) { stream = try ByteStream(path, asText: false) }

    /// How many bytes of the file as it is stored were read, and how many it has; nil for a pipe.
    package var storedBytes: Int { stream.storedBytes }
    package var storedTotal: Int? { stream.storedTotal }

    /// Whether the file can be opened once more.
    package var canBeReadAgain: Bool { stream.canBeReadAgain }

    /// Whether the next bytes are still to be read from the file, and are not those of a gzip file, which may be there.
    package var readsNext: Bool { stream.window.isEmpty && !stream.isLast && !stream.isCompressed }

    /// Some bytes more; empty at the end.
    package func read() throws(InputProblem) -> [UInt8] {
        if stream.window.isEmpty { stream.fill() }
        if stream.window.isEmpty, let problem = stream.problem { throw problem }
        let bytes = Array(stream.window.prefix(Self.piece))
        stream.consume(bytes.count)
        return bytes
    }
}

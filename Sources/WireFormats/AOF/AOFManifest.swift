/// The list of the files that an append-only folder of Redis 7.0 and later is made of.
///
///     file appendonly.aof.3.base.rdb seq 3 type b
///     file appendonly.aof.3.incr.aof seq 3 type i
///
/// A line is pairs of a key and a value, in any order, quoted as an inline request where needed; keys that are not
/// known are passed over. `#` begins a comment (`aof.c` of Redis 7.2).
///
/// ``bytes`` writes one with a checksum in a comment, and with the sizes and checksums of files that are not written to any
/// more, which Redis passes over:
///
///     #CRC64:e9c6d914c4b8d9ca
///     file appendonly.aof.3.base.rdb seq 3 type b size 4711
///     file appendonly.aof.3.incr.aof seq 3 type i
public struct AOFManifest: Sendable, Equatable {
    /// One of the files.
    public struct File: Sendable, Equatable {
        /// What it holds.
        public enum Kind: UInt8, Sendable {
            /// The data up to a rewrite, as an RDB file or as commands: `b`.
            case base = 0x62
            /// Superseded, waiting to be deleted: `h`.
            case history = 0x68
            /// The commands since: `i`.
            case incremental = 0x69
        }

        /// Its name in the folder, without a path.
        public let name: [UInt8]
        /// Its number; incremental files are read in its order.
        public let sequence: Int64
        /// What it holds.
        public let kind: Kind
        /// How many bytes it has; nil where that is not said, as of a file that is still written to.
        public let size: Int64?
        /// A checksum of these bytes, of whatever kind its writer takes; nil where that is not said.
        public let checksum: UInt64?

        /// A file of this name.
        public init(
            name: [UInt8], sequence: Int64, kind: Kind, size: Int64? = nil, checksum: UInt64? = nil
        ) {
            self.name = name
            self.sequence = sequence
            self.kind = kind
            self.size = size
            self.checksum = checksum
        }
    }

    /// All files in the order of their lines.
    public let files: [File]
    /// Whether the lines have the checksum that the first one says; Redis writes none.
    public let isChecked: Bool

    /// Those that make up the data, in the order in which they are to be read.
    public var dataFiles: [File] {
        files.filter { $0.kind == .base } + files.filter { $0.kind == .incremental }
    }

    /// Reads a manifest.
    ///
    /// - Parameter bytes: the whole of it.
    /// - Throws: an error for the first line that Redis would refuse, too, or for a checksum that the lines do not have.
    public init(_ bytes: [UInt8]) throws(AOFManifestError) {
        isChecked = try Self.isChecked(bytes)
        var files: [File] = []
        let lines = bytes.split(separator: Byte.lineFeed, omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            // What follows the last line feed is a line only where there is something.
            if index == lines.count - 1, line.isEmpty { break }
            if line.first == UInt8(ascii: "#") { continue }
            let file = try Self.parse(Array(line), number: index + 1)
            if let problem = Self.conflict(file, files) { throw AOFManifestError(kind: problem, line: index + 1) }
            files.append(file)
        }
        guard !files.isEmpty else { throw AOFManifestError(kind: .empty, line: 1) }
        self.files = files
    }

    /// The list of these files, with a checksum.
    public init(_ files: [File]) {
        self.files = files
        isChecked = true
    }

    private static let checksumMark = Array("#CRC64:".utf8)

    /// The manifest as it is written, the first line with the checksum of all behind it.
    public var bytes: [UInt8] {
        let lines = files.flatMap { file -> [UInt8] in
            let kind = Character(UnicodeScalar(file.kind.rawValue))
            let size = file.size.map { " size \($0)" } ?? ""
            let checksum = file.checksum.map { " checksum \(String($0, radix: 16))" } ?? ""
            return Array("file ".utf8) + file.name
                + Array(" seq \(file.sequence) type \(kind)\(size)\(checksum)\n".utf8)
        }
        return Self.checksumMark + CRC64.digits(of: lines) + [Byte.lineFeed] + lines
    }

    /// Whether the first line has a checksum, which must be that of what follows.
    private static func isChecked(_ bytes: [UInt8]) throws(AOFManifestError) -> Bool {
        guard bytes.starts(with: checksumMark) else { return false }
        let rest = bytes.dropFirst(checksumMark.count)
        let lines = rest.dropFirst(CRC64.digitCount + 1)
        guard rest.dropFirst(CRC64.digitCount).first == Byte.lineFeed,
            rest.prefix(CRC64.digitCount).elementsEqual(CRC64.digits(of: Array(lines)))
        else { throw AOFManifestError(kind: .badChecksum, line: 1) }
        return true
    }

    /// Whether a file begins like a manifest: its first line that is no comment begins with `file` and a blank, or with
    /// another of the known keys.
    public static func isManifest(_ bytes: [UInt8]) -> Bool {
        let lines = bytes.split(separator: Byte.lineFeed)
        guard let first = lines.first(where: { $0.first != UInt8(ascii: "#") }) else { return false }
        return (try? parse(Array(first), number: 1)) != nil
    }

    private static let maximumLineBytes = 1024

    private static func parse(_ line: [UInt8], number: Int) throws(AOFManifestError) -> File {
        func refuse(_ kind: AOFManifestError.Kind) -> AOFManifestError { AOFManifestError(kind: kind, line: number) }

        guard line.count < maximumLineBytes else { throw refuse(.lineTooLong) }
        guard let words = InlineRequest.words(of: line), words.count >= 6, words.count.isMultiple(of: 2) else {
            throw refuse(.notPairs)
        }
        var name: [UInt8]?
        var sequence: Int64?
        var kind: File.Kind?
        var size: Int64?
        var checksum: UInt64?
        for index in stride(from: 0, to: words.count, by: 2) {
            let value = words[index + 1]
            switch String(decoding: words[index], as: UTF8.self).lowercased() {
            case "file": name = value
            case "seq": sequence = value.withUnsafeBytes(DecimalInteger.parse)
            case "type": kind = value.count == 1 ? File.Kind(rawValue: value[0]) : nil
            case "size":
                size = value.withUnsafeBytes(DecimalInteger.parse)
                guard let size, size >= 0 else { throw refuse(.badSize) }
            case "checksum": checksum = UInt64(String(decoding: value, as: UTF8.self), radix: 16)
            default: break
            }
        }
        guard let name, !name.isEmpty, !name.contains(UInt8(ascii: "/")), name != Array("..".utf8), name != [0x2E]
        else {
            throw refuse(.badName)
        }
        guard let sequence, sequence > 0 else { throw refuse(.badSequence) }
        guard let kind else { throw refuse(.badType) }
        return File(name: name, sequence: sequence, kind: kind, size: size, checksum: checksum)
    }

    private static func conflict(_ file: File, _ files: [File]) -> AOFManifestError.Kind? {
        switch file.kind {
        case .base: files.contains { $0.kind == .base } ? .severalBases : nil
        case .incremental:
            files.contains { $0.kind == .incremental && $0.sequence >= file.sequence } ? .sequenceNotAscending : nil
        case .history: nil
        }
    }
}

/// A manifest that Redis would not accept.
public struct AOFManifestError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What is wrong.
    public enum Kind: Sendable, Equatable {
        /// It names no file.
        case empty
        /// A line has 1,024 bytes or more.
        case lineTooLong
        /// A line is not made of at least three pairs of words, or its quotes are unbalanced.
        case notPairs
        /// The name is missing or is more than a name.
        case badName
        /// The number is missing or is no positive number.
        case badSequence
        /// The type is missing or none of `b`, `h`, `i`.
        case badType
        /// The size is no number of bytes.
        case badSize
        /// The lines do not have the checksum that the first one says.
        case badChecksum
        /// There is a second base.
        case severalBases
        /// An incremental file has a number that is not above the one before.
        case sequenceNotAscending
    }

    /// What is wrong.
    public let kind: Kind

    /// The line, from 1.
    public let line: Int

    /// One line that says what is wrong and where.
    public var description: String { "\(reason) in line \(line)" }

    private var reason: String {
        switch kind {
        case .empty: "no file is named"
        case .lineTooLong: "more than 1,023 bytes"
        case .notPairs: "not three pairs of words or more, as in 'file NAME seq NUMBER type b'"
        case .badName: "no file name without a path"
        case .badSequence: "no positive number behind 'seq'"
        case .badType: "no 'b', 'h' or 'i' behind 'type'"
        case .badSize: "no number of bytes behind 'size'"
        case .badChecksum: "a checksum that the lines behind it do not have"
        case .severalBases: "a second base file"
        case .sequenceNotAscending: "a number that is not above the one before"
        }
    }
}

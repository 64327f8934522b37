public import Glibc

/// A path as the system has it: bytes, which need not be UTF-8.
public struct FilePath: Sendable, Hashable {
    /// The bytes, without the zero at their end.
    public let bytes: [UInt8]
    /// The path for people: each byte that belongs to no UTF-8 is written as `\xE9`.
    ///
    /// Two paths may have one text, so that only ``bytes`` open a file.
    public let text: String

    /// A path that is UTF-8.
    public init(_ text: String) {
        bytes = Array(text.utf8)
        self.text = text
    }

    /// A path of any bytes.
    public init(bytes: [UInt8]) {
        self.bytes = bytes
        text = String(validating: bytes, as: UTF8.self) ?? Self.escaped(bytes)
    }

    /// A path from the command line.
    ///
    /// Swift repairs arguments that are not UTF-8; what was repaired is looked up among those that the system has passed.
    public init(argument: String) {
        guard argument.unicodeScalars.contains("\u{FFFD}") else {
            self.init(argument)
            return
        }
        let given = Self.arguments.first { String(decoding: $0, as: UTF8.self) == argument }
        self.init(bytes: given ?? Array(argument.utf8))
    }

    /// The program's arguments as the system has passed them, its name the first of them: as they were when somebody asked
    /// for them first, which is to be before anything in them is overwritten.
    public static let arguments: [[UInt8]] = (0..<Int(CommandLine.argc)).compactMap { index in
        CommandLine.unsafeArgv[index].map { Array(UnsafeRawBufferPointer(start: $0, count: strlen($0))) }
    }

    /// The path of an entry of this folder.
    public func appending(_ name: [UInt8]) -> FilePath {
        let isComplete = bytes.last == UInt8(ascii: "/")
        return FilePath(bytes: bytes + (isComplete ? [] : [UInt8(ascii: "/")]) + name)
    }

    /// The folder that the path's last part is in: `.` for a bare name.
    public var parent: FilePath {
        guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return FilePath(".") }
        return FilePath(bytes: slash == 0 ? [UInt8(ascii: "/")] : Array(bytes[..<slash]))
    }

    /// The path from the root of the system, without `.` and `..`; links are not followed.
    public var absolute: FilePath {
        let slash = UInt8(ascii: "/")
        var whole = bytes
        if whole.first != slash, let folder = getcwd(nil, 0) {
            whole = Array(UnsafeRawBufferPointer(start: folder, count: strlen(folder))) + [slash] + whole
            free(folder)
        }
        var parts: [ArraySlice<UInt8>] = []
        for part in whole.split(separator: slash) where part != [UInt8(ascii: ".")] {
            if part.elementsEqual("..".utf8) { _ = parts.popLast() } else { parts.append(part) }
        }
        return FilePath(bytes: parts.isEmpty ? [slash] : Array(parts.map { [slash] + $0 }.joined()))
    }

    /// Calls `body` with the path as system calls take it.
    public func withSystemPath<Result>(_ body: (UnsafePointer<CChar>) -> Result) -> Result {
        let ended = bytes.map { CChar(bitPattern: $0) } + [0]
        return ended.withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress else { preconditionFailure("an ended path has a byte") }
            return body(start)
        }
    }

    /// The absolute path without links; nil if there is no such file.
    public var resolved: FilePath? {
        withSystemPath { path in
            guard let resolved = realpath(path, nil) else { return nil }
            defer { free(resolved) }
            return FilePath(bytes: Array(UnsafeRawBufferPointer(start: resolved, count: strlen(resolved))))
        }
    }

    /// What the system says of the file that the path, its links followed, leads to; nil with the reason in `errno`.
    public var status: stat? {
        withSystemPath { path in
            var status = stat()
            return stat(path, &status) == 0 ? status : nil
        }
    }

    private static func escaped(_ bytes: [UInt8]) -> String {
        var text = ""
        var parser = Unicode.UTF8.ForwardParser()
        var iterator = bytes.makeIterator()
        var position = 0
        while true {
            switch parser.parseScalar(from: &iterator) {
            case .valid(let encoded):
                text.unicodeScalars.append(Unicode.UTF8.decode(encoded))
                position += encoded.count
            case .error(let length):
                for byte in bytes[position..<position + length] { text += escape(byte) }
                position += length
            case .emptyInput: return text
            }
        }
    }

    private static func escape(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16, uppercase: true)
        return digits.count == 1 ? "\\x0\(digits)" : "\\x\(digits)"
    }
}

extension FilePath: Comparable {
    /// By the texts, as reports list them.
    public static func < (left: FilePath, right: FilePath) -> Bool {
        left.text == right.text
            ? left.bytes.lexicographicallyPrecedes(right.bytes) : left.text < right.text
    }
}

import Glibc

/// Bytes that are read from front to back: a file's, or those that a server sends.
protocol ByteSource: AnyObject {
    /// What is read, for messages.
    var name: String { get }
    /// How many bytes there are in all; nil where that is not known.
    var total: Int? { get }
    /// What was found out beside the bytes so far.
    var findings: SourceFindings { get }
    /// Some bytes more; empty at the end.
    func read() throws(Failure) -> [UInt8]
}

/// What a source knows that its bytes do not tell.
struct SourceFindings {
    /// The keys that were read; nil where they are only in the bytes.
    var keys: Int?
    /// What cannot be told in bytes, such as keys that could not be read.
    var refusals = ImportRefusals()
    /// Keys that were asked for and are not there.
    var missing = 0
}

extension ByteSource {
    var findings: SourceFindings { SourceFindings() }
}

/// The bytes of a file.
final class FileSource: ByteSource {
    let name: String
    let total: Int?
    let findings: SourceFindings
    private let descriptor: CInt

    /// A file that is open, from its beginning on, under another name.
    init(_ descriptor: CInt, name: String, _ findings: SourceFindings) {
        self.name = name
        self.descriptor = descriptor
        self.findings = findings
        lseek(descriptor, 0, SEEK_SET)
        var information = stat()
        total = fstat(descriptor, &information) == 0 ? Int(information.st_size) : nil
    }

    init(path: String) throws(Failure) {
        name = path
        findings = SourceFindings()
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw Failure("\(path): \(systemError()): name a file that can be read", .unreachable)
        }
        var information = stat()
        total = fstat(descriptor, &information) == 0 ? Int(information.st_size) : nil
        guard information.st_mode & S_IFMT != S_IFDIR else {
            throw Failure(
                "\(path) is a folder: name a file in it, such as the manifest of an append-only log", .unreachable)
        }
    }

    deinit {
        close(descriptor)
    }

    func read() throws(Failure) -> [UInt8] {
        var code: CInt = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: 1024 * 1024) { buffer, count in
            var received = 0
            repeat {
                received = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            } while received < 0 && errno == EINTR
            if received < 0 { code = errno }
            count = max(0, received)
        }
        guard code == 0 else { throw Failure("\(name): \(String(cString: strerror(code)))", .unreachable) }
        return bytes
    }
}

/// What a source has given and nobody has used yet.
final class ByteWindow {
    let source: any ByteSource
    private(set) var bytes: [UInt8] = []
    private(set) var isAtEnd = false
    /// How many bytes were used.
    private(set) var offset = 0

    init(_ source: any ByteSource) {
        self.source = source
    }

    /// Drops bytes that were used.
    func drop(_ count: Int) {
        bytes.removeFirst(count)
        offset += count
    }

    /// Reads on; at the end, notes that.
    func fill() throws(Failure) {
        let more = try source.read()
        if more.isEmpty { isAtEnd = true } else { bytes += more }
    }
}

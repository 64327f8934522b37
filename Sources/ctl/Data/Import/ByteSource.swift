import Compatibility
import Glibc
import SystemCalls

/// Bytes that are read from front to back: a file's, or those that a server sends.
protocol ByteSource: AnyObject {
    /// What is read, for messages.
    var name: String { get }
    /// How many bytes there are in all, as they are stored; nil where that is not known.
    var total: Int? { get }
    /// How many of these were read; nil where they are those that were given out.
    var done: Int? { get }
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
    var done: Int? { nil }
    var findings: SourceFindings { SourceFindings() }
}

/// The bytes of a file, uncompressed where it is a gzip file.
final class FileSource: ByteSource {
    let name: String
    private let file: PlainFile
    /// Nil for a regular file.
    private let pipe: WaitedPipe?

    init(_ path: FilePath) throws(Failure) {
        name = path.text
        if let status = path.status, [S_IFCHR, S_IFBLK].contains(status.st_mode & S_IFMT) {
            // What /dev/zero has never ends.
            throw Failure("\(path.text): is a device: name a file that can be read", .unreachable)
        }
        pipe = WaitedPipe(path)
        try pipe?.waitForBytes(name)
        do throws(InputProblem) {
            file = try PlainFile(path)
        } catch {
            throw Self.failure(error, "name a file that can be read")
        }
    }

    var total: Int? { file.storedTotal }
    var done: Int? { file.storedBytes }
    /// Whether the file can be opened once more.
    var canBeReadAgain: Bool { file.canBeReadAgain }

    func read() throws(Failure) -> [UInt8] {
        try ReadingInterrupt.shared.check(name)
        if file.readsNext { try pipe?.waitForBytes(name) }
        do throws(InputProblem) {
            return try file.read()
        } catch {
            throw Self.failure(error, "what is left cannot be read")
        }
    }

    private static func failure(_ problem: InputProblem, _ advice: String) -> Failure {
        Failure("\(problem.location.path): \(problem.message): \(advice)", .unreachable)
    }
}

/// A pipe that is read by somebody else, and waited for here: who opens or reads it waits where no signal is seen.
private final class WaitedPipe {
    private let descriptor: CInt

    /// Nil where the path is no pipe.
    init?(_ path: FilePath) {
        guard let status = path.status, status.st_mode & S_IFMT == S_IFIFO else { return nil }
        descriptor = path.withSystemPath { open($0, O_RDONLY | O_CLOEXEC | O_NONBLOCK) }
        guard descriptor >= 0 else { return nil }
    }

    deinit { close(descriptor) }

    func waitForBytes(_ name: String) throws(Failure) {
        try ReadingInterrupt.shared.waitForBytes(descriptor, name)
    }
}

/// Bytes that were kept in a file without a name, from their beginning on.
final class SpooledSource: ByteSource {
    let name: String
    let total: Int?
    let findings: SourceFindings
    private let descriptor: CInt

    /// Takes the descriptor over.
    init(_ descriptor: CInt, name: String, _ findings: SourceFindings) {
        self.name = name
        self.descriptor = descriptor
        self.findings = findings
        lseek(descriptor, 0, SEEK_SET)
        var information = stat()
        total = fstat(descriptor, &information) == 0 ? Int(information.st_size) : nil
    }

    deinit {
        close(descriptor)
    }

    func read() throws(Failure) -> [UInt8] {
        try ReadingInterrupt.shared.waitForBytes(descriptor, name)
        var code: CInt = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: 1024 * 1024) { buffer, count in
            var received = 0
            repeat {
                received = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            } while received < 0 && (errno == EINTR || errno == EAGAIN)
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

    /// How many bytes of the source were used, as it stores them.
    var done: Int { source.done ?? offset }

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

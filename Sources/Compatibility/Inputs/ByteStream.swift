import CZlib
import Glibc

/// The bytes of a file, of a gzip file or of standard input, in a window that moves over them.
///
///     | consumed | window: not consumed yet | free |
///     0        start                       end   capacity
///
/// A reader looks at ``window``, tells what it has used with ``consume(_:)`` and asks for more with ``fill()``, which
/// moves the rest to the front and doubles the memory only where one item fills all of it. So memory depends on the
/// largest item, not on the file.
final class ByteStream {
    /// The path as it was given.
    let path: String
    /// Whether the content is compressed.
    private(set) var isCompressed = false
    /// How many bytes have been read of the file as it is stored.
    private(set) var storedBytes = 0
    /// How large the file is as it is stored; nil for a pipe.
    let storedTotal: Int?
    /// How many uncompressed bytes stand before the window.
    private(set) var offset = 0
    /// Whether no bytes will come behind the window.
    private(set) var isLast = false
    /// What ended the stream early: an error of reading or of the compression.
    private(set) var problem: InputProblem?

    private let descriptor: Int32
    /// Whether each reading names its place in the file, so that another stream over it moves nothing.
    private let isReadByPlace: Bool
    private var memory: UnsafeMutableRawBufferPointer
    private var start = 0
    private var end = 0
    private var inflater: Inflater?

    /// Enough that system calls cost nothing, and little enough to stay in the cache.
    private static let initialCapacity = 256 << 10

    /// Opens a file, or standard input for `-`, and reads its beginning.
    init(path: String) throws(InputProblem) {
        self.path = path
        if path == "-" {
            descriptor = dup(STDIN_FILENO)
        } else {
            descriptor = open(path, O_RDONLY | O_CLOEXEC)
        }
        guard descriptor >= 0 else { throw Self.systemProblem("cannot be opened", path, errno) }
        var status = stat()
        let isKnown = fstat(descriptor, &status) == 0
        storedTotal = isKnown && status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : nil
        // Of standard input somebody may have read the beginning, and may want to read what follows.
        isReadByPlace = storedTotal != nil && path != "-"
        if isKnown, status.st_mode & S_IFMT == S_IFDIR {
            close(descriptor)
            throw InputProblem(location: Location(path: path), message: "is a folder")
        }
        memory = .allocate(byteCount: Self.initialCapacity, alignment: 16)
        fill()
        inflateIfCompressed()
    }

    /// Whether the file can be read once more.
    var canBeReadAgain: Bool { isReadByPlace }

    /// The file of another stream, from a byte on; of a compressed one only the beginning can be found again.
    ///
    /// It is the same file even where another one has its name by now.
    init(again other: ByteStream, from byteOffset: Int) throws(InputProblem) {
        precondition(other.canBeReadAgain && (byteOffset == 0 || !other.isCompressed))
        isReadByPlace = true
        path = other.path
        descriptor = dup(other.descriptor)
        guard descriptor >= 0 else { throw Self.systemProblem("cannot be opened", path, errno) }
        storedTotal = other.storedTotal
        offset = byteOffset
        storedBytes = byteOffset
        memory = .allocate(byteCount: Self.initialCapacity, alignment: 16)
        fill()
        if byteOffset == 0 { inflateIfCompressed() }
    }

    deinit {
        memory.deallocate()
        close(descriptor)
    }

    /// The bytes that are there and not consumed.
    ///
    /// Valid until ``consume(_:)`` or ``fill()``.
    var window: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: memory[start..<end])
    }

    /// Drops bytes from the front of the window.
    func consume(_ count: Int) {
        precondition(count >= 0 && start + count <= end)
        start += count
        offset += count
    }

    /// Reads more bytes behind the window, or sets ``isLast``.
    func fill() {
        guard !isLast else { return }
        makeRoom()
        let space = UnsafeMutableRawBufferPointer(rebasing: memory[end...])
        let count = inflater == nil ? readStored(into: space) : inflate(into: space)
        if count == 0 { isLast = true }
        end += count
    }

    /// Fills the window up to a number of bytes, or to the end of the file.
    func fill(upTo count: Int) {
        while window.count < count, !isLast { fill() }
    }

    private func makeRoom() {
        if start > 0 {
            memory.baseAddress.map { base in _ = memmove(base, base + start, end - start) }
            end -= start
            start = 0
        }
        guard end == memory.count else { return }
        let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: memory.count * 2, alignment: 16)
        larger.copyMemory(from: UnsafeRawBufferPointer(memory))
        memory.deallocate()
        memory = larger
    }

    private func readStored(into space: UnsafeMutableRawBufferPointer) -> Int {
        while true {
            let count =
                isReadByPlace
                ? pread(descriptor, space.baseAddress, space.count, storedBytes)
                : read(descriptor, space.baseAddress, space.count)
            if count >= 0 {
                storedBytes += count
                return count
            }
            guard errno == EINTR else {
                problem = Self.systemProblem("cannot be read", path, errno)
                return 0
            }
        }
    }

    // MARK: Compression

    private func inflateIfCompressed() {
        guard window.count >= 2, window[0] == 0x1F, window[1] == 0x8B else { return }
        isCompressed = true
        let inflater = Inflater(first: window)
        self.inflater = inflater
        start = 0
        end = 0
        isLast = false
        fill()
    }

    private func inflate(into space: UnsafeMutableRawBufferPointer) -> Int {
        guard let inflater else { return 0 }
        do throws(Inflater.Failure) {
            return try inflater.inflate(into: space) { self.readStored(into: $0) }
        } catch {
            let message = "\(error.reason) at byte \(error.byteOffset) of the compressed file"
            problem = InputProblem(location: Location(path: path), message: message)
            return 0
        }
    }

    private static func systemProblem(_ what: String, _ path: String, _ code: Int32) -> InputProblem {
        InputProblem(location: Location(path: path), message: "\(what): \(String(cString: strerror(code)))")
    }
}

import CZlib
import Glibc

/// The bytes of a file, of a gzip file or of standard input, in a window that moves over them.
///
///     | consumed | window: not consumed yet | free |
///     0        start                       end   capacity
///
/// A reader looks at ``window``, tells what it has used with ``consume(_:)`` and asks for more with ``fill()``. The
/// window is memory that is read into, whose rest is moved to the front; or it moves over a large file that is mapped
/// (``MappedFile``), where nothing is copied, what nobody looks at is not touched, and what lies behind is given back. Either
/// grows only where one item fills all of it. So memory depends on the largest item, not on the file.
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
    /// What is read into; empty where the file is mapped.
    private var memory = UnsafeMutableRawBufferPointer(start: nil, count: 0)
    /// What the window is a part of; nil where it is memory that is written over.
    private(set) var mapped: MappedFile?
    /// The memory, or what is mapped.
    private var bytes = UnsafeRawBufferPointer(start: nil, count: 0)
    private var start = 0
    private var end = 0
    private var inflater: Inflater?

    /// Enough that system calls cost nothing, and little enough to stay in the cache.
    private static let initialCapacity = 256 << 10
    /// Below this a file is read: to map it costs more.
    private static let leastMappedBytes = 1 << 20
    /// By how much the window moves on in a mapped file: two such windows are the pages that are held.
    private static let mappedStep = 4 << 20
    /// How much of a file is mapped at once: the system remembers eight bytes for each page of it, looked at or not.
    private let mappedSpan: Int

    /// Opens a file, or standard input for `-`, and reads its beginning.
    init(path: String, mappedSpan: Int = 1 << 30) throws(InputProblem) {
        self.path = path
        self.mappedSpan = mappedSpan
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
        mappedSpan = other.mappedSpan
        descriptor = dup(other.descriptor)
        guard descriptor >= 0 else { throw Self.systemProblem("cannot be opened", path, errno) }
        storedTotal = other.storedTotal
        offset = byteOffset
        storedBytes = byteOffset
        fill()
        if byteOffset == 0 { inflateIfCompressed() }
    }

    deinit {
        memory.deallocate()
        close(descriptor)
    }

    /// The bytes that are there and not consumed.
    ///
    /// Valid until ``fill()``.
    var window: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: bytes[start..<end])
    }

    /// Drops bytes from the front of the window.
    func consume(_ count: Int) {
        precondition(count >= 0 && start + count <= end)
        start += count
        offset += count
    }

    /// Reads more bytes behind the window, or sets ``isLast``.
    func fill() {
        guard !isLast, !map() else { return }
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

    // MARK: Reading

    /// Moves what is not consumed to the front, into larger memory where it fills all of it.
    private func makeRoom() {
        let rest = end - start
        if rest == memory.count {
            let larger = UnsafeMutableRawBufferPointer.allocate(
                byteCount: max(Self.initialCapacity, rest * 2), alignment: 16)
            larger.copyMemory(from: window)
            memory.deallocate()
            memory = larger
            bytes = UnsafeRawBufferPointer(larger)
        } else if start > 0 {
            memory.baseAddress.map { base in _ = memmove(base, base + start, rest) }
        }
        start = 0
        end = rest
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

    // MARK: Mapping

    /// Moves the window on in a file that is mapped; false where the file is read.
    private func map() -> Bool {
        guard isReadByPlace, inflater == nil, memory.isEmpty, let storedTotal, storedTotal >= Self.leastMappedBytes
        else { return false }
        // A log may have grown since.
        var status = stat()
        let total = fstat(descriptor, &status) == 0 ? Int(status.st_size) : storedTotal
        guard total > storedBytes, !(mapped?.isCut ?? false) else {
            if total < mappedEnd || mapped?.isCut ?? false {
                problem = InputProblem(location: Location(path: path), message: "was made shorter while it was read")
            }
            isLast = true
            return true
        }
        if storedBytes == mappedEnd {
            let rest = end - start
            unmap()
            let span = min(max(mappedSpan, rest * 2), total - storedBytes)
            guard let next = MappedFile(descriptor, from: storedBytes, count: span) else { return false }
            mapped = next
            bytes = next.bytes
            start = storedBytes - next.fileOffset
            end = start + rest
            storedBytes += rest
        } else {
            mapped?.release(upTo: start - Self.mappedStep)
        }
        let step = min(max(Self.mappedStep, end - start), min(mappedEnd, total) - storedBytes)
        end += step
        storedBytes += step
        return true
    }

    /// Where in the file the mapping ends.
    private var mappedEnd: Int { mapped.map { $0.fileOffset + $0.bytes.count } ?? storedBytes }

    /// Gives up what is mapped; what was not consumed of it can be read again.
    private func unmap() {
        guard mapped != nil else { return }
        storedBytes -= end - start
        mapped = nil
        bytes = UnsafeRawBufferPointer(start: nil, count: 0)
        (start, end) = (0, 0)
    }

    // MARK: Compression

    private func inflateIfCompressed() {
        guard window.count >= 2, window[0] == 0x1F, window[1] == 0x8B else { return }
        isCompressed = true
        let first = window.prefix(Inflater.capacity)
        inflater = Inflater(first: UnsafeRawBufferPointer(rebasing: first))
        unmap()
        if isReadByPlace { storedBytes = first.count }
        (start, end) = (0, 0)
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

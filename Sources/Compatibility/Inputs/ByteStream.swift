import CZlib
import Glibc
import SystemCalls

/// The bytes of a file, of a gzip file or of standard input, in a window that moves over them; text is UTF-8 there, without
/// a byte order mark, whatever it is in the file.
///
///     | consumed | window: not consumed yet | free |
///     0        start                       end   capacity
///
/// A reader looks at ``window``, tells what it has used with ``consume(_:)`` and asks for more with ``fill()``. The
/// window is memory that is read into, whose rest is moved to the front; or it moves over a large file that is mapped
/// (``MappedFile``), where nothing is copied, what nobody looks at is not touched, and what lies behind is given back. Either
/// grows only where one item fills all of it. So memory depends on the largest item, not on the file.
final class ByteStream {
    /// The path as it was given, for people.
    let path: String
    /// The same as the system has it.
    let file: FilePath
    /// Whether the content is compressed.
    private(set) var isCompressed = false
    /// How many bytes have been read of the file as it is stored.
    private(set) var storedBytes = 0
    /// How large the file is as it is stored; nil for a pipe.
    let storedTotal: Int?
    /// How many bytes of content stand before the window: uncompressed, and UTF-8 where the file has UTF-16.
    private(set) var offset = 0
    /// Whether no bytes will come behind the window.
    private(set) var isLast = false
    /// What ended the stream early: an error of reading or of the compression, or somebody who wants the work to end.
    private(set) var problem: InputProblem?

    private let descriptor: Int32
    private let stop: StopRequest?
    private let asText: Bool
    /// How many bytes are still taken out of a pipe after the work was to end: they were sent before.
    private var lastBytes = 1 << 20
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
    private var filter: TextFilter?
    /// What the filter has given and the window does not have yet.
    private var filtered: [UInt8] = []
    private var filteredStart = 0
    /// Whether the filter has got everything that there is.
    private var hasSourceEnded = false
    private var chunk: [UInt8] = []
    private static let chunkBytes = 64 << 10
    /// Whether a byte order mark was passed over.
    private(set) var hasMark = false
    /// Whether the file is docker's, and the stream what the container has written.
    private(set) var isContainerLog = false
    /// Whether what is for a terminal alone is left out.
    private(set) var dropsEscapeSequences = false

    /// Enough that system calls cost nothing, and little enough to stay in the cache.
    private static let initialCapacity = 256 << 10
    /// Below this a file is read: to map it costs more.
    private static let leastMappedBytes = 1 << 20
    /// By how much the window moves on in a mapped file: two such windows are the pages that are held.
    private static let mappedStep = 4 << 20
    /// How much of a file is mapped at once: the system remembers eight bytes for each page of it, looked at or not.
    private let mappedSpan: Int

    /// Opens a file, or standard input for `-`, and reads its beginning.
    ///
    /// - Parameter stop: the wish that the reading ends early; the stream is then at its end.
    convenience init(path: String, stop: StopRequest? = nil, mappedSpan: Int = 1 << 30) throws(InputProblem) {
        try self.init(FilePath(argument: path), stop: stop, mappedSpan: mappedSpan)
    }

    /// Opens a file, or standard input for `-`, and reads its beginning.
    ///
    /// - Parameter asText: whether a byte order mark is passed over, and UTF-16 read as UTF-8.
    init(
        _ file: FilePath, stop: StopRequest? = nil, asText: Bool = true, mappedSpan: Int = 1 << 30
    ) throws(InputProblem) {
        self.file = file
        path = file.text
        self.stop = stop
        self.asText = asText
        self.mappedSpan = mappedSpan
        // A named pipe that nobody writes to yet is waited for by `poll`, which a stop ends.
        descriptor =
            path == "-" ? dup(STDIN_FILENO) : file.withSystemPath { open($0, O_RDONLY | O_CLOEXEC | O_NONBLOCK) }
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
        fill(upTo: 4)
        inflateIfCompressed()
        if asText { readAsText() }
    }

    /// Whether the file can be read once more.
    var canBeReadAgain: Bool { isReadByPlace }

    /// Whether the content is another one than the file's bytes: then only its beginning can be found again.
    var isConverted: Bool { isCompressed || filter != nil }

    /// The file of another stream, from a byte on; of a converted one only the beginning can be found again.
    ///
    /// It is the same file even where another one has its name by now.
    init(again other: ByteStream, from byteOffset: Int) throws(InputProblem) {
        precondition(other.canBeReadAgain && (byteOffset == 0 || !other.isConverted))
        isReadByPlace = true
        file = other.file
        path = other.path
        stop = other.stop
        asText = other.asText
        mappedSpan = other.mappedSpan
        descriptor = dup(other.descriptor)
        guard descriptor >= 0 else { throw Self.systemProblem("cannot be opened", path, errno) }
        storedTotal = other.storedTotal
        offset = byteOffset
        storedBytes = byteOffset
        fill()
        guard byteOffset == 0 else { return }
        inflateIfCompressed()
        if asText { readAsText() }
        if other.isContainerLog { unwrapContainerLog() }
        if other.dropsEscapeSequences { dropEscapeSequences() }
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
    ///
    /// - Parameter onIdle: called before a pipe is waited for, and every half second until it has something.
    func fill(onIdle: () -> Void = {}) {
        guard !isLast, !isStopped(), !map() else { return }
        makeRoom()
        let space = UnsafeMutableRawBufferPointer(rebasing: memory[end...])
        let count = filter == nil ? readContent(into: space, onIdle) : readFiltered(into: space, onIdle)
        if count == 0 { isLast = true }
        end += count
    }

    /// Fills the window up to a number of bytes, or to the end of the file.
    func fill(upTo count: Int) {
        while window.count < count, !isLast { fill() }
    }

    /// Whether the work is to end here; what a pipe holds is still taken.
    private func isStopped() -> Bool {
        guard let stop, stop.hasCome, isReadByPlace || lastBytes <= 0 else { return false }
        end(early: "the reading was interrupted: what follows was not read")
        return true
    }

    private func end(early message: String) {
        isLast = true
        problem = InputProblem(location: Location(path: path, byteOffset: offset), message: message, isFailure: false)
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

    /// Reads what the file holds, uncompressed.
    private func readContent(into space: UnsafeMutableRawBufferPointer, _ onIdle: () -> Void) -> Int {
        inflater == nil ? readStored(into: space, onIdle) : inflate(into: space, onIdle)
    }

    private func readStored(into space: UnsafeMutableRawBufferPointer, _ onIdle: () -> Void) -> Int {
        while isReadByPlace || waitForBytes(onIdle) {
            let count =
                isReadByPlace
                ? pread(descriptor, space.baseAddress, space.count, storedBytes)
                : read(descriptor, space.baseAddress, space.count)
            if count >= 0 {
                storedBytes += count
                if let stop, stop.hasCome { lastBytes -= count }
                if count == 0, let storedTotal, isReadByPlace, storedBytes < storedTotal { noteCut() }
                return count
            }
            guard errno == EINTR || errno == EAGAIN else {
                problem = Self.systemProblem("cannot be read", path, errno)
                return 0
            }
        }
        return 0
    }

    private func noteCut() {
        problem = InputProblem(location: Location(path: path), message: "was made shorter while it was read")
    }

    /// Waits until a pipe has bytes or is at its end; false where the work is to end before.
    private func waitForBytes(_ onIdle: () -> Void) -> Bool {
        var waiting = [
            pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: stop?.descriptor ?? -1, events: Int16(POLLIN), revents: 0),
        ]
        var timeout: Int32 = 0
        while true {
            let count = poll(&waiting, 2, timeout)
            if count < 0 && errno != EINTR { return true }
            if count > 0, waiting[0].revents != 0 { return true }
            if count > 0, waiting[1].revents != 0 {
                end(early: "the reading was interrupted: what follows was not read")
                return false
            }
            if count == 0 {
                onIdle()
                timeout = Self.idleMilliseconds
            }
        }
    }

    /// How often somebody is told that nothing comes.
    private static let idleMilliseconds: Int32 = 500

    // MARK: Mapping

    /// Moves the window on in a file that is mapped; false where the file is read.
    private func map() -> Bool {
        guard isReadByPlace, !isConverted, memory.isEmpty, let storedTotal, storedTotal >= Self.leastMappedBytes
        else { return false }
        // A log may have grown since.
        var status = stat()
        let total = fstat(descriptor, &status) == 0 ? Int(status.st_size) : storedTotal
        guard total > storedBytes, !(mapped?.isCut ?? false) else {
            if total < mappedEnd || mapped?.isCut ?? false { noteCut() }
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

    private func inflate(into space: UnsafeMutableRawBufferPointer, _ onIdle: () -> Void) -> Int {
        guard let inflater else { return 0 }
        do throws(Inflater.Failure) {
            return try inflater.inflate(into: space) { self.readStored(into: $0, onIdle) }
        } catch {
            guard problem == nil else { return 0 }
            let message = "\(error.reason) at byte \(error.byteOffset) of the compressed file"
            problem = InputProblem(location: Location(path: path), message: message)
            return 0
        }
    }

    // MARK: Text

    /// Passes over a byte order mark, and reads UTF-16 as UTF-8 from here on.
    private func readAsText() {
        if window.starts(with: [0xEF, 0xBB, 0xBF]) {
            hasMark = true
            return consume(3)
        }
        guard let (decoder, mark) = UTF16Decoder.beginning(window) else { return }
        consume(mark)
        offset = 0
        var next = TextFilter(decoder)
        var text: [UInt8] = []
        // What is mapped is read once more.
        if mapped == nil { next.append(window, to: &text) }
        begin(next, text)
    }

    /// Leaves out what a terminal takes for its own; nothing may have been consumed but a byte order mark.
    func dropEscapeSequences() {
        guard !dropsEscapeSequences else { return }
        dropsEscapeSequences = true
        convert { $0.dropEscapeSequences(from: $1) }
    }

    /// Takes what a container has written out of docker's file; nothing may have been consumed but a byte order mark.
    func unwrapContainerLog() {
        guard !isContainerLog else { return }
        isContainerLog = true
        convert { $0.unwrapContainerLog(from: $1) }
    }

    private func convert(_ change: (inout TextFilter, _ known: [UInt8]) -> [UInt8]) {
        var next = filter ?? TextFilter()
        let known = mapped == nil ? Array(window) + filtered[filteredStart...] : []
        let text = change(&next, known)
        begin(next, text)
    }

    /// Reads through a filter from the window's place on.
    ///
    /// - Parameter text: what it has given already.
    private func begin(_ next: TextFilter, _ text: [UInt8]) {
        hasSourceEnded = isLast && mapped == nil
        if mapped != nil { unmap() }
        filter = next
        filtered = text
        filteredStart = 0
        (start, end) = (0, 0)
        isLast = false
        fill()
    }

    private func readFiltered(into space: UnsafeMutableRawBufferPointer, _ onIdle: () -> Void) -> Int {
        while filteredStart == filtered.count {
            filtered.removeAll(keepingCapacity: true)
            filteredStart = 0
            guard !hasSourceEnded else { return 0 }
            if chunk.isEmpty { chunk = [UInt8](repeating: 0, count: Self.chunkBytes) }
            let count = chunk.withUnsafeMutableBytes { readContent(into: $0, onIdle) }
            if count == 0 {
                hasSourceEnded = true
                filter?.finish(to: &filtered)
            } else {
                chunk.withUnsafeBytes { bytes in
                    filter?.append(UnsafeRawBufferPointer(rebasing: bytes[..<count]), to: &filtered)
                }
            }
        }
        let count = min(space.count, filtered.count - filteredStart)
        space.copyBytes(from: filtered[filteredStart..<filteredStart + count])
        filteredStart += count
        return count
    }

    private static func systemProblem(_ what: String, _ path: String, _ code: Int32) -> InputProblem {
        InputProblem(location: Location(path: path), message: "\(what): \(String(cString: strerror(code)))")
    }
}

import Glibc
import SystemCalls

/// A file that appears whole or not at all: written beside its place, then renamed into it.
///
/// A device or a pipe, such as `/dev/stdout`, is written to as it is.
struct AtomicFile {
    private let path: String
    private let place: FilePlace
    /// What the content is written to: `place` itself where that is not to be replaced.
    private let writtenPath: String
    private let descriptor: CInt
    private let option: String

    /// Makes the temporary file, so that a place that cannot be written is known before the work begins.
    init(path: String, option: String) throws(Failure) {
        self.path = path
        self.option = option
        place = FilePlace(path)
        guard !place.isForeign else {
            throw Failure("\(option) \(path): it is another user's, and no file: choose another path")
        }
        writtenPath = place.isReplaceable ? NewFile.path(beside: place.path) : path
        descriptor =
            place.isReplaceable
            ? NewFile.create(writtenPath, mode: place.mode ?? 0o644) : open(writtenPath, O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw Failure("\(option) \(path): \(systemError()): choose a path that can be written")
        }
        if place.isReplaceable, let mode = place.mode { fchmod(descriptor, mode) }
    }

    /// Writes the content and moves the file to its place.
    consuming func commit(_ content: String) throws(Failure) { try commit(Array(content.utf8)) }

    /// Writes the content and moves the file to its place.
    consuming func commit(_ content: [UInt8]) throws(Failure) {
        let isWritten = FileDescriptor.write(content, to: descriptor)
        let reason = systemError()
        close(descriptor)
        guard isWritten else {
            removeTemporary()
            throw Failure("\(option) \(path): \(reason): make room, or choose another path")
        }
        guard !place.isReplaceable || rename(writtenPath, place.path) == 0 else {
            let reason = systemError()
            removeTemporary()
            throw Failure("\(option) \(path): \(reason): choose a path that can be written")
        }
    }

    /// Gives the file up.
    consuming func discard() {
        close(descriptor)
        removeTemporary()
    }

    private func removeTemporary() {
        if place.isReplaceable { unlink(writtenPath) }
    }
}

/// A file with one number that is there as long as the program runs: its port, or its process' identifier.
struct NumberFile: Sendable {
    private let path: String
    private let content: String

    init(path: String, number: Int, option: String) throws(Failure) {
        self.path = path
        content = "\(number)\n"
        let file = try AtomicFile(path: path, option: option)
        try file.commit(content)
    }

    /// Removes the file, unless another process has written its own there.
    func remove() {
        // Somebody may have put a link or a pipe there meanwhile, which would be followed, or waited for.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | FilePlace.linkFlag(for: path))
        guard descriptor >= 0 else { return }
        let found = FileDescriptor.readAll(descriptor, limit: 64)
        close(descriptor)
        if found == Array(content.utf8) { unlink(path) }
    }
}

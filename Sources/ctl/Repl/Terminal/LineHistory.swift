import CommandCatalog
import Compatibility
import Glibc
import Presentation
import SystemCalls

/// The lines of former sessions, in a file of the user's own: one a line, the newest last.
///
/// Sessions append under a lock, so that those which run side by side lose nothing of each other.
struct LineHistory {
    /// The file; nil where no history is kept.
    let path: String?

    /// How many lines are kept.
    static let most = 10_000

    /// The file that the environment asks for: CLUSTERCTL_HISTFILE, else one under XDG's folder for state.
    static var standardPath: String? {
        if let named = environmentVariable("CLUSTERCTL_HISTFILE") {
            return named.isEmpty || named == "/dev/null" ? nil : named
        }
        // A relative path there is to be ignored.
        let state = environmentVariable("XDG_STATE_HOME").flatMap { $0.hasPrefix("/") ? $0 : nil }
        let folder = state ?? environmentVariable("HOME").map { "\($0)/.local/state" }
        return folder.map { "\($0)/clusterctl/history" }
    }

    /// The line as it may be kept: nil where it begins with a space or is empty, secrets taken out.
    static func kept(_ line: [UInt8]) -> String? {
        guard let first = line.first, first != 32 else { return nil }
        // A comment may be a command that was not meant to be sent yet.
        let marks = line.prefix { $0 == UInt8(ascii: "#") }.count
        let secrets = RequestSecrets.places(in: Array(line.dropFirst(marks))) { wordsBeforeCommand($0[...]) }
            .map { $0.lowerBound + marks..<$0.upperBound + marks }
        return MaskedText(line, hiding: Secrets.ranges(in: line, as: .text) + secrets).text
    }

    /// How many words stand before the command's name: how often to send it, or what else is to be done with it.
    private static func wordsBeforeCommand(_ words: ArraySlice<[UInt8]>) -> Int {
        guard words.count > 1, let first = words.first else { return 0 }
        let taken =
            switch String(decoding: first, as: UTF8.self).lowercased() {
            case "help", "?", ":help", ":explain": 1
            case ":watch": 2
            default: ReplLine.times(first) == nil ? 0 : 1
            }
        return taken == 0 ? 0 : taken + wordsBeforeCommand(words.dropFirst(taken))
    }

    /// The last lines, the newest last; the file is cut where it has become twice as long.
    func load() -> [String] {
        guard let descriptor = open(creating: false) else { return [] }
        defer { close(descriptor) }
        guard let bytes = FileDescriptor.readAll(descriptor, limit: 64 << 20) else { return [] }
        let lines = bytes.split(separator: UInt8(ascii: "\n"))
        let kept = lines.suffix(Self.most)
        if lines.count > 2 * Self.most { replace(with: kept) }
        return kept.map { String(decoding: $0, as: UTF8.self) }
    }

    /// Appends a line.
    func append(_ line: String) {
        guard !line.utf8.contains(UInt8(ascii: "\n")), let descriptor = open(creating: true) else { return }
        _ = FileDescriptor.write(Array((line + "\n").utf8), to: descriptor)
        close(descriptor)
    }

    /// The file, opened and locked; it is the one at the path even where another session has just replaced it.
    private func open(creating: Bool) -> CInt? {
        guard let path else { return nil }
        if creating { makeFolder(of: path) }
        for _ in 0..<10 {
            let flags =
                O_RDWR | O_APPEND | O_CLOEXEC | O_NONBLOCK | FilePlace.linkFlag(for: path) | (creating ? O_CREAT : 0)
            let descriptor = Glibc.open(path, flags, 0o600)
            guard descriptor >= 0 else { return nil }
            guard Self.makePrivate(descriptor) else {
                close(descriptor)
                return nil
            }
            while flock(descriptor, LOCK_EX) != 0, errno == EINTR {}
            var opened = stat()
            var named = stat()
            if fstat(descriptor, &opened) == 0, stat(path, &named) == 0, opened.st_ino == named.st_ino {
                return descriptor
            }
            close(descriptor)
        }
        return nil
    }

    /// Lets nobody else read the file; false if it is none, such as a pipe that was put in its place.
    private static func makePrivate(_ descriptor: CInt) -> Bool {
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return false }
        if status.st_mode & 0o077 != 0 { fchmod(descriptor, 0o600) }
        return true
    }

    /// Puts a new file in the place of the old one, whose lock is held.
    private func replace(with lines: ArraySlice<ArraySlice<UInt8>>) {
        guard let path else { return }
        let new = NewFile.path(beside: path)
        let descriptor = NewFile.create(new, mode: 0o600)
        guard descriptor >= 0 else { return }
        let bytes = Array(lines.joined(separator: [UInt8(ascii: "\n")])) + [UInt8(ascii: "\n")]
        let isWritten = FileDescriptor.write(bytes, to: descriptor)
        close(descriptor)
        if !isWritten || rename(new, path) != 0 { unlink(new) }
    }

    private func makeFolder(of path: String) {
        let parts = path.split(separator: "/").dropLast()
        var folder = path.hasPrefix("/") ? "" : "."
        for part in parts {
            folder += "/\(part)"
            mkdir(folder, 0o700)
        }
    }
}

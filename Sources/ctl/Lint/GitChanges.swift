import Compatibility
import Glibc

/// What Git says has changed since a revision.
enum GitChanges {
    /// The changed lines of the repository around the working folder, files that Git does not know yet included.
    ///
    /// A revision that there is not ends the run: all findings, or none, would be the wrong answer.
    static func since(_ revision: String) throws(Failure) -> ChangedLines {
        let root = try output(["rev-parse", "--show-toplevel"]) {
            "--diff-base \(revision): there is no Git repository here: run it inside of one"
        }
        let commit = try output(["rev-parse", "--verify", "--quiet", "--end-of-options", "\(revision)^{commit}"]) {
            "--diff-base \(revision): the repository has no such revision: fetch it, or name another"
        }
        let folder = text(root.dropLast())
        let compare = [
            "-C", folder, "-c", "core.quotePath=false", "diff", "--no-ext-diff", "--no-textconv", "--no-color",
        ]
        let revisionText = text(commit.prefix { $0 != 10 })
        let failed: () -> String = { "--diff-base \(revision): git diff failed: see what it says when run by hand" }
        let patch = try output(
            compare + ["--no-relative", "--unified=0", "--src-prefix=a/", "--dst-prefix=b/", revisionText, "--"], failed
        )
        let counts = try output(
            compare + ["--no-relative", "--no-renames", "--numstat", "-z", revisionText, "--"], failed)
        let new = try output(["-C", folder, "ls-files", "--others", "--exclude-standard", "-z"], failed)
        return ChangedLines(
            root: folder, patch: patch, wholeFiles: binaryFiles(counts) + new.split(separator: 0).map { text($0) })
    }

    /// The files whose lines `git diff --numstat -z` does not count: `-⇥-⇥path` and a zero byte each.
    private static func binaryFiles(_ counts: [UInt8]) -> [String] {
        counts.split(separator: 0).compactMap { entry in
            let prefix = Array("-\t-\t".utf8)
            return entry.starts(with: prefix) ? text(entry.dropFirst(prefix.count)) : nil
        }
    }

    private static func text(_ bytes: some Sequence<UInt8>) -> String { String(decoding: Array(bytes), as: UTF8.self) }

    /// What Git writes to stdout; a failure with the message where it ends otherwise than well.
    private static func output(_ arguments: [String], _ message: () -> String) throws(Failure) -> [UInt8] {
        var ends: [CInt] = [-1, -1]
        guard pipe(&ends) == 0 else { throw Failure("git: \(systemError())") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
        var words: [UnsafeMutablePointer<CChar>?] = (["git"] + arguments).map { strdup($0) } + [nil]
        defer { words.forEach { free($0) } }
        var child = pid_t()
        let code = posix_spawnp(&child, "git", &actions, nil, &words, environ)
        close(ends[1])
        defer { close(ends[0]) }
        guard code == 0 else {
            throw Failure("git: \(String(cString: strerror(code))): --diff-base needs it in the PATH")
        }
        let bytes = FileDescriptor.readAll(ends[0], limit: .max)
        var status: CInt = 0
        while waitpid(child, &status, 0) < 0 && errno == EINTR {}
        guard status == 0, let bytes else { throw Failure(message()) }
        return bytes
    }
}

import Glibc
import SystemCalls
import Testing

@testable import clusterctl

/// Files that somebody else has put where the program is about to write.
@Suite struct PlantedFileTests {
    /// A folder that everybody may write to, as /tmp.
    private static func shared() -> Folder {
        let folder = Folder()
        chmod(folder.path, 0o1777)
        return folder
    }

    @Test func `a link in a folder that is everybody's is replaced and not followed`() throws {
        let folder = Self.shared()
        folder.write("victim", "precious")
        symlink(folder.path("victim"), folder.path("report"))
        try AtomicFile(path: folder.path("report"), option: "--output").commit("new")
        #expect(folder.read("victim") == "precious" && folder.read("report") == "new")
        var status = stat()
        #expect(lstat(folder.path("report"), &status) == 0 && status.st_mode & S_IFMT == S_IFREG)
        #expect(Set(folder.names) == ["victim", "report"])
    }

    @Test func `a link in a folder of one's own goes on leading to the file, whose mode is kept`() throws {
        let folder = Folder()
        folder.write("file", "old", mode: 0o640)
        symlink(folder.path("file"), folder.path("link"))
        try AtomicFile(path: folder.path("link"), option: "--output").commit("new")
        #expect(folder.read("file") == "new" && folder.mode("file") == 0o640)
        var status = stat()
        #expect(lstat(folder.path("link"), &status) == 0 && status.st_mode & S_IFMT == S_IFLNK)
    }

    @Test(.enabled(if: geteuid() == 0, "only root can give a link to another user"))
    func `a data folder is not reached through a link of another user`() async throws {
        let folder = Folder()
        for name in ["real", "link", "own"] {
            if name == "real" {
                mkdir(folder.path(name), 0o700)
            } else {
                symlink(folder.path("real"), folder.path(name))
            }
        }
        lchown(folder.path("link"), 1234, 1234)
        for path in [folder.path("link"), folder.path("link/below")] {
            let ending = try await Program.run("exec", "--allow-no-requests", "--dir", path, "--", "true")
            #expect(ending.status == 2, "\(ending)")
            #expect(ending.errorLines.count == 1)
            #expect(ending.errors.contains("link: a symbolic link of user 1234, who can lead it elsewhere"))
        }
        #expect(FolderListing.names(in: folder.path("real")) == [])
        let own = try await Program.run("exec", "--allow-no-requests", "--dir", folder.path("own"), "--", "true")
        #expect(own.status == 0, "\(own)")
    }

    @Test func `a data folder that cannot be used says why`() async throws {
        let folder = Folder()
        mkdir(folder.path("clusterctl.lock"), 0o700)
        let ending = try await Program.run("exec", "--allow-no-requests", "--dir", folder.path, "--", "true")
        #expect(ending.status == 2, "\(ending)")
        #expect(
            ending.errors.contains("clusterctl.lock: Is a directory: choose a folder with --dir that can be written"))
    }

    @Test func `temporary files have names that cannot be planted`() throws {
        let paths = Set((0..<100).map { _ in NewFile.path(beside: "/tmp/report") })
        #expect(paths.count == 100)
        let folder = Folder()
        symlink(folder.path("victim"), folder.path("planted"))
        #expect(NewFile.create(folder.path("planted"), mode: 0o600) == -1 && errno == EEXIST)
        #expect(!folder.exists("victim"))
    }

    @Test func `a history is not written through a link in a folder that is everybody's, nor to a pipe`() {
        let folder = Self.shared()
        folder.write("victim", "precious\n")
        symlink(folder.path("victim"), folder.path("history"))
        LineHistory(path: folder.path("history")).append("get k")
        #expect(folder.read("victim") == "precious\n")
        mkfifo(folder.path("pipe"), 0o666)
        LineHistory(path: folder.path("pipe")).append("get k")
        #expect(LineHistory(path: folder.path("pipe")).load().isEmpty)
    }

    @Test func `a history that others could read is made private`() {
        let folder = Folder()
        folder.write("history", "get k\n", mode: 0o644)
        LineHistory(path: folder.path("history")).append("get j")
        #expect(folder.mode("history") == 0o600 && folder.read("history") == "get k\nget j\n")
    }
}

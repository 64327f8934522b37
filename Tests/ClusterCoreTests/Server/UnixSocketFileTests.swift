import Glibc
import Testing

@testable import ClusterCore

@Suite struct UnixSocketFileTests {
    /// A path that nothing is at.
    private let path = "/tmp/ctl-\(getpid())-\(UInt32.random(in: 0 ... .max)).sock"

    private func mode() -> mode_t {
        var status = stat()
        return lstat(path, &status) == 0 ? status.st_mode & 0o777 : 0
    }

    private func bind() throws -> UnixSocketFile { try UnixSocketFile.bind(at: path, mode: 0o600, option: "--x") }

    private func message(_ body: () throws -> Void) -> String {
        do {
            try body()
            return "nothing was thrown"
        } catch {
            return "\(error)"
        }
    }

    @Test func `the file has its mode from the first moment and goes with its owner`() throws {
        let file = try bind()
        #expect(mode() == 0o600)
        close(file.descriptor)
        file.remove()
        #expect(access(path, F_OK) != 0)
    }

    @Test func `a socket that nobody listens on is replaced, and its late owner leaves the new one alone`() throws {
        let dead = try bind()
        // The name is kept so that the new file cannot get the old one's inode.
        link(path, path + ".old")
        close(dead.descriptor)
        let file = try bind()
        dead.remove()
        #expect(access(path, F_OK) == 0)
        close(file.descriptor)
        file.remove()
        unlink(path + ".old")
    }

    @Test func `a socket that is listened on is an error that names it`() throws {
        let file = try bind()
        #expect(
            message { _ = try bind() } == "\(path) is in use: stop what listens there, or choose another path with --x")
        close(file.descriptor)
        file.remove()
    }

    @Test func `another kind of file is left alone`() throws {
        let descriptor = open(path, O_CREAT | O_WRONLY, 0o600)
        close(descriptor)
        #expect(message { _ = try bind() } == "\(path) is there and is no socket: choose another path with --x")
        unlink(path)
    }

    @Test(arguments: ["", String(repeating: "x", count: 108), "a\u{0}b"])
    func `a path that fits no address is an error`(_ path: String) {
        #expect(throws: StartError.self) { try UnixSocketFile.bind(at: path, mode: 0o600, option: "--x") }
    }
}

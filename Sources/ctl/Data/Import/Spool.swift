import Glibc

/// Bytes that can be had only once, kept in a file without a name so that they can be read again.
struct Spool: ~Copyable {
    private let descriptor: CInt
    private let name: String
    private let findings: SourceFindings

    /// Reads a source to its end.
    init(_ source: any ByteSource) throws(Failure) {
        let folder = environmentVariable("TMPDIR") ?? "/tmp"
        var template = Array("\(folder)/clusterctl-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw Self.failure(source, folder) }
        unlink(template)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        let progress = ImportProgress(source)
        defer { progress.end() }
        var count = 0
        do throws(Failure) {
            while case let bytes = try source.read(), !bytes.isEmpty {
                guard FileDescriptor.write(bytes, to: descriptor) else { throw Self.failure(source, folder) }
                count += bytes.count
                progress.show(count)
            }
        } catch {
            close(descriptor)
            throw error
        }
        self.descriptor = descriptor
        name = source.name
        findings = source.findings
    }

    deinit { close(descriptor) }

    private static func failure(_ source: any ByteSource, _ folder: String) -> Failure {
        Failure(
            "what \(source.name) gives cannot be kept in \(folder) until it is checked: \(systemError()): set TMPDIR to a "
                + "folder with room")
    }

    /// The bytes from their beginning on; one at a time.
    func source() throws(Failure) -> SpooledSource {
        let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
        guard copy >= 0 else { throw Failure("\(name): \(systemError())", .unreachable) }
        return SpooledSource(copy, name: name, findings)
    }
}

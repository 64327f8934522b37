import Glibc
import SystemCalls

@testable import Compatibility

/// A file or folder that is there while a test runs.
final class TemporaryFile {
    /// Where it is.
    let path: String
    private let folder: String

    /// Writes bytes under a name that no other test uses.
    init(_ bytes: some Collection<UInt8>, name: String = "input") {
        var template = Array("/tmp/clusterctl-test-XXXXXX".utf8CString)
        folder = mkdtemp(&template).map { String(cString: $0) } ?? "/tmp"
        path = "\(folder)/\(name)"
        write(bytes, name: name)
    }

    /// A file with text.
    convenience init(_ text: String, name: String = "input") {
        self.init(Array(text.utf8), name: name)
    }

    deinit {
        for name in FolderListing.names(in: folder) { unlink("\(folder)/\(name)") }
        rmdir(folder)
    }

    /// The folder that it is in.
    var parent: String { folder }

    /// Writes another file beside it.
    func write(_ bytes: some Collection<UInt8>, name: String) {
        let descriptor = open("\(folder)/\(name)", O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        let array = Array(bytes)
        array.withUnsafeBytes { memory in
            var rest = memory[...]
            while !rest.isEmpty {
                let count = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                guard count > 0 else { break }
                rest = rest.dropFirst(count)
            }
        }
        close(descriptor)
    }
}

/// Lints text.
enum Lint {
    static func text(
        _ text: String, name: String = "input", options: LintOptions = LintOptions()
    ) -> LintResult {
        bytes(Array(text.utf8), name: name, options: options)
    }

    static func bytes(_ bytes: [UInt8], name: String = "input", options: LintOptions = LintOptions()) -> LintResult {
        let file = TemporaryFile(bytes, name: name)
        return Linter(options).run([file.path])
    }

    /// The rules that were found, once each, in the order of their numbers.
    static func rules(_ result: LintResult) -> [String] {
        Set(result.findings.map(\.rule.name)).sorted()
    }

    /// A request as a RESP array.
    static func resp(_ words: String...) -> String {
        "*\(words.count)\r\n" + words.map { "$\($0.utf8.count)\r\n\($0)\r\n" }.joined()
    }
}

/// Random numbers from a seed that a failing test prints.
struct SeededNumbers: RandomNumberGenerator {
    /// From `CLUSTERCTL_TEST_SEED`, or the clock.
    static let seed: UInt64 =
        getenv("CLUSTERCTL_TEST_SEED").flatMap { UInt64(String(cString: $0)) } ?? UInt64(time(nil))

    private var state: UInt64

    init(_ salt: UInt64 = 0) { state = Self.seed &+ salt &* 0x9E37_79B9_7F4A_7C15 }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

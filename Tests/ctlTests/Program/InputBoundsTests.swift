import TestSupport
import Testing

/// Inputs of which one part is larger than the memory that the process may have: it is passed over, and told in one line.
@Suite(
    "clusterctl: inputs larger than memory", .blocking, .enabled(if: Machine.has("prlimit"), "prlimit is not installed")
)
struct InputBoundsTests {
    private static let limit = 256 << 20
    private static let fillerBytes = 320 << 20

    /// What the large part is in, and what stands before and behind it.
    enum Input: String, CaseIterable {
        case source = "large.py"
        case line = "large.log"
        case value = "large.aof"

        var head: String {
            switch self {
            case .source: #"import redis\nr = redis.Redis()\nx = ""#
            case .line: #"1795394106.974517 [0 10.0.0.7:59752] "SET" "k" ""#
            case .value: #"*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$335544320\r\n"#
            }
        }

        var tail: String {
            switch self {
            case .source: #""\nr.keys("*")\n"#
            case .line: #""\n1795394107.974517 [0 10.0.0.7:59752] "KEYS" "*"\n"#
            case .value: #"\r\n*2\r\n$4\r\nKEYS\r\n$1\r\n*\r\n"#
            }
        }

        /// What stderr says of it; nil where it is a finding.
        var problem: String? {
            switch self {
            case .source: "is longer than 8.0 MiB, which source code is read up to"
            case .line: ":1: the line of MONITOR is too long"
            case .value: nil
            }
        }
    }

    /// Writes the input, as it is or compressed, as a pipe would: nobody holds all of it.
    private static func write(_ input: Input, to path: String, compressed: Bool) async throws {
        let script = """
            { printf '\(input.head)'; head -c \(fillerBytes) /dev/zero | tr '\\0' a; printf '\(input.tail)'; } \
              \(compressed ? "| gzip -1 " : "")> \(path)
            """
        try #require(try await Program.shell(script).status == 0)
    }

    private static func run(_ command: String, _ path: String) async throws -> Program.Ending {
        try await Program.shell("exec prlimit --data=\(limit) $CLUSTERCTL \(command) \(path)")
    }

    @Test(arguments: Input.allCases, [false, true])
    func `lint reads on behind it`(_ input: Input, compressed: Bool) async throws {
        let folder = Folder()
        let path = folder.path(input.rawValue + (compressed ? ".gz" : ""))
        try await Self.write(input, to: path, compressed: compressed)
        let ending = try await Self.run("lint", path)
        if let problem = input.problem {
            #expect(ending.status == 3 && ending.errorLines.count == 1, "\(ending)")
            #expect(ending.errors.contains(problem), "\(ending)")
        } else {
            #expect(ending.status == 1 && ending.errors.isEmpty, "\(ending)")
            #expect(ending.output.contains("335544320"), "\(ending)")
        }
        // Source code is read as a whole or not at all.
        if input != .source { #expect(ending.output.contains("KEYS"), "\(ending)") }
    }

    @Test(arguments: [false, true])
    func `sizes and import tell the size of a value that nobody can hold`(compressed: Bool) async throws {
        let folder = Folder()
        let path = folder.path("large.aof" + (compressed ? ".gz" : ""))
        try await Self.write(.value, to: path, compressed: compressed)
        let sizes = try await Self.run("sizes", path)
        #expect(sizes.status == 1 && sizes.output.contains("1 violation"), "\(sizes)")
        let cluster = try await Cluster("--replicas", "0")
        let imported = try await Self.run("import --port \(cluster.port)", path)
        #expect(imported.status == 1, "\(imported)")
        #expect(imported.errors.contains("skipped 'k': SET needs a request of"), "\(imported)")
        try await cluster.stop()
    }
}

import Foundation

/// What the command line asks for.
struct Options {
    var binary = "../.build/release/clusterctl"
    var redisServer = "redis-server"
    var redisBenchmark = "redis-benchmark"
    var traces = "../Tests/CompatibilityTests/Fixtures/Traces"
    var sourceLibrary = "/usr/lib/python3.11"
    var rounds = 5
    var parts: [Part] = []
    var isQuick = false
    var isStrict = false
    var printsJSON = false
    var document: String?

    static let usage = """
        usage: bench [OPTIONS]
          --binary PATH           the clusterctl to measure (../.build/release/clusterctl)
          --redis-server PATH     the server to compare with (redis-server, from PATH)
          --redis-benchmark PATH  the load generator, version 7 (redis-benchmark, from PATH)
          --traces PATH           the folder of the real traces (that of the tests)
          --source-library PATH   a tree of source code to be scanned (/usr/lib/python3.11)
          --rounds N              measurements of each server whose median counts (5)
          --only NAME             one part, may be repeated: \(Part.allCases.map(\.rawValue).joined(separator: ", "))
          --quick                 few requests and rounds: shows that the bench works, the figures mean little
          --strict                exit status 1 if a budget is missed
          --json                  print JSON instead of tables
          --write PATH            put the tables between the marks in this Markdown file

        """

    init(_ arguments: [String]) throws(Failure) {
        var rest = arguments[...]
        func value(of option: String) throws(Failure) -> String {
            guard let value = rest.popFirst() else { throw Failure("\(option) needs a value") }
            return value
        }
        var roundsGiven: Int?
        while let option = rest.popFirst() {
            switch option {
            case "--binary": binary = try value(of: option)
            case "--redis-server": redisServer = try value(of: option)
            case "--redis-benchmark": redisBenchmark = try value(of: option)
            case "--traces": traces = try value(of: option)
            case "--source-library": sourceLibrary = try value(of: option)
            case "--rounds": roundsGiven = try Self.rounds(try value(of: option))
            case "--only": parts.append(try Self.part(try value(of: option)))
            case "--quick": isQuick = true
            case "--strict": isStrict = true
            case "--json": printsJSON = true
            case "--write": document = try value(of: option)
            default: throw Failure("unknown option \(option)\n\n\(Self.usage)")
            }
        }
        if parts.isEmpty { parts = Part.allCases }
        rounds = roundsGiven ?? (isQuick ? 2 : 5)
    }

    /// `full`, or the smaller number with `--quick`.
    func amount(_ full: Int, quick: Int) -> Int {
        isQuick ? quick : full
    }

    private static func rounds(_ text: String) throws(Failure) -> Int {
        guard let rounds = Int(text), (1...15).contains(rounds) else {
            throw Failure("--rounds takes a number from 1 to 15, not \(text)")
        }
        return rounds
    }

    private static func part(_ text: String) throws(Failure) -> Part {
        guard let part = Part(rawValue: text) else {
            throw Failure("--only takes \(Part.allCases.map(\.rawValue).joined(separator: ", ")), not \(text)")
        }
        return part
    }
}

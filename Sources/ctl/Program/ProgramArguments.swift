import Glibc
import Presentation
import SystemCalls

/// The arguments of this process, byte for byte as whoever started it gave them.
enum ProgramArguments {
    /// Those after the program's name.
    static let bytes: [[UInt8]] = Array(FilePath.arguments.dropFirst())

    /// The secrets among them.
    static let secrets = ArgumentSecrets(bytes)

    /// Overwrites the secrets where the system keeps the arguments for `ps` and `/proc/PID/cmdline`.
    ///
    /// To be called before any other thread is there. Until then, a fraction of a second after the start, they can be seen.
    static func hideSecrets() {
        for (index, ranges) in secrets.ranges.enumerated() where !ranges.isEmpty {
            guard let argument = CommandLine.unsafeArgv[index + 1] else { continue }
            for place in ranges.joined() { argument[place] = CChar(bitPattern: UInt8(ascii: "*")) }
        }
    }
}

/// Which parts of a program's arguments are secrets: passwords in URLs and assignments, what follows `--password`, and what
/// requests and commands to run have of them.
struct ArgumentSecrets {
    /// The places of the secrets in each argument.
    private(set) var ranges: [[Range<Int>]]
    private let arguments: [[UInt8]]

    /// Looks through the arguments behind the program's name, the subcommand's first.
    init(_ arguments: [[UInt8]]) {
        self.arguments = arguments
        ranges = arguments.map { $0.contains(where: Self.joins) ? Secrets.ranges(in: $0, as: .text) : [] }
        let terminator = arguments.firstIndex(of: Array("--".utf8)) ?? arguments.count
        hideValues(before: terminator)
        hideClientOptions(before: terminator)
        switch arguments.first.map({ String(decoding: $0, as: UTF8.self) }) {
        case "repl": hideRequest(terminator + 1)
        case "explain": hideRequest(1)
        case "exec": hideCommand(terminator + 1)
        default: break
        }
    }

    /// Whether a byte may join a name to a secret: a word without one, such as most paths, has none.
    private static func joins(_ byte: UInt8) -> Bool { "@%=: \"'(".utf8.contains(byte) }

    /// Hides what follows an option that is called as a password is, though this program has none: somebody may try.
    private mutating func hideValues(before end: Int) {
        for index in arguments.indices.dropFirst().prefix(while: { $0 < end }) {
            let option = arguments[index - 1]
            guard option.first == UInt8(ascii: "-"), arguments[index].first != UInt8(ascii: "-") else { continue }
            let name = Array(option.drop { $0 == UInt8(ascii: "-") })
            let isFlag = name == Array("ask-password".utf8)
            if !isFlag, Secrets.isName(name, isCertain: true) || name == [UInt8(ascii: "a")] { hideWhole(index) }
        }
    }

    /// Hides what somebody gives redis-cli, and may try here: `-apassword`, `--user me:password`.
    private mutating func hideClientOptions(before end: Int) {
        for index in arguments.indices.prefix(while: { $0 < end }) {
            let argument = arguments[index]
            if argument.starts(with: "-a".utf8), argument.count > 2 { ranges[index].append(2..<argument.count) }
            let isUser = index > 0 && arguments[index - 1].elementsEqual("--user".utf8)
            guard isUser || argument.starts(with: "--user=".utf8),
                let colon = argument.firstIndex(of: UInt8(ascii: ":"))
            else { continue }
            ranges[index].append(colon + 1..<argument.count)
        }
    }

    /// Hides the secrets of a request of Redis whose words begin at a place.
    private mutating func hideRequest(_ start: Int) {
        guard start < arguments.count else { return }
        let request = arguments[start...].drop { $0.first == UInt8(ascii: "-") }
        let secrets = RequestSecrets(request)
        for (number, index) in request.indices.enumerated()
        where secrets.hides(number, after: number > 0 ? request[index - 1] : []) { hideWhole(index) }
    }

    /// Hides the secrets of a command to run whose words begin at a place, as those of a shell's line.
    private mutating func hideCommand(_ start: Int) {
        guard start < arguments.count else { return }
        let line = Array(arguments[start...].joined(separator: [32]))
        guard line.count <= Secrets.longest else { return }
        let found = Secrets.ranges(in: line, as: .text)
        var position = 0
        for index in start..<arguments.count {
            let end = position + arguments[index].count
            ranges[index] += found.filter { $0.overlaps(position..<end) }.map {
                max($0.lowerBound, position) - position..<min($0.upperBound, end) - position
            }
            position = end + 1
        }
    }

    private mutating func hideWhole(_ index: Int) { ranges[index] = [0..<arguments[index].count] }

    /// A message with the secrets masked that it repeats.
    func masked(_ message: String) -> String {
        var secrets: Set<String> = []
        for (argument, ranges) in zip(arguments, ranges) {
            for range in ranges { secrets.insert(String(decoding: argument[range], as: UTF8.self)) }
        }
        return secrets.sorted { $0.count > $1.count }.reduce(message) { message, secret in
            // A shorter one may be part of any word.
            if secret.count >= Self.shortestAnywhere { return message.replacing(secret, with: Secrets.mask) }
            return message.replacing("'\(secret)'", with: "'\(Secrets.mask)'")
        }
    }

    private static let shortestAnywhere = 4
}

import CommandCatalog
import WireFormats

/// Runs the commands of a write log on a copy of the shard.
///
/// Nothing expires here: the log says what has. What the log says is done whatever the contract's limits are, since it
/// has been done already.
struct LogApplier: ~Copyable {
    /// The copy: a set of one shard, to which every key belongs.
    let target: ShardSet
    private var decoder = RequestDecoder(maximumRequestBytes: Int.max)
    private var reply = ReplyBuffer(limit: Int.max / 2)
    private let names = NameIndex.shared
    /// The commands that were run.
    private(set) var commandCount: UInt64 = 0

    /// A command that does not do on the copy what it did on the shard.
    struct Failure: Error {
        /// The command's name, and what it was answered.
        let command: String
        let answer: String
        /// Where the command begins in the bytes that were to be run.
        var byteOffset = 0
    }

    init(target: ShardSet) {
        precondition(target.count == 1)
        self.target = target
    }

    /// Runs whole commands, one after another.
    mutating func apply(_ bytes: UnsafeRawBufferPointer) throws(Failure) {
        var position = 0
        while position < bytes.count {
            let rest = UnsafeRawBufferPointer(rebasing: bytes[position...])
            if rest[0] == UInt8(ascii: "#") {
                position += (rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.count - 1) + 1
                continue
            }
            guard case .request(let count) = decoder.next(in: rest) else {
                throw Failure(command: "", answer: "the log is not made of whole commands", byteOffset: position)
            }
            do throws(Failure) {
                try run(decoder.request(in: rest))
            } catch {
                throw Failure(command: error.command, answer: error.answer, byteOffset: position)
            }
            position += count
        }
    }

    /// Runs whole commands, one after another.
    mutating func apply(commands: [UInt8]) throws(Failure) {
        let result = commands.withUnsafeBytes { bytes in Result { () throws(Failure) in try apply(bytes) } }
        try result.get()
    }

    /// Runs one command.
    mutating func run(_ request: RequestView) throws(Failure) {
        guard let places = request.ranges.baseAddress else { return }
        let start = request.base.assumingMemoryBound(to: UInt8.self)
        let arguments = Arguments(start: start, ranges: places, count: request.count)
        commandCount &+= 1
        guard case .supported(let id) = names.find(arguments[0].buffer.span) else { return try runOther(arguments) }
        if id == .multi || id == .exec || id == .select { return }
        let homeIndex = id == .bitop ? 2 : 1
        guard arguments.count > homeIndex else { throw failure(arguments, "no key") }
        let call = Call(
            arguments: arguments, shards: target, home: target[0], homeIndex: homeIndex,
            homeHash: KeyHash.hash(arguments[homeIndex]), now: .beginning, maximumValueBytes: .max)
        reply.removeAll()
        do {
            try Dispatch.run(id, call, &reply)
        } catch {
            reply.append(error)
            throw failure(arguments, String(decoding: reply.bytes.dropFirst().dropLast(2), as: UTF8.self))
        }
    }

    private func runOther(_ arguments: Arguments) throws(Failure) {
        guard arguments[0].equalsIgnoringCase("flushall") || arguments[0].equalsIgnoringCase("flushdb") else {
            throw failure(arguments, "no command of a log")
        }
        target[0].pointee.keyspace.removeAll()
    }

    private func failure(_ arguments: Arguments, _ answer: String) -> Failure {
        Failure(command: RefusalText.printable(arguments[0], longest: 64), answer: answer)
    }
}

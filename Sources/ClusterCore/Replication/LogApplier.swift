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
    private var batch = RequestBatch()
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
    ///
    /// Decodes some ahead of the one to be run, so that the memory of all their keys is waited for at once.
    mutating func apply(_ bytes: UnsafeRawBufferPointer) throws(Failure) {
        defer { batch.removeAll() }
        var position = 0
        while position < bytes.count {
            let rest = UnsafeRawBufferPointer(rebasing: bytes[position...])
            if rest[0] == UInt8(ascii: "#") {
                position += (rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.count - 1) + 1
                continue
            }
            guard case .request(let count) = decoder.next(in: rest) else {
                try runBatch(of: bytes)
                throw Failure(command: "", answer: "the log is not made of whole commands", byteOffset: position)
            }
            try take(decoder.request(in: rest), of: bytes, at: position..<position + count)
            position += count
        }
        try runBatch(of: bytes)
    }

    /// Runs whole commands, one after another.
    mutating func apply(commands: [UInt8]) throws(Failure) {
        let result = commands.withUnsafeBytes { bytes in Result { () throws(Failure) in try apply(bytes) } }
        try result.get()
    }

    /// Keeps a command to be run later, or runs it after those that are kept.
    @inline(__always)
    private mutating func take(
        _ request: RequestView, of bytes: UnsafeRawBufferPointer, at place: Range<Int>
    ) throws(Failure) {
        guard let places = request.ranges.baseAddress else { return }
        let start = request.base.assumingMemoryBound(to: UInt8.self)
        let arguments = Arguments(start: start, ranges: places, count: request.count)
        commandCount &+= 1
        guard case .supported(let id) = names.find(arguments[0].buffer.span) else {
            try runBatch(of: bytes)
            return try runOther(arguments, at: place.lowerBound)
        }
        if id == .multi || id == .exec { return }
        if id == .select {
            // Redis writes one at the beginning.
            guard arguments.count == 2, arguments[1].parsedInteger() == 0 else {
                throw failure(arguments, "another database than 0", at: place.lowerBound)
            }
            return
        }
        let homeIndex = id == .bitop ? 2 : 1
        guard id.facts.accepts(argumentCount: arguments.count), arguments.count > homeIndex else {
            throw failure(arguments, "wrong number of arguments", at: place.lowerBound)
        }
        let hash = KeyHash.hash(arguments[homeIndex])
        if !batch.hasRoom(forArguments: arguments.count) { try runBatch(of: bytes) }
        if homeIndex == 1, !decoder.isInline, batch.hasRoom(forArguments: arguments.count) {
            let address = EmbeddedCluster.Address(shard: 0, hash: hash)
            return batch.append(id, arguments, at: address, end: place.upperBound)
        }
        try runBatch(of: bytes)
        try run(id, arguments, homeIndex: homeIndex, hash: hash, at: place.lowerBound)
    }

    /// Runs the commands that are kept.
    private mutating func runBatch(of bytes: UnsafeRawBufferPointer) throws(Failure) {
        for address in batch.addresses { target[0].pointee.keyspace.prefetchBucket(of: address.hash) }
        for address in batch.addresses { target[0].pointee.keyspace.prefetchRecord(of: address.hash) }
        guard let base = bytes.baseAddress else { return }
        for index in 0..<batch.count {
            let (request, arguments, address) = batch[index]
            try run(request.id, arguments, homeIndex: 1, hash: address.hash, at: UnsafeRawPointer(request.start) - base)
        }
        batch.removeAll()
    }

    @inline(__always)
    private mutating func run(
        _ id: Command.ID, _ arguments: Arguments, homeIndex: Int, hash: UInt64, at position: Int
    ) throws(Failure) {
        let call = Call(
            arguments: arguments, shards: target, home: target[0], homeIndex: homeIndex, homeHash: hash,
            now: .beginning, maximumValueBytes: .max)
        reply.removeAll()
        do {
            try Dispatch.run(id, call, &reply)
        } catch {
            reply.append(error)
            let answer = String(decoding: reply.bytes.dropFirst().dropLast(2), as: UTF8.self)
            throw failure(arguments, answer, at: position)
        }
    }

    private func runOther(_ arguments: Arguments, at position: Int) throws(Failure) {
        guard arguments[0].equalsIgnoringCase("flushall") || arguments[0].equalsIgnoringCase("flushdb") else {
            throw failure(arguments, "no command of a log", at: position)
        }
        target[0].pointee.keyspace.removeAll()
    }

    private func failure(_ arguments: Arguments, _ answer: String, at position: Int) -> Failure {
        Failure(command: RefusalText.printable(arguments[0], longest: 64), answer: answer, byteOffset: position)
    }
}

import WireFormats

/// Carries the commands of an append-only log to a cluster.
struct AOFImport {
    let target: ImportTarget
    /// Commands that were sent.
    private(set) var commands = 0
    private var database = 0

    init(target: ImportTarget) {
        self.target = target
    }

    /// Carries everything; a torn end is left out.
    mutating func run(_ window: ByteWindow, _ progress: (Int) -> Void) throws(Failure) {
        var reader = AOFReader(byteOffset: window.offset)
        var isTorn: Int?
        while isTorn == nil {
            let outcome: Result<(consumed: Int, isDone: Bool), Failure> = window.bytes.withUnsafeBytes { bytes in
                Result { () throws(Failure) in try self.read(bytes, window, &reader, &isTorn) }
            }
            let (consumed, isDone) = try outcome.get()
            window.drop(consumed)
            progress(window.offset)
            if isDone { break }
            try window.fill()
        }
        if let isTorn {
            StandardError.writeLine("\(window.source.name): the end, from byte \(isTorn) on, is torn and left out")
        }
    }

    private mutating func read(
        _ bytes: UnsafeRawBufferPointer, _ window: ByteWindow, _ reader: inout AOFReader, _ torn: inout Int?
    ) throws(Failure) -> (consumed: Int, isDone: Bool) {
        var position = 0
        while true {
            let rest = UnsafeRawBufferPointer(rebasing: bytes[position...])
            let outcome: AOFReader.Outcome
            do {
                outcome = try reader.next(in: rest, isLast: window.isAtEnd)
            } catch {
                throw Failure("\(window.source.name): \(error): what stands before it is imported", .unreachable)
            }
            switch outcome {
            case .needMore: return (position, false)
            case .end: return (position, true)
            case .tornCommand(let offset), .tornTransaction(let offset):
                torn = offset
                return (position, true)
            case .timestamp(let count, _), .annotation(let count): position += count
            case .command(let count):
                let request = reader.request(in: rest)
                try send((0..<request.count).map { request.copyArgument($0) })
                position += count
            }
        }
    }

    private mutating func send(_ words: [[UInt8]]) throws(Failure) {
        let name = String(decoding: words[0], as: UTF8.self).uppercased()
        if name == "SELECT" {
            database = words.count > 1 ? Int(String(decoding: words[1], as: UTF8.self)) ?? -1 : -1
            return
        }
        let subject = words.count > 1 ? words[1] : words[0]
        guard database == 0 || name == "MULTI" || name == "EXEC" else {
            return try target.refuse(subject, "it is in database \(database), and there is only database 0")
        }
        commands += 1
        if name == "SET", words.count == 4, Self.text(words[3]) == "KEEPTTL" { return try setKeepingTime(words) }
        for command in Self.inForms28(name, words) { try target.send(command, about: subject) }
    }

    private static func text(_ word: [UInt8]) -> String { String(decoding: word, as: UTF8.self).uppercased() }

    /// What Redis 6 and later log for INCRBYFLOAT: 2.8 has no form that leaves the time to live.
    private func setKeepingTime(_ words: [[UInt8]]) throws(Failure) {
        let left = try target.ask([Array("PTTL".utf8), words[1]])
        try target.send(Array(words.prefix(3)), about: words[1])
        guard case .integer(let milliseconds) = left, milliseconds > 0 else { return }
        try target.send([Array("PEXPIRE".utf8), words[1], Array("\(milliseconds)".utf8)], about: words[1])
    }

    /// A command of a later release's log in the forms of 2.8: later ones log SET with the instant of expiry.
    private static func inForms28(_ name: String, _ words: [[UInt8]]) -> [[[UInt8]]] {
        guard name == "SET", words.count == 5 else { return [words] }
        let set = Array(words.prefix(3))
        switch text(words[3]) {
        case "PXAT": return [set, [Array("PEXPIREAT".utf8), words[1], words[4]]]
        case "EXAT": return [set, [Array("EXPIREAT".utf8), words[1], words[4]]]
        default: return [words]
        }
    }
}

import WireFormats

/// Carries the commands of an append-only log to a cluster.
struct AOFImport {
    let target: ImportTarget
    let deadlines: LoggedDeadlines
    /// Commands that were sent.
    private(set) var commands = 0
    private var database = 0
    /// The commands since a MULTI; nil outside a transaction.
    private var transaction: [LoggedCommand]?

    init(target: ImportTarget, deadlines: LoggedDeadlines) {
        self.target = target
        self.deadlines = deadlines
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
                try take(LoggedCommand((0..<request.count).map { request.copyArgument($0) }))
                position += count
            }
        }
    }

    /// Runs a command, or keeps it until its transaction is known to be whole.
    ///
    /// The cluster gets no MULTI: it would answer nothing before EXEC, so that a time to live could not be kept, and one
    /// command that it refuses would take the others of the transaction with it.
    private mutating func take(_ command: LoggedCommand) throws(Failure) {
        switch command.name {
        case "MULTI": transaction = []
        case "EXEC":
            for command in transaction ?? [] { try run(command) }
            transaction = nil
        default:
            guard transaction != nil else { return try run(command) }
            transaction?.append(command)
        }
    }

    private mutating func run(_ command: LoggedCommand) throws(Failure) {
        if command.name == "SELECT" {
            database = command.words.count > 1 ? Int(String(decoding: command.words[1], as: UTF8.self)) ?? -1 : -1
            return
        }
        guard database == 0 else {
            return try target.refuse(
                command.subject, "it is in database \(database), and there is only database 0")
        }
        commands += 1
        switch command.form28 {
        case .commands(let commands):
            for words in commands { try target.send(try deadlines.putOff(words), about: command.subject) }
        case .reading(let reading): try LoggedReading(target: target, deadlines: deadlines).run(reading)
        }
    }
}

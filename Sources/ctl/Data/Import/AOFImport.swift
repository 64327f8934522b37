import CommandCatalog
import WireFormats

/// Carries the commands of an append-only log to a cluster.
struct AOFImport {
    private let databases: LogDatabases
    private let purpose: ImportPurpose
    /// Commands of the database that is kept.
    private(set) var commands = 0
    /// The number of the database that commands are for.
    private var number = 0

    /// A longer command is not held: the cluster would not take it.
    static let longestHeld = 16 << 20

    init(databases: LogDatabases, purpose: ImportPurpose) {
        self.databases = databases
        self.purpose = purpose
    }

    /// Carries everything; a torn end is left out.
    ///
    /// - Parameters:
    ///   - isPart: whether the commands follow other data, so that there need be none.
    ///   - isLast: whether no other file of the log follows: a crash tears the end of the last one alone.
    mutating func run(
        _ window: ByteWindow, isPart: Bool, isLast: Bool, _ progress: () -> Void
    ) throws(Failure) {
        let start = window.offset
        var reader = AOFReader(byteOffset: start, longestHeld: Self.longestHeld)
        var end: Int?
        while true {
            let outcome: Result<(consumed: Int, isDone: Bool), Failure> = window.bytes.withUnsafeBytes { bytes in
                Result { () throws(Failure) in try self.read(bytes, window, &reader, &end, isPart) }
            }
            let (consumed, isDone) = try outcome.get()
            window.drop(consumed)
            progress()
            if isDone { break }
            try window.fill()
        }
        guard isPart || hasCommands else {
            throw noLog(
                window, end == nil ? "there is no command in it" : "it ends in the middle of its first command", start)
        }
        if let end, !isLast {
            throw Failure(
                "\(window.source.name): byte \(end): the append-only log is damaged: its end is torn, and another file of "
                    + "the log follows\(purpose.brokenOff)", .unreachable)
        }
        if let end, purpose != .trial {
            StandardError.writeLine("\(window.source.name): the end, from byte \(end) on, is torn and left out")
        }
    }

    private var hasCommands = false

    private func noLog(_ window: ByteWindow, _ reason: String, _ byteOffset: Int) -> Failure {
        Failure(
            "\(window.source.name): byte \(byteOffset): this is no append-only file: \(reason)\(purpose.refused)",
            .unreachable)
    }

    private mutating func read(
        _ bytes: UnsafeRawBufferPointer, _ window: ByteWindow, _ reader: inout AOFReader, _ torn: inout Int?,
        _ isPart: Bool
    ) throws(Failure) -> (consumed: Int, isDone: Bool) {
        var position = 0
        while true {
            let rest = UnsafeRawBufferPointer(rebasing: bytes[position...])
            let outcome: AOFReader.Outcome
            do {
                outcome = try reader.next(in: rest, isLast: window.isAtEnd)
            } catch {
                guard isPart || hasCommands else { throw noLog(window, "\(error)", error.byteOffset) }
                throw Failure(
                    "\(window.source.name): the append-only log is damaged: \(error)\(purpose.brokenOff)", .unreachable)
            }
            switch outcome {
            case .needMore: return (position, false)
            case .end: return (position, true)
            case .tornCommand(let offset), .tornTransaction(let offset):
                torn = offset
                return (position, true)
            case .timestamp(let count, _), .annotation(let count), .partOfLongCommand(let count): position += count
            case .longCommand(let count):
                try refuseLong(reader.longCommand)
                position += count
            case .command(let count):
                let request = reader.request(in: rest)
                try take(LoggedCommand((0..<request.count).map { request.copyArgument($0) }))
                position += count
            }
        }
    }

    private mutating func refuseLong(_ command: LongCommand) throws(Failure) {
        hasCommands = true
        guard !databases.isAtEnd else { return }
        if case .database(let database) = databases.place(number) {
            let words = command.withView { view in (0..<min(view.count, 2)).map { view.copyArgument($0) } }
            commands += 1
            try database.target.refuse(
                LoggedCommand(words).subject,
                "\(Quantity.printable(LoggedCommand(words).shownName)) needs a request of "
                    + "\(Quantity.count(command.bytes)) bytes, the limit is "
                    + "\(Quantity.count(databases.target.limits.maxRequestBytes - 1))")
        }
        databases.advance()
    }

    /// Runs a command at once: one of a transaction that is not whole comes behind the end of what counts.
    ///
    /// The cluster gets no MULTI: it would answer nothing before EXEC, so that a time to live could not be kept, and one
    /// command that it refuses would take the others of the transaction with it.
    private mutating func take(_ command: LoggedCommand) throws(Failure) {
        hasCommands = true
        if command.name == "MULTI" || command.name == "EXEC" { return }
        guard !databases.isAtEnd else { return }
        try run(command)
        databases.advance()
    }

    private mutating func run(_ command: LoggedCommand) throws(Failure) {
        switch command.name {
        case "SELECT": number = command.number(1) ?? -1
        case "FLUSHALL": try databases.flush(nil)
        case "FLUSHDB": try databases.flush(number)
        case "SWAPDB":
            if let first = command.number(1), let second = command.number(2) { databases.swap(first, second) }
        case "MOVE": if let to = command.number(2) { try carry(command.words[1], as: command.words[1], to: to, false) }
        case "COPY":
            guard let to = command.copyDatabase, to != number else { return try runInDatabase(command) }
            try carry(command.words[1], as: command.words[2], to: to, true)
        default: try runInDatabase(command)
        }
    }

    private mutating func carry(
        _ key: [UInt8], as name: [UInt8], to: Int, _ keepsSource: Bool
    ) throws(Failure) {
        if case .database = databases.place(number) { commands += 1 }
        try databases.carry(key, from: number, as: name, to: to, keepsSource: keepsSource)
    }

    private mutating func runInDatabase(_ command: LoggedCommand) throws(Failure) {
        let database: LogDatabase
        switch databases.place(number) {
        case .nowhere: return
        case .elsewhere(let number):
            return try databases.target.refuse(
                command.subject, "it is in database \(number), and there is only database 0")
        case .database(let place): database = place
        }
        commands += 1
        switch command.form28 {
        case .commands(let commands):
            for words in commands {
                try database.target.send(try database.deadlines.putOff(words), about: command.subject)
            }
        case .reading(let reading):
            try LoggedReading(target: database.target, deadlines: database.deadlines, fields: database.fields)
                .run(reading)
        case .none(let reason): try databases.target.refuse(command.subject, reason)
        }
        database.fields.follow(command)
    }
}

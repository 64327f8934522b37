import CommandCatalog
import Presentation
import SystemCalls
import WireFormats

/// Carries the keys of an RDB file to a cluster, each with RESTORE.
struct RDBImport {
    private let databases: LogDatabases
    private let limits: Contract
    private let purpose: ImportPurpose
    /// Keys that had expired already, and fields of others.
    private(set) var expired = 0
    private(set) var expiredFields = 0
    /// Whether the file says that a log follows.
    private(set) var isBaseOfLog = false

    /// Whether a log follows, which may extend the time of what has expired.
    private var isBase: Bool
    private var number = 0
    private var name: [UInt8] = []
    private var nameLength = 0
    private var expiry: Int64?
    private var value: ImportedValue
    private var hasModuleMetadata = false
    private let writer = ObjectWriterBox()

    /// A string, or a collection in one string, that is longer than this is not held where nobody could keep it.
    static let leastHeld = 16 << 20

    /// How much of a value is held for a cluster with this limit on values.
    static func longestHeld(_ limit: Int) -> Int { max(leastHeld, limit) }

    /// Why a key that modules keep something with is not imported as it is.
    static let moduleMetadata = "what modules keep with the key is left out"

    init(databases: LogDatabases, isBase: Bool, purpose: ImportPurpose) {
        self.databases = databases
        self.isBase = isBase
        self.purpose = purpose
        limits = databases.target.limits
        value = ImportedValue(.object(.string), limit: 0, keepsExpired: false)
    }

    /// Carries everything; returns when the file is at its end, with what follows it still in the window.
    mutating func run(_ window: ByteWindow, _ progress: () -> Void) throws(Failure) {
        var reader = RDBFileReader(contents: .bytes, longestHeld: Self.longestHeld(limits.maxValueBytes))
        while true {
            var isDone = false
            let outcome: Result<Int, Failure> = window.bytes.withUnsafeBytes { bytes in
                Result { () throws(Failure) in try self.read(bytes, window, &reader, &isDone) }
            }
            window.drop(try outcome.get())
            progress()
            if isDone { return }
            try window.fill()
        }
    }

    /// Reads until more bytes are needed, or to the end of the file; returns how many are done with.
    private mutating func read(
        _ bytes: UnsafeRawBufferPointer, _ window: ByteWindow, _ reader: inout RDBFileReader, _ isDone: inout Bool
    ) throws(Failure) -> Int {
        while true {
            let event: RDBEvent
            do {
                event = try reader.next(in: bytes, isLast: window.isAtEnd)
            } catch {
                let what = error.isUnsupported ? "the RDB data are read up to here" : "the RDB data are damaged"
                throw Failure("\(window.source.name): \(what): \(error)\(purpose.brokenOff)", .unreachable)
            }
            switch event {
            case .needMore(let consumed): return consumed
            case .database(let number): self.number = Int(clamping: number)
            case .key: begin(reader.key)
            case .element: value.add(reader.element, WallClock.milliseconds())
            case .keyEnd: try end()
            case .end(let consumed):
                isBaseOfLog = reader.isBaseOfLog
                isDone = true
                return consumed
            case .auxiliary: isBase = isBase || reader.isBaseOfLog
            case .function: try refuse(functionName(Array(reader.text)), "Redis 2.8 has no functions")
            case .moduleData(let type):
                try refuse(Array(type.description.utf8), "it is what a module keeps beside the keys")
            case .version, .tableSizes: break
            }
        }
    }

    private mutating func begin(_ key: RDBKey) {
        name = Array(key.name)
        nameLength = key.nameLength
        // Redis 2.8 takes -1 in a file for none, and any other negative time for one that is over.
        expiry = key.expiry == -1 ? nil : key.expiry
        hasModuleMetadata = key.hasModuleMetadata
        var limit = limits.maxValueBytes
        // What is left out need not be held.
        if case .database = databases.place(number) {} else { limit = 0 }
        value = ImportedValue(key.kind, limit: limit, keepsExpired: isBase)
    }

    /// The first line of a library of functions, which has its name.
    private func functionName(_ code: [UInt8]) -> [UInt8] {
        Array(Secrets.masked(Array(code.prefix(4_096).prefix { $0 != 10 }), as: .text).prefix(64))
    }

    private func refuse(_ subject: [UInt8], _ reason: String) throws(Failure) {
        try databases.target.refuse(subject, reason)
    }

    private mutating func end() throws(Failure) {
        switch databases.place(number) {
        case .nowhere: return
        case .elsewhere(let number):
            guard isBase || expiry.map({ $0 > WallClock.milliseconds() }) ?? true else { return expired += 1 }
            try refuse(name, "it is in database \(number), and there is only database 0")
        case .database(let database): try send(to: database)
        }
    }

    private mutating func send(to database: LogDatabase) throws(Failure) {
        guard let left = try timeToLive(database) else { return expired += 1 }
        if nameLength > name.count {
            return try refuse(name, "key is \(nameLength) bytes, the limit is \(limits.maxKeyBytes)")
        }
        if let refusal = value.refusal { return try refuse(name, refusal) }
        guard case .object(let type) = value.kind, !value.isEmpty else {
            // All of its fields have expired, or there was none.
            if value.expiredFields > 0 { expired += 1 }
            return
        }
        expiredFields += value.expiredFields
        if hasModuleMetadata { try database.target.refuse(name, Self.moduleMetadata, isPartial: true) }
        let payload = writer.payload(type, value.elements)
        try database.target.send([Array("DEL".utf8), name], about: name, counts: false)
        try database.target.send([Array("RESTORE".utf8), name, Array("\(left)".utf8), payload], about: name)
        guard !value.times.isEmpty else { return database.fields.remove(name) }
        if isBase {
            database.fields.put(name, value.times)
        } else {
            try LoggedFieldTimes.refuse(name, value.times.count, database.target)
        }
    }

    /// Milliseconds, 0 for ever; nil where the key has expired.
    private func timeToLive(_ database: LogDatabase) throws(Failure) -> Int64? {
        guard let expiry else { return 0 }
        let deadline = isBase ? try database.deadlines.putOff(expiry, of: name) ?? expiry : expiry
        let now = WallClock.milliseconds()
        return deadline > now ? deadline - now : nil
    }

    // MARK: What follows

    /// What stands behind the end of RDB data.
    enum Tail {
        case nothing
        /// The commands of a log.
        case commands
        /// Something that no Redis reads.
        case other
    }

    /// Tells what stands behind the end of RDB data, where the window is.
    static func tail(_ window: ByteWindow, isBaseOfLog: Bool) throws(Failure) -> Tail {
        while window.bytes.count < 16, !window.isAtEnd { try window.fill() }
        guard !window.bytes.isEmpty else { return .nothing }
        let isLog = isBaseOfLog || [".aof", ".aof.gz"].contains { window.source.name.hasSuffix($0) }
        return isLog || window.bytes.withUnsafeBytes { AOFReader.beginsWithCommand($0) } ? .commands : .other
    }
}

import CommandCatalog
import WireFormats

/// Where the keys of one of a log's databases go.
final class LogDatabase {
    let target: ImportTarget
    let deadlines: LoggedDeadlines
    let fields: LoggedFieldTimes
    private let cluster: TrialCluster?

    /// The cluster that data are brought to.
    init(_ target: ImportTarget) {
        self.target = target
        deadlines = LoggedDeadlines(target: target)
        fields = LoggedFieldTimes(target: target)
        cluster = nil
    }

    /// A cluster in this process, which keeps whatever Redis does.
    init(stagedFor limits: Contract) throws(Failure) {
        let cluster = try TrialCluster(limits)
        target = try ImportTarget(
            cluster.address, password: cluster.password, limits: limits, isStrict: false, remembersKeys: true)
        deadlines = LoggedDeadlines(target: target)
        fields = LoggedFieldTimes(target: target)
        self.cluster = cluster
    }

    deinit { cluster?.stop() }
}

/// The databases of a log while it is carried.
///
/// The one that is the first in the end goes to the target, without what it held before it was emptied last; the others have
/// no place there. Where keys of others came to it, all of these are replayed on clusters in this process, and what it holds in
/// the end is carried.
final class LogDatabases {
    /// The cluster that data are brought to.
    let target: ImportTarget
    private let plan: LogPlan
    private var numbers = DatabaseNumbers()
    /// How many commands have come.
    private var commands = 0
    private let final: LogDatabase
    /// By the number that each began with; empty where nothing is staged.
    private var staged: [Int: LogDatabase] = [:]

    /// So many clusters in this process are enough for what servers are set up with.
    private static let mostStaged = 64

    /// Where a key or a command goes.
    enum Place {
        case database(LogDatabase)
        /// It is in a database of this number, which the target does not have.
        case elsewhere(Int)
        /// It does not matter: the database is emptied later.
        case nowhere
    }

    init(_ target: ImportTarget, _ plan: LogPlan) throws(Failure) {
        self.target = target
        self.plan = plan
        final = LogDatabase(target)
        let numbers = plan.staged
        guard numbers.count <= Self.mostStaged else {
            throw Failure(
                "the log moves keys among \(numbers.count) databases: no more than \(Self.mostStaged) are followed",
                .unreachable)
        }
        var limits = target.limits
        limits.maxKeyBytes = Self.anyBytes
        limits.maxValueBytes = Self.anyBytes
        limits.maxRequestBytes = 2 * Self.anyBytes
        for number in numbers { staged[number] = try LogDatabase(stagedFor: limits) }
    }

    /// Redis has no string that is longer.
    private static let anyBytes = 512 << 20

    /// Whether the log counts no further.
    var isAtEnd: Bool { commands >= plan.end }

    /// Counts a command.
    func advance() { commands += 1 }

    /// Where what is in the database of a number goes at present.
    func place(_ number: Int) -> Place {
        let database = numbers[number]
        if let stage = staged[database] { return .database(stage) }
        guard !plan.isFlushed(database, at: commands) else { return .nowhere }
        return database == plan.kept && staged.isEmpty
            ? .database(final) : .elsewhere(plan.number(of: database))
    }

    // MARK: Commands on databases

    /// FLUSHDB, and FLUSHALL where there is no number.
    ///
    /// What is staged nowhere was not carried in the first place.
    func flush(_ number: Int?) throws(Failure) {
        let databases = number.map { [numbers[$0]] } ?? Array(staged.keys)
        for database in databases {
            guard let stage = staged[database] else { continue }
            for key in stage.target.takeKeys() {
                try stage.target.send(LoggedCommand.command("DEL", key), about: key, counts: false)
            }
            stage.fields.removeAll()
        }
    }

    /// SWAPDB.
    func swap(_ first: Int, _ second: Int) { numbers.swap(first, second) }

    /// MOVE, and COPY to another database: the key has gone to a place where there was none of its name, or is replaced.
    func carry(_ key: [UInt8], from: Int, as name: [UInt8], to: Int, keepsSource: Bool) throws(Failure) {
        guard case .database(let source) = place(from) else { return }
        if case .database(let target) = place(to) {
            let move = LoggedReading(target: source.target, deadlines: source.deadlines, fields: source.fields)
            try move.carry(key, as: name, to: target)
        } else if staged.isEmpty, case .elsewhere(let number) = place(to) {
            try target.refuse(name, "it goes to database \(number), and there is only database 0")
        }
        guard !keepsSource else { return }
        source.fields.remove(key)
        try source.target.send(LoggedCommand.command("DEL", key), about: key)
    }

    // MARK: The end

    /// Gives each key the time to live that the log gives it in the end, and carries what was staged; returns how many
    /// keys have expired by that.
    func finish() throws(Failure) -> Int {
        var expired = 0
        if let stage = staged[plan.kept] {
            try stage.target.finish()
            expired += try stage.deadlines.settle()
            try carry(stage)
        }
        try target.finish()
        expired += try final.deadlines.settle()
        try final.fields.settle()
        return expired
    }

    /// Does as much of that as is possible for an import that has failed.
    func finishAfterFailure() { final.deadlines.settleAfterFailure() }

    private func carry(_ stage: LogDatabase) throws(Failure) {
        try stage.fields.settle()
        target.refuse(stage.target.refusals)
        let move = LoggedReading(target: stage.target, deadlines: stage.deadlines, fields: stage.fields)
        for key in stage.target.takeKeys() { try move.carry(key, as: key, to: final, isExpected: false) }
    }
}

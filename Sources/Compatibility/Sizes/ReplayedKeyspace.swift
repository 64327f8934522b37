import CommandCatalog
import Glibc
import WireFormats

/// A keyspace whose values are known by their sizes: commands are applied to it by their arithmetic, so that the payload
/// of each key is exact after each command.
///
/// Memory is 16 to some 60 bytes an element and a key's name, not the data. Where a trace does not say enough (a random member
/// is popped), the key is marked as approximate and its size kept on the safe side.
struct ReplayedKeyspace {
    /// One key.
    struct Record {
        var value: ReplayedValue
        /// Milliseconds since 1970; nil for a key that stays.
        var expiry: Int64?
        var isApproximate = false
        /// Whether fields of the hash may have a time to live.
        var hasExpiringFields = false
    }

    /// A key in its database.
    struct Key: Hashable {
        let database: Int
        let name: [UInt8]
        /// The name's hash, which finds the key's bucket in a ``GrowthScreen`` too.
        let hash: UInt64

        init(database: Int, name: [UInt8]) {
            self.init(database: database, name: name, hash: name.withUnsafeBytes { ByteHash.hash($0) })
        }

        /// A key whose name's hash is known.
        init(database: Int, name: [UInt8], hash: UInt64) {
            self.database = database
            self.name = name
            self.hash = hash
        }

        func hash(into hasher: inout Hasher) {
            hasher.combine(hash &+ UInt64(truncatingIfNeeded: database))
        }
    }

    var records: [Key: Record] = [:]
    /// The time of the command that is applied, in milliseconds since 1970; nil where the input has no times.
    ///
    /// Keys whose time is over are then gone.
    var now: Int64?
    /// The database of the command that is applied.
    var database = 0
    var scratch: [UInt8] = []
    /// Whether the elements of lists are hashed, without which LREM and LINSERT do not find theirs.
    var tellsElementsApart = true
    /// The first payload of RESTORE that cannot be read.
    var payloadFault: (key: [UInt8], error: RDBError)?
    private var lastKey = Key(database: 0, name: [])
    /// The key that the last command made larger, with its size before and after; for the rule on growing values.
    var growth: (key: Key, before: Int, after: Int)?

    // MARK: Access

    mutating func key(_ request: Request, _ index: Int) -> Key {
        let hash = hash(request, index)
        // Commands on one key come in a row.
        if hash == lastKey.hash, database == lastKey.database, isLastKey(request, index) { return lastKey }
        lastKey = Key(database: database, name: request.copy(index), hash: hash)
        return lastKey
    }

    private mutating func isLastKey(_ request: Request, _ index: Int) -> Bool {
        let name = lastKey.name
        return name.withUnsafeBytes { last in
            request.withBytes(index, &scratch) { bytes in
                guard let left = last.baseAddress, let right = bytes.baseAddress else { return last.isEmpty }
                return last.count == bytes.count && memcmp(left, right, last.count) == 0
            }
        }
    }

    /// The record of a key; one whose time is over is removed.
    mutating func record(_ key: Key) -> Record? {
        guard let record = records[key] else { return nil }
        if let now, let expiry = record.expiry, expiry <= now {
            records[key] = nil
            return nil
        }
        return record
    }

    /// Changes the value of a key in place, without a copy of it.
    ///
    /// - Parameters:
    ///   - fresh: the value that is made where the key is missing; nil leaves the key missing.
    ///   - body: changes the value; returns false where its type is not the command's, which leaves all as it is.
    mutating func change(
        _ key: Key, _ fresh: @autoclosure () -> ReplayedValue?, _ body: (inout ReplayedValue) -> Bool
    ) {
        if let now, let expiry = records[key]?.expiry, expiry <= now { records[key] = nil }
        if let index = records.index(forKey: key) {
            var record = records.values[index]
            let before = record.value.payload
            // The table gives up its reference, so that the collection is changed where it is.
            records.values[index].value = .foreign(.unknown)
            let isChanged = body(&record.value)
            if record.value.isGone { records[key] = nil } else { records.values[index] = record }
            if isChanged { noteGrowth(key, before, record.value.payload) }
            return
        }
        guard let value = fresh() else { return }
        var record = Record(value: value)
        guard body(&record.value), !record.value.isGone else { return }
        records[key] = record
        noteGrowth(key, 0, record.value.payload)
    }

    /// Puts a value in the place of whatever was there, without an expiry.
    mutating func replace(_ key: Key, _ value: ReplayedValue, expiry: Int64? = nil) {
        let before = records[key]?.value.payload ?? 0
        guard !value.isGone else { return records[key] = nil }
        records[key] = Record(value: value, expiry: Self.kept(expiry))
        noteGrowth(key, before, value.payload)
    }

    /// A time that a key has got: 2.8 takes a negative one for none.
    static func kept(_ expiry: Int64?) -> Int64? { expiry.flatMap { $0 < 0 ? nil : $0 } }

    private mutating func noteGrowth(_ key: Key, _ before: Int, _ after: Int) {
        if after > before, after > growth?.after ?? -1 { growth = (key, before, after) }
    }

    /// The hash of an argument.
    mutating func hash(_ request: Request, _ index: Int) -> UInt64 {
        request.withBytes(index, &scratch) { ByteHash.hash($0) }
    }

    /// An argument's number where it is written as Redis writes one.
    mutating func integer(_ request: Request, _ index: Int) -> Int64? {
        guard request.length(index) <= 20 else { return nil }
        return Self.canonicalInteger(request.text(index))
    }

    static func canonicalInteger(_ text: UnsafeRawBufferPointer) -> Int64? {
        guard let number = Request.integer(text) else { return nil }
        let digits = text.first == UInt8(ascii: "-") ? text.dropFirst() : text[...]
        guard digits.first != UInt8(ascii: "0") || text.count == 1 else { return nil }
        return Int64(number)
    }

    static func digits(_ number: Int64) -> Int { String(number).utf8.count }
}

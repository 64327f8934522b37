/// The keys of a shard that transactions hold, each with the connection that holds it.
struct KeyLocks: ~Copyable {
    private var table = HashTable()

    /// Names the holder of a lock: a connection's number, unique for the life of the process.
    typealias Owner = UInt64

    deinit {
        table.forEach { $0.free() }
    }

    /// Whether no key is held: the one thing a command looks at in the common case.
    @inline(__always)
    var isEmpty: Bool { table.count == 0 }

    var count: Int { table.count }

    /// Who holds a key.
    func owner(of key: ByteView, hash: UInt64) -> Owner? {
        table.find(key, hash: hash).map { UnsafeRawPointer($0.valueStart).loadUnaligned(as: Owner.self) }
    }

    /// Whether a key is held by someone else than `owner`.
    @inline(__always)
    func isHeld(_ key: ByteView, hash: UInt64, byOtherThan owner: Owner) -> Bool {
        guard let holder = self.owner(of: key, hash: hash) else { return false }
        return holder != owner
    }

    /// Takes a key that nobody else holds; true where it was not held by `owner` already.
    mutating func take(_ key: ByteView, hash: UInt64, for owner: Owner) -> Bool {
        if let holder = self.owner(of: key, hash: hash) {
            precondition(holder == owner, "a held key was taken")
            return false
        }
        let record = Record.make(form: .string, key: key, valueCount: MemoryLayout<Owner>.size)
        UnsafeMutableRawPointer(record.valueStart).storeBytes(of: owner, as: Owner.self)
        table.insert(record, hash: hash)
        return true
    }

    /// Lets a key go that `owner` holds; nothing happens where it does not.
    mutating func release(_ key: ByteView, hash: UInt64, by owner: Owner) {
        guard self.owner(of: key, hash: hash) == owner else { return }
        table.remove(key, hash: hash)?.free()
    }
}

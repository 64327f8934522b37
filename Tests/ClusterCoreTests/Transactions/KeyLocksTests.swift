import Testing

@testable import ClusterCore

@Suite("KeyLocks")
struct KeyLocksTests {
    private static func with<Result>(_ key: String, _ body: (ByteView, UInt64) -> Result) -> Result {
        Bytes.with(key) { body($0, KeyHash.hash($0)) }
    }

    @Test("a key is held by one owner until that owner lets it go")
    func ownership() {
        var locks = KeyLocks()
        var isEmpty = locks.isEmpty
        #expect(isEmpty)
        #expect(Self.with("a") { locks.take($0, hash: $1, for: 1) })
        #expect(!Self.with("a") { locks.take($0, hash: $1, for: 1) }, "taken twice by the same owner")
        #expect(Self.with("a") { locks.isHeld($0, hash: $1, byOtherThan: 2) })
        #expect(!Self.with("a") { locks.isHeld($0, hash: $1, byOtherThan: 1) })
        #expect(!Self.with("b") { locks.isHeld($0, hash: $1, byOtherThan: 2) })
        Self.with("a") { locks.release($0, hash: $1, by: 2) }
        isEmpty = locks.isEmpty
        #expect(!isEmpty, "released by somebody else")
        Self.with("a") { locks.release($0, hash: $1, by: 1) }
        isEmpty = locks.isEmpty
        #expect(isEmpty)
    }
}

@Suite("WatchTable")
struct WatchTableTests {
    private static func with(_ key: String, _ body: (ByteView, UInt64) -> Void) {
        Bytes.with(key) { body($0, KeyHash.hash($0)) }
    }

    @Test("a change breaks every WATCH of the key, and of no other")
    func touches() {
        var table = WatchTable()
        let states = (0..<3).map { _ in WatchState() }
        Self.with("a") { table.add(states[0], to: $0, hash: $1) }
        Self.with("a") { table.add(states[1], to: $0, hash: $1) }
        Self.with("b") { table.add(states[2], to: $0, hash: $1) }
        Self.with("a") { table.touch($0, hash: $1) }
        #expect(states.map(\.isBroken) == [true, true, false])
    }

    @Test("who has stopped watching is not told")
    func removal() {
        var table = WatchTable()
        let state = WatchState()
        Self.with("a") { table.add(state, to: $0, hash: $1) }
        Self.with("a") { table.add(state, to: $0, hash: $1) }
        Self.with("a") { table.remove(state, from: $0, hash: $1) }
        Self.with("a") { table.touch($0, hash: $1) }
        #expect(!state.isBroken)
        let isEmpty = table.isEmpty
        #expect(isEmpty)
    }
}

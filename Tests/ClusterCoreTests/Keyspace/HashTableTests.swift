import Testing

@testable import ClusterCore

@Suite("HashTable")
struct HashTableTests {
    private static func record(_ key: String) -> Record {
        Bytes.with(key) { .make(form: .string, key: $0, valueCount: 0) }
    }

    private static func insert(_ key: String, _ table: inout HashTable) {
        let record = record(key)
        table.insert(record, hash: KeyHash.hash(record.key))
    }

    private static func remove(_ key: String, _ table: inout HashTable) -> Bool {
        Bytes.with(key) { key in
            guard let record = table.remove(key, hash: KeyHash.hash(key)) else { return false }
            record.free()
            return true
        }
    }

    private static func contains(_ key: String, _ table: borrowing HashTable) -> Bool {
        var isThere = false
        Array(key.utf8).withUnsafeBufferPointer { bytes in
            guard let start = bytes.baseAddress else { return }
            isThere = table.find(ByteView(start: start, count: bytes.count)) != nil
        }
        return isThere
    }

    @Test("a table that has had many records and has few is small again: a scan of it is short")
    func shrinks() {
        var table = HashTable()
        for number in 0..<100_000 { Self.insert("key:\(number)", &table) }
        for number in 1..<100_000 { #expect(Self.remove("key:\(number)", &table)) }
        var steps = 0
        var cursor: UInt64 = 0
        repeat {
            cursor = table.scan(cursor) { _ in }
            steps += 1
        } while cursor != 0
        #expect(steps <= 16)
        table.checkInvariants()
        #expect(Self.remove("key:0", &table))
    }

    @Test("behaves as a set of keys through random insertions and removals")
    func behavesAsASet() {
        var generator = Seed.generator()
        var table = HashTable()
        var model: Set<String> = []
        for step in 0..<60_000 {
            // Grows for a while, then shrinks, over and over.
            let grows = (step / 10_000) % 2 == 0
            let key = "key:\(Int.random(in: 0..<8_000, using: &generator))"
            let inserts = Int.random(in: 0..<4, using: &generator) < (grows ? 3 : 1)
            if inserts {
                if model.insert(key).inserted { Self.insert(key, &table) }
            } else {
                let wasThere = Self.remove(key, &table)
                #expect(wasThere == (model.remove(key) != nil), "\(key), \(Seed.note)")
            }
            if step % 5_000 == 0 { table.checkInvariants() }
        }
        table.checkInvariants()
        let count = table.count
        #expect(count == model.count)
        for key in model where !Self.contains(key, table) { Issue.record("\(key) is missing, \(Seed.note)") }
        table.forEach { $0.free() }
    }

    @Test("a scan visits every record that is there throughout, however the table is resized meanwhile")
    func scanVisitsEverything() {
        var generator = Seed.generator()
        for round in 0..<30 {
            var table = HashTable()
            let permanent = (0..<500).map { "permanent:\($0)" }
            for key in permanent { Self.insert(key, &table) }
            var others = 0
            var visited: Set<String> = []
            var cursor: UInt64 = 0
            repeat {
                cursor = table.scan(cursor) { visited.insert($0.key.text) }
                // Grow in one round, shrink in the next, so that the scan crosses a resizing in both directions.
                for _ in 0..<Int.random(in: 0..<200, using: &generator) where round % 2 == 0 && others < 8_000 {
                    Self.insert("other:\(others)", &table)
                    others += 1
                }
                if round % 2 == 1, others == 0 {
                    for other in 0..<4_000 { Self.insert("other:\(other)", &table) }
                    others = 4_000
                }
                for _ in 0..<Int.random(in: 0..<300, using: &generator) where round % 2 == 1 && others > 1 {
                    others -= 1
                    let wasThere = Self.remove("other:\(others)", &table)
                    #expect(wasThere)
                }
            } while cursor != 0
            for key in permanent where !visited.contains(key) {
                Issue.record("\(key) was not visited in round \(round), \(Seed.note)")
            }
            table.forEach { $0.free() }
        }
    }

    @Test("picks records by chance, all of them sooner or later")
    func picksByChance() {
        var generator = Seed.generator()
        var table = HashTable()
        for index in 0..<50 { Self.insert("key:\(index)", &table) }
        var picked: Set<String> = []
        for _ in 0..<20_000 { table.random(using: &generator).map { _ = picked.insert($0.key.text) } }
        #expect(picked.count == 50, "\(Seed.note)")
        table.forEach { $0.free() }
    }

    @Test("an empty table has nothing to find, to visit or to pick")
    func emptyTable() {
        var generator = SmallGenerator(seed: 1)
        let table = HashTable()
        var visits = 0
        let next = table.scan(0) { _ in visits += 1 }
        let isThere = Self.contains("key", table)
        let picksNothing = table.random(using: &generator) == nil
        #expect(next == 0)
        #expect(visits == 0)
        #expect(!isThere)
        #expect(picksNothing)
    }
}

import Testing

@testable import ClusterCore

@Suite struct IntegerSetTests {
    @Test func `a set of integers holds what a Set holds, in ascending order, at every width`() {
        var random = Seed.generator()
        for span in [Int64(20), 300, 40_000, 5_000_000_000, .max] {
            var record = IntegerSet.make(key: Bytes.empty, containing: 0)
            defer { record.free() }
            var model: Set<Int64> = [0]
            for _ in 0..<3_000 {
                let integer = Int64.random(in: -span...span, using: &random)
                let removing = model.count >= IntegerSet.maximumCount || Bool.random(using: &random)
                if removing {
                    #expect(IntegerSet.remove(integer, from: &record) == (model.remove(integer) != nil))
                } else {
                    #expect(IntegerSet.insert(integer, into: &record) == model.insert(integer).inserted)
                }
                #expect(IntegerSet(record).contains(integer) == model.contains(integer))
            }
            IntegerSet(record).checkInvariants()
            let members = (0..<IntegerSet(record).count).map { IntegerSet(record)[$0] }
            #expect(members == model.sorted(), "\(Seed.note)")
        }
    }

    @Test func `the width is that of the widest member and does not narrow`() {
        var record = IntegerSet.make(key: Bytes.empty, containing: 7)
        defer { record.free() }
        var widths: [Int] = [IntegerSet(record).width]
        for integer in [Int64(32_767), 32_768, -32_769, 2_147_483_647, 2_147_483_648, .min, .max] {
            _ = IntegerSet.insert(integer, into: &record)
            IntegerSet(record).checkInvariants()
            widths.append(IntegerSet(record).width)
        }
        #expect(widths == [2, 2, 4, 4, 4, 8, 8, 8])
        #expect(IntegerSet.remove(.max, from: &record))
        #expect(IntegerSet(record).width == 8)
        #expect(IntegerSet(record).payload == "-9223372036854775808-327697327673276821474836472147483648".count)
    }
}

import Testing

@testable import CommandCatalog

@Suite struct NameIndexTests {
    static func find(_ name: String) -> Catalog.Match? { Catalog.find(name.utf8.span) }

    static func packed(_ bytes: [UInt8]) -> PackedName? { PackedName(bytes.span) }

    /// The name with every other letter small.
    static func mixed(_ name: String) -> String {
        String(name.enumerated().map { $0.offset % 2 == 0 ? Character($0.element.lowercased()) : $0.element })
    }

    @Test func `every command is found in capitals, in small letters and in a mixture`() {
        for (index, row) in Catalog.all.enumerated() where row.container == nil {
            let expected: Catalog.Match = if let id = row.id { .supported(id) } else { .unsupported(row: index) }
            for name in [row.name, row.name.lowercased(), Self.mixed(row.name)] {
                #expect(Self.find(name) == expected, "\(name)")
            }
        }
    }

    @Test func `a name that differs in one byte is another name`() {
        let names = Set(Catalog.all.map { Array($0.name.utf8) })
        for id in Command.ID.allCases {
            let name = Array(id.row.name.utf8)
            for index in name.indices {
                // Each of these differs from the letter in one bit, 0x20 in the bit that small letters differ in.
                for bit: UInt8 in [0x01, 0x40, 0x80] {
                    var other = name
                    other[index] ^= bit
                    let known = names.contains(other.map(capital))
                    let match = Catalog.find(other.span)
                    #expect((match != nil) == known, "\(other)")
                }
            }
        }
    }

    @Test func `bytes before, after or within a name make it another one`() {
        for name in ["", "G", "GE", "GETX", "XGET", "GET ", " GET", "GET\0", "\0GET", "G\0ET", "ZRANGEBYSCOREZRANGE"] {
            #expect(Self.find(name) == nil, "\(name.debugDescription)")
        }
    }

    @Test func `only letters have two cases`() {
        // '[' and '{' differ as 'A' and 'a' do, and so do '@' and '`'; so does 0xC1 from 0xE1.
        for (left, right) in [(0x5B, 0x7B), (0x40, 0x60), (0xC1, 0xE1), (0x5F, 0x7F)] as [(UInt8, UInt8)] {
            #expect(Self.packed([left, left]) != Self.packed([right, right]))
            #expect(capital(left) == left && capital(right) == right)
        }
        for letter in UInt8(ascii: "a")...UInt8(ascii: "z") {
            #expect(Self.packed([letter]) == Self.packed([letter - 32]))
            #expect(capital(letter) == letter - 32)
        }
    }

    @Test func `a packed name holds the bytes in order, for every length`() throws {
        let letters = Array("ABCDEFGHIJKLMNOPQ".utf8)
        for count in 1...16 {
            let packed = try #require(Self.packed(Array(letters[..<count])))
            let bytes = (0..<16).map {
                UInt8(truncatingIfNeeded: ($0 < 8 ? packed.low : packed.high) >> (8 * ($0 % 8)))
            }
            #expect(bytes == letters[..<count] + [UInt8](repeating: 0, count: 16 - count))
            #expect(packed.count == UInt8(count))
        }
        #expect(Self.packed(letters) == nil)
        #expect(Self.packed([]) == nil)
    }

    @Test func `names that do not fit sixteen bytes are found as well`() {
        let long = Catalog.all.filter { $0.container == nil && $0.name.utf8.count > 16 }
        #expect(long.map(\.name).contains("GEORADIUSBYMEMBER"))
        #expect(long.allSatisfy { Self.find($0.name.lowercased()) == Self.find($0.name) && Self.find($0.name) != nil })
        #expect(Self.find("georadiusbymember_ro") != nil)
        #expect(Self.find("georadiusbymember_rw") == nil)
    }
}

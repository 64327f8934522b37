/// An identifier, as a small number.
struct Symbol: Hashable, BitwiseCopyable {
    let number: Int32
    static let none = Symbol(number: -1)
}

/// A set of identifiers that is asked about every name of a file.
struct SymbolSet {
    /// By the symbol's number; no number beyond is in the set.
    private var members: [Bool] = []

    func contains(_ symbol: Symbol) -> Bool {
        let number = Int(symbol.number)
        return number >= 0 && number < members.count && members[number]
    }

    mutating func insert(_ symbol: Symbol) {
        let missing = Int(symbol.number) + 1 - members.count
        if missing > 0 { members += repeatElement(false, count: missing) }
        members[Int(symbol.number)] = true
    }
}

/// Identifiers by number and numbers by identifier.
struct SymbolTable {
    /// The bytes of all identifiers, one after the other.
    private var bytes: [UInt8] = []
    private var ends: [Int32] = []
    /// Open addressing; -1 is an empty place.
    ///
    /// The count is a power of two.
    private var places: [Int32] = Array(repeating: -1, count: 4096)

    var count: Int { ends.count }

    mutating func symbol(_ text: String) -> Symbol {
        var text = text
        return text.withUTF8 { symbol(UnsafeRawBufferPointer($0)) }
    }

    mutating func symbol(_ name: UnsafeRawBufferPointer) -> Symbol {
        if (ends.count + 1) * 2 > places.count { grow() }
        var place = Self.hash(name) & (places.count - 1)
        while places[place] >= 0 {
            if equals(places[place], name) { return Symbol(number: places[place]) }
            place = (place + 1) & (places.count - 1)
        }
        places[place] = Int32(ends.count)
        bytes.append(contentsOf: name)
        ends.append(Int32(bytes.count))
        return Symbol(number: Int32(ends.count - 1))
    }

    /// The symbol of a name that is there already, or none.
    func known(_ name: String) -> Symbol {
        var name = name
        return name.withUTF8 { utf8 in
            let bytes = UnsafeRawBufferPointer(utf8)
            var place = Self.hash(bytes) & (places.count - 1)
            while places[place] >= 0 {
                if equals(places[place], bytes) { return Symbol(number: places[place]) }
                place = (place + 1) & (places.count - 1)
            }
            return .none
        }
    }

    func text(_ symbol: Symbol) -> String { String(decoding: bytes[range(symbol.number)], as: UTF8.self) }

    func bytes(of symbol: Symbol) -> ArraySlice<UInt8> { bytes[range(symbol.number)] }

    private func range(_ number: Int32) -> Range<Int> {
        guard number >= 0, Int(number) < ends.count else { return 0..<0 }
        return (number == 0 ? 0 : Int(ends[Int(number) - 1]))..<Int(ends[Int(number)])
    }

    private func equals(_ number: Int32, _ name: UnsafeRawBufferPointer) -> Bool {
        let range = range(number)
        guard range.count == name.count else { return false }
        for (offset, byte) in name.enumerated() where bytes[range.lowerBound + offset] != byte { return false }
        return true
    }

    private mutating func grow() {
        places = Array(repeating: -1, count: places.count * 2)
        for number in ends.indices {
            let hash = bytes[range(Int32(number))].withUnsafeBytes(Self.hash)
            var place = hash & (places.count - 1)
            while places[place] >= 0 { place = (place + 1) & (places.count - 1) }
            places[place] = Int32(number)
        }
    }

    /// FNV-1a.
    private static func hash(_ name: UnsafeRawBufferPointer) -> Int {
        var hash: UInt32 = 0x811C_9DC5
        for byte in name { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
        return Int(hash ^ (hash >> 15))
    }
}

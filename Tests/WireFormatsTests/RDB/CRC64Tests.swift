import Testing

@testable import WireFormats

@Suite("CRC64")
struct CRC64Tests {
    @Test("The check value of Jones' polynomial")
    func checkValue() {
        #expect([UInt8]("123456789").withUnsafeBytes { CRC64.checksum(of: $0) } == 0xE9C6_D914_C4B8_D9CA)
        #expect(CRC64().value == 0)
    }

    @Test("Long input, which is taken as two halves, gives the same", arguments: [8191, 8192, 8193, 16384, 30011])
    func long(count: Int) {
        var random = SeededGenerator(seed: 2)
        let bytes = random.bytes(count, from: Array(0...255))
        var pieces = CRC64()
        for start in stride(from: 0, to: count, by: 100) {
            bytes[start..<min(start + 100, count)].withUnsafeBytes { pieces.update($0) }
        }
        #expect(bytes.withUnsafeBytes { CRC64.checksum(of: $0) } == pieces.value)
    }

    @Test("Every length and every cut gives what going byte by byte gives")
    func pieces() {
        var random = SeededGenerator(seed: 1)
        let bytes = random.bytes(70, from: Array(0...255))
        for end in 0...bytes.count {
            var single = CRC64()
            for byte in bytes[..<end] { withUnsafeBytes(of: byte) { single.update($0) } }
            for cut in 0...end {
                var cutInTwo = CRC64()
                bytes[..<cut].withUnsafeBytes { cutInTwo.update($0) }
                bytes[cut..<end].withUnsafeBytes { cutInTwo.update($0) }
                #expect(cutInTwo.value == single.value, "cut at \(cut) of \(end)")
            }
        }
    }
}

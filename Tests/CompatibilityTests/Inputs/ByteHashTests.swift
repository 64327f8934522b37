import Testing

@testable import Compatibility

@Suite struct ByteHashTests {
    @Test func `Short and similar bytes have hashes of their own`() {
        var seen: Set<UInt64> = []
        var count = 0
        for length in 0...40 {
            for byte in UInt8(0)...255 {
                var bytes = [UInt8](repeating: 97, count: length)
                if length > 0 { bytes[length / 2] = byte }
                if length == 0, byte > 0 { continue }
                if length > 0, byte == 97, length > 1 { bytes[0] = 98 }
                seen.insert(bytes.withUnsafeBytes { ByteHash.hash($0) })
                count += 1
            }
        }
        for number in 0..<200_000 {
            seen.insert(Array("key:\(number)".utf8).withUnsafeBytes { ByteHash.hash($0) })
            count += 1
        }
        #expect(seen.count == count)
    }

    @Test func `every byte counts at every length`() {
        for length in 1...300 {
            let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 7) }
            let hash = bytes.withUnsafeBytes { ByteHash.hash($0) }
            for index in bytes.indices {
                var other = bytes
                other[index] ^= 1
                let otherHash = other.withUnsafeBytes { ByteHash.hash($0) }
                #expect(otherHash != hash, "byte \(index) of \(length)")
            }
        }
    }
}

import CChecksum
import TestSupport
import Testing

@testable import ClusterCore

struct LogChecksumTests {
    @Test func `it does not depend on how the bytes come, nor on the processor's instruction`() {
        var random = SeededGenerator()
        let bytes = random.bytes(5_000)
        let whole = bytes.withUnsafeBytes { LogChecksum(of: $0).value }
        var parts = LogChecksum()
        var lanes = (cchecksum(lanes: (1, 2, 3, 4), count: 0), cchecksum(lanes: (1, 2, 3, 4), count: 0))
        var position = 0
        while position < bytes.count {
            let count = min(random.below(100), bytes.count - position)
            Array(bytes[position..<position + count]).withUnsafeBytes {
                parts.update($0)
                cchecksum_update(&lanes.0, $0.baseAddress, $0.count)
                cchecksum_update_portably(&lanes.1, $0.baseAddress, $0.count)
            }
            position += count
        }
        #expect(parts.value == whole, "CLUSTERCTL_TEST_SEED=\(random.seed)")
        #expect(lanes.0.lanes == lanes.1.lanes, "CLUSTERCTL_TEST_SEED=\(random.seed)")
    }

    @Test func `each lane is a CRC-32C`() {
        // Of '123456789', the bytes of one lane standing in every fourth group: rfc3720's polynomial, e3069283.
        let digits = Array("12345678".utf8) + [UInt8](repeating: 0, count: 24) + [UInt8(ascii: "9")]
        var lanes = cchecksum(lanes: (.max, 0, 0, 0), count: 0)
        digits.withUnsafeBytes { cchecksum_update(&lanes, $0.baseAddress, $0.count) }
        #expect(~lanes.lanes.0 == 0xE306_9283)
    }

    @Test func `a flipped bit or a byte in another place makes another one`() {
        let bytes = Array((0..<200).map { UInt8($0) })
        let whole = bytes.withUnsafeBytes { LogChecksum(of: $0).value }
        var seen: Set<UInt64> = [whole]
        for bit in 0..<8 * bytes.count {
            var flipped = bytes
            flipped[bit / 8] ^= 1 << UInt8(bit % 8)
            seen.insert(flipped.withUnsafeBytes { LogChecksum(of: $0).value })
        }
        for index in 1..<bytes.count {
            var exchanged = bytes
            exchanged.swapAt(0, index)
            seen.insert(exchanged.withUnsafeBytes { LogChecksum(of: $0).value })
        }
        #expect(seen.count == 8 * bytes.count + bytes.count)
    }
}

import Testing

@testable import ClusterCore

struct CheckedLineTests {
    @Test func `no flipped bit and no cut makes another word of a line`() {
        for word in ["0-1", "3", "16383-12"] {
            let bytes = CheckedLine.bytes(word)
            #expect(CheckedLine(bytes) == .checked(word))
            for index in bytes.indices {
                for bit in 0..<8 {
                    var flipped = bytes
                    flipped[index] ^= 1 << UInt8(bit)
                    #expect(CheckedLine(flipped) == nil, "bit \(bit) of byte \(index) of \(word)")
                }
                #expect(CheckedLine(Array(bytes[..<index])) == nil, "\(index) bytes of \(word)")
            }
        }
    }

    @Test func `a word that somebody writes has no checksum`() {
        #expect(CheckedLine(Array("0-1\n".utf8)) == .plain("0-1"))
        for text in ["", "\n", "0-1", "0-1 \n", "0-1\n\n", " 0-1\n", "0-1 0-1\n"] {
            #expect(CheckedLine(Array(text.utf8)) == nil, "\(text.debugDescription)")
        }
    }
}

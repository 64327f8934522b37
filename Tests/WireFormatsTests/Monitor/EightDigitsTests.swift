import Testing

@testable import WireFormats

@Suite struct EightDigitsTests {
    private static func eight(_ text: String) -> Int64? {
        Array(text.utf8).withUnsafeBytes { read($0, EightDigits.read) }
    }
    private static func six(_ text: String) -> Int64? {
        Array(text.utf8).withUnsafeBytes { read($0, EightDigits.readSix) }
    }

    private static func read(
        _ bytes: UnsafeRawBufferPointer, _ body: (UnsafeRawPointer, Int) -> Int64?
    ) -> Int64? {
        bytes.baseAddress.flatMap { body($0, 0) }
    }

    @Test func `Every digit has its weight`() {
        for place in 0..<8 {
            for digit in 0...9 {
                var digits: [Character] = Array("00000000")
                digits[place] = Character("\(digit)")
                #expect(Self.eight(String(digits)) == Int64(String(digits)))
            }
        }
        #expect(Self.eight("12345678") == 12_345_678)
        #expect(Self.eight("99999999") == 99_999_999)
        #expect(Self.six("x.974517") == 974_517)
    }

    @Test func `A byte that is no digit makes no number, wherever it stands`() {
        for place in 0..<8 {
            for byte in UInt8.min ... .max where !(48...57).contains(byte) {
                var bytes = Array("12345678".utf8)
                bytes[place] = byte
                #expect(bytes.withUnsafeBytes { Self.read($0, EightDigits.read) } == nil, "\(byte) at \(place)")
            }
        }
    }
}

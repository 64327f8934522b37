/// True where `bytes` spell `word`, which is in capitals, in any case of letters.
func equalsFolded(_ bytes: Span<UInt8>, _ word: String) -> Bool { equalsFolded(bytes, word.utf8[...]) }

/// True where `bytes` spell the bytes `word`, which are in capitals, in any case of letters.
func equalsFolded(_ bytes: Span<UInt8>, _ word: Substring.UTF8View) -> Bool {
    guard bytes.count == word.count else { return false }
    var index = 0
    for expected in word {
        guard capital(bytes[index]) == expected else { return false }
        index += 1
    }
    return true
}

/// The byte with `a` to `z` made capitals.
func capital(_ byte: UInt8) -> UInt8 {
    byte &- UInt8(ascii: "a") < 26 ? byte &- 32 : byte
}

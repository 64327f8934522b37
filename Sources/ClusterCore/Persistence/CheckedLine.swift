import WireFormats

/// A small file with one word and its checksum, so that a flipped bit is not read as another word.
///
/// ```text
///   0-1 fbc2b8cf6c4d1d24
/// ```
///
/// Somebody who writes such a file by hand leaves the checksum out, and so did clusterctl 0.1.0. No single flipped bit,
/// and no cut, makes the one form of the other: the line must end with its line feed, a word has at most 15 characters, and
/// what stands behind it and a blank is the checksum.
enum CheckedLine: Equatable {
    /// The checksum is the word's.
    case checked(String)
    /// There is none.
    case plain(String)

    private static let blank = UInt8(ascii: " ")
    private static let lineFeed = UInt8(ascii: "\n")

    private static let longestWord = 15

    /// The word.
    var word: String {
        switch self {
        case .checked(let word), .plain(let word): word
        }
    }

    var isChecked: Bool { self == .checked(word) }

    /// Reads a file; nil where it is neither form.
    init?(_ bytes: [UInt8]) {
        guard bytes.last == Self.lineFeed else { return nil }
        let parts = bytes.dropLast().split(separator: Self.blank, omittingEmptySubsequences: false)
        guard let first = parts.first, !first.isEmpty, first.count <= Self.longestWord,
            first.allSatisfy({ $0 > Self.blank && $0 < 0x7F })
        else { return nil }
        let word = String(decoding: first, as: UTF8.self)
        switch parts.count {
        case 1: self = .plain(word)
        case 2 where parts[1].elementsEqual(CRC64.digits(of: Array(first))): self = .checked(word)
        default: return nil
        }
    }

    /// The file of a word.
    static func bytes(_ word: String) -> [UInt8] {
        let word = Array(word.utf8)
        return word + [blank] + CRC64.digits(of: word) + [lineFeed]
    }
}

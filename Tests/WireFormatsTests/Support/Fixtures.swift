import Foundation
import Testing

/// The files beside the tests in `Fixtures/`.
enum Fixtures {
    static func bytes(_ name: String) throws -> [UInt8] {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        return [UInt8](try Data(contentsOf: folder.appendingPathComponent("Fixtures").appendingPathComponent(name)))
    }

    /// A DUMP payload that Redis 2.8.24 has written.
    struct Dump: CustomTestStringConvertible {
        var name: String
        var kind: String
        /// What the value was made of: elements, fields and values, or members and the texts of their scores.
        var contents: [[UInt8]]
        var payload: [UInt8]

        var testDescription: String { name }
    }

    static func dumps() throws -> [Dump] {
        String(decoding: try bytes("dump-2.8.24.tsv"), as: UTF8.self).split(separator: "\n").dropFirst().map { line in
            let columns = line.split(separator: "\t").map(String.init)
            return Dump(
                name: columns[0], kind: columns[1],
                contents: columns[2].split(separator: " ").map { [UInt8](hexadecimal: String($0)) },
                payload: [UInt8](hexadecimal: columns[3]))
        }
    }
}

extension [UInt8] {
    /// The bytes that pairs of hexadecimal digits stand for; other characters are passed over.
    init(hexadecimal text: String) {
        let digits = text.compactMap(\.hexDigitValue)
        self = stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }

    var hexadecimal: String {
        map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}

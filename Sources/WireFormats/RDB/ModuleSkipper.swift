/// Goes over the value of a module, which says itself what it is made of: opcodes (lengths) and their data, the last
/// one 0.
///
///     1, 2    a length      a number with or without sign
///     3, 4    4 or 8 bytes  a floating point number
///     5       a string
enum ModuleSkipper {
    private static let end: UInt64 = 0
    private static let signed: UInt64 = 1
    private static let unsigned: UInt64 = 2
    private static let float: UInt64 = 3
    private static let double: UInt64 = 4
    private static let string: UInt64 = 5

    /// Skips one opcode and its data.
    ///
    /// One that throws has changed nothing outside `cursor`.
    ///
    /// - Parameter skipping: how many bytes at `cursor` must be skipped before the next one.
    /// - Returns: false when the value is over.
    static func next(_ cursor: inout ByteCursor, skipping: inout Int) throws(RDBError) -> Bool {
        switch try cursor.readLength() {
        case end: return false
        case signed, unsigned: _ = try cursor.readLength()
        case float: try cursor.skip(4)
        case double: try cursor.skip(8)
        case string: skipping = try cursor.readStringHeader(limit: Int.max).storedLength
        default: throw cursor.error(.badModuleData)
        }
        return true
    }
}

/// The number that stands for a module's type.
///
/// Its nine characters of six bits each, and a version of ten bits (`moduleTypeNameByID`).
public struct RDBModuleType: Sendable, Equatable, CustomStringConvertible {
    /// The number as it is written in the file.
    public let rawValue: UInt64

    /// The type's name, such as `ReJSON-RL`.
    public var description: String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
        let characters = (1...9).reversed().map { alphabet[Int((rawValue >> UInt64(4 + 6 * $0)) & 0x3F)] }
        return String(decoding: characters, as: UTF8.self)
    }
}

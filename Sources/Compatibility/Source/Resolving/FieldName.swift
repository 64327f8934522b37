/// The field that a method gives by its name, and the other way round.
struct FieldName {
    /// The field's name.
    let bytes: [UInt8]

    /// `client` for `getClient`, `closed` for `isClosed`; nil for any other name.
    init?(ofGetter name: UnsafeRawBufferPointer) {
        let length = name.starts(with: "get".utf8) ? 3 : name.starts(with: "is".utf8) ? 2 : 0
        guard length > 0, name.count > length, name.count < 80, name[length] &- 0x41 < 26 else { return nil }
        var bytes = Array(name.dropFirst(length))
        bytes[0] |= 0x20
        self.bytes = bytes
    }

    /// `getClient` for `client`.
    static func getter(of name: UnsafeRawBufferPointer) -> [UInt8] {
        var bytes = Array("get".utf8)
        bytes.append(contentsOf: name)
        if name.count > 0, name[0] &- 0x61 < 26 { bytes[3] &= 0xDF }
        return bytes
    }
}

@testable import WireFormats

/// A value as tests compare it.
struct DumpedValue: Equatable {
    struct Element: Equatable {
        var bytes: [UInt8]
        var value: [UInt8] = []
        var score: Double = 0
    }

    var kind: ObjectKind
    var elements: [Element]

    /// What ``ObjectReader`` finds in a payload.
    init(
        payload: [UInt8], maximumVersion: UInt16 = RDBVersion.redis2, maximumStringBytes: Int = 1 << 20
    ) throws(RDBError) {
        kind = .string
        elements = []
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: payload.count, alignment: 1)
        defer { copy.deallocate() }
        copy.copyBytes(from: payload)
        var reader = try ObjectReader(
            payload: UnsafeRawBufferPointer(copy), maximumVersion: maximumVersion,
            maximumStringBytes: maximumStringBytes)
        kind = reader.kind
        while let element = try reader.next() {
            elements.append(Element(bytes: Array(element.bytes), value: Array(element.value), score: element.score))
        }
    }

    init(kind: ObjectKind, elements: [Element]) {
        self.kind = kind
        self.elements = elements
    }

    /// What ``ObjectWriter`` makes of it.
    func dump(_ writer: inout ObjectWriter) -> [UInt8] {
        writer.begin(kind, count: elements.count)
        for element in elements {
            element.bytes.withUnsafeBytes { bytes in
                if kind == .sortedSet {
                    writer.append(bytes, score: element.score)
                } else {
                    writer.append(bytes)
                }
            }
            if kind == .hash { element.value.withUnsafeBytes { writer.append($0) } }
        }
        return writer.finishDump()
    }
}

extension [UInt8] {
    /// The payload of `type and value` that are given in hexadecimal: version and checksum are added.
    static func payload(_ hexadecimal: String, version: UInt16 = RDBVersion.redis2) -> [UInt8] {
        var payload = [UInt8](hexadecimal: hexadecimal)
        payload.appendInteger(version)
        payload.appendInteger(payload.withUnsafeBytes { CRC64.checksum(of: $0) })
        return payload
    }

    /// The same bytes with the checksum at their end made right.
    var withChecksum: [UInt8] {
        var bytes = Array(dropLast(8))
        bytes.appendInteger(bytes.withUnsafeBytes { CRC64.checksum(of: $0) })
        return bytes
    }
}

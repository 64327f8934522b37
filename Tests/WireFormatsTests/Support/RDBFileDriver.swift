@testable import WireFormats

/// Plays a file that is read in pieces, and writes down what the reader comes upon, a line each.
enum RDBFileDriver {
    static func read(
        _ pieces: [[UInt8]], contents: RDBFileReader.Contents = .bytes, maximumStringBytes: Int = 1 << 20,
        longestHeld: Int = .max
    ) -> [String] {
        var reader = RDBFileReader(
            contents: contents, maximumStringBytes: maximumStringBytes, longestHeld: longestHeld)
        var findings: [String] = []
        var pending: [UInt8] = []
        do throws(RDBError) {
            for index in 0..<max(pieces.count, 1) {
                if index < pieces.count { pending += pieces[index] }
                let isLast = index >= pieces.count - 1
                if let consumed = try drain(&reader, pending, isLast, &findings) {
                    pending.removeFirst(consumed)
                } else {
                    return findings
                }
            }
            findings.append("no end")
        } catch {
            findings.append("\(error)")
        }
        return findings
    }

    /// Takes events until more bytes are needed: how many were consumed; nil at the end of the file.
    private static func drain(
        _ reader: inout RDBFileReader, _ pending: [UInt8], _ isLast: Bool, _ findings: inout [String]
    ) throws(RDBError) -> Int? {
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: max(pending.count, 1), alignment: 1)
        defer { copy.deallocate() }
        copy.copyBytes(from: pending)
        let buffer = UnsafeRawBufferPointer(rebasing: copy[..<pending.count])
        while true {
            let event = try reader.next(in: buffer, isLast: isLast)
            switch event {
            case .needMore(let consumed): return consumed
            case .end:
                findings.append("end at \(reader.byteOffset)\(reader.isChecksumVerified ? ", verified" : "")")
                return nil
            case .key: findings.append(describe(reader.key))
            case .element: findings.append(describe(reader.element))
            case .auxiliary: findings.append("auxiliary \(Array(reader.name).escaped)=\(Array(reader.text).escaped)")
            case .function: findings.append("function \(reader.text.count)")
            default: findings.append("\(event)")
            }
        }
    }

    private static func describe(_ key: RDBKey) -> String {
        var parts = ["key \(Array(key.name).escaped)"]
        switch key.kind {
        case .object(let kind): parts.append("\(kind)")
        case .stream: parts.append("stream")
        case .module(let module): parts.append("module \(module)")
        }
        parts.append("\(key.encoding) at \(key.byteOffset)")
        if let expiry = key.expiry { parts.append("expiry \(expiry)") }
        if let idle = key.idleSeconds { parts.append("idle \(idle)") }
        if let frequency = key.frequency { parts.append("frequency \(frequency)") }
        if key.nameLength != key.name.count { parts.append("of \(key.nameLength)") }
        if key.hasModuleMetadata { parts.append("metadata") }
        return parts.joined(separator: " ")
    }

    private static func describe(_ element: RDBElement) -> String {
        var parts = ["  \(element.length)"]
        if !element.bytes.isEmpty { parts.append(Array(element.bytes.prefix(12)).escaped) }
        if element.valueLength > 0 { parts.append("= \(element.valueLength)") }
        if !element.value.isEmpty { parts.append(Array(element.value.prefix(12)).escaped) }
        if element.score != 0 { parts.append("score \(element.score)") }
        if let expiry = element.expiry { parts.append("expiry \(expiry)") }
        if element.isPassedOver { parts.append("passed over") }
        return parts.joined(separator: " ")
    }

    /// A file of `version` with these records, checksum included; one of three digits is Valkey's.
    static func file(version: String, _ hexadecimal: String) -> [UInt8] {
        let magic = version.count == 3 ? "VALKEY" : "REDIS"
        var file = [UInt8]("\(magic)\(version)") + [UInt8](hexadecimal: hexadecimal) + [0xFF]
        file.appendInteger(file.withUnsafeBytes { CRC64.checksum(of: $0) })
        return file
    }
}

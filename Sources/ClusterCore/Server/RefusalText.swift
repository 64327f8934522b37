import CommandCatalog

/// The lines of errors that 2.8 does not know by heart: refusals with their reason, sizes, locks.
enum RefusalText {
    /// How many characters of a client's bytes an error line repeats at most.
    private static let longestName = 128

    /// The answer to a command outside the contract: 2.8's words for an unknown command first, since clients look for
    /// them, then the verdict and what to do instead.
    static func line(for name: ByteView, row: Command?, verdict: Verdict, contract: Contract, isTerse: Bool) -> [UInt8]
    {
        var line = "-ERR unknown command '\(printable(name, longest: longestName))'"
        if !isTerse { line += reason(for: name, row: row, verdict: verdict, contract: contract) }
        return Array((line + "\r\n").utf8)
    }

    private static func reason(for name: ByteView, row: Command?, verdict: Verdict, contract: Contract) -> String {
        let command = row?.name ?? ""
        let instead = row.map { $0.instead.isEmpty ? "" : "; instead: \($0.instead)" } ?? ""
        switch verdict {
        case .refused: return ", refused: the \(contract.name) does not support \(command)\(instead)"
        case .unlisted: return ", unlisted: Redis 2.8 has \(command), the \(contract.name) does not\(instead)"
        case .newer(let since): return ", newer: \(command) \(since.origin)\(instead)"
        case .unknown, .supported, .newerArgument, .otherDatabase:
            let typed = String(decoding: name.buffer.prefix(longestName), as: UTF8.self)
            let suggestion = Catalog.remark(onUnknown: typed).map { "; \($0)" } ?? ""
            return ", unknown: no Redis has it\(suggestion)"
        }
    }

    /// The answer to a key that is too long.
    static func keyTooLong(bytes: Int, limit: Int) -> [UInt8] {
        Array("-ERR key is \(bytes) bytes, the limit is \(limit)\r\n".utf8)
    }

    /// The answer to a command on a key that another connection's transaction holds.
    static func locked(_ key: ByteView) -> [UInt8] {
        Array("-LOCKED key '\(printable(key, longest: 512))' is held by a transaction in progress\r\n".utf8)
    }

    /// The answer to a command on a shard that does nothing now.
    static func unavailable(_ reason: EmbeddedCluster.Unavailability, _ server: ServerState) -> [UInt8] {
        switch reason {
        case .down(let shard?): Array("-CLUSTERDOWN shard \(shard) has no primary, failover in progress\r\n".utf8)
        case .down(nil), .hanging: Array("-CLUSTERDOWN a shard has no primary, failover in progress\r\n".utf8)
        case .outOfMemory: Array("-OOM command not allowed when used memory > 'maxmemory'.\r\n".utf8)
        case .refusesWrites:
            Array("-MISCONF Errors writing to the AOF file: \(server.persistence?.failure ?? "")\r\n".utf8)
        }
    }

    /// The answer to a command queued past the bytes that one transaction may hold.
    static func transactionTooLarge(limit: Int) -> [UInt8] {
        Array("-ERR transaction would queue more than \(limit) bytes\r\n".utf8)
    }

    /// The answer to a WATCH past the bytes that one connection's watched keys may take.
    static func tooMuchWatched(limit: Int) -> [UInt8] {
        Array("-ERR WATCH would keep more than \(limit) bytes\r\n".utf8)
    }

    /// 2.8's answer to a number of arguments that a command does not have.
    static func wrongArity(_ id: Command.ID) -> [UInt8] {
        Array("-ERR wrong number of arguments for '\(id.row.name.lowercased())' command\r\n".utf8)
    }

    /// Bytes as one line of printable ASCII: others as `\xHH`, and cut where they are long.
    static func printable(_ bytes: ByteView, longest: Int) -> String {
        var text = ""
        for index in 0..<bytes.count {
            if text.utf8.count >= longest { return text + "..." }
            let byte = bytes[index]
            if byte >= 0x20 && byte < 0x7F {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                text += "\\x" + hexadecimal(byte)
            }
        }
        return text
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16)
        return digits.utf8.count == 1 ? "0" + digits : digits
    }
}

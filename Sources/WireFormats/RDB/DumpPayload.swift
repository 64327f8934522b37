/// What DUMP writes around a value.
///
///     type:1  value  version:2  checksum:8         (the last two with the low byte first)
public enum DumpPayload {
    /// Version and checksum.
    static let footerSize = 10

    /// The version of the format that a payload says it has; nil where it is too short to say one.
    ///
    /// - Parameter end: the payload, or as many of its last bytes as there are.
    public static func version(of end: UnsafeRawBufferPointer) -> UInt16? {
        guard end.count >= footerSize else { return nil }
        return UInt16(littleEndian: end.loadUnaligned(fromByteOffset: end.count - footerSize, as: UInt16.self))
    }

    /// What stands before the version and the checksum, both of which are right.
    ///
    /// - Parameter maximumVersion: the newest version of the format to accept.
    public static func contents(
        of payload: UnsafeRawBufferPointer, maximumVersion: UInt16
    ) throws(RDBError) -> UnsafeRawBufferPointer {
        guard payload.count >= footerSize else { throw RDBError(kind: .missingFooter, byteOffset: 0) }
        var footer = ByteCursor(payload, position: payload.count - footerSize)
        let version = try footer.readInteger(UInt16.self)
        guard version <= maximumVersion else { throw footer.error(.unsupportedVersion(Int(version))) }
        let computed = CRC64.checksum(of: UnsafeRawBufferPointer(rebasing: payload[..<footer.position]))
        let written = try footer.readInteger(UInt64.self)
        guard written == computed else {
            throw footer.error(.checksumMismatch(written: written, computed: computed))
        }
        return UnsafeRawBufferPointer(rebasing: payload[..<(payload.count - footerSize)])
    }
}

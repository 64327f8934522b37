/// Writes values as Redis 2.8.24 does: DUMP's side, and the values of an RDB file of version 6.
///
///     writer.begin(.hash, count: 2)
///     writer.append(field)
///     writer.append(value)
///     …
///     let payload = writer.finishDump()
///
/// The encoding is the one that 2.8 chooses by its defaults (``Limits``), so the bytes are those of 2.8 wherever it
/// determines them; it leaves the order of a set or hash table open. Keep one writer for many values: it owns the 256
/// KiB table of the compressor once a string has been compressed.
public struct ObjectWriter: ~Copyable {
    /// Up to where 2.8 keeps a collection in one string (`hash-max-ziplist-entries` and the like).
    private enum Limits {
        static let entries = 512
        static let sortedSetEntries = 128
        static let entryBytes = 64
    }

    private enum Form {
        /// Element by element, behind their number.
        case plain
        case ziplist(ZiplistWriter)
        case integers([Int64])
    }

    private var kind = ObjectKind.string
    private var count = 0
    /// How often `append` is still to be called.
    private var missing = 0
    private var form = Form.plain
    private var plain: [UInt8] = []
    private var compressor = LZFCompressor()

    /// A writer without a value.
    public init() {}

    /// Begins a value; what was appended of one that is not finished is forgotten.
    ///
    /// - Parameter count: its elements, fields or members, at least one; 1 for a string.
    public mutating func begin(_ kind: ObjectKind, count: Int) {
        precondition(count > 0 && count <= Int(UInt32.max), "Redis has no empty collections")
        self.kind = kind
        self.count = count
        missing = kind == .hash ? count * 2 : count
        form = Self.firstForm(kind, count)
        plain.removeAll(keepingCapacity: true)
        if isPlain { beginPlain() }
    }

    private static func firstForm(_ kind: ObjectKind, _ count: Int) -> Form {
        switch kind {
        case .list where count <= Limits.entries, .hash where count <= Limits.entries,
            .sortedSet where count <= Limits.sortedSetEntries:
            .ziplist(ZiplistWriter())
        case .set where count <= Limits.entries: .integers([])
        default: .plain
        }
    }

    /// Appends a string, an element of a list or set, or a hash's field and next its value.
    public mutating func append(_ bytes: UnsafeRawBufferPointer) {
        precondition(kind != .sortedSet, "a member needs a score")
        take(bytes)
    }

    /// Appends a member of a sorted set.
    ///
    /// They come in ascending order of score, then of member.
    ///
    /// - Parameter score: no NaN.
    public mutating func append(_ member: UnsafeRawBufferPointer, score: Double) {
        precondition(kind == .sortedSet && !score.isNaN, "only a sorted set has scores, and they are numbers")
        take(member)
        if isPlain {
            appendPlainScore(score)
        } else {
            var text: [UInt8] = []
            ScoreText.append(score, signingZero: true, to: &text)
            text.withUnsafeBytes { _ = appendCompact($0) }
        }
    }

    private var isPlain: Bool {
        if case .plain = form { true } else { false }
    }

    private mutating func take(_ bytes: UnsafeRawBufferPointer) {
        precondition(missing > 0, "more elements than were announced")
        missing -= 1
        if isPlain || !appendCompact(bytes) { RDBString.append(bytes, compressor: &compressor, to: &plain) }
    }

    // MARK: - Compact forms

    /// Appends to the compact form; false where there is none, or none any more because it does not take these bytes.
    @discardableResult
    private mutating func appendCompact(_ bytes: UnsafeRawBufferPointer) -> Bool {
        // The form is moved out and back: it would be copied on write while `form` holds it too.
        let form = self.form
        self.form = .plain
        switch consume form {
        case .plain:
            return false
        case .ziplist(var ziplist):
            guard bytes.count <= Limits.entryBytes else {
                beginPlain()
                spill(ziplist.finish())
                return false
            }
            ziplist.append(bytes)
            self.form = .ziplist(ziplist)
        case .integers(var members):
            guard let member = DecimalInteger.parse(bytes) else {
                beginPlain()
                spill(members)
                return false
            }
            members.append(member)
            self.form = .integers(members)
        }
        return true
    }

    private mutating func beginPlain() {
        if kind != .string { RDBLength.append(count, to: &plain) }
    }

    /// Writes the entries of a ziplist element by element.
    private mutating func spill(_ ziplist: [UInt8]) {
        var scratch = ScratchBytes()
        ziplist.withUnsafeBytes { bytes in
            do throws(RDBError) {
                var reader = try CompactReader(.ziplist, bytes, byteOffset: 0)
                while let entry = try reader.next() {
                    RDBString.append(entry.text(in: &scratch), compressor: &compressor, to: &plain)
                    guard kind == .sortedSet else { continue }
                    guard let score = try reader.next()?.score else { throw reader.damage }
                    appendPlainScore(score)
                }
            } catch {
                preconditionFailure("the writer's own ziplist: \(error)")
            }
        }
    }

    private mutating func spill(_ members: [Int64]) {
        var scratch = ScratchBytes()
        for member in members { RDBString.append(scratch.spell(member), compressor: &compressor, to: &plain) }
    }

    private mutating func appendPlainScore(_ score: Double) {
        guard score.isFinite else {
            plain.append(score > 0 ? TextScore.infinity : TextScore.negativeInfinity)
            return
        }
        let length = plain.count
        plain.append(0)
        ScoreText.append(score, signingZero: false, to: &plain)
        plain[length] = UInt8(plain.count - length - 1)
    }

    // MARK: - The end

    /// Ends the value: DUMP's reply, which is the type, the value, version 6 and the checksum of all before it.
    public mutating func finishDump() -> [UInt8] {
        var payload: [UInt8] = []
        finish(key: nil, to: &payload)
        payload.appendInteger(RDBVersion.redis2)
        payload.appendInteger(payload.withUnsafeBytes { CRC64.checksum(of: $0) })
        return payload
    }

    /// Ends the value: what stands in an RDB file for its key, which is the type, the key and the value.
    public mutating func finish(key: UnsafeRawBufferPointer, to file: inout [UInt8]) {
        finish(key: Optional(key), to: &file)
    }

    private mutating func finish(key: UnsafeRawBufferPointer?, to bytes: inout [UInt8]) {
        precondition(missing == 0, "fewer elements than were announced")
        let (type, collection) = takeForm()
        bytes.append(type.rawValue)
        if let key { RDBString.append(key, compressor: &compressor, to: &bytes) }
        if let collection {
            collection.withUnsafeBytes { RDBString.append($0, compressor: &compressor, to: &bytes) }
        } else {
            bytes.append(contentsOf: plain)
        }
    }

    /// The type of the value and, where it is in one string, that string.
    private mutating func takeForm() -> (RDBType, [UInt8]?) {
        let form = self.form
        self.form = .plain
        return switch consume form {
        case .ziplist(let ziplist):
            (kind == .list ? .listZiplist : kind == .hash ? .hashZiplist : .sortedSetZiplist, ziplist.finish())
        case .integers(let members): (.setIntset, Intset.encode(members.sorted()))
        case .plain: (plainType, nil)
        }
    }

    private var plainType: RDBType {
        switch kind {
        case .string: .string
        case .list: .list
        case .set: .set
        case .hash: .hash
        case .sortedSet: .sortedSet
        }
    }
}

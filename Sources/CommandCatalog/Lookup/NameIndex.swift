/// From a command's name to its row: open addressing over packed names.
///
/// Built once, at the first use of ``shared``, out of the rows; never freed, never changed after. Whoever looks names up
/// all the time keeps a copy of ``shared`` (one pointer): reading the static costs 5 ns for the check that it is built.
///
/// Sendable, unchecked: the memory behind `entries` is written in `init` alone and read only after it.
public struct NameIndex: @unchecked Sendable {
    private let entries: UnsafePointer<Entry>

    private struct Entry: BitwiseCopyable {
        var name = PackedName.none
        var id: Command.ID?
        /// The row's index in ``Catalog/all``; negative in an empty place.
        var row: Int16 = -1
    }

    /// 1,024 places for some 470 names: most names are found at the first look.
    private static let placeBits = 10

    /// The index of ``Catalog/all``.
    public static let shared = NameIndex(rows: Catalog.all)

    private init(rows: [Command]) {
        let places = 1 << Self.placeBits
        let entries = UnsafeMutablePointer<Entry>.allocate(capacity: places)
        entries.initialize(repeating: Entry(), count: places)
        for (row, command) in rows.enumerated() where command.container == nil {
            guard let name = PackedName(command.name.utf8.span) else { continue }
            var place = Self.firstPlace(of: name)
            while entries[place].row >= 0 { place = (place + 1) & (places - 1) }
            entries[place] = Entry(name: name, id: command.id, row: Int16(row))
        }
        self.entries = UnsafePointer(entries)
    }

    /// Looks a command up by its name, in any case of letters; nil where no Redis has one of that name.
    ///
    /// Subcommands are not looked at: CLIENT gives the container's row. Some 8 ns, no allocation, no String.
    public func find(_ name: Span<UInt8>) -> Catalog.Match? {
        guard let packed = PackedName(name) else { return Self.findLong(name) }
        var place = Self.firstPlace(of: packed)
        while true {
            let entry = entries[place]
            if entry.name == packed {
                return if let id = entry.id { .supported(id) } else { .unsupported(row: Int(entry.row)) }
            }
            if entry.row < 0 { return nil }
            place = (place &+ 1) & ((1 &<< Self.placeBits) &- 1)
        }
    }

    /// The look-up of a name that does not fit a packed name: none of a supported command.
    private static func findLong(_ name: Span<UInt8>) -> Catalog.Match? {
        for row in Catalog.all.indices where equalsFolded(name, Catalog.all[row].name) {
            return .unsupported(row: row)
        }
        return nil
    }

    @inline(__always)
    private static func firstPlace(of name: PackedName) -> Int {
        Int(truncatingIfNeeded: name.hash &>> (64 &- UInt64(placeBits)))
    }
}

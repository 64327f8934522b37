import WireFormats

/// What the file `clusterctl.written` says at a start, see `WrittenRecord`.
struct WrittenContents {
    let layout: WrittenRecord.Layout
    private let counting: [WrittenEntry]
    private let nodes: [WrittenEntry]
    /// The boot of the machine in which it is read.
    var boot = MachineBoot.current

    /// Reads the file of a data directory; nil where there is none.
    init?(in directory: String) throws(PersistenceError) {
        let path = "\(directory)/\(WrittenRecord.name)"
        guard Files.exists(path) else { return nil }
        var damagedByte = 0
        let found = try Files.withContents(of: path) { (bytes) throws(PersistenceError) in
            Self.read(bytes, &damagedByte)
        }
        guard let found else {
            throw .damage(
                path, "damaged at byte \(damagedByte)",
                "restore it from a copy, or remove it: the logs are loaded then if all of them are whole")
        }
        self = found
    }

    private init(layout: WrittenRecord.Layout, _ entries: [WrittenEntry]) {
        self.layout = layout
        counting = Array(entries[1..<(1 + layout.shards)])
        nodes = Array(entries[(1 + layout.shards)...])
    }

    private static func read(_ bytes: UnsafeRawBufferPointer, _ damagedByte: inout Int) -> WrittenContents? {
        func entry(_ place: Int) -> WrittenEntry? {
            damagedByte = place * WrittenEntry.size
            guard damagedByte + WrittenEntry.size <= bytes.count else { return nil }
            let slot = bytes[damagedByte..<damagedByte + WrittenEntry.size]
            return WrittenEntry(UnsafeRawBufferPointer(rebasing: slot), place: place)
        }
        guard let first = entry(0), let layout = WrittenRecord.Layout(first) else { return nil }
        var entries = [first]
        for place in 1..<layout.count {
            guard let next = entry(place) else { return nil }
            entries.append(next)
        }
        damagedByte = layout.size
        guard bytes.count == layout.size else { return nil }
        return WrittenContents(layout: layout, entries)
    }

    /// The node whose log counts of a shard, as it was when its log was last written to.
    func countingNode(of shard: Int) -> Int { counting[shard].node }

    /// What is known of a node's log; nil where that is nothing.
    private func entry(of node: Node.Name) -> WrittenEntry? {
        let counting = counting[node.shard]
        if counting.node == node.number, !counting.isEmpty { return counting }
        guard node.number < layout.nodes else { return nil }
        let entry = nodes[node.shard * layout.nodes + node.number]
        return entry.isEmpty ? nil : entry
    }

    /// The file that a node's log was last written to, and what it must have; nil where that is not known.
    func required(of node: Node.Name) -> (log: Int64, extent: WrittenEntry.Extent)? {
        entry(of: node).map { ($0.log, $0.required(inBoot: boot)) }
    }

    /// Whether a node's log had everything that the log that counts had.
    func isComplete(_ node: Node.Name) -> Bool {
        guard let entry = entry(of: node) else { return false }
        let counting = counting[node.shard]
        return entry.run == counting.run && entry.position >= counting.position
    }
}

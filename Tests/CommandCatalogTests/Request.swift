import CommandCatalog

/// A request as the whole project holds one: a buffer and the places of the arguments in it.
struct Request {
    let buffer: [UInt8]
    let arguments: [Range<Int>]

    /// A request of arguments, which have a byte between them that belongs to none.
    init(_ words: [String]) {
        var buffer: [UInt8] = []
        var arguments: [Range<Int>] = []
        for word in words {
            buffer.append(0xFF)
            arguments.append(buffer.count..<buffer.count + word.utf8.count)
            buffer.append(contentsOf: word.utf8)
        }
        self.buffer = buffer
        self.arguments = arguments
    }

    /// A request out of a line: arguments with a space between two of them, `""` being an empty one.
    init(_ line: String) {
        self.init(line.split(separator: " ").map { $0 == "\"\"" ? "" : String($0) })
    }

    /// The verdict of the Cluster edition.
    var verdict: Verdict { Contract.clusterEdition.verdict(for: buffer.span, arguments: arguments.span) }

    /// The places of the keys after the layout of the request's own row, in the order in which they are given.
    var keyIndexes: [Int] {
        guard let row = Catalog.row(in: buffer.span, arguments: arguments.span) else { return [] }
        return Array(row.facts.keys.indexes(in: buffer.span, arguments: arguments.span))
    }
}

/// A tree as text, for the tests of dialects: `(call (member:keys (name:r)) (literal "*"))`.
struct SyntaxDump {
    private let tree: SyntaxTree
    private(set) var text = ""

    /// Writes the tree below a node, its statements a line each.
    init(_ tree: SyntaxTree) {
        self.tree = tree
        for statement in tree.children(of: tree.root) {
            write(statement, depth: 0)
            text += "\n"
        }
    }

    private static let names: [(SyntaxNode.Flags, String)] = [
        (.declares, "declares"), (.field, "field"), (.extends, "extends"), (.receiver, "receiver"),
        (.property, "property"), (.constructor, "constructor"), (.trailing, "trailing"), (.element, "element"),
        (.wildcard, "wildcard"), (.isStatic, "static"), (.lastIsResult, "lastIsResult"), (.outer, "outer"),
        (.method, "method"), (.scope, "scope"), (.qualified, "qualified"), (.elements, "elements"), (.map, "map"),
        (.tuple, "tuple"), (.comprehension, "comprehension"), (.spread, "spread"), (.yes, "yes"), (.no, "no"),
        (.nothing, "nothing"), (.callable, "callable"), (.parent, "parent"),
        (.itself, "itself"), (.shared, "shared"), (.documented, "documented"),
    ]

    private mutating func write(_ id: NodeID, depth: Int) {
        let node = tree[id]
        guard depth < 400 else { return text += "…" }
        text += "(\(node.kind)"
        if node.nameEnd > node.nameStart { text += ":" + String(decoding: tree.nameBytes(of: node), as: UTF8.self) }
        for (flag, name) in Self.names where node.flags.contains(flag) { text += " " + name }
        if node.flags.contains(.string) { text += " \"" + String(decoding: tree.bytes(of: node), as: UTF8.self) + "\"" }
        if node.flags.contains(.number) { text += " " + String(decoding: tree.bytes(of: node), as: UTF8.self) }
        for child in tree.children(of: id) {
            text += " "
            write(child, depth: depth + 1)
        }
        text += ")"
    }
}

/// Takes the nodes that a dialect reads out of a file.
///
/// A node is made after its children or before them; children are given to it in their order. Nothing is checked here: the
/// reader of the nodes takes whatever tree it gets.
struct SyntaxBuilder {
    private(set) var nodes: [SyntaxNode] = []
    /// The last child of each node, while the tree is built.
    private var lastChildren: [NodeID] = []
    /// The declarations and statements of the file.
    private(set) var root = NodeID.none

    init(capacity: Int = 1024) {
        nodes.reserveCapacity(capacity)
        lastChildren.reserveCapacity(capacity)
        root = add(.block, start: 0, end: 0)
    }

    /// Where something was left out that is too deep in brackets; nil if all was read.
    private(set) var unread: Int32?

    /// Notes that something is not read.
    mutating func noteUnread(from start: Int32) { unread = min(unread ?? start, start) }

    /// How many nodes there are.
    var count: Int { nodes.count }

    /// Adds a node without children.
    mutating func add(
        _ kind: SyntaxNode.Kind, _ flags: SyntaxNode.Flags = [], start: Int32, end: Int32
    ) -> NodeID {
        nodes.append(SyntaxNode(kind: kind, flags: flags, start: start, end: end))
        lastChildren.append(.none)
        return NodeID(index: Int32(nodes.count - 1))
    }

    /// Makes a node the last child of another.
    mutating func append(_ child: NodeID, to parent: NodeID) {
        guard !child.isNone, !parent.isNone else { return }
        let last = lastChildren[Int(parent.index)]
        if last.isNone {
            nodes[Int(parent.index)].firstChild = child
        } else {
            nodes[Int(last.index)].nextSibling = child
        }
        lastChildren[Int(parent.index)] = child
    }

    /// Gives a node the name of another, and the place where it is written.
    mutating func copyName(of named: SyntaxNode, to id: NodeID) {
        self[id].name = named.name
        self[id].nameStart = named.nameStart
        self[id].nameEnd = named.nameEnd
    }

    /// The node, to change it.
    subscript(id: NodeID) -> SyntaxNode {
        get { nodes[Int(id.index)] }
        set { nodes[Int(id.index)] = newValue }
    }

    /// The finished tree.
    consuming func tree(_ text: SourceText) -> SyntaxTree {
        SyntaxTree(nodes: nodes, root: root, text: text, unread: unread)
    }
}

/// A file's nodes; valid as long as the file's bytes are.
struct SyntaxTree {
    let nodes: [SyntaxNode]
    let root: NodeID
    let text: SourceText
    /// Where something was left out that is too deep in brackets; nil if all was read.
    let unread: Int32?

    subscript(id: NodeID) -> SyntaxNode { nodes[Int(id.index)] }

    /// A node's children in their order.
    func children(of id: NodeID) -> Children { Children(tree: self, following: self[id].firstChild) }

    /// The child of a number, from 0.
    func child(_ number: Int, of id: NodeID) -> NodeID? {
        var number = number
        for child in children(of: id) {
            if number == 0 { return child }
            number -= 1
        }
        return nil
    }

    /// What is written where the node is.
    func bytes(of node: SyntaxNode) -> UnsafeRawBufferPointer { text.slice(Int(node.start), Int(node.end)) }

    /// The node's name as it is written.
    func nameBytes(of node: SyntaxNode) -> UnsafeRawBufferPointer { text.slice(Int(node.nameStart), Int(node.nameEnd)) }

    struct Children: Sequence, IteratorProtocol {
        let tree: SyntaxTree
        var following: NodeID

        mutating func next() -> NodeID? {
            guard !following.isNone else { return nil }
            defer { following = tree[following].nextSibling }
            return following
        }
    }
}

/// Where a report is written to: gathers text and hands it on in pieces of some size, so that a report is never whole in
/// memory.
public struct ByteSink {
    private var pending: [UInt8] = []
    private let consume: (([UInt8]) -> Void)?

    private static let pieceBytes = 1 << 16

    /// A sink that hands its bytes to `consume`, in order.
    public init(_ consume: @escaping ([UInt8]) -> Void) {
        self.consume = consume
    }

    private init() {
        consume = nil
    }

    /// Adds text, in UTF-8.
    public mutating func write(_ text: String) {
        pending.append(contentsOf: text.utf8)
        if pending.count >= Self.pieceBytes { finish() }
    }

    /// Adds text and a line end.
    public mutating func writeLine(_ text: String = "") {
        write(text)
        write("\n")
    }

    /// Hands on what is still here; to be called once at the end.
    public mutating func finish() {
        guard let consume, !pending.isEmpty else { return }
        consume(pending)
        pending.removeAll(keepingCapacity: true)
    }

    /// Everything that `body` writes.
    public static func bytes(of body: (inout ByteSink) -> Void) -> [UInt8] {
        var sink = ByteSink()
        body(&sink)
        return sink.pending
    }

    /// Everything that `body` writes, as text.
    public static func text(of body: (inout ByteSink) -> Void) -> String {
        String(decoding: bytes(of: body), as: UTF8.self)
    }
}

import ClusterCore
import CommandCatalog
import TestSupport
import Testing

/// A key is at most 127 bytes, wherever in a request it stands.
@Suite(.blocking)
struct KeySizeTests {
    private static let longest = [UInt8](repeating: UInt8(ascii: "k"), count: 127)
    private static let tooLong = [UInt8](repeating: UInt8(ascii: "k"), count: 128)
    private static let refusal = TestReply.error("ERR key is 128 bytes, the limit is 127")

    @Test
    func `a key of 127 bytes is taken and one of 128 bytes refused`() async throws {
        try await withServer { server in
            let client = try server.connect()
            #expect(try client("SET", Self.longest, "v") == .ok)
            #expect(try client("GET", Self.longest) == .text("v"))
            #expect(try client("SET", Self.tooLong, "v") == Self.refusal)
            let size = try #require(server.server.ledger.contents.sizes.first)
            #expect(size.size == .key && size.key == Self.tooLong && size.count == 1 && size.largestBytes == 128)
            #expect(size.command == "SET")
        }
    }

    @Test
    func `every key of every supported command is checked, and nothing is done`() async throws {
        try await withServer { server in
            let client = try server.connect()
            for row in Catalog.supported {
                let arguments = row.grammar.root.requiredLeaves
                for (place, leaf) in arguments.enumerated() where leaf.isKey {
                    var request = [Array(row.name.utf8)]
                    for (index, leaf) in arguments.enumerated() {
                        request.append(index == place ? Self.tooLong : Self.sample(leaf))
                    }
                    try client.send(request)
                    #expect(try client.reply() == Self.refusal, "\(row.name), argument \(place + 1)")
                }
            }
            #expect(try client.pipeline([["EXISTS", "a"], ["EXISTS", Self.longest]]) == [.integer(0), .integer(0)])
        }
    }

    private static func sample(_ leaf: Syntax.Node) -> [UInt8] {
        switch leaf {
        case .token(let word): Array(word.utf8)
        default: leaf.isKey ? [UInt8(ascii: "a")] : [UInt8(ascii: "1")]
        }
    }

    @Test
    func `a key that is too long while commands are queued aborts the transaction`() async throws {
        try await withServer { server in
            let client = try server.connect()
            #expect(
                try client.pipeline([["MULTI"], ["SET", "a", "1"], ["SET", Self.tooLong, "1"], ["EXEC"]])
                    == [
                        .ok, .queued, Self.refusal,
                        .error("EXECABORT Transaction discarded because of previous errors."),
                    ])
            #expect(try client("EXISTS", "a") == .integer(0))
        }
    }
}

extension Syntax.Node {
    /// The arguments of the shortest request, a repeated part once.
    fileprivate var requiredLeaves: [Syntax.Node] {
        switch self {
        case .argument, .token: [self]
        case .sequence(let parts): parts.flatMap(\.requiredLeaves)
        case .choice(let parts): parts.first?.requiredLeaves ?? []
        case .optional: []
        case .repeated(let part): part.requiredLeaves
        }
    }
}

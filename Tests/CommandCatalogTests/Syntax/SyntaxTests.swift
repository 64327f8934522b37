import CommandCatalog
import Testing

@Suite struct SyntaxTests {
    @Test func `a text becomes the tree that it draws`() throws {
        let set = try Syntax(parsing: "key value [EX seconds] [NX|XX]")
        #expect(
            set.root
                == .sequence([
                    .argument("key"), .argument("value"),
                    .optional(.sequence([.token("EX"), .argument("seconds")])),
                    .optional(.choice([.token("NX"), .token("XX")])),
                ]))
        let add = try Syntax(parsing: "key score member [score member ...]")
        #expect(
            add.root
                == .sequence([
                    .argument("key"), .repeated(.sequence([.argument("score"), .argument("member")])),
                ]))
        let store = try Syntax(parsing: "numkeys key [key ...] [WEIGHTS weight [weight ...]]")
        #expect(
            store.root
                == .sequence([
                    .argument("numkeys"), .repeated(.argument("key")),
                    .optional(.sequence([.token("WEIGHTS"), .repeated(.argument("weight"))])),
                ]))
        #expect(try Syntax(parsing: "").root == .sequence([]))
        #expect(try Syntax(parsing: "key").root == .argument("key"))
        #expect(
            try Syntax(parsing: "AND|OR key").root
                == .sequence([.choice([.token("AND"), .token("OR")]), .argument("key")]))
    }

    @Test(arguments: [
        ("[key", Syntax.Failure.unbalancedBracket), ("key]", .unbalancedBracket), ("NX|", .emptyChoice),
        ("|NX", .emptyChoice), ("[NX|]", .emptyChoice), ("key [field ...]", .repeatsNothing("field")),
        ("[...]", .repeatsNothing("")), ("key, value", .unexpected(",")), ("key ...", .unbalancedBracket),
    ])
    func `a text that is no syntax says why`(text: String, failure: Syntax.Failure) {
        #expect(throws: failure) { try Syntax(parsing: text) }
    }

    @Test func `every row's tree gives the row's text back`() throws {
        for row in Catalog.supported {
            #expect(try Syntax(parsing: row.syntax).description == row.syntax, "\(row.name)")
        }
    }

    @Test func `the arity that follows from the syntax is the declared one`() {
        // QUIT is answered before 2.8 looks at a table, with whatever stands behind it.
        for row in Catalog.supported where row.id != .quit {
            #expect(row.grammar.arity == row.facts.arity, "\(row.name) \(row.syntax)")
        }
    }

    @Test func `numbers of arguments follow from the tree`() throws {
        let counts = try Syntax(parsing: "key [start end]").argumentCounts
        #expect(counts.least == 1 && counts.most == 3)
        let open = try Syntax(parsing: "key [key ...] [LIMIT offset count]").argumentCounts
        #expect(open.least == 1 && open.most == nil)
    }

    @Test func `the keys in the syntax are the keys of the layout`() {
        for row in Catalog.supported {
            let leaves = row.grammar.root.leaves
            let keys = leaves.indices.filter { leaves[$0].isKey }
            switch row.facts.keys {
            case .none:
                #expect(keys.isEmpty, "\(row.name)")
            case .range(let first, let last, let step):
                #expect(leaves.contains { $0.isKey }, "\(row.name)")
                // A choice of words (BITOP's) is one argument and as many leaves.
                let wordsBefore = leaves.prefix { !$0.isKey }.count
                #expect(wordsBefore == (row.id == .bitop ? 4 : first - 1), "\(row.name)")
                #expect(last < 0 || keys.count == last - first + 1, "\(row.name)")
                #expect(step == 1 || leaves.count == step, "\(row.name)")
            case .counted(let destination, let count, let first):
                #expect(keys == [(destination ?? 0) - 1, first - 1], "\(row.name)")
                #expect(leaves[count - 1] == .argument("numkeys"), "\(row.name)")
            case .storing, .streams, .migrate:
                Issue.record("\(row.name) is supported and has the keys of a command that is not")
            }
        }
    }

    @Test func `only repeated keys are an open range`() {
        for row in Catalog.supported {
            guard case .range(_, let last, _) = row.facts.keys else { continue }
            #expect((last < 0) == Self.repeatsKey(row.grammar.root), "\(row.name)")
        }
    }

    static func repeatsKey(_ node: Syntax.Node) -> Bool {
        switch node {
        case .argument, .token: false
        case .repeated(let part): part.leaves.contains { $0.isKey }
        case .optional(let part): repeatsKey(part)
        case .sequence(let parts), .choice(let parts): parts.contains(where: repeatsKey)
        }
    }
}

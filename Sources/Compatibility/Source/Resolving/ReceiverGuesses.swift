/// Calls of members of something that nothing is known of, put aside until the file is through.
///
/// A method that is named like a command which nothing but Redis has, as `hgetall`, is a call of a client in all likelihood.
/// What it is called on has a name, and other calls on that name in the file are of a client too: `client.info()` says
/// nothing by itself, beside `client.zadd(…)` it does. Two such commands leave no doubt in a project that imports a client.
struct ReceiverGuesses {
    /// A call that may be one of a client.
    struct Candidate {
        let call: ReportedCall
        /// The name of what is called, without capitals and underscores; ``Identifier/none`` if it has none.
        let receiver: Identifier
        /// The method's name as written.
        let method: Identifier
        /// The method's name, without capitals and underscores.
        let plain: Identifier
        /// Nothing but a client of Redis has a method of this name.
        let isTelling: Bool
    }

    private var candidates: [Candidate] = []
    /// The telling methods that are called on a name.
    private var receivers: [Identifier: Set<Identifier>] = [:]

    /// More calls of one file are not kept.
    private static let maximumCount = 20_000

    /// Notes a call of a member whose object nothing is known of.
    mutating func note(_ candidate: Candidate) {
        guard candidates.count < Self.maximumCount else { return }
        guard !OrdinaryNames.ofOthers.contains(candidate.method) else { return }
        if candidate.isTelling, candidate.receiver != .none {
            receivers[candidate.receiver, default: []].insert(candidate.plain)
        }
        if candidate.isTelling || candidate.receiver != .none { candidates.append(candidate) }
    }

    /// The calls that are taken for those of a client: of receivers with a telling call.
    ///
    /// - Parameter isKnown: whether a receiver's name is one of clients in other files.
    func likely(isKnown: (Identifier) -> Bool) -> [Candidate] {
        candidates.filter { receivers[$0.receiver] != nil || $0.isTelling || isKnown($0.receiver) }
    }

    /// Whether what is called on a name leaves no doubt that it is a client.
    func isClear(_ receiver: Identifier) -> Bool { receivers[receiver].map { $0.count > 1 } ?? false }
}

extension SyntaxTree {
    /// The name of a variable, a field, or a function that gives the object, without capitals and underscores; none if
    /// there is no such name.
    func receiverName(of id: NodeID) -> Identifier {
        let node = self[id]
        switch node.kind {
        case .call:
            guard let callee = child(0, of: id), self[callee].kind != .call else { return .none }
            return receiverName(of: callee)
        // What nobody has named may be anything: an implicit parameter.
        case .name where node.name == MemberNames.implicit: return .none
        case .name, .member: return Identifier(plain: nameBytes(of: node))
        default: return .none
        }
    }
}

extension ClientIndex {
    /// A method of this name is one of a Redis client in all likelihood: it is named like a command that nothing else has.
    func isTelling(_ method: UnsafeRawBufferPointer) -> Bool {
        guard method.count > 3 else { return false }
        let plain = Identifier(plain: method)
        // `flush_all` is memcached's: in the names of Redis' commands an underscore is before a subcommand.
        if let underscore = method.firstIndex(of: SourceByte.underscore) {
            let container = UnsafeRawBufferPointer(rebasing: method[..<underscore])
            return OrdinaryNames.containers.contains(Identifier(plain: container)) && command(plain: plain)?.count == 2
        }
        return command(plain: plain)?.count == 1 && !OrdinaryNames.contain(plain)
    }

    /// The commands, without capitals and signs, whose names tell a client of Redis.
    var tellingCommands: Set<Identifier> {
        let single = commands.filter { $0.value.count == 1 && $0.value[0].utf8.count > 3 && !$0.value[0].contains(".") }
        return Set(single.keys.filter { !OrdinaryNames.contain($0) })
    }
}

/// Commands whose names other programs have for other things.
private enum OrdinaryNames {
    static func contain(_ plain: Identifier) -> Bool { names.contains(plain) }

    /// Methods that other things have beside those of Redis' commands: what a pipeline is ended with, a copy of an object,
    /// memcached's.
    static let ofOthers = Set(["sync", "reset", "copy", "flush_all"].map { Identifier($0) })

    /// Commands whose subcommands nothing but Redis has: `config_get`, `xgroup_create`.
    static let containers = Set(
        ["script", "config", "client", "slowlog", "xgroup", "xinfo", "pubsub"].map { Identifier($0) })

    private static let names = Set(
        """
        acl ai append arcount ardel ardelrange arget argetrange argrep arinfo arinsert arlastitems arlen armget armset
        arnext arop arring arscan arseek arset asking auth backup bf bitcount bitfield bitop bitpos cf client cluster
        clusterscan cms command commandlog config copy debug decr decrby del delex delifeq digest discard dump echo eval
        exec exists expire expireat expiretime failover flushall forget ft function geodist geohash get getbit getdel getex getrange
        getset graph hello help himport hotkeys hybrid incr incrby increx info insert json keys lastsave latency lcs list
        load lolwut memory merge mget migrate module monitor move mset multi object persist ping psync publish pubsub quit
        range rank read readonly readwrite refreshcluster rename replicaof reset resp restore rg role save scan script
        search select sentinel set setbit setrange shutdown slaveof sort strappend strlen subscribe substr swapdb sync
        tdigest throttle time topk touch trigger trimslots ts ttl type unlink unsubscribe unwatch vadd vcard vdim vemb
        vgetattr vinfo vismember vlinks vrange vrem vsetattr vsim wait watch
        """.split { $0 == " " || $0 == "\n" }.map { Identifier(String($0)) })
}

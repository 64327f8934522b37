import ClusterCore
import CommandCatalog
import TestSupport
import Testing

/// What other connections meet on the keys of a transaction under way.
@Suite(.blocking)
struct KeyLockTests {
    private static func locked(_ key: String) -> TestReply {
        .error("LOCKED key '\(key)' is held by a transaction in progress")
    }

    @Test
    func `a queued command holds its keys against reads and writes until EXEC`() async throws {
        try await withServer { server in
            let (owner, other) = (try server.connect(), try server.connect())
            try owner("SET", "a", "1")
            try owner("MULTI")
            #expect(try owner("MSET", "a", "2", "b", "3") == .queued)
            #expect(try other("GET", "a") == Self.locked("a"))
            #expect(try other("SET", "b", "4") == Self.locked("b"))
            #expect(try other("MGET", "c", "b", "a") == Self.locked("b"))
            #expect(try other("GET", "c") == .null)
            #expect(try server.heldKeys() == 2)
            #expect(try owner("EXEC") == .array([.ok]))
            #expect(try server.heldKeys() == 0)
            #expect(try other("MGET", "a", "b") == .texts(["2", "3"]))
        }
    }

    @Test
    func `DISCARD and an aborted EXEC let the keys go and change nothing`() async throws {
        try await withServer { server in
            let (owner, other) = (try server.connect(), try server.connect())
            try owner.pipeline([["MULTI"], ["SET", "a", "1"], ["DISCARD"]])
            #expect(try other("GET", "a") == .null)
            try owner.pipeline([["MULTI"], ["SET", "a", "1"], ["SET", "a"]])
            #expect(try other("GET", "a") == Self.locked("a"))
            #expect(
                try owner("EXEC") == .error("EXECABORT Transaction discarded because of previous errors."))
            #expect(try other("GET", "a") == .null)
            #expect(try server.heldKeys() == 0)
        }
    }

    @Test
    func `a second transaction on a held key is refused the command and aborted at EXEC`() async throws {
        try await withServer { server in
            let (first, second) = (try server.connect(), try server.connect())
            try first.pipeline([["MULTI"], ["INCR", "n"]])
            try second("MULTI")
            #expect(try second("INCR", "m") == .queued)
            #expect(try second("INCR", "n") == Self.locked("n"))
            #expect(try first("INCR", "m") == Self.locked("m"))
            #expect(
                try second("EXEC") == .error("EXECABORT Transaction discarded because of previous errors."))
            #expect(
                try first("EXEC") == .error("EXECABORT Transaction discarded because of previous errors."))
            #expect(try second("MGET", "n", "m") == .array([.null, .null]))
        }
    }

    @Test
    func `WATCH of a held key fails and watches nothing`() async throws {
        try await withServer { server in
            let (owner, other) = (try server.connect(), try server.connect())
            try owner.pipeline([["MULTI"], ["SET", "a", "1"]])
            #expect(try other("WATCH", "b", "a") == Self.locked("a"))
            try owner.pipeline([["EXEC"], ["SET", "b", "1"]])
            #expect(try other.pipeline([["MULTI"], ["PING"], ["EXEC"]]).last == .array([.status("PONG")]))
        }
    }

    @Test
    func `WATCH itself locks nothing`() async throws {
        try await withServer { server in
            let (owner, other) = (try server.connect(), try server.connect())
            try owner("WATCH", "a")
            #expect(try other("SET", "a", "1") == .ok)
            #expect(try owner.pipeline([["MULTI"], ["GET", "a"], ["EXEC"]]).last == .nullArray)
        }
    }

    @Test(arguments: ["GET", "STRLEN", "TYPE", "TTL", "EXISTS", "DUMP", "DEL", "INCR", "PERSIST", "SMEMBERS", "LLEN"])
    func `every command on a held key is refused`(command: String) async throws {
        try await withServer { server in
            let (owner, other) = (try server.connect(), try server.connect())
            try owner.pipeline([["SET", "k", "5"], ["MULTI"], ["GET", "k"]])
            #expect(try other(command, "k") == Self.locked("k"))
            try owner("EXEC")
            #expect(try owner("GET", "k") == .text("5"))
        }
    }

    @Test(arguments: [false, true])
    func `a connection that dies inside MULTI frees its keys at once`(byReset: Bool) async throws {
        try await withServer { server in
            let other = try server.connect()
            do {
                let owner = try server.connect()
                if byReset { owner.socket.resetOnClose() }
                try owner.pipeline([["MULTI"], ["SET", "a", "1"], ["SADD", "b", "1"]])
                #expect(try other("GET", "a") == Self.locked("a"))
            }
            #expect(try waits { try other("GET", "a") == .null })
            #expect(try server.heldKeys() == 0)
        }
    }

    @Test(arguments: ["reset", "QUIT"])
    func `whoever sees a connection end that the server has ended finds its keys free`(ending: String) async throws {
        try await withServer {
            $0.replicas = 1
            $0.shards = 1
            $0.loops = 2
        } run: { server in
            var admin = try AdminClient(path: server.adminPath)
            var held: [Int] = []
            for round in 0..<60 {
                let owner = try server.connect()
                try owner.pipeline([["MULTI"], ["GET", "a"], ["GET", "b"], ["GET", "c"]])
                if ending == "reset" {
                    _ = try admin.ask(["FAILOVER", "0", "GRACEFUL"])
                } else {
                    try owner("QUIT")
                }
                _ = try? owner.isClosed()
                if try server.connect()("MGET", "a", "b", "c").errorText != nil { held.append(round) }
            }
            #expect(held.isEmpty, "keys were still held in the rounds \(held)")
        }
    }

    @Test
    func `the mode exec holds no key while commands are queued`() async throws {
        try await withServer {
            $0.contract.keyLocks = .exec
        } run: { server in
            let (owner, other) = (try server.connect(), try server.connect())
            try owner.pipeline([["MULTI"], ["APPEND", "a", "x"]])
            #expect(try other("APPEND", "a", "y") == .integer(1))
            #expect(try owner("EXEC") == .array([.integer(2)]))
        }
    }

    @Test(arguments: Contract.KeyLocks.allCases)
    func `EXEC that is held back keeps its keys from others meanwhile`(keyLocks: Contract.KeyLocks) async throws {
        let configure = { (configuration: inout ServerConfiguration) in
            configuration.contract.keyLocks = keyLocks
            configuration.execDelayMilliseconds = 400
        }
        try await withServer(configure) { server in
            let (owner, other) = (try server.connect(), try server.connect())
            try owner.pipeline([["MULTI"], ["SET", "a", "1"]])
            try owner.send([Array("EXEC".utf8)])
            #expect(try waits { try other("GET", "a") == Self.locked("a") })
            #expect(try other("SET", "b", "1") == .ok)
            #expect(try owner.reply() == .array([.ok]))
            #expect(try other("GET", "a") == .text("1"))
            #expect(try server.heldKeys() == 0)
        }
    }

    @Test
    func `a connection that dies while its EXEC is held back frees its keys and runs nothing`() async throws {
        try await withServer {
            $0.execDelayMilliseconds = 60_000
        } run: { server in
            let other = try server.connect()
            do {
                let owner = try server.connect()
                owner.socket.resetOnClose()
                try owner.pipeline([["MULTI"], ["SET", "a", "1"]])
                try owner.send([Array("EXEC".utf8)])
                #expect(try other("GET", "a") == Self.locked("a"))
            }
            #expect(try waits { try other("GET", "a") == .null })
        }
    }

    @Test
    func `of two EXECs in the mode exec on one key the later one is refused and ends`() async throws {
        let configure = { (configuration: inout ServerConfiguration) in
            configuration.contract.keyLocks = .exec
            configuration.execDelayMilliseconds = 400
        }
        try await withServer(configure) { server in
            let (first, second, third) = (try server.connect(), try server.connect(), try server.connect())
            for client in [first, second] { try client.pipeline([["MULTI"], ["INCR", "n"]]) }
            try first.send([Array("EXEC".utf8)])
            #expect(try waits { try third("GET", "n") == Self.locked("n") })
            #expect(try second("EXEC") == Self.locked("n"))
            #expect(try second("PING") == .status("PONG"))
            #expect(try first.reply() == .array([.integer(1)]))
            #expect(try second("GET", "n") == .text("1"))
        }
    }
}

/// Time from the start of the process to the first PONG.
enum FirstPong {
    static func measure(_ options: Options) throws(Failure) -> [Table] {
        // One start of each that does not count brings the program files into memory.
        _ = try milliseconds(.ours(loops: 1), options)
        _ = try milliseconds(.redisServer, options)
        var ours: [Double] = []
        var theirs: [Double] = []
        for _ in 0..<options.amount(20, quick: 5) {
            ours.append(try milliseconds(.ours(loops: 1), options))
            theirs.append(try milliseconds(.redisServer, options))
        }
        var table = Table(title: "From start to the first PONG", unit: "ms")
        table.rows = [Row("first PONG", .median(of: ours), .median(of: theirs), budget: .ratioAtMost(1))]
        return [table]
    }

    private static func milliseconds(_ contender: Contender, _ options: Options) throws(Failure) -> Double {
        try Server.with(contender, options) { server throws(Failure) in
            Double(server.nanosecondsToFirstPong) / 1_000_000
        }
    }
}

/// The scripts with which lock libraries let go of what they have taken with SET NX.
///
/// The contract takes the lock and refuses the script, so that a lock is held until its time to live has passed, and for
/// ever where it has none.
public enum LockScript {
    /// What to do instead.
    public static let instead =
        "a lock taken with SET NX is never released by this: WATCH, GET and compare, then MULTI, DEL, EXEC; "
        + "give every lock a time to live"

    /// The digests of release scripts whose text a request with EVALSHA does not have: of redis-py 2.10 to 8,
    /// python-redis-lock 3 and 4, redsync 4, and php-redis' sessions.
    private static let digests: [String] = [
        "c3f8721cbb97f72bc19e972846bd7aaf91901658", "90da91872223f85eb1376a17e3c4df21ace8c54b",
        "e950836ed1e694540c503ef9972b8de518044d3b", "b70c2384248f88e6b75b9f89241a180f856ad852",
    ]

    /// A script of more bytes than this is no mere release.
    private static let longest = 1_000

    /// Whether a request runs or loads a script that deletes a key if its value is the caller's.
    ///
    /// - Parameters:
    ///   - buffer: the bytes that hold the request.
    ///   - arguments: the place of each argument in `buffer`, the name's first.
    public static func releases(in buffer: Span<UInt8>, arguments: Span<Range<Int>>) -> Bool {
        guard arguments.count > 1 else { return false }
        let name = buffer.extracting(arguments[0])
        let argument: Span<UInt8>
        if equalsFolded(name, "SCRIPT") {
            guard arguments.count > 2, equalsFolded(buffer.extracting(arguments[1]), "LOAD") else { return false }
            argument = buffer.extracting(arguments[2])
        } else {
            argument = buffer.extracting(arguments[1])
        }
        if equalsFolded(name, "EVALSHA") || equalsFolded(name, "EVALSHA_RO") { return isKnown(argument) }
        guard argument.count <= longest else { return false }
        var text: [UInt8] = []
        for index in argument.indices { text.append(argument[index]) }
        return isRelease(String(decoding: text, as: UTF8.self).lowercased())
    }

    private static func isKnown(_ digest: Span<UInt8>) -> Bool {
        digests.contains { equalsFolded(digest, $0.uppercased()) }
    }

    private static func isRelease(_ script: String) -> Bool {
        let plain = String(script.filter { !$0.isWhitespace && $0 != "'" && $0 != "\"" })
        return (plain.contains("redis.call(get,") || plain.contains("redis.pcall(get,")) && plain.contains("argv[1]")
            && (plain.contains("redis.call(del,") || plain.contains("redis.pcall(del,"))
    }
}

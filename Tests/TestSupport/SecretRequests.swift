/// Requests of any kind that hold a secret, for the tests of everything that shows requests.
public enum SecretRequests {
    /// Each with `§` for the secret; a linter finds the command in each, or that it is followed by KEYS.
    public static let all: [[String]] = [
        ["AUTH", "§"], ["AUTH", "me", "§"], ["auth", "crs-1a2b3c:§"], ["AUHT", "§"], ["LOGIN", "me", "§"],
        ["HELLO", "3", "AUTH", "me", "§"], ["HELO", "3", "AUTH", "me", "§"], ["CONFIG", "SET", "requirepass", "§"],
        ["CONFIG", "SET", "maxmemory", "1gb", "masterauth", "§"], ["CONFIG", "STE", "requirepass", "§"],
        ["CONFG", "SET", "requirepas", "§"], ["ACL", "SETUSER", "me", "on", ">§"],
        ["ACL", "SETUSER", "me", "<§", "~*"],
        ["ACL", "SETUSR", "me", ">§"], ["ACL", "DRYRUN", "me", "AUTH", "§"],
        ["SENTINEL", "SET", "m", "auth-pass", "§"], ["SENTINEL", "SET", "m", "auth-user", "§"],
        ["SENTINEL", "CONFIG", "SET", "sentinel-pass", "§"], ["MIGRATE", "h", "1", "k", "0", "9", "AUTH", "§"],
        ["MIGRATE", "h", "1", "", "0", "9", "AUTH2", "me", "§", "KEYS", "a"],
        ["EVAL", "return redis.call('AUTH', '§')", "0"], ["EVAL", "local password = '§'", "0"],
        ["SCRIPT", "LOAD", "redis.call(\"config\", \"set\", \"requirepass\", \"§\")"],
        ["PUBLISH", "c", "{\"password\":\"§\",\"n\":1}"], ["PUBLISH", "c", "redis://:§@10.0.0.1:6379/0"],
        ["PUBLISH", "c", "host:6379,password=§,ssl=true"], ["XADD", "s", "*", "password", "§"],
        ["GETEX", "cache:redis://:§@h"], ["GETSETT", "user:1:password", "§"], ["b840fc", "SET", "requirepass", "§"],
        ["EVAL_RO", "redis.call('AUTH', '§')", "0"], ["FCALL", "login", "0", "AUTH", "§"], ["AUTH:§"],
        ["redis://:§@h:6379"], ["127.0.0.1:6379>", "AUTH", "§"],
    ]

    /// The secrets: a plain one, and one with the characters that end words, URLs and values.
    public static let secrets = ["Zq7Kx9w3Rt", "Zq7K@x:9/w?3Rt"]

    /// What of a secret is in an output: its beginning or its end will do.
    public static func leaks(_ text: String) -> Bool { text.contains("Zq7K") || text.contains("3Rt") }
}

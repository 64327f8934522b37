import SystemCalls

/// Finds out whether a project's builds or settings speak of Redis, where its sources need not: a framework's cache is kept
/// in Redis as soon as the build has a client.
struct BuildMention {
    private(set) var namesRedis = false
    private var left = 1000

    /// Files of the build tools and frameworks of the JVM, whose caches are such.
    private static let names = ["pom.xml", "build.gradle", "build.gradle.kts", "libs.versions.toml"]
    private static let settings = ["application", "bootstrap"]
    private static let endings = [".yml", ".yaml", ".properties"]
    private static let maximumBytes = 1 << 20

    /// Looks into a file, if it is one of these and none before has said so.
    mutating func look(at path: FilePath) {
        guard !namesRedis, left > 0, Self.isBuild(path.text.split(separator: "/").last ?? "") else { return }
        left -= 1
        guard let stream = try? ByteStream(path) else { return }
        stream.fill(upTo: Self.maximumBytes)
        namesRedis = ClientMention.isIn(stream.window)
    }

    private static func isBuild(_ name: Substring) -> Bool {
        if names.contains(String(name)) { return true }
        return settings.contains { name.hasPrefix($0) } && endings.contains { name.hasSuffix($0) }
    }
}

import CProcess
import ClusterCore
import CommandCatalog
import Compatibility
import Glibc
import Logging
import ServerClient

extension ClusterOptions {
    /// What the options ask for, checked against the machine: the password is read, the admin socket's folder made.
    func configuration(defaultPort: Int) throws(Failure) -> ServerConfiguration {
        var configuration = ServerConfiguration()
        configuration.host = bind
        configuration.port = port ?? defaultPort
        configuration.unixSocketPath = unixSocket
        configuration.shards = shards
        configuration.replicas = replicas
        configuration.nodeTimeoutMilliseconds = nodeTimeout
        configuration.replicationLagMilliseconds = replicationLag
        configuration.waitsForFailover = waitForPrimary
        configuration.directory = dir
        configuration.synchronization = fsync ?? configuration.synchronization
        configuration.refusesTornLogs = strict
        configuration.rewritePercentage = rewritePercentage ?? configuration.rewritePercentage
        configuration.seed = seed
        configuration.metricsPort = metrics?.port
        configuration.metricsHost = metrics?.host ?? configuration.metricsHost
        configuration.maximumMemory = maxMemory
        configuration.maximumClientMemory = clientMemory(configuration)
        configuration.maximumOutputBytes = min(configuration.maximumOutputBytes, configuration.maximumClientMemory / 2)
        configuration.rewriteMinimumBytes = rewriteMinimum ?? configuration.rewriteMinimumBytes
        configuration.loops = loops ?? max(1, Int(cprocess_core_count()) / 2)
        configuration.password = try Password.read(file: passwordFile)
        configuration.contract = contract
        configuration.idleTimeoutMilliseconds = idleTimeoutMilliseconds
        configuration.maximumClients = maxClients
        configuration.execDelayMilliseconds = execDelay
        configuration.hasTerseErrors = terseErrors
        try refusePublicAddressWithoutPassword(configuration)
        if let adminSocket {
            configuration.adminSocket = .path(adminSocket)
        } else {
            configuration.adminSocket = .inFolder(try AdminSocketFolder.make())
        }
        return configuration
    }

    /// Takes the limits of a project's configuration over, where no option sets them.
    mutating func take(_ limits: Configuration.Limits) {
        maxKeyBytes = maxKeyBytes ?? limits.keyBytes
        maxValueBytes = maxValueBytes ?? limits.valueBytes
        maxRequestBytes = maxRequestBytes ?? limits.requestBytes
        idleTimeout = idleTimeout ?? limits.idleSeconds.map { Int64($0) * 1000 }
    }

    private func clientMemory(_ configuration: ServerConfiguration) -> Int {
        if let maxClientMemory { return maxClientMemory }
        guard let limit = MemoryLimit.ofProcess else { return configuration.maximumClientMemory }
        return min(configuration.maximumClientMemory, max(1 << 20, limit / 4))
    }

    private var contract: Contract {
        var contract = Contract.clusterEdition
        contract.maxKeyBytes = maxKeyBytes ?? contract.maxKeyBytes
        contract.maxValueBytes = maxValueBytes ?? contract.maxValueBytes
        contract.maxRequestBytes = maxRequestBytes ?? contract.maxRequestBytes
        contract.keyLocks = transactionLocks
        if let idleTimeout { contract.idleTimeoutSeconds = Int(idleTimeout / 1000) }
        return contract
    }

    private var idleTimeoutMilliseconds: Int64 {
        guard let idleTimeout else { return Int64(Contract.clusterEdition.idleTimeoutSeconds) * 1000 }
        return idleTimeout == 0 ? ArgumentValues.longestTime : idleTimeout
    }

    private func refusePublicAddressWithoutPassword(_ configuration: ServerConfiguration) throws(Failure) {
        guard configuration.password == nil, !noPasswordIsFine else { return }
        let addresses = [("--bind", configuration.host), ("--metrics", configuration.metricsHost)]
        guard let (option, host) = addresses.first(where: { !HostName.isLoopback($0.1) }) else { return }
        throw Failure(
            "\(option) \(host) lets other machines in and no password is set: give one with --password-file, or say "
                + "--no-password-is-fine")
    }

    /// The log that the options ask for.
    func logger(defaultLevel: Logger.Level) -> Logger {
        Logger(label: "clusterctl") { _ in
            LineLogHandler(level: logLevel ?? defaultLevel, format: logFormat)
        }
    }
}

/// The password that clients must give.
enum Password {
    private static let variable = "CLUSTERCTL_PASSWORD"
    private static let longest = 4096

    /// The password of the file, else of the environment; nil where none is set.
    ///
    /// It is never an argument, which every user of the machine could read.
    static func read(file path: String?) throws(Failure) -> [UInt8]? {
        guard let path else { return try readEnvironment() }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw Failure("--password-file \(path): \(systemError()): name a file that can be read")
        }
        defer { close(descriptor) }
        guard var bytes = FileDescriptor.readAll(descriptor, limit: longest + 3) else {
            throw Failure("--password-file \(path): \(systemError()): name a file that can be read")
        }
        if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
        if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
        guard !bytes.isEmpty else {
            throw Failure("--password-file \(path): the file is empty: write the password into it")
        }
        guard bytes.count <= longest else {
            throw Failure("--password-file \(path): more than \(longest) bytes: is it the right file?")
        }
        return bytes
    }

    private static func readEnvironment() throws(Failure) -> [UInt8]? {
        guard let value = environmentVariable(variable) else { return nil }
        guard !value.isEmpty else { throw Failure("\(variable) is set and empty: unset it, or give it a value") }
        return Array(value.utf8)
    }
}

/// Addresses to listen on.
enum HostName {
    /// Whether only this machine can reach an address: 127.0.0.0/8, ::1 and localhost.
    ///
    /// Any other name counts as public.
    static func isLoopback(_ host: String) -> Bool {
        if host.lowercased() == "localhost" { return true }
        var version4 = in_addr()
        if inet_pton(AF_INET, host, &version4) == 1 { return UInt32(bigEndian: version4.s_addr) >> 24 == 127 }
        var version6 = in6_addr()
        guard inet_pton(AF_INET6, host, &version6) == 1 else { return false }
        return withUnsafeBytes(of: version6) { $0.dropLast().allSatisfy { $0 == 0 } && $0.last == 1 }
    }

    /// An address as it stands in a URL: IPv6 in brackets.
    static func inURL(_ host: String) -> String { host.contains(":") ? "[\(host)]" : host }

    /// Where a client on this machine finds what listens on `host`: the loopback address in place of "every address".
    static func forClient(of host: String) -> String {
        switch host {
        case "0.0.0.0", "": "127.0.0.1"
        case "::": "::1"
        default: host
        }
    }

    /// The same as an address to connect to.
    static func address(ofClusterOn host: String, port: Int) -> ServerAddress {
        ServerAddress(.tcp(host: forClient(of: host), port: UInt16(clamping: port)))
    }
}

import Foundation

/// What a command cost until its end.
struct Usage {
    /// User and system time of all its threads.
    let processorSeconds: Double
    let seconds: Double
    /// The most memory that it held.
    let peakBytes: Int
    let status: Int32
}

extension ChildProcess {
    /// Runs a command to its end without its output.
    ///
    /// - Parameter statuses: the exit statuses that it may end with.
    static func usage(of arguments: [String], statuses: Set<Int32> = [0]) throws(Failure) -> Usage {
        let begin = monotonicNanoseconds()
        let process = try ChildProcess(arguments)
        var code: Int32 = 0
        var usage = rusage()
        while wait4(process.identifier, &code, 0, &usage) < 0, errno == EINTR {}
        let seconds = Double(monotonicNanoseconds() - begin) / 1e9
        let status = code & 0x7F == 0 ? code >> 8 & 0xFF : 128 + code & 0x7F
        guard statuses.contains(status) else {
            throw Failure("status \(status) of \(arguments.joined(separator: " "))")
        }
        // Kilobytes, on Linux (getrusage(2)).
        return Usage(
            processorSeconds: Self.seconds(usage.ru_utime) + Self.seconds(usage.ru_stime), seconds: seconds,
            peakBytes: Int(usage.ru_maxrss) * 1024, status: status)
    }

    private static func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
}

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
        var peak = 0
        // `ru_maxrss` would begin with what the bench itself had when it started the process.
        while wait4(process.identifier, &code, WNOHANG, &usage) == 0 {
            peak = max(peak, Self.residentPeak(of: process.identifier))
            usleep(2000)
        }
        let seconds = Double(monotonicNanoseconds() - begin) / 1e9
        let status = code & 0x7F == 0 ? code >> 8 & 0xFF : 128 + code & 0x7F
        guard statuses.contains(status) else {
            throw Failure("status \(status) of \(arguments.joined(separator: " "))")
        }
        return Usage(
            processorSeconds: Self.seconds(usage.ru_utime) + Self.seconds(usage.ru_stime), seconds: seconds,
            peakBytes: peak, status: status)
    }

    /// The most memory that a process has held so far; 0 where it has just ended.
    private static func residentPeak(of process: pid_t) -> Int {
        let status = (try? ProcessFiles.text("\(process)/status")) ?? ""
        guard let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }) else { return 0 }
        return (Int(line.filter(\.isNumber)) ?? 0) * 1024
    }

    private static func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
}

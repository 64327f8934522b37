import Foundation

/// The machine that the figures belong to.
enum Machine {
    static let cores = sysconf(Int32(_SC_NPROCESSORS_ONLN))

    /// One line: processor, cores, memory, kernel, and how busy the machine is now.
    static func description() throws(Failure) -> String {
        let model = try ProcessFiles.text("cpuinfo").split(separator: "\n").first { $0.hasPrefix("model name") }
        let processor = model?.split(separator: ":").last?.trimmingCharacters(in: .whitespaces) ?? "unknown processor"
        let memory = ProcessInfo.processInfo.physicalMemory / (1 << 30)
        let kernel = try ProcessFiles.text("sys/kernel/osrelease").trimmingCharacters(in: .whitespacesAndNewlines)
        let load = try ProcessFiles.text("loadavg").split(separator: " ").prefix(3).joined(separator: " ")
        return "\(processor), \(cores) cores, \(memory) GiB, Linux \(kernel), load average \(load)"
    }

    /// Seconds that cores had nothing to run since the machine started, all cores added up, in steps of 10 ms.
    static func idleSeconds() throws(Failure) -> Double {
        // `cpu user nice system idle iowait …`, in ticks (proc_stat(5))
        let columns = try ProcessFiles.text("stat").split(separator: "\n")[0].split(separator: " ")
        guard columns.count > 5, let idle = Double(columns[4]), let waiting = Double(columns[5]) else {
            throw Failure("/proc/stat does not begin with the time the cores were idle")
        }
        return (idle + waiting) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    /// Keeps the bench itself on one core from now on.
    static func pinBench(to core: Int) throws(Failure) {
        _ = try ChildProcess.run(["taskset", "-p", "-c", "\(core)", "\(getpid())"])
    }

    /// Lets the bench run on every core again.
    static func unpinBench() throws(Failure) {
        _ = try ChildProcess.run(["taskset", "-p", "-c", "0-\(cores - 1)", "\(getpid())"])
    }
}

import Foundation

/// Files below `/proc`.
enum ProcessFiles {
    static func text(_ path: String) throws(Failure) -> String {
        do {
            return try String(contentsOfFile: "/proc/\(path)", encoding: .utf8)
        } catch {
            throw Failure("cannot read /proc/\(path)")
        }
    }

    /// The entries of a folder whose names are numbers.
    static func numbers(in folder: String) throws(Failure) -> [Int] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: "/proc/\(folder)").compactMap { Int($0) }
        } catch {
            throw Failure("cannot list /proc/\(folder)")
        }
    }
}

/// How long a thread has been ready to run while something else had its core.
struct RunQueueWait: ~Copyable {
    private let file: Int32

    /// The path below `/proc` of the thread: `thread-self`, or `PID/task/TID`.
    init(thread: String) throws(Failure) {
        file = open("/proc/\(thread)/schedstat", O_RDONLY | O_CLOEXEC)
        if file < 0 { throw Failure("cannot read /proc/\(thread)/schedstat") }
    }

    deinit { close(file) }

    /// Nanoseconds since the thread began: the second of the file's three numbers,
    /// `time on the core, time waiting for it, turns` (Linux, Documentation/scheduler/sched-stats).
    func nanoseconds() -> UInt64 {
        var bytes: InlineArray<64, UInt8> = .init(repeating: 0)
        var span = bytes.mutableSpan
        let count = span.withUnsafeMutableBytes { pread(file, $0.baseAddress, $0.count, 0) }
        var field = 0
        var value: UInt64 = 0
        for index in 0..<max(0, count) {
            switch bytes[index] {
            case UInt8(ascii: " "): field += 1
            case let digit where field == 1: value = value * 10 + UInt64(digit - UInt8(ascii: "0"))
            default: break
            }
        }
        return value
    }
}

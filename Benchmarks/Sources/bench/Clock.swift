import Foundation

/// Nanoseconds of the monotonic clock; only differences mean anything.
func monotonicNanoseconds() -> UInt64 {
    nanoseconds(of: CLOCK_MONOTONIC)
}

/// CPU time, user and system, of all threads of a process, those that have ended included.
///
/// The process's CPU clock has the scheduler's resolution of a nanosecond; `utime` and `stime` in `/proc` tick at 10 ms.
func processorNanoseconds(of process: pid_t) throws(Failure) -> UInt64 {
    var clock = clockid_t()
    guard clock_getcpuclockid(process, &clock) == 0 else {
        throw Failure("process \(process) has no CPU clock: it has ended")
    }
    return nanoseconds(of: clock)
}

private func nanoseconds(of clock: clockid_t) -> UInt64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}

import Glibc

/// The longest that a test waits for anything that does come: the disk and the processors are shared with all others.
package let patience = Duration.seconds(180)

/// Asks again and again, every two milliseconds, until the answer is yes.
///
/// - Returns: false where it was still no after `limit`.
package func waits(atMost limit: Duration = patience, for condition: () throws -> Bool) rethrows -> Bool {
    let deadline = ContinuousClock.now + limit
    while true {
        if try condition() { return true }
        if ContinuousClock.now > deadline { return false }
        usleep(2_000)
    }
}

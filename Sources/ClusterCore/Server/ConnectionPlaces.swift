import Synchronization

/// How many connections there may be at once, and how many there are.
final class ConnectionPlaces: Sendable {
    private let free: Atomic<Int>

    init(_ count: Int) {
        free = Atomic(count)
    }

    /// Takes a place; false where there is none.
    func take() -> Bool {
        if free.subtract(1, ordering: .relaxed).newValue >= 0 { return true }
        giveBack()
        return false
    }

    func giveBack() { free.add(1, ordering: .relaxed) }
}

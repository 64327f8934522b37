import Synchronization

/// Whether logs have something that is not in their files, or is just being written there.
///
/// Set under a shard's lock by whoever has logged something; looked at by every event loop before it tells clients.
final class UnwrittenFlag: Sendable {
    private let isSet = Atomic(false)
    private let isWriting = Atomic(false)

    @inline(__always)
    func set() { isSet.store(true, ordering: .releasing) }

    /// Whether everything that was logged so far is written.
    @inline(__always)
    var isClear: Bool {
        // In this order: `beginWriting` sets the one before it clears the other.
        !isSet.load(ordering: .sequentiallyConsistent) && !isWriting.load(ordering: .sequentiallyConsistent)
    }

    /// To be called before the ends of the logs are looked at.
    func beginWriting() {
        isWriting.store(true, ordering: .sequentiallyConsistent)
        isSet.store(false, ordering: .sequentiallyConsistent)
    }

    /// To be called when everything up to those ends is written, or where it could not be.
    func endWriting(isDone: Bool) {
        if !isDone { isSet.store(true, ordering: .sequentiallyConsistent) }
        isWriting.store(false, ordering: .sequentiallyConsistent)
    }
}

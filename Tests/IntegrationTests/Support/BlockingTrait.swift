import TestSupport
import Testing

/// Gives each test of a suite threads that may block: for tests that talk to sockets and processes.
struct BlockingTrait: SuiteTrait, TestTrait, TestScoping {
    let isRecursive = true

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        try await withTaskExecutorPreference(BlockingExecutor.shared) { try await function() }
    }
}

extension Trait where Self == BlockingTrait {
    /// The tests may block their threads.
    static var blocking: BlockingTrait { BlockingTrait() }
}

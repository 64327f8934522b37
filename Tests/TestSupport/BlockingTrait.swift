package import Testing

/// Gives each test of a suite threads that may block: for tests that talk to sockets and processes.
package struct BlockingTrait: SuiteTrait, TestTrait, TestScoping {
    /// The tests of a suite have it, too.
    package let isRecursive = true

    /// Runs a test on threads that may block.
    package func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        try await withTaskExecutorPreference(BlockingExecutor.shared) { try await function() }
    }
}

extension Trait where Self == BlockingTrait {
    /// The tests may block their threads.
    package static var blocking: BlockingTrait { BlockingTrait() }
}

import Testing

/// The checker of histories finds what is wrong with them.
struct RegisterHistoryTests {
    private static let start = ContinuousClock.now

    /// Operations from a call to a return, both in milliseconds.
    private func history(_ operations: [(call: Int, returned: Int?, action: RegisterHistory.Action)]) -> RegisterHistory
    {
        var history = RegisterHistory()
        for operation in operations {
            history.add(
                .init(
                    call: Self.start + .milliseconds(operation.call),
                    returned: operation.returned.map { Self.start + .milliseconds($0) }, action: operation.action))
        }
        return history
    }

    @Test func `a read finds what was written before it`() {
        #expect(history([(0, 1, .write(1)), (2, 3, .read(1))]).isLinearizable())
    }

    @Test func `a read that finds an older value is found out`() {
        #expect(!history([(0, 1, .write(1)), (2, 3, .write(2)), (4, 5, .read(1))]).isLinearizable())
    }

    @Test func `of two writes at one time a read may find either`() {
        #expect(history([(0, 5, .write(1)), (0, 5, .write(2)), (6, 7, .read(1))]).isLinearizable())
        #expect(history([(0, 5, .write(1)), (0, 5, .write(2)), (6, 7, .read(2))]).isLinearizable())
    }

    @Test func `two reads may not disagree about which of two writes was last`() {
        let writes: [(Int, Int?, RegisterHistory.Action)] = [(0, 5, .write(1)), (0, 5, .write(2))]
        #expect(!history(writes + [(6, 7, .read(1)), (8, 9, .read(2))]).isLinearizable())
    }

    @Test func `a write that nobody was told of may have happened, or not, or later`() {
        let unknown: [(Int, Int?, RegisterHistory.Action)] = [(0, 1, .write(1)), (2, nil, .write(2))]
        #expect(history(unknown + [(3, 4, .read(1))]).isLinearizable())
        #expect(history(unknown + [(3, 4, .read(2))]).isLinearizable())
        #expect(history(unknown + [(3, 4, .read(1)), (5, 6, .read(2))]).isLinearizable())
        #expect(!history(unknown + [(3, 4, .read(2)), (5, 6, .read(1))]).isLinearizable())
    }

    @Test func `an acknowledged write that is gone is found out`() {
        #expect(!history([(0, 1, .write(1)), (2, 3, .read(nil))]).isLinearizable())
    }
}

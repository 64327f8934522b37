import Testing

/// The checker of histories tells good ones from bad ones, for each kind of key.
struct HistoryTests {
    /// An operation from a call to a return, both in milliseconds; without a return nobody was told of it.
    private typealias Step<Model: HistoryModel> = (call: Int, returned: Int?, action: Model.Action)

    private static let start = ContinuousClock.now

    private func isLinearizable<Model: HistoryModel>(_ model: Model.Type, _ steps: Step<Model>...) -> Bool {
        var history = History<Model>()
        for step in steps {
            history.add(
                .init(
                    call: Self.start + .milliseconds(step.call),
                    returned: step.returned.map { Self.start + .milliseconds($0) }, action: step.action))
        }
        return history.isLinearizable()
    }

    // MARK: Registers

    @Test func `a read finds what was written before it, and no older value`() {
        #expect(isLinearizable(RegisterModel.self, (0, 1, .write(1)), (2, 3, .read(1))))
        #expect(!isLinearizable(RegisterModel.self, (0, 1, .write(1)), (2, 3, .write(2)), (4, 5, .read(1))))
        #expect(!isLinearizable(RegisterModel.self, (0, 1, .write(1)), (2, 3, .read(nil))))
    }

    @Test func `of two writes at one time a read may find either, and two reads must agree`() {
        let model = RegisterModel.self
        #expect(isLinearizable(model, (0, 5, .write(1)), (0, 5, .write(2)), (6, 7, .read(1))))
        #expect(isLinearizable(model, (0, 5, .write(1)), (0, 5, .write(2)), (6, 7, .read(2))))
        #expect(!isLinearizable(model, (0, 5, .write(1)), (0, 5, .write(2)), (6, 7, .read(1)), (8, 9, .read(2))))
    }

    @Test func `a write that nobody was told of may have happened, or not, or later, but once`() {
        let model = RegisterModel.self
        #expect(isLinearizable(model, (0, 1, .write(1)), (2, nil, .write(2)), (3, 4, .read(1))))
        #expect(isLinearizable(model, (0, 1, .write(1)), (2, nil, .write(2)), (3, 4, .read(2))))
        #expect(isLinearizable(model, (0, 1, .write(1)), (2, nil, .write(2)), (3, 4, .read(1)), (5, 6, .read(2))))
        #expect(!isLinearizable(model, (0, 1, .write(1)), (2, nil, .write(2)), (3, 4, .read(2)), (5, 6, .read(1))))
        #expect(
            !isLinearizable(
                model, (0, nil, .write(2)), (1, 2, .read(2)), (3, 4, .write(3)), (5, 6, .read(3)), (7, 8, .read(2))))
    }

    @Test func `a write that nobody was told of has not happened before it was called`() {
        #expect(!isLinearizable(RegisterModel.self, (0, 1, .read(2)), (2, nil, .write(2))))
        #expect(isLinearizable(RegisterModel.self, (0, 3, .read(2)), (2, nil, .write(2))))
    }

    // MARK: Counters

    @Test func `increments answer each number once, in the order of time`() {
        let model = CounterModel.self
        #expect(isLinearizable(model, (0, 5, .add(1, answer: 2)), (0, 5, .add(1, answer: 1)), (6, 7, .read(2))))
        #expect(!isLinearizable(model, (0, 5, .add(1, answer: 1)), (0, 5, .add(1, answer: 1))))
        #expect(!isLinearizable(model, (0, 1, .add(1, answer: 2)), (2, 3, .add(1, answer: 1))))
        #expect(!isLinearizable(model, (0, 1, .add(1, answer: 1)), (2, 3, .read(0))))
    }

    @Test func `an increment that was lost or done twice is found out`() {
        let model = CounterModel.self
        #expect(!isLinearizable(model, (0, 1, .add(1, answer: 1)), (2, 3, .add(1, answer: 1))))
        #expect(!isLinearizable(model, (0, 1, .add(1, answer: 1)), (2, 3, .add(1, answer: 3))))
    }

    @Test func `increments that nobody was told of explain as many numbers as there are of them`() {
        let model = CounterModel.self
        #expect(isLinearizable(model, (0, nil, .add(1, answer: nil)), (2, 3, .add(1, answer: 1))))
        #expect(isLinearizable(model, (0, nil, .add(1, answer: nil)), (2, 3, .add(1, answer: 2))))
        #expect(!isLinearizable(model, (0, nil, .add(1, answer: nil)), (2, 3, .add(1, answer: 3))))
        #expect(
            isLinearizable(
                model, (0, nil, .add(1, answer: nil)), (1, nil, .add(1, answer: nil)), (2, 3, .read(1)),
                (4, 5, .add(1, answer: 3))))
        #expect(
            !isLinearizable(
                model, (0, nil, .add(1, answer: nil)), (1, nil, .add(1, answer: nil)), (2, 3, .read(2)),
                (4, 5, .add(1, answer: 4))))
    }

    @Test func `an increment that nobody was told of may happen long after`() {
        #expect(
            isLinearizable(
                CounterModel.self, (0, nil, .add(5, answer: nil)), (1, 2, .add(1, answer: 1)), (3, 4, .read(1)),
                (5, 6, .add(1, answer: 7)), (7, 8, .read(7))))
    }

    // MARK: Sets

    @Test func `a member is new once, and there until it is removed`() {
        let model = SetModel.self
        #expect(isLinearizable(model, (0, 1, .add(3, isNew: true)), (2, 3, .add(3, isNew: false)), (4, 5, .members(8))))
        #expect(!isLinearizable(model, (0, 1, .add(3, isNew: true)), (2, 3, .add(3, isNew: true))))
        #expect(!isLinearizable(model, (0, 1, .add(3, isNew: true)), (2, 3, .contains(3, false))))
        #expect(
            isLinearizable(
                model, (0, 1, .add(3, isNew: true)), (2, 3, .remove(3, wasThere: true)), (4, 5, .contains(3, false))))
        #expect(!isLinearizable(model, (0, 1, .add(3, isNew: true)), (2, 3, .remove(3, wasThere: false))))
        #expect(!isLinearizable(model, (0, 1, .add(3, isNew: true)), (2, 3, .members(0))))
    }

    @Test func `a member that is taken at random is taken by one alone`() {
        let model = SetModel.self
        #expect(isLinearizable(model, (0, 1, .add(3, isNew: true)), (2, 9, .pop(.member(3))), (2, 9, .pop(.nothing))))
        #expect(
            !isLinearizable(model, (0, 1, .add(3, isNew: true)), (2, 9, .pop(.member(3))), (2, 9, .pop(.member(3)))))
        #expect(!isLinearizable(model, (0, 1, .add(3, isNew: true)), (2, 3, .pop(.nothing))))
    }

    @Test func `what nobody was told of explains a member, or that it is gone`() {
        let model = SetModel.self
        #expect(isLinearizable(model, (0, nil, .add(3, isNew: nil)), (1, 2, .contains(3, false)), (3, 4, .members(8))))
        #expect(!isLinearizable(model, (0, nil, .add(3, isNew: nil)), (1, 2, .members(8)), (3, 4, .members(0))))
        #expect(
            isLinearizable(
                model, (0, 1, .add(3, isNew: true)), (1, 1, .add(4, isNew: true)), (2, nil, .pop(nil)),
                (3, 4, .members(16))))
        #expect(
            !isLinearizable(
                model, (0, 1, .add(3, isNew: true)), (1, 1, .add(4, isNew: true)), (2, nil, .pop(nil)),
                (3, 4, .members(0))))
    }

    // MARK: Lists

    @Test func `appended values stand in an order that fits their lengths`() {
        let model = ListModel.self
        #expect(
            isLinearizable(model, (0, 5, .append(1, length: 2)), (0, 5, .append(2, length: 1)), (6, 7, .read([2, 1]))))
        #expect(
            !isLinearizable(model, (0, 5, .append(1, length: 2)), (0, 5, .append(2, length: 1)), (6, 7, .read([1, 2]))))
        #expect(
            !isLinearizable(model, (0, 1, .append(1, length: 1)), (2, 3, .append(2, length: 2)), (4, 5, .read([2, 1]))))
    }

    @Test func `a value that is lost, twice there or out of order is found out`() {
        let model = ListModel.self
        let one: Step<ListModel> = (0, 1, .append(1, length: 1))
        let two: Step<ListModel> = (2, 3, .append(2, length: 2))
        #expect(isLinearizable(model, one, two, (4, 5, .read([1, 2]))))
        for wrong in [[1], [2], [1, 2, 2], [1, 1, 2], [2, 1], []] {
            #expect(!isLinearizable(model, one, two, (4, 5, .read(wrong))), "\(wrong)")
        }
        #expect(!isLinearizable(model, one, two, (4, 5, .append(3, length: 2))))
    }

    @Test func `the first value is taken by one alone`() {
        let model = ListModel.self
        let one: Step<ListModel> = (0, 1, .append(1, length: 1))
        #expect(isLinearizable(model, one, (2, 9, .removeFirst(.value(1))), (2, 9, .removeFirst(.nothing))))
        #expect(!isLinearizable(model, one, (2, 9, .removeFirst(.value(1))), (2, 9, .removeFirst(.value(1)))))
        #expect(!isLinearizable(model, one, (2, 3, .removeFirst(.value(1))), (4, 5, .read([1]))))
    }

    @Test func `an append that nobody was told of may stand in one place alone`() {
        let model = ListModel.self
        let unknown: Step<ListModel> = (0, nil, .append(9, length: nil))
        let known: Step<ListModel> = (1, 2, .append(1, length: 1))
        #expect(isLinearizable(model, unknown, known, (3, 4, .read([1]))))
        #expect(isLinearizable(model, unknown, known, (3, 4, .read([1])), (5, 6, .read([1, 9]))))
        #expect(isLinearizable(model, unknown, (1, 2, .append(1, length: 2)), (3, 4, .read([9, 1]))))
        #expect(!isLinearizable(model, unknown, known, (3, 4, .read([9, 1]))))
        #expect(!isLinearizable(model, unknown, known, (3, 4, .read([1, 9])), (5, 6, .read([1]))))
        #expect(!isLinearizable(model, unknown, known, (3, 4, .read([1, 9, 9]))))
    }

    // MARK: Long histories

    @Test func `a wrong answer at the end of ten thousand operations is found out`() {
        var history = History<CounterModel>()
        func instant(_ microseconds: Int) -> ContinuousClock.Instant { Self.start + .microseconds(microseconds) }
        for number in 0..<10_000 {
            // Three at a time, and one in a thousand is never answered.
            let isTold = number % 1_000 != 999
            let group = number / 3 * 100
            history.add(
                .init(
                    call: instant(group + number % 3 * 10), returned: isTold ? instant(group + 50) : nil,
                    action: .add(1, answer: isTold ? number + 1 : nil)))
        }
        var (good, bad) = (history, history)
        good.add(.init(call: instant(400_000), returned: instant(400_001), action: .read(10_000)))
        bad.add(.init(call: instant(400_000), returned: instant(400_001), action: .read(10_001)))
        #expect(good.isLinearizable())
        #expect(!bad.isLinearizable())
    }
}

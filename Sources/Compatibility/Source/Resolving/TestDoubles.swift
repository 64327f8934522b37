// Calls that a test only describes: what a double is to answer, what it is to have been called with, what is to fail.

extension FlowWalker {
    /// What a call is given is described to a library of test doubles, or is expected to fail: `when(redis.keys("*"))`.
    func describes(_ callee: NodeID) -> Bool {
        let node = tree[callee]
        guard node.kind == .name || node.kind == .member else { return false }
        if DoubleNames.failing.contains(node.name) { return true }
        return DoubleNames.describing.contains(node.name) && usesDoubles
    }

    /// An object is a double that is asked or told something: `verify(redis)`, `redis.Received()`, `doReturn(1).when(redis)`.
    func isDescribed(_ object: NodeID) -> Bool {
        guard usesDoubles else { return false }
        var next: NodeID? = object
        while let id = next {
            if tree[id].kind == .call, let callee = tree.child(0, of: id),
                DoubleNames.asking.contains(tree[callee].name)
            {
                return true
            }
            next = tree[id].kind == .call || tree[id].kind == .member ? tree.child(0, of: id) : nil
        }
        return false
    }

    /// What a call or a construction of this name makes is a double: `mock(Jedis.class)`, `new Mock<IDatabase>()`.
    func makesDouble(_ name: Identifier) -> Bool { DoubleNames.making.contains(name) && usesDoubles }

    /// A call or a construction that makes a double, whatever the type of the variable that holds it.
    func isDouble(_ value: NodeID) -> Bool {
        if tree[value].kind == .cast, let inner = tree.child(1, of: value) { return isDouble(inner) }
        guard tree[value].kind == .call || tree[value].kind == .new, let callee = tree.child(0, of: value) else {
            return false
        }
        return makesDouble(tree[callee].name)
    }

    /// The file imports a library of test doubles.
    private var usesDoubles: Bool {
        flow.modules.contains { module in DoubleNames.libraries.contains { module.hasPrefix($0) } }
    }
}

private enum DoubleNames {
    static let libraries = [
        "org.mockito", "io.mockk", "com.nhaarman", "org.easymock", "com.ninja-squad.springmockk", "com.ninjasquad",
        "Moq", "NSubstitute", "FakeItEasy", "Telerik.JustMock", "Rhino.Mocks",
    ]

    /// Functions whose arguments are calls of a double.
    static let describing = set([
        "when", "given", "whenever", "every", "coEvery", "verify", "coVerify", "verifyAll", "verifyOrder",
        "verifySequence",
        "expect", "Setup", "SetupGet", "SetupSequence", "SetupSet", "Verify", "VerifyGet", "CallTo",
        "VerifyNoOtherCalls",
        "WhenForAnyArgs", "Arrange", "Assert",
    ])

    /// Functions that give a double, to be told or asked something.
    static let asking = set([
        "verify", "when", "given", "should", "then", "Received", "ReceivedWithAnyArgs", "DidNotReceive",
        "DidNotReceiveWithAnyArgs", "whenever", "inOrder", "expect",
    ])

    static let making = set([
        "mock", "spy", "mockk", "spyk", "createMock", "createNiceMock", "Mock", "For", "Fake", "Of",
    ])

    /// Macros and functions whose argument is to fail.
    static let failing = set([
        "EXPECT_THROW", "ASSERT_THROW", "EXPECT_ANY_THROW", "ASSERT_ANY_THROW", "EXPECT_DEATH", "ASSERT_DEATH",
        "REQUIRE_THROWS", "REQUIRE_THROWS_AS", "REQUIRE_THROWS_WITH", "CHECK_THROWS", "CHECK_THROWS_AS",
        "CHECK_THROWS_WITH", "BOOST_CHECK_THROW", "BOOST_REQUIRE_THROW", "assertThrows", "assertThatThrownBy",
        "assertFailsWith", "shouldThrow", "ThrowsAsync", "ThrowsAnyAsync", "Throws", "ThrowsExceptionAsync",
    ])

    private static func set(_ names: [String]) -> Set<Identifier> { Set(names.map { Identifier($0) }) }
}

import Testing

@testable import clusterctl

@Suite("The program's arguments") struct ProgramTests {
    @Test(arguments: [
        ("start --seed -1", "start --seed=-1"), ("fault add drop --share -.5", "fault add drop --share -.5"),
        ("repl --keep-going LRANGE a 0 -1", "repl --keep-going LRANGE a 0 -1"),
        ("start --seed=1 -1", "start --seed=1 -1"),
        ("exec --for -5m -- tool --level -1", "exec --for=-5m -- tool --level -1"),
    ])
    func `a negative number belongs to the option before it, and a command's own are left alone`(
        _ given: String, _ expected: String
    ) {
        let words = given.split(separator: " ").map(String.init)
        #expect(clusterctl.Program.joiningNegativeNumbers(in: words).joined(separator: " ") == expected)
    }
}

/// The functions of all languages that run another program, by their names.
enum ProgramRunners {
    /// How sure it is that a call runs what its arguments say; nil if it does not.
    ///
    /// A function that nobody knows here, as `run_command` of the project's own, runs it in all likelihood if it is named
    /// like one that does.
    static func confidence(_ call: NodeID, in tree: SyntaxTree) -> SentCommand.Confidence? {
        guard let callee = tree.child(0, of: call) else { return nil }
        let node = tree[callee]
        guard node.kind == .name || node.kind == .member || node.kind == .type else { return nil }
        if certain.contains(node.name) { return .high }
        if ofModules.contains(node.name), let object = tree.child(0, of: callee), modules.contains(tree[object].name) {
            return .high
        }
        let name = String(decoding: tree.nameBytes(of: node), as: UTF8.self).lowercased()
        return likely.contains { name.contains($0) } ? .low : nil
    }

    private static let certain = identifiers(
        """
        ` $ system popen popen2 popen2e popen3 check_output check_call Popen getoutput getstatusoutput
        create_subprocess_shell create_subprocess_exec exec_command exec_run
        execSync execFile execFileSync spawnSync spawn exec execa execaSync execaCommand execaCommandSync execAsync
        shell_exec passthru proc_open
        capture2 capture2e capture3 pipeline pipeline_r
        CommandContext ProcessBuilder
        """)

    /// Names that mean this of one of the modules alone.
    private static let ofModules = identifiers("run call Command execute command sync sh")
    private static let modules = identifiers(
        "subprocess sp subp child_process childProcess cp exec execa shell os commands Process sh zx $")

    private static let likely = [
        "exec", "run", "shell", "system", "spawn", "popen", "command", "cmd", "sudo", "local", "process",
    ]

    private static func identifiers(_ words: String) -> Set<Identifier> {
        Set(words.split { $0 == " " || $0 == "\n" }.map { Identifier(String($0)) })
    }

    /// Members of a string, and functions of one, that give the same words: `"…" % x`, `shlex.split("…")`.
    static let rewording = identifiers(
        """
        format split splitlines strip rstrip lstrip encode chomp squish dedent join trim sprintf escapeshellcmd esc_cmd
        vsprintf quote parse shellsplit shelljoin freeze
        """)
}

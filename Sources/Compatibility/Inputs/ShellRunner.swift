/// A program that runs the one that its arguments name.
struct ShellRunner {
    /// Options whose value is the next word.
    var optionsWithValue: Set<String> = []
    /// How many words stand between the options and the program.
    var operands = 0
    /// Whether it takes a shell's script in one word as well.
    var takesText = false
    /// Whether it runs its input as a script where no program is named.
    var isShell = false

    static let all: [String: ShellRunner] = [
        "sudo": ShellRunner(optionsWithValue: [
            "-u", "-g", "-h", "-p", "-C", "-r", "-t", "-T", "-U", "-D", "-R", "--user", "--group", "--host", "--prompt",
            "--chdir", "--close-from", "--role", "--type", "--other-user", "--command-timeout",
        ]),
        "doas": ShellRunner(optionsWithValue: ["-u", "-C", "-a"]),
        "exec": ShellRunner(optionsWithValue: ["-a"]),
        "time": ShellRunner(optionsWithValue: ["-f", "-o", "--format", "--output"]),
        "nohup": ShellRunner(), "setsid": ShellRunner(), "unbuffer": ShellRunner(), "chronic": ShellRunner(),
        "fakeroot": ShellRunner(),
        "builtin": ShellRunner(), "busybox": ShellRunner(),
        "timeout": ShellRunner(optionsWithValue: ["-s", "-k", "--signal", "--kill-after"], operands: 1),
        "env": ShellRunner(optionsWithValue: ["-u", "-C", "--unset", "--chdir"]),
        "xargs": ShellRunner(optionsWithValue: [
            "-n", "-P", "-I", "-L", "-d", "-s", "-a", "-E", "--max-args", "--max-procs", "--delimiter", "--arg-file",
            "--max-chars", "--process-slot-var",
        ]),
        "parallel": ShellRunner(
            optionsWithValue: [
                "-j", "-a", "-N", "-n", "-L", "-I", "-C", "--jobs", "--arg-file", "--colsep", "--joblog", "--delay",
                "--timeout",
            ], takesText: true),
        "watch": ShellRunner(optionsWithValue: ["-n", "--interval", "-q", "--equexit"], takesText: true),
        "nice": ShellRunner(optionsWithValue: ["-n", "--adjustment"]),
        "ionice": ShellRunner(optionsWithValue: ["-c", "-n", "--class", "--classdata"]),
        "chrt": ShellRunner(operands: 1), "taskset": ShellRunner(operands: 1),
        "stdbuf": ShellRunner(optionsWithValue: ["-i", "-o", "-e", "--input", "--output", "--error"]),
        "flock": ShellRunner(
            optionsWithValue: ["-w", "-E", "--timeout", "--wait", "--conflict-exit-code"], operands: 1, takesText: true),
        "strace": ShellRunner(optionsWithValue: ["-e", "-o", "-p", "-s", "-u", "-E", "-a", "-P"]),
        "ltrace": ShellRunner(optionsWithValue: ["-e", "-o", "-p", "-s", "-u", "-a", "-l"]),
        "gosu": ShellRunner(operands: 1), "su-exec": ShellRunner(operands: 1),
        "setpriv": ShellRunner(optionsWithValue: ["--reuid", "--regid", "--groups"]),
        "chroot": ShellRunner(operands: 1),
        "nsenter": ShellRunner(optionsWithValue: ["-t", "--target", "-S", "-G"]),
        "sshpass": ShellRunner(optionsWithValue: ["-p", "-f", "-d", "-P"]),
        "ssh": ShellRunner(
            optionsWithValue: [
                "-p", "-i", "-l", "-o", "-F", "-J", "-L", "-R", "-D", "-b", "-c", "-E", "-e", "-I", "-m", "-O", "-Q",
                "-S", "-W", "-w", "-B",
            ], operands: 1, takesText: true, isShell: true),
        "script": ShellRunner(optionsWithValue: ["-T", "-m", "-E"], operands: 1, takesText: true),
    ]

    /// Options of docker and of compose themselves.
    static let containerOptions: Set<String> = [
        "-H", "--host", "-c", "--context", "-l", "--log-level", "--config", "-f", "--file", "-p", "--project-name",
        "--profile", "--env-file", "--project-directory", "--parallel", "--ansi",
    ]

    /// Options of `exec` and `run`.
    static let executionOptions: Set<String> = [
        "-e", "--env", "--env-file", "-u", "--user", "-w", "--workdir", "--detach-keys", "--index", "-v", "--volume",
        "-p",
        "--publish", "-h", "--hostname", "--name", "--network", "--net", "--entrypoint", "-m", "--memory", "--link",
        "-l",
        "--label", "--mount", "--cpus", "-c", "--cpu-shares", "--restart", "--platform", "--add-host", "--ip", "--dns",
        "--pull", "--volumes-from", "--log-driver", "--log-opt", "--ulimit", "--cap-add", "--cap-drop",
        "--network-alias",
        "--tmpfs", "--gpus", "--shm-size", "--device", "--pid", "--ipc", "--userns", "--security-opt", "--sysctl",
        "--expose", "--cidfile", "-a", "--attach", "--mac-address", "--stop-signal", "--stop-timeout", "--runtime",
        "--group-add", "--cgroupns", "--pod", "--health-cmd",
    ]

    static let podOptions: Set<String> = [
        "-n", "--namespace", "--context", "--kubeconfig", "--cluster", "--user", "-s", "--server", "--token", "--as",
        "-c", "--container", "-f", "--filename", "--pod-running-timeout", "--image", "-l", "--labels", "--env",
        "--overrides", "--restart", "--port", "--target", "-p", "--profile", "-v",
    ]
}

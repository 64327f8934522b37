/// What a simple command of a shell script runs in the end, behind `sudo`, `docker exec`, `if !` and their like.
enum ShellProgram: Equatable {
    /// redis-cli: the word at this place names it.
    case client(Int)
    /// A shell that is given the word at this place as its script.
    case script(Int)
    /// Something else; what only looks for the program, installs or tests it is that, too.
    case other

    /// What the words of a command run.
    ///
    /// - Parameter isClient: whether a word names redis-cli, or holds a call of it.
    static func of(_ words: [ShellScript.Word], isClient: (ShellScript.Word) -> Bool) -> ShellProgram {
        withoutActuallyEscaping(isClient) { Resolution(words: words, isClient: $0).resolve(0) }
    }

    /// The last part of the path that a word is.
    static func name(_ word: ShellScript.Word) -> String { String(word.text.split(separator: "/").last ?? "") }

    static let shells: Set<String> = ["sh", "bash", "dash", "ash", "zsh", "ksh"]
}

/// Goes from one program to the one that it runs.
private struct Resolution {
    let words: [ShellScript.Word]
    let isClient: (ShellScript.Word) -> Bool

    /// Words of the shell's grammar that a command may follow.
    private static let reserved: Set<String> = ["if", "while", "until", "then", "else", "elif", "do", "!", "{", "time"]
    /// Programs that say where another one is.
    private static let lookups: Set<String> = [
        "which", "type", "hash", "command", "test", "[", "[[", "-v", "-V", "-x", "-f", "-e", "install",
    ]

    func resolve(_ start: Int) -> ShellProgram {
        var index = start
        while index < words.count, RedisClientCall.isAssignment(words[index]) { index += 1 }
        guard index < words.count else { return .other }
        let word = words[index]
        if isClient(word) { return .client(index) }
        guard !word.isUnknown else { return .other }
        let name = ShellProgram.name(word)
        if Self.reserved.contains(name) {
            let next = index + 1
            return resolve(name == "time" ? skipOptions(next, ["-f", "-o"]) : next)
        }
        if ShellProgram.shells.contains(name) { return script(behind: index) ?? .other }
        switch name {
        case "command": return isLookup(index + 1) ? .other : resolve(skipOptions(index + 1, []))
        case "su", "runuser": return switchUser(index)
        case "eval": return text(index + 1)
        case "find": return found(index)
        case "env" where index + 1 < words.count && words[index + 1].text == "-S": return text(index + 2)
        case "docker", "podman", "nerdctl", "docker-compose", "podman-compose", "crictl", "lxc", "incus":
            return container(index)
        case "kubectl", "oc", "k3s", "microk8s", "minikube": return pod(index)
        default: return Runner.all[name].map { run($0, index) } ?? .other
        }
    }

    /// `bash -lc 'script'`.
    private func script(behind shell: Int) -> ShellProgram? {
        var index = shell + 1
        var takesText = false
        while index < words.count, words[index].text.hasPrefix("-"), !words[index].isUnknown {
            let option = words[index].text
            takesText = takesText || !option.hasPrefix("--") && option.contains("c")
            index += option == "-o" || option == "-O" ? 2 : 1
        }
        return takesText && index < words.count ? .script(index) : nil
    }

    /// `command -v redis-cli`.
    private func isLookup(_ start: Int) -> Bool {
        words[min(start, words.count)...].prefix { $0.text.hasPrefix("-") }.contains {
            $0.text.contains("v") || $0.text.contains("V")
        }
    }

    /// `su - redis -c 'script'`, `runuser -u redis -- redis-cli`.
    private func switchUser(_ index: Int) -> ShellProgram {
        let rest = words.indices.dropFirst(index + 1)
        if let option = rest.first(where: { ["-c", "--command"].contains(words[$0].text) }), option + 1 < words.count {
            return .script(option + 1)
        }
        return ShellProgram.name(words[index]) == "su"
            ? .other : resolve(skipOptions(index + 1, ["-u", "--user", "-g", "-G", "-s"]))
    }

    /// Words that are put together to a script: one that has blanks in it is one by itself.
    private func text(_ index: Int) -> ShellProgram {
        guard index < words.count else { return .other }
        return words[index].bytes.contains(32) ? .script(index) : resolve(index)
    }

    private func found(_ index: Int) -> ShellProgram {
        let actions: Set<String> = ["-exec", "-execdir", "-ok", "-okdir"]
        let action = words.indices.dropFirst(index + 1).first { actions.contains(words[$0].text) }
        return action.map { resolve($0 + 1) } ?? .other
    }

    private func run(_ runner: Runner, _ index: Int) -> ShellProgram {
        var place = skipOptions(index + 1, runner.optionsWithValue)
        if let open = openWord(from: index + 1, to: place + runner.operands) { return anywhere(behind: open) }
        if runner.takesText, let option = words[(index + 1)...].firstIndex(where: { $0.text == "-c" }), option < place,
            option + 1 < words.count
        {
            return .script(option + 1)
        }
        place += runner.operands
        guard runner.takesText else { return resolve(place) }
        let isFlag = place + 1 < words.count && words[place].text == "-c"
        return isFlag ? .script(place + 1) : text(place)
    }

    // MARK: Containers

    /// `docker exec -it cache redis-cli`, `docker compose run --rm cache redis-cli`.
    private func container(_ index: Int) -> ShellProgram {
        var place = index + 1
        while place < words.count {
            place = skipOptions(place, Runner.containerOptions)
            guard place < words.count else { return .other }
            let word = words[place].text
            place += 1
            if word == "exec" || word == "run" { break }
            guard ["compose", "container", "image"].contains(word) else { return .other }
        }
        let image = skipOptions(place, Runner.executionOptions)
        if let open = openWord(from: place, to: image + 1) { return anywhere(behind: open) }
        if let entry = entryPoint(place..<min(image, words.count)), isClient(entry) { return .client(image) }
        let inside = resolve(image + 1)
        guard inside == .other, image < words.count else { return inside }
        // An image of this name runs the program by itself.
        var bare = words[image]
        bare.bytes = Array(bare.bytes.prefix { $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: "@") })
        return isClient(bare) && !bare.isUnknown && bare.bytes.contains(UInt8(ascii: "/")) ? .client(image) : .other
    }

    /// The value of `--entrypoint`.
    private func entryPoint(_ options: Range<Int>) -> ShellScript.Word? {
        for index in options {
            if words[index].text == "--entrypoint" { return index + 1 < words.count ? words[index + 1] : nil }
            if words[index].text.hasPrefix("--entrypoint=") {
                var value = words[index]
                value.bytes = Array(value.bytes.dropFirst("--entrypoint=".utf8.count))
                return value
            }
        }
        return nil
    }

    /// `kubectl exec -it pod -- redis-cli`, `oc rsh pod redis-cli`.
    private func pod(_ index: Int) -> ShellProgram {
        let name = ShellProgram.name(words[index])
        var place = skipOptions(index + 1, Runner.podOptions)
        guard place < words.count else { return .other }
        if name == "k3s" || name == "microk8s" || name == "minikube" {
            return words[place].text.hasPrefix("kubectl") ? pod(place) : .other
        }
        guard ["exec", "run", "debug", "rsh"].contains(words[place].text) else { return .other }
        place += 1
        if let dashes = words[place...].firstIndex(where: { $0.text == "--" }) { return resolve(dashes + 1) }
        let operand = skipOptions(place, Runner.podOptions)
        if let open = openWord(from: place, to: operand + 1) { return anywhere(behind: open) }
        return resolve(operand + 1)
    }

    // MARK: Words

    /// The first word from `start` on that is neither an option nor the value of one, nor an assignment.
    private func skipOptions(_ start: Int, _ withValue: Set<String>) -> Int {
        var index = start
        while index < words.count {
            let text = words[index].text
            if text == "--" { return index + 1 }
            if text.hasPrefix("-"), text.utf8.count > 1 {
                index += withValue.contains(text) ? 2 : 1
            } else if RedisClientCall.isAssignment(words[index]) {
                index += 1
            } else {
                break
            }
        }
        return index
    }

    /// A word that may be any number of words, so that nobody knows which is the program.
    private func openWord(from start: Int, to end: Int) -> Int? {
        words.indices.first { $0 >= start && $0 < end && words[$0].isOpen && words[$0].bytes.isEmpty }
    }

    private func anywhere(behind open: Int) -> ShellProgram {
        let place = words.indices.first { index in
            index > open && isClient(words[index]) && !Self.lookups.contains(words[index - 1].text)
        }
        return place.map { .client($0) } ?? .other
    }
}

/// A program that runs the one that its arguments name.
private struct Runner {
    /// Options whose value is the next word.
    var optionsWithValue: Set<String> = []
    /// How many words stand between the options and the program.
    var operands = 0
    /// Whether it takes a shell's script in one word as well.
    var takesText = false

    static let all: [String: Runner] = [
        "sudo": Runner(optionsWithValue: [
            "-u", "-g", "-h", "-p", "-C", "-r", "-t", "-T", "-U", "-D", "-R", "--user", "--group", "--host", "--prompt",
            "--chdir", "--close-from", "--role", "--type", "--other-user", "--command-timeout",
        ]),
        "doas": Runner(optionsWithValue: ["-u", "-C", "-a"]),
        "exec": Runner(optionsWithValue: ["-a"]),
        "nohup": Runner(), "setsid": Runner(), "unbuffer": Runner(), "chronic": Runner(), "fakeroot": Runner(),
        "builtin": Runner(), "busybox": Runner(),
        "timeout": Runner(optionsWithValue: ["-s", "-k", "--signal", "--kill-after"], operands: 1),
        "env": Runner(optionsWithValue: ["-u", "-C", "--unset", "--chdir"]),
        "xargs": Runner(optionsWithValue: [
            "-n", "-P", "-I", "-L", "-d", "-s", "-a", "-E", "--max-args", "--max-procs", "--delimiter", "--arg-file",
            "--max-chars", "--process-slot-var",
        ]),
        "parallel": Runner(
            optionsWithValue: [
                "-j", "-a", "-N", "-n", "-L", "-I", "-C", "--jobs", "--arg-file", "--colsep", "--joblog", "--delay",
                "--timeout",
            ], takesText: true),
        "watch": Runner(optionsWithValue: ["-n", "--interval", "-q", "--equexit"], takesText: true),
        "nice": Runner(optionsWithValue: ["-n", "--adjustment"]),
        "ionice": Runner(optionsWithValue: ["-c", "-n", "--class", "--classdata"]),
        "chrt": Runner(operands: 1), "taskset": Runner(operands: 1),
        "stdbuf": Runner(optionsWithValue: ["-i", "-o", "-e", "--input", "--output", "--error"]),
        "flock": Runner(
            optionsWithValue: ["-w", "-E", "--timeout", "--wait", "--conflict-exit-code"], operands: 1, takesText: true),
        "strace": Runner(optionsWithValue: ["-e", "-o", "-p", "-s", "-u", "-E", "-a", "-P"]),
        "ltrace": Runner(optionsWithValue: ["-e", "-o", "-p", "-s", "-u", "-a", "-l"]),
        "gosu": Runner(operands: 1), "su-exec": Runner(operands: 1),
        "setpriv": Runner(optionsWithValue: ["--reuid", "--regid", "--groups"]),
        "chroot": Runner(operands: 1),
        "nsenter": Runner(optionsWithValue: ["-t", "--target", "-S", "-G"]),
        "sshpass": Runner(optionsWithValue: ["-p", "-f", "-d", "-P"]),
        "ssh": Runner(
            optionsWithValue: [
                "-p", "-i", "-l", "-o", "-F", "-J", "-L", "-R", "-D", "-b", "-c", "-E", "-e", "-I", "-m", "-O", "-Q",
                "-S", "-W", "-w", "-B",
            ], operands: 1, takesText: true),
        "script": Runner(optionsWithValue: ["-T", "-m", "-E"], operands: 1, takesText: true),
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

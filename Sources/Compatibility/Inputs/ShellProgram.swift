/// What a simple command of a shell script runs in the end, behind `sudo`, `docker exec`, `if !` and their like.
enum ShellProgram: Equatable {
    /// redis-cli: the word at this place names it.
    case client(Int)
    /// A shell that is given the word at this place as its script.
    case script(Int)
    /// A shell, the word at this place, whose script is its input.
    case input(Int)
    /// A program, the word at this place, that passes its input on to the port of a host that its arguments name.
    case connection(Int)
    /// Something else; what only looks for the program, installs or tests it is that, too.
    case other
    /// A program that is not known here, or a function of the script, named by the word at this place: it may run what its
    /// arguments say.
    case unknown(Int)
    /// Too many programs run each other, from the word at this place on.
    case unread(Int)

    /// Whether nothing is known to run.
    var isOther: Bool {
        switch self {
        case .other, .unknown: true
        default: false
        }
    }

    /// What the words of a command run.
    ///
    /// - Parameter isClient: whether a word names redis-cli, or holds a call of it.
    static func of(_ words: [ShellScript.Word], isClient: (ShellScript.Word) -> Bool) -> ShellProgram {
        withoutActuallyEscaping(isClient) { isClient in
            var resolution = Resolution(words: words, isClient: isClient)
            return resolution.resolve(0)
        }
    }

    /// The word that a command begins with behind the words of the grammar and assignments; nil if it has no other.
    static func first(of words: [ShellScript.Word]) -> Int? {
        let start = start(of: words)
        return words.indices.first { $0 >= start && !RedisClientCall.isAssignment(words[$0]) }
    }

    /// Where the words of a command begin, behind those of the grammar.
    static func start(of words: [ShellScript.Word]) -> Int {
        var index = 0
        while index < words.count, !words[index].isUnknown, reserved.contains(words[index].text) {
            index += words[index].text == "function" ? 2 : 1
        }
        return min(index, words.count)
    }

    /// Words of the shell's grammar that a command may follow.
    static let reserved: Set<String> = [
        "if", "while", "until", "then", "else", "elif", "do", "!", "{", "coproc", "function",
    ]

    /// Programs whose arguments are no program that they run, however much one of them looks like it.
    static let others: Set<String> = [
        "echo", "printf", "cat", "tee", "print", "log", "logger", "say", "die", "fail", "warn", "error", "usage",
        "read",
        "grep", "egrep", "fgrep", "rg", "ag", "ack", "sed", "awk", "gawk", "perl", "python", "python3", "ruby", "node",
        "php", "jq", "yq", "tr", "cut", "sort", "uniq", "head", "tail", "wc", "less", "more", "diff", "cmp", "seq",
        "yes",
        "ps", "pgrep", "pkill", "kill", "killall", "pidof", "lsof", "fuser", "man", "info", "help", "tldr", "apropos",
        "whatis", "which", "whereis", "type", "hash", "test", "[", "[[", "((", ":", "true", "false", "return", "exit",
        "break", "continue", "shift", "set", "unset", "export", "local", "declare", "typeset", "readonly", "alias",
        "unalias", "source", ".", "cd", "pushd", "popd", "pwd", "wait", "sleep", "for", "case", "select", "in",
        "let", "}", "fi", "done", "esac", "rm", "cp", "mv", "ln", "ls", "mkdir", "rmdir", "touch", "chmod", "chown",
        "chgrp", "stat", "file", "du", "df", "basename", "dirname", "realpath", "readlink", "install", "tar", "zip",
        "unzip", "gzip", "gunzip", "rsync", "scp", "sftp", "curl", "wget", "openssl",
        "apt", "apt-get", "apt-cache", "aptitude", "dpkg", "yum", "dnf", "rpm", "zypper", "apk", "brew", "port",
        "pacman",
        "pip", "pip3", "npm", "yarn", "pnpm", "gem", "cargo", "go", "snap", "choco", "scoop", "nix-env", "conda",
        "asdf",
        "systemctl", "service", "update-alternatives", "make", "cmake", "ninja", "gcc", "cc", "clang", "git", "svn",
        "ldd", "strip", "objdump", "strings", "md5sum", "sha256sum", "cksum", "id", "getent", "useradd", "usermod",
        "redis-server", "redis-benchmark", "redis-check-aof", "redis-check-rdb", "redis-sentinel",
    ]

    /// The last part of the path that a word is.
    static func name(_ word: ShellScript.Word) -> String { String(word.text.split(separator: "/").last ?? "") }

    static let shells: Set<String> = ["sh", "bash", "dash", "ash", "zsh", "ksh"]
}

/// Goes from one program to the one that it runs.
private struct Resolution {
    let words: [ShellScript.Word]
    let isClient: (ShellScript.Word) -> Bool
    /// How many programs are in front of the one that is looked at.
    private var depth = 0
    private static let maximumDepth = 50

    init(words: [ShellScript.Word], isClient: @escaping (ShellScript.Word) -> Bool) {
        self.words = words
        self.isClient = isClient
    }

    /// Programs that say where another one is.
    private static let lookups: Set<String> = [
        "which", "type", "hash", "command", "test", "[", "[[", "-v", "-V", "-x", "-f", "-e", "install",
    ]

    mutating func resolve(_ start: Int) -> ShellProgram {
        var index = start
        while index < words.count, RedisClientCall.isAssignment(words[index]) || isReserved(index) {
            index += words[index].text == "function" ? 2 : 1
        }
        guard index < words.count else { return .other }
        depth += 1
        guard depth <= Self.maximumDepth else { return .unread(index) }
        let word = words[index]
        if isClient(word) { return .client(index) }
        guard !word.isUnknown else { return .unknown(index) }
        let name = ShellProgram.name(word)
        if ShellProgram.shells.contains(name) { return script(behind: index) }
        if ShellConnection.programs.contains(name) { return .connection(index) }
        switch name {
        case "command": return isLookup(index + 1) ? .other : resolve(skipOptions(index + 1, []))
        case "su", "runuser": return switchUser(index)
        case "eval": return text(index + 1)
        case "trap":
            let place = skipOptions(index + 1, [])
            return place < words.count ? .script(place) : .other
        case "find": return found(index)
        case "env" where index + 1 < words.count && words[index + 1].text == "-S": return text(index + 2)
        case "docker", "podman", "nerdctl", "docker-compose", "podman-compose", "crictl", "lxc", "incus":
            return container(index)
        case "kubectl", "oc", "k3s", "microk8s", "minikube": return pod(index)
        default:
            if let runner = ShellRunner.all[name] { return run(runner, index) }
            return ShellProgram.others.contains(name) ? .other : .unknown(index)
        }
    }

    private func isReserved(_ index: Int) -> Bool {
        !words[index].isUnknown && ShellProgram.reserved.contains(words[index].text)
    }

    /// `bash -lc 'script'`; without it and without a file, as with `-s`, the script is the shell's input.
    private func script(behind shell: Int) -> ShellProgram {
        var index = shell + 1
        var takesText = false
        var readsInput = false
        while index < words.count, words[index].text.hasPrefix("-"), !words[index].isUnknown {
            let option = words[index].text
            let isShort = !option.hasPrefix("--")
            takesText = takesText || isShort && option.contains("c")
            readsInput = readsInput || isShort && option.contains("s")
            index += option == "-o" || option == "-O" ? 2 : 1
        }
        if takesText { return index < words.count ? .script(index) : .other }
        return readsInput || index >= words.count ? .input(shell) : .other
    }

    /// `command -v redis-cli`.
    private func isLookup(_ start: Int) -> Bool {
        words[min(start, words.count)...].prefix { $0.text.hasPrefix("-") }.contains {
            $0.text.contains("v") || $0.text.contains("V")
        }
    }

    /// `su - redis -c 'script'`, `runuser -u redis -- redis-cli`.
    private mutating func switchUser(_ index: Int) -> ShellProgram {
        let rest = words.indices.dropFirst(index + 1)
        if let option = rest.first(where: { ["-c", "--command"].contains(words[$0].text) }), option + 1 < words.count {
            return .script(option + 1)
        }
        return ShellProgram.name(words[index]) == "su"
            ? .input(index) : resolve(skipOptions(index + 1, ["-u", "--user", "-g", "-G", "-s"]))
    }

    /// Words that are put together to a script: one that has blanks in it is one by itself.
    private mutating func text(_ index: Int) -> ShellProgram {
        guard index < words.count else { return .other }
        return words[index].bytes.contains(32) ? .script(index) : resolve(index)
    }

    private mutating func found(_ index: Int) -> ShellProgram {
        let actions: Set<String> = ["-exec", "-execdir", "-ok", "-okdir"]
        let action = words.indices.dropFirst(index + 1).first { actions.contains(words[$0].text) }
        return action.map { resolve($0 + 1) } ?? .other
    }

    private mutating func run(_ runner: ShellRunner, _ index: Int) -> ShellProgram {
        var place = skipOptions(index + 1, runner.optionsWithValue)
        if let open = openWord(from: index + 1, to: place + runner.operands) { return anywhere(behind: open) }
        if runner.takesText, let option = words[(index + 1)...].firstIndex(where: { $0.text == "-c" }), option < place,
            option + 1 < words.count
        {
            return .script(option + 1)
        }
        place += runner.operands
        if runner.isShell, place >= words.count { return .input(index) }
        guard runner.takesText else { return resolve(place) }
        let isFlag = place + 1 < words.count && words[place].text == "-c"
        return isFlag ? .script(place + 1) : text(place)
    }

    // MARK: Containers

    /// `docker exec -it cache redis-cli`, `docker compose run --rm cache redis-cli`.
    private mutating func container(_ index: Int) -> ShellProgram {
        var place = index + 1
        while place < words.count {
            place = skipOptions(place, ShellRunner.containerOptions)
            guard place < words.count else { return .other }
            let word = words[place].text
            place += 1
            if word == "exec" || word == "run" { break }
            guard ["compose", "container", "image"].contains(word) else { return .other }
        }
        let image = skipOptions(place, ShellRunner.executionOptions)
        if let open = openWord(from: place, to: image + 1) { return anywhere(behind: open) }
        if let entry = entryPoint(place..<min(image, words.count)), isClient(entry) { return .client(image) }
        let inside = resolve(image + 1)
        guard inside.isOther, image < words.count else { return inside }
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
    private mutating func pod(_ index: Int) -> ShellProgram {
        let name = ShellProgram.name(words[index])
        var place = skipOptions(index + 1, ShellRunner.podOptions)
        guard place < words.count else { return .other }
        if name == "k3s" || name == "microk8s" || name == "minikube" {
            return words[place].text.hasPrefix("kubectl") ? pod(place) : .other
        }
        guard ["exec", "run", "debug", "rsh"].contains(words[place].text) else { return .other }
        place += 1
        if let dashes = words[place...].firstIndex(where: { $0.text == "--" }) { return resolve(dashes + 1) }
        let operand = skipOptions(place, ShellRunner.podOptions)
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

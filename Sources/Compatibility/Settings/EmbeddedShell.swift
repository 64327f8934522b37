/// Finds the shell commands in texts that are no shell scripts: recipes, health checks, workflow steps, crontabs.
///
/// What is found comes as a script as long as the text, in which everything else is blank: a place in the script is the
/// place in the text.
struct EmbeddedShell {
    private let text: ManifestText
    /// The commands, at their places in the text.
    private(set) var script: [UInt8]
    /// Variables that hold a call, with its words after the program's name.
    private(set) var variables: [String: [ShellScript.Word]] = [:]

    /// The script in a text; nil if the text does not name a client program, which costs one search.
    static func find(in text: ManifestText, as file: SettingsFile) -> EmbeddedShell? {
        let whole = 0..<text.count
        guard RedisClientCall.programs.contains(where: { text.contains(whole, $0) }) else { return nil }
        var shell = EmbeddedShell(text: text)
        switch file {
        case .makefile: shell.readMakefile()
        case .dockerfile: shell.readDockerfile()
        case .crontab: shell.readCrontab()
        case .windowsScript: shell.readWindowsScript()
        case .prose: shell.readProse()
        case .json: shell.readStrings(in: whole)
        case .yaml: shell.readYAML()
        case .assignments, .xml: shell.readAssignments()
        }
        shell.hideTemplates()
        return shell
    }

    private init(text: ManifestText) {
        self.text = text
        script = text.bytes.map { $0 == UInt8(ascii: "\n") ? $0 : UInt8(ascii: " ") }
    }

    private mutating func show(_ range: Range<Int>) {
        for index in range { script[index] = text[index] }
    }

    /// Shows the strings of an array, so that `["CMD", "redis-cli", "info"]` becomes three words.
    private mutating func showArray(_ range: Range<Int>) {
        let strings = text.quoted(in: range)
        guard let first = strings.first else { return }
        let isMarked = ["CMD", "CMD-SHELL", "NONE"].contains(text.string(first))
        let words = isMarked ? strings.dropFirst() : strings[...]
        // One string alone is a command line, several are its words.
        let isLine = words.count == 1 || isMarked && text.string(first) == "CMD-SHELL"
        for word in words { show(isLine ? word : word.lowerBound - 1..<word.upperBound + 1) }
    }

    /// What a template puts in is a variable to the shell: `{{ x }}`, `<%= x %>` and `${{ x }}` become `${…}`.
    private mutating func hideTemplates() {
        for (opening, closing) in [("{{", "}}"), ("<%", "%>")] {
            var index = 0
            while let start = text.find(opening, in: index..<text.count),
                let end = text.find(closing, in: start..<text.count)
            {
                index = end + 2
                guard script[start] == text[start] else { continue }
                let first = text[start - 1] == UInt8(ascii: "$") ? start - 1 : start
                for place in first..<index { script[place] = UInt8(ascii: "_") }
                script[first] = UInt8(ascii: "$")
                script[first + 1] = UInt8(ascii: "{")
                script[index - 1] = UInt8(ascii: "}")
            }
        }
    }

    // MARK: Formats

    /// Recipes begin with a tab, those of just with any blank; the other lines name targets and assign.
    private mutating func readMakefile() {
        var isContinued = false
        for line in text.lines {
            let body = text.trimmed(line)
            guard let first = body.first else { continue }
            if isContinued || first > line.lowerBound {
                let start = body.first { !"@-+".utf8.contains(text[$0]) } ?? first
                show(start..<line.upperBound)
                showMakeVariables(in: start..<line.upperBound)
                isContinued = text[line.upperBound - 1] == UInt8(ascii: "\\")
            } else if let sign = text.find("=", in: body) {
                noteVariable(text.string(body.lowerBound..<sign), text.trimmed(sign + 1..<body.upperBound))
            }
        }
    }

    /// `$(REDIS)` of make is `${REDIS}` of a shell.
    private mutating func showMakeVariables(in range: Range<Int>) {
        var index = range.lowerBound
        while let start = text.find("$(", in: index..<range.upperBound) {
            index = start + 2
            let name = (index..<range.upperBound).prefix { isNameByte(text[$0]) }
            guard text[name.endIndex] == UInt8(ascii: ")") else { continue }
            script[start + 1] = UInt8(ascii: "{")
            script[name.endIndex] = UInt8(ascii: "}")
        }
    }

    /// `REDIS := redis-cli -h x` makes `$(REDIS)` a call.
    private mutating func noteVariable(_ name: String, _ value: Range<Int>) {
        let words = ShellScript.commands(of: Array(text.bytes[value])).first?.words ?? []
        guard let program = words.first, RedisClientCall.programs.contains(ShellProgram.name(program)) else {
            return
        }
        variables[name.filter { !":?+ ".contains($0) }] = words.dropFirst().map { word in
            var word = word
            word.offset = 0
            return word
        }
    }

    private mutating func readDockerfile() {
        var isContinued = false
        for line in text.lines {
            let body = text.trimmed(line)
            guard let first = body.first, text[first] != UInt8(ascii: "#") else { continue }
            var start: Int? = isContinued ? first : nil
            for instruction in ["RUN ", "CMD ", "ENTRYPOINT ", "HEALTHCHECK "]
            where !isContinued && text.string(body.prefix(instruction.utf8.count)).uppercased() == instruction {
                start = text.find("CMD ", in: body).map { $0 + 4 } ?? first + instruction.utf8.count
            }
            guard let start else { continue }
            isContinued = text[body.upperBound - 1] == UInt8(ascii: "\\")
            let command = text.trimmed(start..<body.upperBound)
            if text[command.lowerBound] == UInt8(ascii: "[") { showArray(command) } else { show(command) }
        }
    }

    /// Five times or a word such as `@daily`, perhaps a user, then the command.
    private mutating func readCrontab() {
        for line in text.lines {
            let body = text.trimmed(line)
            guard let first = body.first, text[first] != UInt8(ascii: "#") else { continue }
            var fields = text[first] == UInt8(ascii: "@") ? 1 : 5
            var index = first
            while fields > 0, index < body.upperBound {
                index = body.first { $0 > index && isBlank($0) } ?? body.upperBound
                while index < body.upperBound, isBlank(index) { index += 1 }
                fields -= 1
            }
            // The word before a program is a user, which a shell script may have as well: `root redis-cli …`.
            let rest = index..<body.upperBound
            let word = rest.prefix { !isBlank($0) }
            let isUser =
                word.allSatisfy { isNameByte(text[$0]) } && !RedisClientCall.programs.contains(text.string(word))
                && RedisClientCall.programs.contains { text.contains(word.endIndex..<body.upperBound, $0) }
            show(isUser ? word.endIndex..<body.upperBound : rest)
        }
    }

    private mutating func readWindowsScript() {
        for line in text.lines {
            let body = text.trimmed(line)
            let lowered = text.string(body.prefix(4)).lowercased()
            guard !lowered.hasPrefix("rem ") && !lowered.hasPrefix("::") && !lowered.hasPrefix("#") else { continue }
            show(body)
        }
    }

    /// `key: command`, `- command`, an array, and the lines of a block; comments are none.
    private mutating func readYAML() {
        for line in text.lines {
            var body = text.trimmed(line)
            guard let first = body.first, text[first] != UInt8(ascii: "#") else { continue }
            while text.starts(body, with: "- ") { body = text.trimmed(body.lowerBound + 2..<body.upperBound) }
            if let colon = text.find(": ", in: body), text.string(body.lowerBound..<colon).allSatisfy(isKeyCharacter) {
                body = text.trimmed(colon + 1..<body.upperBound)
            }
            guard let first = body.first else { continue }
            if text[first] == UInt8(ascii: "[") { showArray(body) } else { show(text.unquoted(body)) }
        }
    }

    private mutating func readAssignments() {
        for line in text.lines {
            let body = text.trimmed(line)
            guard let first = body.first, !"#;".utf8.contains(text[first]), let sign = text.find("=", in: body) else {
                continue
            }
            show(text.unquoted(sign + 1..<body.upperBound))
        }
    }

    /// Strings that hold a call, as the scripts of `package.json` do.
    private mutating func readStrings(in range: Range<Int>) {
        for string in text.quoted(in: range)
        where RedisClientCall.programs.contains(where: { text.contains(string, $0) }) {
            show(string)
            for index in string where text[index] == UInt8(ascii: "\\") { script[index] = UInt8(ascii: " ") }
            // The next string is another command.
            if string.upperBound < script.count { script[string.upperBound] = UInt8(ascii: ";") }
        }
    }

    /// The fenced blocks of a shell; if a block has prompts, the lines after them.
    private mutating func readProse() {
        var fence: Fence?
        for line in text.lines {
            let body = text.trimmed(line)
            guard text.starts(body, with: "```") || text.starts(body, with: "~~~") else {
                fence?.lines.append(body)
                continue
            }
            if let block = fence {
                if block.isShell { showBlock(block.lines) }
                fence = nil
            } else {
                let language = text.string(body).drop { $0 == "`" || $0 == "~" }.prefix(while: \.isLetter).lowercased()
                fence = Fence(isShell: Self.shells.contains(language))
            }
        }
    }

    private struct Fence {
        let isShell: Bool
        var lines: [Range<Int>] = []
    }

    /// What the fence of a block in a shell says.
    private static let shells: Set<String> = ["", "sh", "bash", "shell", "console", "zsh", "terminal", "shellsession"]

    private mutating func showBlock(_ lines: [Range<Int>]) {
        let hasPrompts = lines.contains { text.starts($0, with: "$ ") }
        for line in lines {
            if text.starts(line, with: "$ ") {
                show(line.lowerBound + 2..<line.upperBound)
            } else if !hasPrompts {
                show(line)
            }
        }
    }

    // MARK: Bytes

    private func isBlank(_ index: Int) -> Bool { text[index] == UInt8(ascii: " ") || text[index] == 9 }

    private func isNameByte(_ byte: UInt8) -> Bool {
        byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z") || byte >= 48 && byte <= 57
            || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }

    private func isKeyCharacter(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || "_-.\"'".contains(character)
    }
}

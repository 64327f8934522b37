/// The forms of a supported command's arguments that releases after 2.8 added.
struct LaterForms: Sendable {
    /// The first argument that may be one of a later form.
    let start: Int
    /// What stands from there on.
    let content: Content

    enum Content: Sendable {
        /// Options in any order, each a word with arguments of its own; the walk ends at a word that is none of these.
        case options([Option])
        /// One word that has to be one of these.
        case word([Option])
        /// More arguments than 2.8 takes, whatever they are: whole groups of `group` arguments, any number of them or
        /// just one.
        case surplus(LaterArgument, group: Int, repeated: Bool)
        /// AGGREGATE of a store command, behind the keys that the argument before `start` counts, and perhaps WEIGHTS.
        case aggregate([Option])
    }

    /// One word in option position.
    struct Option: Sendable {
        /// The word, in capitals.
        let word: String
        /// How many arguments belong to it.
        let arguments: Int
        /// The later form that it is; nil where 2.8 has it, and it is there to be passed over with its arguments.
        let form: LaterArgument?
        /// The word as it is compared.
        let packed: PackedName

        private init(_ word: String, _ arguments: Int, _ form: LaterArgument?) {
            guard let packed = PackedName(word.utf8.span) else { preconditionFailure("\(word) is no option's word") }
            self.word = word
            self.arguments = arguments
            self.form = form
            self.packed = packed
        }

        static func known(_ word: String, arguments: Int = 0) -> Option {
            Option(word, arguments, nil)
        }

        static func later(_ word: String, _ since: Version, arguments: Int = 0, instead: String) -> Option {
            Option(word, arguments, LaterArgument(word, since, instead))
        }
    }

    static func options(from start: Int, _ options: [Option]) -> LaterForms {
        LaterForms(start: start, content: .options(options))
    }

    /// One more group of arguments than 2.8 takes.
    static func one(_ name: String, _ since: Version, from start: Int, instead: String) -> LaterForms {
        let form = LaterArgument(name, since, instead)
        return LaterForms(start: start, content: .surplus(form, group: 1, repeated: false))
    }

    /// Any number of groups of arguments where 2.8 takes one.
    static func several(
        _ name: String, _ since: Version, from start: Int, group: Int = 1, instead: String
    ) -> LaterForms {
        let form = LaterArgument(name, since, instead)
        return LaterForms(start: start, content: .surplus(form, group: group, repeated: true))
    }

    /// Every form, in the order of the table.
    var all: [LaterArgument] {
        switch content {
        case .options(let options), .word(let options), .aggregate(let options): options.compactMap(\.form)
        case .surplus(let form, _, _): [form]
        }
    }
}

// MARK: - Finding them

extension LaterForms {
    /// The first later form in a request; nil where there is none.
    func first(in buffer: Span<UInt8>, arguments: Span<Range<Int>>) -> LaterArgument? {
        guard arguments.count > start else { return nil }
        switch content {
        case .options(let options):
            return firstOption(of: options, in: buffer, arguments: arguments)
        case .word(let words):
            return option(buffer.extracting(arguments[start]), of: words)?.form
        case .surplus(let form, let group, let repeated):
            let surplus = arguments.count - start
            return surplus == group || (repeated && surplus % group == 0) ? form : nil
        case .aggregate(let functions):
            return aggregate(functions, in: buffer, arguments: arguments)
        }
    }

    private func firstOption(
        of options: [Option], in buffer: Span<UInt8>, arguments: Span<Range<Int>>
    ) -> LaterArgument? {
        var index = start
        while index < arguments.count, let option = option(buffer.extracting(arguments[index]), of: options) {
            if let form = option.form { return form }
            index += 1 + option.arguments
        }
        return nil
    }

    private func option(_ word: Span<UInt8>, of options: [Option]) -> Option? {
        guard let word = PackedName(word), let place = options.firstIndex(where: { $0.packed == word }) else {
            return nil
        }
        return options[place]
    }

    private func aggregate(
        _ functions: [Option], in buffer: Span<UInt8>, arguments: Span<Range<Int>>
    ) -> LaterArgument? {
        guard let keys = keyCount(buffer.extracting(arguments[start - 1])) else { return nil }
        var index = start + keys
        while index + 1 < arguments.count {
            let word = buffer.extracting(arguments[index])
            if equalsFolded(word, "AGGREGATE") {
                return option(buffer.extracting(arguments[index + 1]), of: functions)?.form
            }
            guard equalsFolded(word, "WEIGHTS") else { return nil }
            index += 1 + keys
        }
        return nil
    }
}

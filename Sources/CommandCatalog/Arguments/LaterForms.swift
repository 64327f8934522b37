/// The forms of a supported command's arguments that releases after 2.8 added.
struct LaterForms: Sendable {
    /// The first argument that may be one of a later form.
    let start: Int
    /// What stands from there on.
    let content: Content

    enum Content: Sendable {
        /// Options in any order, each a word with arguments of its own; the walk ends at a word that is none of these.
        case options([Option])
        /// More arguments than 2.8 takes, whatever they are: whole groups of `group` arguments, any number of them or
        /// just one.
        case surplus(Form, group: Int, repeated: Bool)
    }

    /// One word in option position.
    struct Option: Sendable {
        /// The word, in capitals.
        let word: String
        /// How many arguments belong to it.
        let arguments: Int
        /// The release that brought it; nil where 2.8 has it, and it is there to be passed over with its arguments.
        let since: Version?
        /// The word as it is compared.
        fileprivate let packed: PackedName

        private init(_ word: String, _ arguments: Int, _ since: Version?) {
            guard let packed = PackedName(word.utf8.span) else { preconditionFailure("\(word) is no option's word") }
            self.word = word
            self.arguments = arguments
            self.since = since
            self.packed = packed
        }

        static func known(_ word: String, arguments: Int = 0) -> Option {
            Option(word, arguments, nil)
        }

        static func later(_ word: String, _ since: Version, arguments: Int = 0) -> Option {
            Option(word, arguments, since)
        }
    }

    /// A later form that was found.
    struct Form: Sendable {
        /// The option's word, or what the surplus arguments are.
        let name: String
        let since: Version
    }

    static func options(from start: Int, _ options: [Option]) -> LaterForms {
        LaterForms(start: start, content: .options(options))
    }

    /// One more group of arguments than 2.8 takes.
    static func one(_ name: String, _ since: Version, from start: Int) -> LaterForms {
        LaterForms(start: start, content: .surplus(Form(name: name, since: since), group: 1, repeated: false))
    }

    /// Any number of groups of arguments where 2.8 takes one.
    static func several(_ name: String, _ since: Version, from start: Int, group: Int = 1) -> LaterForms {
        LaterForms(start: start, content: .surplus(Form(name: name, since: since), group: group, repeated: true))
    }

    /// The first later form in a request; nil where there is none.
    func first(in buffer: Span<UInt8>, arguments: Span<Range<Int>>) -> Form? {
        guard arguments.count > start else { return nil }
        switch content {
        case .options(let options):
            return firstOption(of: options, in: buffer, arguments: arguments)
        case .surplus(let form, let group, let repeated):
            let surplus = arguments.count - start
            return surplus == group || (repeated && surplus % group == 0) ? form : nil
        }
    }

    private func firstOption(
        of options: [Option], in buffer: Span<UInt8>, arguments: Span<Range<Int>>
    ) -> Form? {
        var index = start
        while index < arguments.count {
            guard let word = PackedName(buffer.extracting(arguments[index])),
                let option = options.indices.first(where: { options[$0].packed == word })
            else { return nil }
            if let since = options[option].since { return Form(name: options[option].word, since: since) }
            index += 1 + options[option].arguments
        }
        return nil
    }
}

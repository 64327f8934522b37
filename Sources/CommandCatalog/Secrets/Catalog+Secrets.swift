extension Catalog {
    /// The first argument of a request that holds a secret, which all after it may do as well; nil if none does.
    ///
    /// The row of the command says where its secrets are. Of a name that no Redis has, one is looked for that it was meant
    /// for (`AUHT`, `LOGIN`), and the words are looked through for those that announce a password. A command that is
    /// known and has a number of arguments that it never has is looked through as well.
    ///
    /// - Parameters:
    ///   - buffer: the bytes that hold the request.
    ///   - arguments: the place of each argument in `buffer`, the name's first.
    public static func firstSecret(in buffer: Span<UInt8>, arguments: Span<Range<Int>>) -> Int? {
        guard !arguments.isEmpty else { return nil }
        guard let row = row(in: buffer, arguments: arguments) else {
            return firstSecretOfUnknown(in: buffer, arguments: arguments)
        }
        if let secret = row.facts.secrets.firstSecret(in: buffer, arguments: arguments) { return secret }
        return row.facts.accepts(argumentCount: arguments.count)
            ? nil : announcedSecret(in: buffer, arguments: arguments)
    }

    /// The first argument of a request that holds a secret, as above.
    public static func firstSecret(of words: some Collection<[UInt8]>) -> Int? {
        var bytes: [UInt8] = []
        var places: [Range<Int>] = []
        for word in words {
            places.append(bytes.count..<bytes.count + word.count)
            bytes += word
        }
        return firstSecret(in: bytes.span, arguments: places.span)
    }

    private static func firstSecretOfUnknown(in buffer: Span<UInt8>, arguments: Span<Range<Int>>) -> Int? {
        let name = buffer.extracting(arguments[0])
        let layout = SecretWords.isLogin(name) ? .from(1) : meantLayout(name)
        return layout?.firstSecret(in: buffer, arguments: arguments)
            ?? announcedSecret(in: buffer, arguments: arguments)
    }

    /// Where the secrets are of the command with secrets that a name is within two slips of; nil if there is none.
    private static func meantLayout(_ name: Span<UInt8>) -> SecretLayout? {
        let near = namesWithSecrets.compactMap { known in known.name.slips(in: name).map { ($0, known.layout) } }
        return near.min { $0.0 < $1.0 }?.1
    }

    /// The commands that hold secrets, by the first words of their names, with what is looked for if that is misspelt.
    private static let namesWithSecrets: [(name: NearWord, layout: SecretLayout)] = all.compactMap { row in
        guard row.container == nil else { return nil }
        let layouts = [row.facts.secrets] + subcommands(of: row).map(\.facts.secrets)
        guard let layout = layouts.first(where: { $0 != .none }) else { return nil }
        return (NearWord(row.name, limit: row.name.utf8.count < 4 ? 1 : 2), layout.loosened)
    }

    /// What follows a word that announces a password: AUTH, `requirepass`.
    private static func announcedSecret(in buffer: Span<UInt8>, arguments: Span<Range<Int>>) -> Int? {
        SecretLayout.index(after: 1, in: buffer, arguments) {
            SecretWords.isExactlyAuth($0) || SecretWords.isSetting($0)
        }
    }
}

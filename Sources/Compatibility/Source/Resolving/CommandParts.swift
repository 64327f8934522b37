// Commands that are put together by calls, each on what the one before it gives.

extension CallReader {
    /// `client.B().Hset().Key(k).FieldValue().FieldValue("a", "1")`: a call adds its arguments to the command that its object
    /// is, after the option that it is named after.
    mutating func add(_ arguments: CallArguments, of call: ReportedCall, _ walker: FlowWalker) {
        let tree = walker.tree
        guard let object = tree.child(0, of: call.callee), let number = begun[object] else { return }
        var words = CommandWords(arguments, tree, index, walker.facts)
        let method = Identifier(plain: tree.nameBytes(of: tree[call.callee]))
        words.addPart(option: CommandShape.option(named: method, of: commands[number].name))
        commands[number].words += words.now.words
        commands[number].leastWords = commands[number].words.count
        begun[call.node] = number
    }
}

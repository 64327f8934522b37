// Types that comments name: `@var Type $name`, `@param`, `@return`, `@property`, `@mixin`.

extension PHPReader {
    /// The comment `/** … */` directly before a lexeme.
    func documentation(before index: Int) -> Range<Int>? {
        guard index < cursor.lexemes.count else { return nil }
        let end = Int(cursor.lexemes[index].start)
        let start = index > 0 ? Int(cursor.lexemes[index - 1].end) : 0
        guard end - start > 8 else { return nil }
        var last: Int?
        var next = start
        while let open = cursor.text.find("/**", from: next, end: end) {
            last = open
            next = open + 3
        }
        guard let last, let close = cursor.text.find("*/", from: last + 3, end: end) else { return nil }
        return last + 3..<close
    }

    /// The places behind a tag in a comment, white space passed over.
    private func places(of tag: StaticString, in comment: Range<Int>) -> [Int] {
        var places: [Int] = []
        var next = comment.lowerBound
        while let place = cursor.text.find(tag, from: next, end: comment.upperBound) {
            next = place + tag.utf8CodeUnitCount
            // `@property-read` is as good as `@property`.
            while cursor.text[next] == SourceByte.minus || SourceByte.continuesName(cursor.text[next]) { next += 1 }
            guard SourceByte.isBlank(cursor.text[next]), places.count < 64 else { continue }
            places.append(passBlanks(next, comment.upperBound))
        }
        return places
    }

    private func passBlanks(_ index: Int, _ end: Int) -> Int {
        var index = index
        while index < end, cursor.text[index] == SourceByte.space || cursor.text[index] == SourceByte.tab { index += 1 }
        return index
    }

    /// The name with a dollar at a place, reference and dots passed over; nil where there is none.
    private func variableName(at place: Int, _ end: Int) -> Range<Int>? {
        var start = place
        while cursor.text[start] == SourceByte.ampersand || cursor.text[start] == SourceByte.dot { start += 1 }
        guard start < end, cursor.text[start] == SourceByte.dollar else { return nil }
        var index = start + 1
        while index < end, SourceByte.continuesName(cursor.text[index]) { index += 1 }
        return index > start + 1 ? start..<index : nil
    }

    /// The type that a tag gives: of the variable of a name, or the first; none where there is none.
    mutating func documentedType(_ tag: StaticString, named name: Range<Int>?, in comment: Range<Int>) -> NodeID {
        for place in places(of: tag, in: comment) {
            var index = place
            if let name {
                // The name is found first, so that types of others make no nodes.
                let line = min(comment.upperBound, cursor.text.endOfLine(place))
                guard isNamed(name, from: place, to: line) else { continue }
                if cursor.text[index] == SourceByte.dollar, let first = variableName(at: index, line) {
                    index = passBlanks(first.upperBound, line)
                }
            }
            return documentedType(at: &index, comment.upperBound, depth: 0)
        }
        return .none
    }

    /// A line has the variable's name as a word.
    private func isNamed(_ name: Range<Int>, from start: Int, to end: Int) -> Bool {
        var index = start
        while index < end {
            if cursor.text[index] == SourceByte.dollar, let found = variableName(at: index, end) {
                return found.count == name.count && cursor.text.isEqual(name, at: found.lowerBound)
            }
            index += 1
        }
        return false
    }

    /// `@var Type $name` of a comment before a statement, each with a new node of its type.
    mutating func variableTypes(in comment: Range<Int>) -> [(Range<Int>, NodeID)] {
        var found: [(Range<Int>, NodeID)] = []
        for place in places(of: "@var", in: comment) {
            var index = place
            var name = variableName(at: place, comment.upperBound)
            if let name { index = passBlanks(name.upperBound, comment.upperBound) }
            let type = documentedType(at: &index, comment.upperBound, depth: 0)
            if name == nil { name = variableName(at: passBlanks(index, comment.upperBound), comment.upperBound) }
            if let name, !type.isNone { found.append((name, type)) }
        }
        return found
    }

    /// Fields that a class's comment names, and classes whose members it has too.
    mutating func documentedMembers(of declaration: NodeID, in comment: Range<Int>) {
        for place in places(of: "@mixin", in: comment) {
            var index = place
            cursor.builder.append(documentedType(at: &index, comment.upperBound, depth: 0), to: declaration)
        }
        for place in places(of: "@property", in: comment) {
            var index = place
            let type = documentedType(at: &index, comment.upperBound, depth: 0)
            guard !type.isNone,
                let name = variableName(at: passBlanks(index, comment.upperBound), comment.upperBound)
            else { continue }
            let (start, end) = (Int32(name.lowerBound), Int32(name.upperBound))
            let bind = cursor.builder.add(.bind, .field, start: start, end: end)
            let target = cursor.builder.add(.name, start: start, end: end)
            setFieldName(target, Lexeme(kind: .name, start: start, end: end))
            cursor.builder.append(target, to: bind)
            cursor.builder.append(type, to: bind)
            cursor.builder.append(bind, to: declaration)
        }
    }

    /// `A|B<C, D>|E[]|null` at a place.
    private mutating func documentedType(at index: inout Int, _ end: Int, depth: Int) -> NodeID {
        var whole = NodeID.none
        var count = 0
        while index < end, count < 12 {
            let byte = cursor.text[index]
            if byte == SourceByte.question || byte == SourceByte.openParenthesis || byte == SourceByte.bar {
                index += 1
                continue
            }
            guard PHPDialect.startsName(byte) else { return whole }
            count += 1
            whole = either(whole, or: documentedName(at: &index, end, depth: depth))
            let next = passBlanks(index, end)
            if cursor.text[next] == SourceByte.bar {
                index = passBlanks(next + 1, end)
            } else if cursor.text[index] == SourceByte.closeParenthesis || cursor.text[index] == SourceByte.ampersand,
                next == index
            {
                index += 1
            } else {
                return whole
            }
        }
        return whole
    }

    /// A name with its arguments and `[]`.
    private mutating func documentedName(at index: inout Int, _ end: Int, depth: Int) -> NodeID {
        let start = index
        while index < end, PHPDialect.continuesName(cursor.text[index]) || cursor.text[index] == SourceByte.dollar {
            index += 1
        }
        var type = NodeID.none
        if cursor.text[index] == SourceByte.minus {
            // `class-string`, `non-empty-array`.
            while index < end, SourceByte.continuesName(cursor.text[index]) || cursor.text[index] == SourceByte.minus {
                index += 1
            }
        } else {
            type = typeNode(start..<index)
        }
        if cursor.text[index] == SourceByte.less { documentedArguments(of: type, at: &index, end, depth: depth) }
        while index + 1 < end, cursor.text[index] == SourceByte.openBracket,
            cursor.text[index + 1] == SourceByte.closeBracket
        {
            index += 2
            guard !type.isNone else { continue }
            let list = cursor.builder.add(.type, .elements, start: Int32(start), end: Int32(index))
            cursor.builder.append(type, to: list)
            type = list
        }
        return type
    }

    private mutating func documentedArguments(of type: NodeID, at index: inout Int, _ end: Int, depth: Int) {
        while index < end, cursor.text[index] == SourceByte.less || cursor.text[index] == SourceByte.comma {
            index = passBlanks(index + 1, end)
            guard depth < 8 else { return }
            let argument = documentedType(at: &index, end, depth: depth + 1)
            if !type.isNone, cursor.builder[type].kind == .type { cursor.builder.append(argument, to: type) }
            index = passBlanks(index, end)
        }
        if cursor.text[index] == SourceByte.greater { index += 1 }
    }
}

/// What the names of classes mean in a file of PHP: its namespace and its `use` lines say it, so that a class is known by its
/// full name in all files.
struct PHPNames {
    private let text: SourceText
    private var namespace = 0..<0
    /// By the short name, the full one: the part before the braces of a group, and the rest.
    private var aliases: [Identifier: (group: Range<Int>, name: Range<Int>)] = [:]
    /// Full names that were put together already.
    private var known: [Identifier: Identifier] = [:]

    init(_ text: SourceText) { self.text = text }

    /// A namespace begins.
    mutating func enter(namespace range: Range<Int>) {
        namespace = range
        aliases.removeAll(keepingCapacity: true)
        known.removeAll(keepingCapacity: true)
    }

    /// `use A\B;`, `use A\{B as C};`.
    mutating func use(group: Range<Int>, name: Range<Int>, as alias: Identifier) {
        aliases[alias] = (group, name)
        known.removeAll(keepingCapacity: true)
    }

    /// The full name of a class that is declared here.
    mutating func declared(_ name: Range<Int>) -> Identifier {
        namespace.isEmpty ? Identifier(text.slice(name.lowerBound, name.upperBound)) : joined([namespace, name])
    }

    /// The full name of a class that is named here.
    mutating func full(_ name: Range<Int>) -> Identifier {
        guard !name.isEmpty else { return .none }
        let written = Identifier(text.slice(name.lowerBound, name.upperBound))
        if text[name.lowerBound] == SourceByte.backslash {
            return Identifier(text.slice(name.lowerBound + 1, name.upperBound))
        }
        if let known = known[written] { return known }
        let full = resolved(name)
        known[written] = full
        return full
    }

    private func resolved(_ name: Range<Int>) -> Identifier {
        var end = name.lowerBound
        while end < name.upperBound, text[end] != SourceByte.backslash { end += 1 }
        let first = Identifier(text.slice(name.lowerBound, end))
        if first == Self.own, end < name.upperBound { return joined([namespace, end + 1..<name.upperBound]) }
        guard let alias = aliases[first] else {
            return joined([namespace, name])
        }
        let rest = end < name.upperBound ? end + 1..<name.upperBound : end..<end
        return joined([alias.group, alias.name, rest])
    }

    private static let own = Identifier("namespace")

    /// The parts with separators between them.
    private func joined(_ parts: [Range<Int>]) -> Identifier {
        withUnsafeTemporaryAllocation(byteCount: 512, alignment: 1) { buffer in
            var count = 0
            for part in parts {
                for index in part where count < 510 {
                    // A group's name ends with its separator, a full name may begin with one.
                    let byte = text[index]
                    if byte == SourceByte.backslash, count == 0 || buffer[count - 1] == SourceByte.backslash {
                        continue
                    }
                    buffer[count] = byte
                    count += 1
                }
                if count > 0, buffer[count - 1] != SourceByte.backslash {
                    buffer[count] = SourceByte.backslash
                    count += 1
                }
            }
            return Identifier(UnsafeRawBufferPointer(rebasing: buffer[..<max(0, count - 1)]))
        }
    }

    /// Where the last part of a name begins.
    func lastPart(of name: Range<Int>) -> Range<Int> {
        var start = name.upperBound
        while start > name.lowerBound, text[start - 1] != SourceByte.backslash { start -= 1 }
        return start..<name.upperBound
    }
}

/// Which variables of PHP are those of the file's outermost code, that `global` and included files name too.
struct PHPVariables {
    /// One for each function around, the outermost code first.
    private var scopes = [Scope(isOpen: true)]
    /// Variables of the outermost code that this file gives a value.
    private var given: Set<Identifier> = []
    /// The file includes others, which may give variables values.
    let hasIncludes: Bool

    private struct Scope {
        /// Names are those of the code around.
        var isOpen = false
        /// Names that are the outermost code's, and those that are not.
        var outermost: Set<Identifier> = []
        var own: Set<Identifier> = []
    }

    init(hasIncludes: Bool) { self.hasIncludes = hasIncludes }

    /// A function begins; an arrow function has the variables around it.
    mutating func enter(isArrow: Bool) { scopes.append(Scope(isOpen: isArrow && scopes.last?.isOpen == true)) }

    mutating func leave() { if scopes.count > 1 { scopes.removeLast() } }

    /// `global $name`, or `use ($name)` of what is the outermost code's.
    mutating func setOutermost(_ name: Identifier) { scopes[scopes.count - 1].outermost.insert(name) }

    /// A parameter.
    mutating func setOwn(_ name: Identifier) { scopes[scopes.count - 1].own.insert(name) }

    func isOutermost(_ name: Identifier) -> Bool {
        guard let scope = scopes.last else { return true }
        return scope.outermost.contains(name) || (scope.isOpen && !scope.own.contains(name))
    }

    /// What a variable is known by, and whether other files know it.
    ///
    /// A variable that nothing in the file gives a value is known to nobody, unless the file includes others.
    mutating func identity(_ name: Identifier, isGiven: Bool) -> (name: Identifier, isShared: Bool) {
        guard isOutermost(name) else { return (name, false) }
        if isGiven { given.insert(name) }
        let isNamed = scopes.last?.outermost.contains(name) == true
        guard isNamed || hasIncludes || given.contains(name) else { return (.none, false) }
        return (Identifier(hash: (name.hash ^ 0x5851_F42D_4C95_7F2D) | 1), true)
    }
}

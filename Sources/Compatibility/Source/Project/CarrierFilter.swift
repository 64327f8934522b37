/// Tells whether a file can come by a client by the names that are in it.
struct CarrierFilter: Sendable {
    /// The names of clients, and of what gives them.
    private let direct: Set<Identifier>
    /// Those among them that say little if many files have them: what a language calls its constructors.
    private let weak: Set<Identifier>
    /// The names of objects that have a client somewhere, and those that are asked for.
    private let indirect: Set<Identifier>
    private let demanded: Set<Identifier>
    private let all: NameFilter

    /// Methods that nothing but a client of Redis has, and what several files call such on, without capitals and signs.
    private let telling: NameFilter

    init(
        direct: Set<Identifier>, weak: Set<Identifier>, indirect: Set<Identifier>, demanded: Set<Identifier>,
        telling: NameFilter
    ) {
        self.direct = direct
        self.weak = weak
        self.indirect = indirect
        self.demanded = demanded
        self.telling = telling
        all = NameFilter(direct.union(indirect).union(demanded))
    }

    /// The names among which files can be told by others than these.
    func without(_ common: Set<Identifier>) -> CarrierFilter {
        CarrierFilter(
            direct: direct.subtracting(weak.intersection(common)), weak: weak.subtracting(common),
            indirect: indirect.subtracting(common), demanded: demanded.subtracting(common), telling: telling)
    }

    /// The names which a file has of those that may be too common.
    func doubtful(in bytes: UnsafeRawBufferPointer) -> Set<Identifier> {
        var found: Set<Identifier> = []
        all.words(in: bytes) { name in
            if indirect.contains(name) || demanded.contains(name) || weak.contains(name) { found.insert(name) }
            return true
        }
        return found
    }

    /// - Parameter path: a module of that name may be asked for.
    func matches(_ bytes: UnsafeRawBufferPointer, path: String) -> Bool {
        let (folder, stem) = ModuleFinder.parts(of: path)
        var isDemanded =
            demanded.contains(Identifier(stem)) || demanded.contains(Identifier(ModuleFinder.parts(of: folder).stem))
        var (isDirect, isIndirect) = (false, false)
        all.words(in: bytes) { name in
            isDirect = direct.contains(name)
            isIndirect = isIndirect || indirect.contains(name)
            isDemanded = isDemanded || demanded.contains(name)
            return !isDirect && !(isIndirect && isDemanded)
        }
        return isDirect || (isIndirect && isDemanded) || (!direct.isEmpty && telling.isIn(bytes))
    }
}

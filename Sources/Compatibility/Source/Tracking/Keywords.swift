/// The words that the tracker tells apart, as symbols.
struct Keywords {
    let imports, from, using, use, require, alias: Symbol
    let loop, foreach, async, global: Symbol
    let returning, new, awaiting, getattr, package, namespace, end, block, mapping: Symbol
    /// The object that a method belongs to.
    let receivers: SymbolSet
    /// Ruby's methods that make methods which give a field's value.
    let readers: SymbolSet
    /// `def`, `func`, `function`, `fun`, `fn`.
    let functions: SymbolSet
    /// `class`, `struct`, `interface` and their like.
    let classes: SymbolSet
    /// Before a declaration, and no type.
    let modifiers: SymbolSet
    /// A new variable of the innermost block.
    let declarations: SymbolSet
    /// Before a parenthesis, and no function; after a variable, and no argument.
    let controls: SymbolSet
    /// Types that hold one of another type.
    let wrappers: SymbolSet
    /// Operators between operands, either of which the whole may be.
    let alternatives: SymbolSet
    let truths, falsehoods, nothings: SymbolSet
    /// What begins a line of Go that declares no field.
    let goStarts: SymbolSet
    /// Between a loop's variable and what it runs over.
    let iterations: Set<String> = ["in", "of"]
    /// An option of this name chooses a database.
    let databases: SymbolSet

    init(_ symbols: inout SymbolTable) {
        func one(_ text: String) -> Symbol { symbols.symbol(text) }
        func many(_ text: String) -> SymbolSet {
            var set = SymbolSet()
            for word in text.split(separator: " ") { set.insert(symbols.symbol(String(word))) }
            return set
        }
        imports = one("import")
        from = one("from")
        using = one("using")
        use = one("use")
        require = one("require")
        alias = one("as")
        loop = one("for")
        foreach = one("foreach")
        async = one("async")
        global = one("global")
        goStarts = many(
            "type package case range import struct interface map chan var const return func if for go defer switch select else"
        )
        returning = one("return")
        new = one("new")
        awaiting = one("await")
        getattr = one("getattr")
        package = one("package")
        namespace = one("namespace")
        end = one("end")
        block = one("do")
        mapping = one("mapping")
        receivers = many("self this cls static parent super")
        readers = many("attr_reader attr_accessor")
        functions = many("def func function fun fn")
        classes = many("class struct interface object trait enum record module")
        modifiers = many(
            """
            public private protected internal static final readonly abstract override lateinit export default async \
            volatile transient synchronized sealed virtual extern unsafe open partial const let var val required global \
            local declare inject
            """)
        declarations = many("let const var val")
        controls = many(
            """
            if else elif elsif unless for foreach while until switch match case catch except try finally using lock \
            synchronized with return throw raise yield in of is and or not do then end rescue ensure begin when where \
            typeof instanceof assert defer go select print puts echo new await delete del pass
            """)
        wrappers = many(
            """
            Lazy Task ValueTask Optional Promise Provider ObjectProvider Annotated Final ClassVar Awaitable Awaited \
            AsyncLazy NonNullable Readonly Mono AsyncGenerator Generator Iterator
            """)
        alternatives = many("or if else await as")
        truths = many("True true")
        falsehoods = many("False false")
        nothings = many("None null nil undefined default")
        databases = many("db DB Db database Database dbIndex DefaultDatabase defaultDatabase database_index")
    }
}

/// Members' names that mean the same in many languages.
enum MemberNames {
    /// What a module exports as a whole.
    static let standard = Identifier("default")
    /// What an object has the members of, too.
    static let base = Identifier("<base>")
    /// The objects of classes that a class is mixed into.
    static let includer = Identifier("<includer>")
    /// The member that only a variable names.
    static let named = Identifier("<named>")
    /// What a command line between marks is given to.
    static let shell = Identifier("`")
    /// What makes a class's objects.
    static let constructor = Identifier("<new>")

    /// Members that call the function that they are taken of.
    static let calling = set([
        "call", "apply", "invoke", "accept", "test", "run", "get", "Invoke", "__call__", "__invoke", "bind", "execute",
        "doInRedis", "yield", "callAsFunction",
    ])

    /// Members that give the object to a function.
    static let passing = set([
        "use", "let", "also", "apply", "run", "tap", "then", "with", "Let", "pipe", "ifPresent", "ifPresentOrElse",
        "thenAccept", "thenApply", "thenCompose", "whenComplete", "doOnNext", "peek", "map", "flatMap", "filter",
        "first", "last", "single", "toList", "forEach",
        "stream", "takeIf", "takeUnless", "orElse", "orElseGet",
    ])

    /// Members of what holds one value, and what waits for one: `Lazy.Value`, `task.Result`, `mono.block()`.
    static let unwrapping = set([
        "Value", "Result", "ConfigureAwait", "GetAwaiter", "GetResult", "AsTask", "WaitAsync", "block", "join",
        "orElseThrow", "toFuture", "toCompletableFuture", "getNow", "awaitSingle", "blockingGet", "unwrap",
        "getOrThrow",
        "await", "asDeferred", "awaitFirst", "awaitSingleOrNull", "getOrNull", "value",
    ])

    /// Members of what passes itself to a function, that give what the function gives.
    static let transforming = set(["use", "let", "run", "then", "with", "Let", "pipe", "thenApply", "thenCompose"])

    /// Members that give what a function gives for each element.
    static let mapping = set(["map", "Select", "SelectMany", "flatMap", "mapNotNull", "mapTo", "collect", "flat_map"])

    /// The parameter of a closure that names none.
    static let implicit = Identifier("it")

    /// What the tables call an element.
    static let element = Identifier("[]")

    static let with = Identifier("with")
    static let copy = Identifier("copy")

    /// What is constructed with a function that is told the value.
    static let promise = Identifier("Promise")

    /// Functions and members that run a function, and give what it gives; as members, on the object itself.
    static let running = set([
        "with", "run", "apply", "lazy", "runBlocking", "withContext", "coroutineScope", "supervisorScope",
        "synchronized",
        "runCatching", "async",
    ])

    /// Functions that make a collection.
    static let collecting = set([
        "dict", "list", "set", "tuple", "frozenset", "defaultdict", "mapOf", "listOf", "setOf", "mutableMapOf",
        "mutableListOf", "arrayOf", "hashMapOf", "mutableSetOf", "listOfNotNull", "sequenceOf", "linkedMapOf", "sorted",
        "reversed", "enumerate", "iter", "array_values", "append",
    ])

    /// Members of a collection that give no element.
    static let ofKeys = set([
        "keys", "keySet", "Keys", "size", "length", "count", "Count", "Length", "len", "join", "index", "indexOf",
        "sort",
        "contains", "containsKey", "has", "includes", "isEmpty", "info", "type", "time", "append", "add", "clear",
    ])

    private static func set(_ names: [String]) -> Set<Identifier> { Set(names.map(Identifier.init)) }
}

/// The variables that are in sight, innermost last.
struct FlowScopes {
    struct Variable {
        let name: Identifier
        var value: ValueID
        /// How many functions and blocks are around its declaration.
        let functionDepth: Int32
        let blockDepth: Int32
        /// The innermost block around its declaration that may not be run.
        let condition: Int32
        /// What it is to functions inside or outside of its own; 0 as long as none names it.
        var entity: UInt64
        /// The variable of that name that it hides, or -1.
        let hidden: Int32
        /// It is a string or a list that nothing was put into so far.
        var isEmpty = false
    }

    private(set) var variables: [Variable] = []
    private var latest: [Identifier: Int32] = [:]
    /// Where the variables of each block and function begin.
    private var starts: [Int] = [0]
    /// For each function around, its block depth.
    private(set) var functions: [Int32] = [0]

    var functionDepth: Int32 { Int32(functions.count - 1) }
    var blockDepth: Int32 { Int32(starts.count - 1) + conditions }
    /// How many blocks are around that may not be run, and have no variables of their own.
    private(set) var conditions: Int32 = 0
    /// The innermost of them; 0 if there is none.
    private(set) var condition: Int32 = 0
    /// For each such block of the file, by its number, the one around it.
    private var conditionsAround: [Int32] = [0]
    /// What variables hold besides, once a block is left in which they were given another value.
    private var kept: [(condition: Int32, variable: Int, value: ValueID)] = []

    mutating func enterCondition() {
        conditions += 1
        conditionsAround.append(condition)
        condition = Int32(conditionsAround.count - 1)
    }

    /// Leaves a block that may not be run; the variables that may still have the value from before it.
    mutating func leaveCondition() -> [(variable: Int, value: ValueID)] {
        var before: [(variable: Int, value: ValueID)] = []
        while let last = kept.last, last.condition == condition {
            kept.removeLast()
            if last.variable < variables.count { before.append((last.variable, last.value)) }
        }
        conditions -= 1
        condition = conditionsAround[Int(condition)]
        return before
    }

    /// Once the present block is left, the variable may have its present value, too.
    mutating func keepValue(of index: Int) {
        guard !kept.contains(where: { $0.condition == condition && $0.variable == index }) else { return }
        kept.append((condition, index, variables[index].value))
    }

    /// The variable was declared in a block that is not around, and is not in the present one: `if … else …`.
    func isOfSibling(_ variable: Variable) -> Bool {
        var around = variable.condition
        while around > condition { around = conditionsAround[Int(around)] }
        return around != condition
    }

    mutating func push() { starts.append(variables.count) }

    mutating func pushFunction() {
        push()
        functions.append(blockDepth)
    }

    mutating func pop() {
        guard starts.count > 1, let start = starts.popLast() else { return }
        while variables.count > start, let variable = variables.popLast() {
            latest[variable.name] = variable.hidden < 0 ? nil : variable.hidden
        }
    }

    mutating func popFunction() {
        if functions.count > 1 { functions.removeLast() }
        pop()
    }

    /// The index of the variable of a name that is in sight.
    func find(_ name: Identifier) -> Int? { latest[name].map(Int.init) }

    subscript(index: Int) -> Variable {
        get { variables[index] }
        set { variables[index] = newValue }
    }

    /// Declares a variable in the innermost block.
    mutating func declare(_ name: Identifier, _ value: ValueID, entity: UInt64 = 0) {
        let hidden = latest[name] ?? -1
        variables.append(
            Variable(
                name: name, value: value, functionDepth: functionDepth, blockDepth: blockDepth, condition: condition,
                entity: entity, hidden: hidden))
        latest[name] = Int32(variables.count - 1)
    }
}

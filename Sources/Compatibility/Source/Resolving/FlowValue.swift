/// What an expression of a program is, as far as clients go: one thing that is known, or how it comes from other values.
///
/// Equal values are one: a ``ValueTable`` gives each a number.
struct FlowValue: Equatable, BitwiseCopyable {
    var kind: Kind
    /// Other values, types of the client tables, or small numbers.
    var a: Int32 = 0
    var b: Int32 = 0
    /// What it is of: a class, a function, an entity, by the key that all files agree on.
    var key: UInt64 = 0
    var name = Identifier.none
    /// The name as commands are compared with methods; none of a member that can only be a field.
    var plain = Identifier.none

    /// A hash that is quick to compute; names are hashes already.
    var quickHash: UInt32 {
        let numbers = UInt64(UInt32(bitPattern: a)) | UInt64(UInt32(bitPattern: b)) << 32
        return Numbering.hash(
            numbers &+ UInt64(kind.rawValue) << 56, key ^ name.hash &* 0x9E37_79B9_7F4A_7C15 ^ plain.hash)
    }

    /// Known, and of a client.
    var isOfClient: Bool {
        switch kind {
        case .client, .clientClass, .clientFunction, .clientMember: true
        default: false
        }
    }

    enum Kind: UInt8 {
        /// Nothing is known.
        case unknown
        /// Known, and nothing that leads to a client.
        case other
        // Things that are known; a value is a set of these.

        /// An object of the client type `a`.
        case client
        /// The class whose objects have the client type `a`, or a function of the library that makes one.
        case clientClass, clientFunction
        /// A library's module `a`; `b` is 1 for something in it that no table knows.
        case library
        /// The method `name` of the client type `a`; `b` is 1 on the class.
        case clientMember
        /// The object itself, to whatever function it is given: `use`, `also`, `then`. The value is `a`; `b` is 1 where the
        /// function is run on it.
        case passing
        /// A string that is a command's name: `plain`.
        case text
        /// An object of the project's class `key`, or the class.
        case instance, classObject
        /// The project's function `key`.
        case function
        /// What a file exports: that of the variables' scope `key`.
        case module
        /// A collection whose elements are `a`; a method of one that gives an element. Of a function's type: what it is
        /// called with; `b` is 1 where it is run on that.
        case elements, elementAccess
        /// The value `a`, and then those of `b`.
        case tuple

        // How a value comes from others.

        /// What the variable, field, parameter or result `key` holds.
        case entity
        /// What the name `name` means in the file whose scope is `key`; `a` where nothing declares it.
        case global
        /// What a library of the file's language exports under the name `name`; `key` is the file's scope.
        case libraryNamed
        /// What is imported from the module `a` of the file's list, named `name`.
        case imported
        /// The member `name` of `a`.
        case member
        /// The member of `a` that is named like the command `b`.
        case memberByName
        /// What a call of `a` gives, with a block if `b` is 1; an element of `a`; an object of the class or type `a`.
        case result, element, made
        /// `a` or `b`.
        case choice
        /// The part of a number `b` of `a`, as `x, y = a` takes apart.
        case part
    }
}

extension FlowValue {
    /// A class, function or object that a library exports.
    init(_ export: ClientTable.Export) {
        let kind: Kind =
            switch export.kind {
            case .type: .clientClass
            case .function: .clientFunction
            case .object: .client
            }
        self.init(kind: kind, a: Int32(export.type))
    }
}

/// The number of a value in its table.
typealias ValueID = Int32

/// Values by number, each once.
struct ValueTable {
    /// The values that are there already, with numbers below those of this table.
    let base: SolvedValues?
    private let first: Int32
    private(set) var own: [FlowValue] = []
    private(set) var numbering = Numbering()

    static let unknown: ValueID = 0
    static let other: ValueID = 1

    init(base: SolvedValues? = nil) {
        self.base = base
        first = Int32(base?.values.count ?? 0)
        if base == nil {
            _ = id(of: FlowValue(kind: .unknown))
            _ = id(of: FlowValue(kind: .other))
        }
    }

    var count: Int { Int(first) + own.count }

    subscript(id: ValueID) -> FlowValue {
        if id < first, let base { return base.values[Int(id)] }
        return own[Int(id - first)]
    }

    /// The number of a value; a new one if it is not there.
    mutating func id(of value: FlowValue) -> ValueID {
        let hash = value.quickHash
        if let base, let known = base.numbering.number(hash: hash, where: { base.values[Int($0)] == value }) {
            return known
        }
        if let known = numbering.number(hash: hash, where: { own[Int($0 - first)] == value }) { return known }
        let id = first + Int32(own.count)
        own.append(value)
        numbering.insert(id, hash: hash)
        return id
    }

    /// No value is added any more: what finds their numbers is let go.
    mutating func finish() {
        own = own.withUnsafeBufferPointer { Array($0) }
        numbering = Numbering()
    }

    /// Nothing can come of the value.
    func isDead(_ id: ValueID) -> Bool { id == Self.unknown || id == Self.other }

    /// `a` or `b`.
    mutating func choice(_ a: ValueID, _ b: ValueID) -> ValueID {
        if a == b || isDead(b) { return isDead(a) && b == Self.other ? b : a }
        if isDead(a) { return b }
        return id(of: FlowValue(kind: .choice, a: min(a, b), b: max(a, b)))
    }

    /// A value that comes from one other; unknown if that is.
    mutating func derived(_ kind: FlowValue.Kind, _ a: ValueID, _ b: Int32 = 0) -> ValueID {
        a == Self.unknown ? a : id(of: FlowValue(kind: kind, a: a, b: b))
    }
}

/// Values that are found out, for all threads to read.
final class SolvedValues: Sendable {
    let values: [FlowValue]
    let numbering: Numbering

    init(_ table: ValueTable) {
        values = table.own
        numbering = table.numbering
    }
}

/// The keys by which all files agree on what they speak of.
enum EntityKey {
    enum Kind: UInt64 {
        case variable = 1
        case classDeclaration, field, bases, function, result, parameter, namedParameter, local, anonymous, elements
    }

    /// The key of what has a name in a scope.
    @inline(__always)
    static func of(_ kind: Kind, in scope: UInt64, _ name: Identifier = .none) -> UInt64 {
        mixed(scope ^ kind.rawValue &* 0x9E37_79B9_7F4A_7C15, name.hash)
    }

    /// The key of a parameter by its number; that of the object that a closure is run on is -1.
    @inline(__always)
    static func parameter(_ number: Int, of function: UInt64) -> UInt64 {
        of(.parameter, in: function, Identifier(hash: UInt64(bitPattern: Int64(number))))
    }

    /// The key of the functions that extend the classes of a client type.
    static func extensions(ofClient type: Int32) -> UInt64 {
        of(.classDeclaration, in: UInt64(UInt32(bitPattern: type)) + 1, MemberNames.constructor)
    }

    @inline(__always)
    private static func mixed(_ a: UInt64, _ b: UInt64) -> UInt64 {
        let product = (a ^ 0xA076_1D64_78BD_642F).multipliedFullWidth(by: b ^ 0xE703_7ED1_A0B4_28DB)
        return (product.high ^ product.low) | 1
    }
}

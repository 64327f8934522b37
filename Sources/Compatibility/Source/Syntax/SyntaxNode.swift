/// One piece of a program, in the few kinds that say where values of clients come from and where they go.
///
/// What a language can express beyond these is read and left out, or is ``Kind/opaque``. Nodes lie in the flat array of a
/// ``SyntaxTree`` and name their first child and next sibling by index.
struct SyntaxNode: BitwiseCopyable {
    var kind: Kind
    var flags: Flags = []
    /// The bytes of the file that it covers; of a literal string, what is between the quotes.
    var start: Int32
    var end: Int32
    /// Where its name is written, -1 where it has none.
    var nameStart: Int32 = -1
    var nameEnd: Int32 = -1
    var name: Identifier = .none
    var firstChild = NodeID.none
    var nextSibling = NodeID.none

    /// What a node is.
    ///
    /// The children are given in their order; `x?` may be missing, `x*` may come any number of times.
    enum Kind: UInt8, CaseIterable {
        /// What a file takes from another module: (literal path, name of what is taken?); its name is the name here.
        ///
        /// Without the second child it stands for the module. ``Flags/wildcard``: everything that the module exports.
        case imported
        /// A class, structure, interface, module or object that is declared: (type of a base*, then declarations*).
        ///
        /// ``Flags/extends``: its declarations belong to a type of that name, declared anywhere.
        case classDeclaration
        /// A function, method, closure or block: (parameter*, type of the result?, body).
        ///
        /// The body is a block, or an expression that is the result. A closure has no name.
        case function
        /// A parameter of a function: (type?, default value?).
        case parameter
        /// A value is given to something: (target, type?, value?).
        ///
        /// The target is a name, member, index or collection; as an expression it is the value.
        case bind
        /// The value that a function gives: (value*).
        case returned
        /// Statements in their order: (any*).
        case block

        /// A type where a value's type is written: (qualifier?, argument*). As an argument it is the class itself.
        ///
        /// ``Flags/qualified``: the first child is the name, member or type before the last dot.
        case type
        /// A name as an expression: (name that it means where nothing declares this one?).
        case name
        /// A member of an object: (object). Its name is the member's.
        case member
        /// An element: (object, key*).
        ///
        /// ``Flags/parent``: the class around has all members of the object too.
        case index
        /// A call: (what is called, argument*).
        case call
        /// A construction: (type or expression, argument*, classDeclaration of an anonymous subclass?).
        case new
        /// An argument that is more than an expression: (value). Its name is the parameter's.
        ///
        /// ``Flags/spread``: it stands for several.
        case argument
        /// A number, string, truth or nothing.
        case literal
        /// A string with code in it: (literal part or expression*).
        case interpolation
        /// A list, tuple or map: (element or pair*).
        case collection
        /// A key and a value of a map: (key, value).
        case pair
        /// One of several values: (value*), as of `a or b` and `c ? a : b`.
        case choice
        /// Strings put together: (value*).
        case concatenation
        /// A value taken for one of a type: (type, value).
        case cast
        /// An expression whose value does not matter: (expression*).
        case opaque
    }

    struct Flags: OptionSet, BitwiseCopyable {
        let rawValue: UInt32

        // Of declarations.
        /// The bind makes a new variable of its block.
        static let declares = Flags(rawValue: 1 << 0)
        /// The bind or parameter is a field of the class around.
        static let field = Flags(rawValue: 1 << 1)
        /// The class's declarations belong to a type declared elsewhere.
        ///
        /// Of a base: it is mixed in, so that its methods have the members of the class, too.
        static let extends = Flags(rawValue: 1 << 2)
        /// The parameter is the object that the method is called on; the member is one of the objects of a class that is
        /// named in their place, as in `Type::method`.
        static let receiver = Flags(rawValue: 1 << 3)
        /// The function is called by its mention alone, as a property.
        static let property = Flags(rawValue: 1 << 4)
        /// The function makes the objects of its class.
        static let constructor = Flags(rawValue: 1 << 5)
        /// The function is an argument behind the parentheses of a call, as a block; a parameter that takes it.
        static let trailing = Flags(rawValue: 1 << 6)
        /// The value is one of several, as in a loop: the target gets the elements.
        static let element = Flags(rawValue: 1 << 7)
        /// The import takes all names.
        static let wildcard = Flags(rawValue: 1 << 8)
        /// A member of the class itself, not of its objects.
        static let isStatic = Flags(rawValue: 1 << 9)
        /// The last of the function's statements is its result.
        static let lastIsResult = Flags(rawValue: 1 << 10)
        /// The name means that of the file or of the function around (`global x`, `nonlocal x`).
        ///
        /// Of an opaque node: its name is what importers call the file's folder.
        static let outer = Flags(rawValue: 1 << 11)
        /// The first parameter of the function, if it has one, is the receiver; a Python method's `self`.
        ///
        /// Of a member that is called: the object is the first argument.
        static let method = Flags(rawValue: 1 << 12)
        /// The block is one of its own for variables.
        static let scope = Flags(rawValue: 1 << 13)

        // Of expressions.
        /// The first child of the type stands before its last dot.
        static let qualified = Flags(rawValue: 1 << 14)
        /// The type or collection is of elements: an array, a list.
        static let elements = Flags(rawValue: 1 << 15)
        /// The collection has names or keys.
        ///
        /// Of a bind: the value is put behind what the target holds.
        static let map = Flags(rawValue: 1 << 16)
        /// The collection's elements are each of its own type.
        static let tuple = Flags(rawValue: 1 << 17)
        /// The number of elements is not shown.
        static let comprehension = Flags(rawValue: 1 << 18)
        /// The argument stands for several.
        static let spread = Flags(rawValue: 1 << 19)
        static let string = Flags(rawValue: 1 << 20)
        static let number = Flags(rawValue: 1 << 21)
        static let yes = Flags(rawValue: 1 << 22)
        static let no = Flags(rawValue: 1 << 23)
        static let nothing = Flags(rawValue: 1 << 24)
        /// The string has no escapes.
        static let raw = Flags(rawValue: 1 << 25)
        /// In the string a quote and a backslash can be escaped, nothing else.
        static let quoteEscapes = Flags(rawValue: 1 << 26)
        /// The type is that of a function: (argument types*); the closure's parameters have these.
        static let callable = Flags(rawValue: 1 << 27)
        /// The name stands for the object as one of its superclass.
        static let parent = Flags(rawValue: 1 << 28)
        /// The name stands for the object that the method is called on: `this`, `self`.
        static let itself = Flags(rawValue: 1 << 29)
        /// The variable is known in the whole project, wherever it is given a value; the collection is of the names of
        /// such.
        static let shared = Flags(rawValue: 1 << 30)
        /// The type is written in a comment, where names need no import.
        static let documented = Flags(rawValue: 1 << 31)
    }
}

/// The index of a node in its tree.
struct NodeID: Hashable, BitwiseCopyable {
    let index: Int32
    static let none = NodeID(index: -1)
    var isNone: Bool { index < 0 }
}

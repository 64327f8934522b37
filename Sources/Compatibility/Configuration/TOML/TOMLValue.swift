/// A value of a TOML document (TOML 1.0.0) and the line it begins on.
package struct TOMLValue {
    package var content: Content
    /// From 1.
    package var line: Int

    package enum Content {
        case string(String)
        case integer(Int)
        case boolean(Bool)
        case array([TOMLValue])
        case table(TOMLTable)
    }

    /// What kind of value it is, with its article.
    package var kind: String {
        switch content {
        case .string: "a string"
        case .integer: "a number"
        case .boolean: "true or false"
        case .array: "a list"
        case .table: "a table"
        }
    }
}

/// A table: its members in the order of the document.
package struct TOMLTable {
    package typealias Member = (key: String, value: TOMLValue)

    package private(set) var members: [Member] = []
    private var places: [String: Int] = [:]
    /// Whether a header has named it, which no second one may.
    var hasHeader = false
    /// Whether it is complete: an inline table takes nothing from elsewhere.
    var isComplete = false

    package subscript(key: String) -> TOMLValue? { places[key].map { members[$0].value } }

    /// Puts a value under a path of keys; the tables on the way are made.
    mutating func insert(_ value: TOMLValue, at path: ArraySlice<String>) throws(TOMLError) {
        guard let key = path.first else { return }
        let rest = path.dropFirst()
        guard let place = places[key] else {
            places[key] = members.count
            var value = value
            if !rest.isEmpty {
                var table = TOMLTable()
                try table.insert(value, at: rest)
                value.content = .table(table)
            }
            members.append((key, value))
            return
        }
        guard !rest.isEmpty, case .table(var table) = members[place].value.content, !table.isComplete else {
            throw TOMLError(
                line: value.line, message: "'\(key)' has a value already, on line \(members[place].value.line)")
        }
        try table.insert(value, at: rest)
        members[place].value.content = .table(table)
    }

    /// Opens the table that a header names, in the last element of each list of tables on the way.
    ///
    /// - Parameter isElement: whether the header is `[[…]]`, which adds an element to a list.
    mutating func open(_ path: ArraySlice<String>, isElement: Bool, line: Int) throws(TOMLError) {
        guard let key = path.first else { return }
        if places[key] == nil {
            places[key] = members.count
            let isList = isElement && path.count == 1
            members.append((key, TOMLValue(content: isList ? .array([]) : .table(TOMLTable()), line: line)))
        }
        guard let place = places[key] else { return }
        try Self.open(&members[place].value, key, path.dropFirst(), isElement: isElement, line: line)
    }

    private static func open(
        _ value: inout TOMLValue, _ key: String, _ rest: ArraySlice<String>, isElement: Bool, line: Int
    ) throws(TOMLError) {
        switch value.content {
        case .array(var elements) where isElement && rest.isEmpty:
            elements.append(TOMLValue(content: .table(TOMLTable()), line: line))
            value.content = .array(elements)
        case .array(var elements) where !rest.isEmpty && !elements.isEmpty:
            let last = elements.count - 1
            guard case .table(var table) = elements[last].content else { break }
            try table.open(rest, isElement: isElement, line: line)
            elements[last].content = .table(table)
            value.content = .array(elements)
            return
        case .table(var table) where !table.isComplete && !(rest.isEmpty && (isElement || table.hasHeader)):
            if rest.isEmpty { table.hasHeader = true }
            try table.open(rest, isElement: isElement, line: line)
            value.content = .table(table)
        default:
            throw TOMLError(line: line, message: "'\(key)' has a value already, on line \(value.line)")
        }
    }

    /// Puts a value below the table that a header has opened.
    mutating func insert(
        _ value: TOMLValue, at path: ArraySlice<String>, below header: ArraySlice<String>
    ) throws(TOMLError) {
        guard let key = header.first, let place = places[key] else { return try insert(value, at: path) }
        let rest = header.dropFirst()
        switch members[place].value.content {
        case .table(var table):
            try table.insert(value, at: path, below: rest)
            members[place].value.content = .table(table)
        case .array(var elements):
            guard let last = elements.indices.last, case .table(var table) = elements[last].content else { return }
            try table.insert(value, at: path, below: rest)
            elements[last].content = .table(table)
            members[place].value.content = .array(elements)
        case .string, .integer, .boolean: return
        }
    }
}

/// Why a document is not TOML, or not what was asked for.
package struct TOMLError: Error, Hashable {
    /// From 1.
    package var line: Int
    /// One sentence without a full stop.
    package var message: String

    package init(line: Int, message: String) {
        self.line = line
        self.message = message
    }
}

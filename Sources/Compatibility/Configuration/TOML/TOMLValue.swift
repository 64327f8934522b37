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

    /// Whether it is a table that takes members from elsewhere.
    fileprivate var isOpenTable: Bool {
        if case .table(let table) = content { !table.isComplete } else { false }
    }

    /// Whether it is a table that a header has named.
    fileprivate var hasHeader: Bool {
        if case .table(let table) = content { table.hasHeader } else { false }
    }

    fileprivate var isList: Bool {
        if case .array = content { true } else { false }
    }

    /// Whether it is no list that has a last element.
    fileprivate var isEmptyList: Bool {
        if case .array(let elements) = content { elements.isEmpty } else { true }
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

extension TOMLValue {
    /// Changes the table that it is; false where it is none.
    ///
    /// The table is nowhere else meanwhile, so that it is not copied for each of its members.
    fileprivate mutating func changeTable(
        _ body: (inout TOMLTable) throws(TOMLError) -> Void
    ) throws(TOMLError) -> Bool {
        guard case .table(var table) = content else { return false }
        content = .boolean(false)
        defer { content = .table(table) }
        try body(&table)
        return true
    }

    /// The same of the list that it is.
    fileprivate mutating func changeList(
        _ body: (inout [TOMLValue]) throws(TOMLError) -> Void
    ) throws(TOMLError) {
        guard case .array(var elements) = content else { return }
        content = .boolean(false)
        defer { content = .array(elements) }
        try body(&elements)
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
        guard !rest.isEmpty, members[place].value.isOpenTable else {
            throw TOMLError(
                line: value.line, message: "'\(key)' has a value already, on line \(members[place].value.line)")
        }
        _ = try members[place].value.changeTable { table throws(TOMLError) in try table.insert(value, at: rest) }
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
        let isOpened =
            rest.isEmpty
            ? isElement ? value.isList : value.isOpenTable && !value.hasHeader
            : value.isOpenTable || !value.isEmptyList
        guard isOpened else {
            throw TOMLError(line: line, message: "'\(key)' has a value already, on line \(value.line)")
        }
        let isTable = try value.changeTable { table throws(TOMLError) in
            if rest.isEmpty { table.hasHeader = true }
            try table.open(rest, isElement: isElement, line: line)
        }
        if isTable { return }
        try value.changeList { elements throws(TOMLError) in
            if rest.isEmpty { return elements.append(TOMLValue(content: .table(TOMLTable()), line: line)) }
            _ = try elements[elements.count - 1].changeTable { table throws(TOMLError) in
                try table.open(rest, isElement: isElement, line: line)
            }
        }
    }

    /// Puts a value below the table that a header has opened.
    mutating func insert(
        _ value: TOMLValue, at path: ArraySlice<String>, below header: ArraySlice<String>
    ) throws(TOMLError) {
        guard let key = header.first, let place = places[key] else { return try insert(value, at: path) }
        let rest = header.dropFirst()
        let isTable = try members[place].value.changeTable { table throws(TOMLError) in
            try table.insert(value, at: path, below: rest)
        }
        if isTable { return }
        try members[place].value.changeList { elements throws(TOMLError) in
            guard let last = elements.indices.last else { return }
            _ = try elements[last].changeTable { table throws(TOMLError) in
                try table.insert(value, at: path, below: rest)
            }
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

import WireFormats

/// A report that goes over the admin socket as names and values: each field is said once, its name and where it is kept.
protocol AdminRecord {
    init()
    /// The fields in the order in which they are sent.
    static var layout: [AdminField<Self>] { get }
}

extension AdminRecord {
    /// The report that fields tell; one that is missing counts as 0, empty or nil.
    init(_ fields: AdminFields) {
        self.init()
        for field in Self.layout { field.read(fields, &self) }
    }

    /// The report as fields.
    var fields: AdminFields {
        var fields = AdminFields()
        for field in Self.layout { field.write(self, &fields) }
        return fields
    }
}

/// One field of a report: how it is read and how it is written.
struct AdminField<Record> {
    let read: (AdminFields, inout Record) -> Void
    let write: (Record, inout AdminFields) -> Void
}

// MARK: - By the kind of value

extension AdminField {
    init(_ name: String, _ path: WritableKeyPath<Record, Int>) {
        read = { $1[keyPath: path] = $0.integer(name) }
        write = { $1.add(name, $0[keyPath: path]) }
    }

    init(_ name: String, _ path: WritableKeyPath<Record, Int?>) {
        read = { $1[keyPath: path] = $0[name] == nil ? nil : $0.integer(name) }
        write = { if let number = $0[keyPath: path] { $1.add(name, number) } }
    }

    init(_ name: String, _ path: WritableKeyPath<Record, Bool>) {
        read = { $1[keyPath: path] = $0.integer(name) != 0 }
        write = { $1.add(name, $0[keyPath: path]) }
    }

    init(_ name: String, _ path: WritableKeyPath<Record, String>) {
        read = { $1[keyPath: path] = $0.text(name) ?? "" }
        write = { $1.add(name, $0[keyPath: path]) }
    }

    init(_ name: String, _ path: WritableKeyPath<Record, String?>) {
        read = { $1[keyPath: path] = $0.text(name) }
        write = { $1.add(name, ifAny: $0[keyPath: path]) }
    }

    init(_ name: String, _ path: WritableKeyPath<Record, [UInt8]>) {
        read = { $1[keyPath: path] = $0.bytes(name) ?? [] }
        write = { $1.add(name, bytes: $0[keyPath: path]) }
    }

    init(_ name: String, _ path: WritableKeyPath<Record, [UInt8]?>) {
        read = { $1[keyPath: path] = $0.bytes(name) }
        write = { if let bytes = $0[keyPath: path] { $1.add(name, bytes: bytes) } }
    }

    /// A value that is sent as a text of its own.
    init<Value>(
        _ name: String, _ path: WritableKeyPath<Record, Value>, text: @escaping (Value) -> String,
        parse: @escaping (String) -> Value
    ) {
        read = { $1[keyPath: path] = parse($0.text(name) ?? "") }
        write = { $1.add(name, text($0[keyPath: path])) }
    }

    /// Numbers that have names.
    init(
        counts name: String, get: @escaping (Record) -> [(String, Int)],
        set: @escaping (inout Record, [(String, Int)]) -> Void
    ) {
        read = { fields, record in
            guard let counts = fields[name].flatMap(AdminFields.init) else { return }
            set(&record, counts.pairs.map { ($0.name, counts.integer($0.name)) })
        }
        write = { record, fields in
            var counts = AdminFields()
            for (name, count) in get(record) { counts.add(name, count) }
            fields.add(name, counts.reply)
        }
    }

    /// Other reports.
    init<Part: AdminRecord>(list name: String, _ path: WritableKeyPath<Record, [Part]>) {
        read = { $1[keyPath: path] = $0.list(name).compactMap(AdminFields.init).map(Part.init) }
        write = { $1.add(name, $0[keyPath: path].map(\.fields.reply)) }
    }
}

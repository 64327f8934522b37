import WireFormats

/// A reply of the admin socket that can grow: an array of names and values in turn.
///
/// Who reads it looks for the names it knows and passes over the others.
struct AdminFields {
    private(set) var pairs: [(name: String, value: Reply)] = []

    init() {}

    /// The fields in a reply; nil where it is no array of names and values.
    init?(_ reply: Reply) {
        guard case .array(let elements) = reply, elements.count.isMultiple(of: 2) else { return nil }
        for index in stride(from: 0, to: elements.count, by: 2) {
            guard case .bulk(let name) = elements[index] else { return nil }
            pairs.append((String(decoding: name, as: UTF8.self), elements[index + 1]))
        }
    }

    /// The whole as a reply.
    var reply: Reply {
        .array(pairs.flatMap { [Reply.bulk(Array($0.name.utf8)), $0.value] })
    }

    subscript(name: String) -> Reply? { pairs.first { $0.name == name }?.value }
}

// MARK: - Writing

extension AdminFields {
    mutating func add(_ name: String, _ number: some BinaryInteger) {
        pairs.append((name, .integer(Int64(clamping: number))))
    }

    mutating func add(_ name: String, _ text: String) { pairs.append((name, .bulk(Array(text.utf8)))) }

    mutating func add(_ name: String, bytes: [UInt8]) { pairs.append((name, .bulk(bytes))) }

    mutating func add(_ name: String, _ truth: Bool) { pairs.append((name, .integer(truth ? 1 : 0))) }

    mutating func add(_ name: String, _ value: Reply) { pairs.append((name, value)) }

    mutating func add(_ name: String, _ list: [Reply]) { pairs.append((name, .array(list))) }

    mutating func add(_ name: String, ifAny text: String?) {
        if let text { add(name, text) }
    }
}

// MARK: - Reading: a field that is missing, or of another kind, counts as 0, empty or nil

extension AdminFields {
    func integer(_ name: String) -> Int {
        guard case .integer(let number)? = self[name] else { return 0 }
        return Int(number)
    }

    func bytes(_ name: String) -> [UInt8]? {
        guard case .bulk(let bytes)? = self[name] else { return nil }
        return bytes
    }

    func text(_ name: String) -> String? { bytes(name).map { String(decoding: $0, as: UTF8.self) } }

    func list(_ name: String) -> [Reply] {
        guard case .array(let list)? = self[name] else { return [] }
        return list
    }
}

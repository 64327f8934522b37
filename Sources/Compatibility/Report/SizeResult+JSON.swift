package import Presentation

extension SizeResult {
    /// Writes one JSON object; the members' names are promised.
    package func writeJSON(toolVersion: String, to sink: inout ByteSink) {
        sink.writeLine("{")
        sink.write("  \"tool\": ")
        JSON.object([("name", .string("clusterctl")), ("version", .string(toolVersion))]).write(to: &sink, indent: 1)
        write("violations", violations, \.json, to: &sink)
        write("unsupported", unkept, \.json, to: &sink)
        write("totals", totals, \.json, to: &sink)
        write("largest", largest, \.json, to: &sink)
        write("key_histogram", keyHistogram, \.json, to: &sink)
        write("value_histogram", valueHistogram, \.json, to: &sink)
        write("problems", summary.problems, \.json, to: &sink)
        write("inputs", summary.inputs, \.json, to: &sink)
        sink.write(",\n  \"expired_keys\": \(expiredKeys)")
        sink.write(",\n  \"cursor\": ")
        JSON.string(ifAny: cursor.map { String(decoding: $0, as: UTF8.self) }).write(to: &sink, indent: nil)
        sink.write(",\n  \"complete\": ")
        sink.writeLine(summary.isComplete ? "true\n}" : "false\n}")
    }

    private func write<Element>(
        _ name: String, _ elements: [Element], _ json: (Element) -> JSON, to sink: inout ByteSink
    ) {
        sink.write(",\n  \(JSON.quoted(name)): [")
        for (index, element) in elements.enumerated() {
            sink.write(index == 0 ? "\n    " : ",\n    ")
            json(element).naming(summary.pathBytes).write(to: &sink, indent: nil)
        }
        sink.write(elements.isEmpty ? "]" : "\n  ]")
    }
}

/// The members of a key: as redis-cli shows it, and its bytes, or null where a password is masked in it.
private func members(ofKey key: [UInt8]) -> [(name: String, value: JSON)] {
    let key = ShownKey(key)
    return [("key", .string(key.text)), ("key_base64", .string(ifAny: key.base64))]
}

extension SizeViolation {
    fileprivate var json: JSON {
        .object(
            [("rule", .string(rule.id)), ("name", .string(rule.name))] + members(ofKey: key) + [
                ("type", .string(type)), ("key_bytes", .integer(keyBytes)), ("value_bytes", .integer(valueBytes)),
                ("database", .integer(database)), ("limit", .integer(limit)),
                ("approximate", .boolean(isApproximate)),
            ] + location.jsonMembers)
    }
}

extension SizedKey {
    fileprivate var json: JSON {
        .object(
            members(ofKey: key) + [
                ("type", .string(type)), ("key_bytes", .integer(keyBytes)), ("value_bytes", .integer(valueBytes)),
                ("database", .integer(database)), ("expired", .boolean(hasExpired)),
            ])
    }
}

extension UnkeptKeys {
    fileprivate var json: JSON {
        .object(
            [
                ("rule", .string(data.rule.id)), ("name", .string(data.rule.name)), ("kind", .string(data.word)),
                ("message", .string(data.message(first.key))), ("count", .integer(count)),
            ] + members(ofKey: first.key) + [
                ("type", .string(first.type)), ("key_bytes", .integer(first.keyBytes)),
                ("value_bytes", .integer(first.valueBytes)), ("database", .integer(first.database)),
                ("examples", .array(examples.map { .object(members(ofKey: $0)) })),
            ] + first.location.jsonMembers)
    }
}

extension SizeTotal {
    fileprivate var json: JSON {
        .object([
            ("type", .string(type)), ("keys", .integer(keys)), ("key_bytes", .integer(keyBytes)),
            ("value_bytes", .integer(valueBytes)),
        ])
    }
}

extension SizeBucket {
    fileprivate var json: JSON { .object([("up_to", .integer(upperBound)), ("keys", .integer(keys))]) }
}

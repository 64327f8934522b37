/// The commands on the bits of a string; bit 0 is the highest of the first byte.
enum Bits {
    static func getbit(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        let offset = try bitOffset(call)
        guard let value = try Strings.value(of: call.key(at: 1)), offset / 8 < value.count else {
            return reply.append(boolean: false)
        }
        reply.append(boolean: value[offset / 8] & mask(offset) != 0)
    }

    static func setbit(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        let offset = try bitOffset(call)
        guard let bit = call.arguments[3].parsedInteger(), bit == 0 || bit == 1 else { throw .bitValue }
        let key = call.key(at: 1)
        let old = try key.slot(.string)?.pointee.valueCount ?? 0
        let count = max(old, offset / 8 + 1)
        try key.allow(payload: count, insteadOf: old)
        let byte = Strings.grown(key, to: count).pointee.valueStart + offset / 8
        let was = byte.pointee & mask(offset) != 0
        byte.pointee = bit == 1 ? byte.pointee | mask(offset) : byte.pointee & ~mask(offset)
        key.changed(payloadBy: count - old)
        reply.append(boolean: was)
    }

    private static func mask(_ offset: Int) -> UInt8 { 0x80 >> UInt8(offset & 7) }

    private static func bitOffset(_ call: Call) throws(ReplyError) -> Int {
        guard let offset = call.arguments[2].parsedInteger(), offset >= 0, offset / 8 < Strings.maximumCount else {
            throw .bitOffset
        }
        return Int(offset)
    }

    static func bitcount(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        guard let value = try Strings.value(of: call.key(at: 1)) else { return reply.append(integer: 0) }
        guard call.arguments.count != 2 else { return reply.append(integer: ones(in: value)) }
        guard call.arguments.count == 4 else { throw .syntax }
        let first = try call.integer(at: 2)
        let last = try call.integer(at: 3)
        guard let range = ByteRange.clamped(first: first, last: last, count: value.count) else {
            return reply.append(integer: 0)
        }
        reply.append(integer: ones(in: value.slice(range)))
    }

    private static func ones(in bytes: ByteView) -> Int {
        var count = 0
        var offset = 0
        while offset + 8 <= bytes.count {
            count += bytes.raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self).nonzeroBitCount
            offset += 8
        }
        while offset < bytes.count {
            count += bytes[offset].nonzeroBitCount
            offset += 1
        }
        return count
    }
}

// MARK: - BITOP

extension Bits {
    private enum Operation {
        case and, or, xor, not

        init(_ name: ByteView) throws(ReplyError) {
            if name.equalsIgnoringCase("and") {
                self = .and
            } else if name.equalsIgnoringCase("or") {
                self = .or
            } else if name.equalsIgnoringCase("xor") {
                self = .xor
            } else if name.equalsIgnoringCase("not") {
                self = .not
            } else {
                throw .syntax
            }
        }
    }

    static func bitop(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        let operation = try Operation(call.arguments[1])
        if operation == .not && call.arguments.count != 4 { throw .bitopNot }
        let sources = try BitSources(call, from: 3)
        let destination = call.key(at: 2)
        guard sources.longest > 0 else {
            destination.remove()
            return reply.append(integer: 0)
        }
        let old = destination.slot().map { StoredValue.payload(of: $0.pointee) } ?? 0
        try destination.allow(payload: sources.longest, insteadOf: old)
        let result = Record.make(form: .string, key: destination.bytes, valueCount: sources.longest)
        combine(operation, sources, into: UnsafeMutableBufferPointer(start: result.valueStart, count: sources.longest))
        destination.put(result, payload: sources.longest)
        reply.append(integer: sources.longest)
    }

    /// Combines the sources; a shorter one, and one that is not there, goes on with zero bytes.
    private static func combine(
        _ operation: Operation, _ sources: BitSources, into result: UnsafeMutableBufferPointer<UInt8>
    ) {
        result.update(repeating: 0)
        if operation == .and, sources.hasMissing { return }
        var isFirst = true
        for (value, times) in sources.values where operation != .xor || times % 2 == 1 {
            combine(isFirst ? nil : operation, value, into: result)
            if operation == .and { result[value.count...].update(repeating: 0) }
            isFirst = false
        }
        guard operation == .not else { return }
        for offset in result.indices { result[offset] = ~result[offset] }
    }

    /// Combines one source with what is there; without an operation, copies it.
    ///
    /// One loop an operation: the compiler makes each one of whole vectors.
    private static func combine(
        _ operation: Operation?, _ source: ByteView, into result: UnsafeMutableBufferPointer<UInt8>
    ) {
        guard let target = result.baseAddress else { return }
        precondition(source.count <= result.count)
        let bytes = source.start
        switch operation {
        case nil, .not: target.update(from: bytes, count: source.count)
        case .and: for offset in 0..<source.count { target[offset] &= bytes[offset] }
        case .or: for offset in 0..<source.count { target[offset] |= bytes[offset] }
        case .xor: for offset in 0..<source.count { target[offset] ^= bytes[offset] }
        }
    }
}

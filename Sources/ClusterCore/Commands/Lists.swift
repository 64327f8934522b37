/// The commands on the ends of a list: pushing, popping, moving an element from one list to another.
enum Lists {
    static func lpush(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        try push(call, to: .head, &reply)
    }

    static func rpush(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        try push(call, to: .tail, &reply)
    }

    private static func push(
        _ call: Call, to end: ListValue.End, _ reply: inout ReplyBuffer
    ) throws(ReplyError) {
        let key = call.key(at: 1)
        let arguments = call.arguments
        var growth = 0
        for index in 2..<arguments.count { growth += arguments[index].count }
        if let slot = try key.slot(.list) {
            let list = ListValue(slot)
            let payload = list.payload
            try key.allow(payload: payload + growth, insteadOf: payload)
            for index in 2..<arguments.count { list.push(arguments[index], to: end) }
            reply.append(integer: list.count)
            return key.changed(payloadBy: growth)
        }
        try key.allow(payload: growth, insteadOf: 0)
        var record = ListValue.make(key: key.bytes, element: arguments[2])
        withUnsafeMutablePointer(to: &record) { slot in
            for index in 3..<arguments.count { ListValue(slot).push(arguments[index], to: end) }
        }
        key.insert(record, payload: growth)
        reply.append(integer: arguments.count - 2)
    }

    static func lpushx(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        try pushToExisting(call, to: .head, &reply)
    }

    static func rpushx(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        try pushToExisting(call, to: .tail, &reply)
    }

    private static func pushToExisting(
        _ call: Call, to end: ListValue.End, _ reply: inout ReplyBuffer
    ) throws(ReplyError) {
        let key = call.key(at: 1)
        let element = call.arguments[2]
        guard let slot = try key.slot(.list) else { return reply.append(integer: 0) }
        let list = ListValue(slot)
        let payload = list.payload
        try key.allow(payload: payload + element.count, insteadOf: payload)
        list.push(element, to: end)
        reply.append(integer: list.count)
        key.changed(payloadBy: element.count)
    }

    static func lpop(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        try pop(call, from: .head, &reply)
    }

    static func rpop(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        try pop(call, from: .tail, &reply)
    }

    private static func pop(
        _ call: Call, from end: ListValue.End, _ reply: inout ReplyBuffer
    ) throws(ReplyError) {
        let key = call.key(at: 1)
        guard let slot = try key.slot(.list) else { return reply.appendNull() }
        let list = ListValue(slot)
        reply.append(bulk: list.bytes(at: end))
        removeElement(of: list, at: end, key)
    }

    /// Takes an element out, and the key with it where it was the last.
    private static func removeElement(of list: ListValue, at end: ListValue.End, _ key: Key) {
        if list.count == 1 {
            key.remove()
            return
        }
        let loss = list.bytes(at: end).count
        list.removeElement(at: end)
        key.changed(payloadBy: -loss)
    }
}

// MARK: - From list to list

extension Lists {
    /// The keys may live on two shards; the caller has locked both.
    static func rpoplpush(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        let source = call.key(at: 1)
        let destination = call.key(at: 2)
        guard try source.slot(.list) != nil else { return reply.appendNull() }
        let target = try destination.slot(.list)
        // Looking up the destination may have removed it from the table of the source, whose slot is then another.
        guard let slot = source.slot() else { preconditionFailure("the source was there a moment ago") }
        let list = ListValue(slot)
        let element = list.bytes(at: .tail)
        if source.bytes == destination.bytes {
            reply.append(bulk: element)
            list.rotate()
            return source.changed(payloadBy: 0)
        }
        let payload = target.map { ListValue($0).payload } ?? 0
        try destination.allow(payload: payload + element.count, insteadOf: payload)
        reply.append(bulk: element)
        if let target {
            ListValue(target).push(element, to: .head)
            destination.changed(payloadBy: element.count)
        } else {
            let record = ListValue.make(key: destination.bytes, element: element)
            destination.insert(record, payload: element.count)
        }
        guard let slot = source.slot() else { preconditionFailure("the source was there a moment ago") }
        removeElement(of: ListValue(slot), at: .tail, source)
    }
}

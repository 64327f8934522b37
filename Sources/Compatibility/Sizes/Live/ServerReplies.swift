import ServerClient
import SystemCalls
import WireFormats

/// The replies of a server, item by item, in memory for one item: values are measured as they pass by.
struct ServerReplies: ~Copyable {
    /// One item, its text taken out of the buffer where it has one.
    enum Item {
        /// A bulk; its bytes are there for ``take(_:)`` until the next item is asked for.
        case bulk(length: Int)
        case integer(Int64)
        case array(count: Int)
        case null
        case status(String)
        case error(String)
    }

    /// Why there are no more replies.
    struct Failure: Error {
        let message: String
    }

    private let connection: ServerConnection
    private let name: String
    private var meter = ReplyMeter()
    private var buffer: UnsafeMutableRawBufferPointer
    /// What was received and not used: `buffer[start..<end]`.
    private var start = 0
    private var end = 0
    private var pulse: ReplyPulse

    /// Connects to a server.
    ///
    /// - Parameters:
    ///   - stop: the wish not to wait any longer.
    ///   - patience: how many seconds may pass without an answer worth the name.
    init(_ address: ServerAddress, stop: StopRequest? = nil, patience: Int = 30) throws(Failure) {
        let cancellation = stop.map { stop in
            ServerConnection.Cancellation(descriptor: stop.descriptor) { stop.hasCome }
        }
        pulse = ReplyPulse(seconds: patience)
        name = address.name
        do throws(ServerConnection.Failure) {
            connection = try ServerConnection(address, patience: patience, cancellation: cancellation)
        } catch {
            throw Failure(message: error.description)
        }
        buffer = .allocate(byteCount: 256 << 10, alignment: 16)
    }

    deinit { buffer.deallocate() }

    mutating func send(_ bytes: [UInt8]) throws(Failure) {
        pulse.begin(at: .now)
        do throws(ServerConnection.Failure) {
            try connection.send(bytes)
        } catch {
            throw Failure(message: error.description)
        }
    }

    mutating func next() throws(Failure) -> Item {
        while true {
            let window = UnsafeRawBufferPointer(rebasing: buffer[start..<end])
            let outcome: ReplyMeter.Outcome
            do throws(ReplyError) {
                outcome = try meter.next(in: window)
            } catch {
                throw Failure(message: "what answers is no Redis: byte \(error.byteOffset) is no reply")
            }
            switch outcome {
            case .needMore(let consumed):
                start += consumed
                try receive()
            case .item(let item, let consumed):
                start += consumed
                return Self.owned(item, window)
            }
        }
    }

    private static func owned(_ item: ReplyMeter.Item, _ window: UnsafeRawBufferPointer) -> Item {
        switch item {
        case .bulk(let length): .bulk(length: length)
        case .integer(let number): .integer(number)
        case .array(let count): .array(count: count)
        case .null: .null
        case .status(let range): .status(String(decoding: window[range], as: UTF8.self))
        case .error(let range): .error(String(decoding: window[range], as: UTF8.self))
        }
    }

    /// The bytes of the bulk that ``next()`` has just announced.
    mutating func take(_ length: Int) throws(Failure) -> [UInt8] {
        while end - start < length { try receive() }
        return Array(buffer[start..<start + length])
    }

    private mutating func receive() throws(Failure) {
        if start > 0 {
            let rest = UnsafeRawBufferPointer(rebasing: buffer[start..<end])
            buffer.copyMemory(from: rest)
            end -= start
            start = 0
        }
        if end == buffer.count {
            let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: buffer.count * 2, alignment: 16)
            larger.copyMemory(from: UnsafeRawBufferPointer(buffer))
            buffer.deallocate()
            buffer = larger
        }
        let count: Int
        do throws(ServerConnection.Failure) {
            count = try connection.receive(into: UnsafeMutableRawBufferPointer(rebasing: buffer[end...]))
        } catch {
            throw Failure(message: error.description)
        }
        end += count
        guard pulse.goesOn(with: count, at: .now) else {
            throw Failure(
                message: "\(name) answers too slowly: fewer than \(ReplyPulse.fewestBytes) bytes in "
                    + "\(pulse.seconds) seconds")
        }
    }
}

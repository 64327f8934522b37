import Foundation

/// Sets numbered keys of 16 bytes to values of 32 over one pipelined connection, in steps that never wait.
struct KeyLoader: ~Copyable {
    static let valueReply = Array("$32\r\n\(value)\r\n".utf8)
    private static let value = String(repeating: "v", count: 32)
    private static let head = Array("*3\r\n$3\r\nSET\r\n$16\r\nkey:".utf8)
    private static let tail = Array("\r\n$32\r\n\(value)\r\n".utf8)
    private static let reply = Array("+OK\r\n".utf8)

    /// Requests written at once, some 8 kB, and the most that may be without a reply.
    private static let batchRequests = 100
    private static let window = 1000

    let total: Int
    let connection: Connection
    private var requested = 0
    private var unsent: ArraySlice<UInt8> = []
    private var repliedBytes = 0
    private var input = [UInt8](repeating: 0, count: 16_384)

    init(port: Int, total: Int) throws(Failure) {
        guard let connection = Connection(port: port) else { throw Failure("cannot connect to port \(port)") }
        connection.stopBlocking()
        self.connection = connection
        self.total = total
    }

    /// Keys whose SET was answered with OK.
    var stored: Int { repliedBytes / Self.reply.count }

    /// What to poll the connection for.
    var interest: Int16 {
        Int16(POLLIN) | (unsent.isEmpty && !mayRequestMore ? 0 : Int16(POLLOUT))
    }

    private var mayRequestMore: Bool {
        requested < total && requested - stored <= Self.window - Self.batchRequests
    }

    /// One write and one read at most, of what the socket takes and has.
    mutating func step() throws(Failure) {
        if unsent.isEmpty, mayRequestMore { requestBatch() }
        if !unsent.isEmpty { unsent.removeFirst(try connection.write(unsent)) }
        let count = try connection.read(into: &input)
        for byte in input[..<count] {
            guard byte == Self.reply[repliedBytes % Self.reply.count] else {
                throw Failure("a SET was not answered with OK: \(String(decoding: input[..<count], as: UTF8.self))")
            }
            repliedBytes += 1
        }
    }

    /// Steps until that many keys are stored, waiting for the socket between steps.
    mutating func store(upTo count: Int) throws(Failure) {
        while stored < min(count, total) {
            var polled = pollfd(fd: connection.descriptor, events: interest, revents: 0)
            guard poll(&polled, 1, 10_000) > 0 else { throw Failure("the server stopped answering SET") }
            try step()
        }
    }

    private mutating func requestBatch() {
        var batch: [UInt8] = []
        batch.reserveCapacity(Self.batchRequests * (Self.head.count + 12 + Self.tail.count))
        let end = min(total, requested + Self.batchRequests)
        for number in requested..<end {
            batch += Self.head
            Self.appendDigits(of: number, to: &batch)
            batch += Self.tail
        }
        requested = end
        unsent = batch[...]
    }

    /// The request that reads a key back.
    static func getRequest(key number: Int) -> [UInt8] {
        var request = Array("*2\r\n$3\r\nGET\r\n$16\r\nkey:".utf8)
        appendDigits(of: number, to: &request)
        request += Array("\r\n".utf8)
        return request
    }

    /// Twelve decimal digits, so that a key has 16 bytes.
    private static func appendDigits(of number: Int, to bytes: inout [UInt8]) {
        var divisor = 100_000_000_000
        while divisor > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(number / divisor % 10))
            divisor /= 10
        }
    }
}

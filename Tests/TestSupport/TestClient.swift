import Glibc

/// What can stand as an argument in a test's request.
package protocol RequestArgument {
    /// The argument's bytes.
    var requestBytes: [UInt8] { get }
}

extension String: RequestArgument {
    /// The text in UTF-8.
    package var requestBytes: [UInt8] { Array(utf8) }
}

extension [UInt8]: RequestArgument {
    /// The bytes themselves.
    package var requestBytes: [UInt8] { self }
}

extension Int: RequestArgument {
    /// The number in decimal digits.
    package var requestBytes: [UInt8] { Array(String(self).utf8) }
}

/// A client for tests: blocking, every wait bounded, able to send bytes that no request is made of.
package final class TestClient {
    /// The connection itself.
    package let socket: TestSocket
    private let limit: Duration
    private var received: [UInt8] = []
    private var position = 0

    /// Connects.
    ///
    /// - Parameters:
    ///   - limit: how long any single reply may take.
    ///   - receiveBuffer: the bytes that the kernel may hold while the test does not read; nil for its own choice.
    package init(_ endpoint: Endpoint, limit: Duration = patience, receiveBuffer: Int32? = nil) throws {
        self.limit = limit
        socket = try TestSocket(endpoint, receiveBuffer: receiveBuffer)
    }
}

// MARK: - Requests

extension TestClient {
    /// Sends a request and reads its reply.
    @discardableResult
    package func callAsFunction(_ arguments: any RequestArgument...) throws -> TestReply {
        try send(arguments.map(\.requestBytes))
        return try reply()
    }

    /// Sends several requests at once and reads all their replies.
    @discardableResult
    package func pipeline(_ requests: [[any RequestArgument]]) throws -> [TestReply] {
        try socket.send(requests.flatMap { Self.encode($0.map(\.requestBytes)) }, within: limit)
        return try requests.map { _ in try reply() }
    }

    /// Sends a request without waiting for its reply.
    package func send(_ arguments: [[UInt8]]) throws {
        try socket.send(Self.encode(arguments), within: limit)
    }

    /// The bytes of a request.
    package static func encode(_ arguments: [[UInt8]]) -> [UInt8] {
        var bytes = Array("*\(arguments.count)\r\n".utf8)
        for argument in arguments {
            bytes += "$\(argument.count)\r\n".utf8
            bytes += argument
            bytes += [13, 10]
        }
        return bytes
    }
}

// MARK: - Replies

extension TestClient {
    /// Reads the next reply.
    package func reply() throws -> TestReply { TestReply(parsing: try rawReply()) }

    /// Reads the bytes of the next reply.
    package func rawReply() throws -> [UInt8] {
        if position > 0 {
            received.removeFirst(position)
            position = 0
        }
        try passReply()
        return Array(received[..<position])
    }

    /// Reads until the server closes the connection.
    ///
    /// - Returns: what came, and whether it did close before nothing came for `limit`.
    package func rest(within limit: Duration = patience) throws -> (bytes: [UInt8], isClosed: Bool) {
        var isClosed = false
        do {
            while try socket.receive(into: &received, within: limit) {}
            isClosed = true
        } catch SocketFailure.timedOut {}
        defer {
            received = []
            position = 0
        }
        return (Array(received[position...]), isClosed)
    }

    /// Whether the server closes the connection before nothing came for `limit`; what comes until then is dropped.
    package func isClosed(within limit: Duration = patience) throws -> Bool { try rest(within: limit).isClosed }

    private func receiveMore() throws {
        guard try socket.receive(into: &received, within: limit) else { throw SocketFailure.closed }
    }

    /// Moves past one reply, receiving what is missing of it.
    private func passReply() throws {
        let start = position
        let end = try passLine()
        let type = received[start]
        guard type == UInt8(ascii: "$") || type == UInt8(ascii: "*") else { return }
        guard let count = Int(String(decoding: received[(start + 1)..<end], as: UTF8.self)) else {
            preconditionFailure("a reply of \(Array(received[start..<end]).quoted)")
        }
        if type == UInt8(ascii: "$"), count >= 0 {
            position += count + 2
            while received.count < position { try receiveMore() }
        } else if type == UInt8(ascii: "*") {
            for _ in 0..<max(0, count) { try passReply() }
        }
    }

    /// Moves past a line and returns where its CR is.
    private func passLine() throws -> Int {
        var searched = position
        while true {
            if let end = lineFeed(from: searched) {
                position = end + 1
                return end - 1
            }
            searched = received.count
            try receiveMore()
        }
    }

    private func lineFeed(from start: Int) -> Int? {
        received.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress, start < bytes.count,
                let found = memchr(base + start, 10, bytes.count - start)
            else { return nil }
            return UnsafeRawPointer(found) - base
        }
    }
}

import Foundation

/// A connection for requests of any size, one after another.
struct RequestConnection: ~Copyable {
    private let connection: Connection

    /// So many elements go into one request.
    private static let mostElements = 20_000

    init(port: Int) throws(Failure) {
        guard let connection = Connection(port: port) else { throw Failure("cannot connect to port \(port)") }
        self.connection = connection
    }

    /// Sends a request whose reply is one line, and no error.
    func ask(_ words: [String]) throws(Failure) {
        try send(words)
        var line: [UInt8] = []
        var byte: [UInt8] = [0]
        while line.last != UInt8(ascii: "\n") {
            let count = try connection.read(into: &byte)
            line += byte.prefix(count)
        }
        guard line.first != UInt8(ascii: "-") else {
            throw Failure("\(words.prefix(2)) was answered with \(String(decoding: line, as: UTF8.self))")
        }
    }

    /// Gives a key elements, in as many requests as it takes.
    func ask(_ command: String, _ key: String, _ elements: [String]) throws(Failure) {
        for start in stride(from: 0, to: elements.count, by: Self.mostElements) {
            try ask([command, key] + elements[start..<min(start + Self.mostElements, elements.count)])
        }
    }

    /// Sends a request and reads all of its reply, or until the server ends the connection.
    ///
    /// The reply to a PING behind it shows where it ends.
    func exhaust(_ words: [String]) throws(Failure) {
        let end = Array("+PONG\r\n".utf8)
        try send(words)
        try send(["PING"])
        var last: [UInt8] = []
        var input = [UInt8](repeating: 0, count: 256 * 1024)
        while !last.elementsEqual(end) {
            guard let count = try? connection.read(into: &input) else { return }
            last = (last + input[..<count].suffix(end.count)).suffix(end.count)
        }
    }

    private func send(_ words: [String]) throws(Failure) {
        var request = Array("*\(words.count)\r\n".utf8)
        for word in words { request += Array("$\(word.utf8.count)\r\n\(word)\r\n".utf8) }
        var rest = request[...]
        while !rest.isEmpty { rest.removeFirst(try connection.write(rest)) }
    }
}

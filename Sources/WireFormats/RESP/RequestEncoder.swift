/// Encodes requests: the client's side of the connection.
///
///     SET k v   →   *3\r\n$3\r\nSET\r\n$1\r\nk\r\n$1\r\nv\r\n      (any bytes are allowed in an argument)
public enum RequestEncoder {
    /// The bytes of one request.
    ///
    /// - Parameter arguments: the name and what follows it; at least one.
    public static func encode(_ arguments: [[UInt8]]) -> [UInt8] {
        var bytes: [UInt8] = []
        append(arguments, to: &bytes)
        return bytes
    }

    /// The bytes of one request whose arguments are text, in UTF-8.
    public static func encode(_ arguments: String...) -> [UInt8] {
        encode(arguments.map { Array($0.utf8) })
    }

    /// Appends one request to `bytes`, for instance to a pipeline of them.
    public static func append(_ arguments: [[UInt8]], to bytes: inout [UInt8]) {
        precondition(!arguments.isEmpty, "a request has at least a name")
        appendHeader(Byte.asterisk, arguments.count, to: &bytes)
        for argument in arguments {
            appendHeader(Byte.dollar, argument.count, to: &bytes)
            bytes.append(contentsOf: argument)
            bytes.append(Byte.carriageReturn)
            bytes.append(Byte.lineFeed)
        }
    }

    private static func appendHeader(_ type: UInt8, _ number: Int, to bytes: inout [UInt8]) {
        bytes.append(type)
        DecimalInteger.append(Int64(number), to: &bytes)
        bytes.append(Byte.carriageReturn)
        bytes.append(Byte.lineFeed)
    }
}

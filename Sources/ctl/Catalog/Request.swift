import WireFormats

/// A request as it was typed: its words, and the same in one buffer as the catalog reads them.
struct Request {
    let words: [String]
    let bytes: [UInt8]
    let places: [Range<Int>]

    /// The request of these words; one word with spaces is a line to be split as an inline request is.
    init(_ typed: [String]) {
        var arguments = typed.map { Array($0.utf8) }
        if typed.count == 1, let words = InlineRequest.words(of: arguments[0]), !words.isEmpty { arguments = words }
        words = arguments.map { String(decoding: $0, as: UTF8.self) }
        bytes = Array(arguments.joined())
        var places: [Range<Int>] = []
        for argument in arguments {
            let start = places.last?.upperBound ?? 0
            places.append(start..<start + argument.count)
        }
        self.places = places
    }

    /// The bytes of an argument; 0 is the name.
    func argument(_ index: Int) -> [UInt8] { Array(bytes[places[index]]) }
}

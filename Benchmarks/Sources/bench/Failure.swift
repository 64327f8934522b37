/// What makes a measurement worthless: a server that did not start, an error reply, a socket that broke.
struct Failure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

import CommandCatalog

/// Requests that have been decoded ahead of the one to be run, so that the memory of all of them can be asked for at
/// once: those of one read of a client, or of a log that a copy follows.
///
/// One is kept a loop, or a copy, and used again.
///
/// Of a client's requests only those whose one key is their first argument are kept here: they are most of what is sent,
/// and nothing that one of them does changes how the next is to be judged.
struct RequestBatch: ~Copyable {
    /// One request; its arguments' places are `places` in the batch's list.
    struct Request {
        let id: Command.ID
        let start: UnsafePointer<UInt8>
        let places: Range<Int>
        /// Where the request ends in the bytes that it was decoded from.
        let end: Int
    }

    /// How many requests are looked ahead at most: as many as the processor can wait for at a time.
    static let capacity = 16
    private static let placeCapacity = 128

    private(set) var count = 0
    private var placeCount = 0
    private let requests = UnsafeMutablePointer<Request>.allocate(capacity: capacity)
    private let keyAddresses = UnsafeMutablePointer<EmbeddedCluster.Address>.allocate(capacity: capacity)
    private let places = UnsafeMutablePointer<Range<Int>>.allocate(capacity: placeCapacity)

    deinit {
        requests.deallocate()
        keyAddresses.deallocate()
        places.deallocate()
    }

    /// Where the requests' keys live.
    var addresses: UnsafeBufferPointer<EmbeddedCluster.Address> {
        UnsafeBufferPointer(start: keyAddresses, count: count)
    }

    mutating func removeAll() {
        count = 0
        placeCount = 0
    }

    /// Whether a request with so many arguments can be added.
    @inline(__always)
    func hasRoom(forArguments arguments: Int) -> Bool {
        count < Self.capacity && placeCount + arguments <= Self.placeCapacity
    }

    /// Adds a request for which there is room.
    ///
    /// Its bytes stay where they are until it is run.
    @inline(__always)
    mutating func append(
        _ id: Command.ID, _ arguments: Arguments, at address: EmbeddedCluster.Address, end: Int
    ) {
        precondition(hasRoom(forArguments: arguments.count))
        arguments.copyPlaces(to: places + placeCount)
        let range = placeCount..<placeCount + arguments.count
        (requests + count).initialize(to: Request(id: id, start: arguments.start, places: range, end: end))
        (keyAddresses + count).initialize(to: address)
        placeCount = range.upperBound
        count += 1
    }

    /// One request, with its arguments and where its key lives.
    @inline(__always)
    subscript(index: Int) -> (request: Request, arguments: Arguments, address: EmbeddedCluster.Address) {
        precondition(index >= 0 && index < count)
        let request = requests[index]
        let arguments = Arguments(
            start: request.start, ranges: places + request.places.lowerBound, count: request.places.count)
        return (request, arguments, keyAddresses[index])
    }
}

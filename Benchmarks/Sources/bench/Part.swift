/// The measurements, in the order in which they run and stand in the document.
enum Part: String, Codable, CaseIterable {
    case throughput
    case memory
    case start
    case stall
    case loops
    case scanners

    func measure(_ options: Options) throws(Failure) -> [Table] {
        switch self {
        case .throughput: try Throughput.measure(options)
        case .memory: try Memory.measure(options)
        case .start: try FirstPong.measure(options)
        case .stall: try Stall.measure(options)
        case .loops: try Loops.measure(options)
        case .scanners: try Scanners.measure(options)
        }
    }
}

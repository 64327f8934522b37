/// The measurements, in the order in which they run and stand in the document.
enum Part: String, Codable, CaseIterable {
    case throughput
    case memory
    case start
    case stall
    case values
    case loops
    case scanners
    case replicas
    case failover
    case loading

    func measure(_ options: Options) throws(Failure) -> [Table] {
        switch self {
        case .throughput: try Throughput.measure(options)
        case .memory: try Memory.measure(options)
        case .start: try FirstPong.measure(options)
        case .stall: try Stall.measure(options)
        case .values: try LargeValues.measure(options)
        case .loops: try Loops.measure(options)
        case .scanners: try Scanners.measure(options)
        case .replicas: try Replicas.measure(options)
        case .failover: try Failover.measure(options)
        case .loading: try LogLoading.measure(options)
        }
    }
}

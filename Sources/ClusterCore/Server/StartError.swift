import Glibc
import NIOCore

/// Why a cluster could not start: one line for the person who started it.
public struct StartError: Error, CustomStringConvertible, Sendable {
    /// What is wrong, where, and what to do.
    public let description: String
    /// Whether an input is at fault, and not how the cluster was to be started.
    public let isInput: Bool

    /// An error with its one line.
    public init(_ description: String, isInput: Bool = false) {
        self.description = description
        self.isInput = isInput
    }

    /// - Parameter portOption: the option that chooses the port; nil where the address is a path.
    static func cannotListen(at address: String, portOption: String? = nil, _ error: any Error) -> StartError {
        guard let error = error as? IOError else { return StartError("cannot listen on \(address): \(error)") }
        switch error.errnoCode {
        case EADDRINUSE:
            if let portOption {
                return StartError(
                    "port of \(address) is taken: stop what listens there, or choose another with \(portOption) "
                        + "(0 takes a free one)")
            }
            return StartError("\(address) is in use: stop what listens there, or choose another path")
        case EACCES:
            return StartError(
                "no permission to listen on \(address): choose a port from 1024 on, or a path you may write to")
        case EADDRNOTAVAIL:
            let option = portOption == "--metrics" ? "--metrics" : "--bind"
            return StartError("\(address) is not an address of this machine: choose another with \(option)")
        default:
            return StartError("cannot listen on \(address): \(String(cString: strerror(error.errnoCode)))")
        }
    }
}

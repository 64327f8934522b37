extension RefusalLedger {
    /// How often a command was refused as a part of a client library's greeting, and what the clients did then.
    public struct Greetings: Sendable {
        /// How often.
        public private(set) var sent: UInt64 = 0
        /// Those that no client needs an answer to.
        public private(set) var harmless: UInt64 = 0
        /// How often the client went on, by its library; the name is empty where it is not known.
        public private(set) var wentOn: [String: UInt64] = [:]
        /// How often nothing more came over the connection, likewise.
        public private(set) var ended: [String: UInt64] = [:]
        /// The libraries that have named themselves.
        public private(set) var libraries: Set<String> = []

        private static let mostLibraries = 100

        init() {}

        mutating func add(_ part: ConnectionGreeting.Part, library: String?) {
            sent += 1
            if part == .harmless { harmless += 1 }
            name(library)
        }

        /// Notes a client that has sent more over the same connection.
        mutating func noteGoingOn(_ library: String?) {
            wentOn[library ?? "", default: 0] += 1
            name(library)
        }

        /// Notes a client that has sent nothing more.
        mutating func noteEnd(_ library: String?) {
            ended[library ?? "", default: 0] += 1
            name(library)
        }

        /// Notes that a library goes on over other connections, without the command.
        mutating func noteFallback(_ library: String) {
            if ended[library] != nil { wentOn[library, default: 0] += 0 }
        }

        /// A library may name itself only after the command.
        private mutating func name(_ library: String?) {
            if let library, libraries.count < Self.mostLibraries { libraries.insert(library) }
        }

        /// How many of them have harmed nobody.
        ///
        /// A library that has gone on once can go on: its other connections were not used, or not yet.
        public var withoutHarm: UInt64 {
            guard !wentOn.isEmpty else { return harmless }
            let went = wentOn.values.reduce(0, +)
            let unused = ended.reduce(0) { $0 + (wentOn[$1.key] == nil ? 0 : $1.value) }
            let decided = harmless + went + ended.values.reduce(0, +)
            return min(sent, harmless + went + unused + (sent > decided ? sent - decided : 0))
        }
    }
}

extension Command {
    /// What the request path has to know of a command: a plain value, copied without reference counting.
    public struct Facts: Sendable, BitwiseCopyable {
        /// Number of arguments with the name counted; negative means "at least that many" (Redis' own convention).
        public let arity: Int
        /// Where the keys stand among the arguments.
        public let keys: KeyLayout
        /// Redis 2.8's flags of the command; empty for a command that is not supported.
        public let flags: Flags
        /// Which arguments must not appear in a log, a report or a history (AUTH's).
        public let secrets: SecretLayout

        /// True where a request of `count` arguments, the name counted, has an acceptable number of them.
        @inlinable
        public func accepts(argumentCount count: Int) -> Bool {
            arity >= 0 ? count == arity : count >= -arity
        }
    }

    /// The flags of a command, as a running Redis 2.8.24 gives them in its reply to COMMAND.
    public struct Flags: OptionSet, Sendable, BitwiseCopyable {
        /// One bit a flag.
        public let rawValue: UInt16

        /// The flags with these bits set.
        public init(rawValue: UInt16) { self.rawValue = rawValue }

        /// May change data.
        public static let write = Flags(rawValue: 1 << 0)
        /// May make the data larger: refused where memory is short.
        public static let denyOOM = Flags(rawValue: 1 << 1)
        /// Never changes data.
        public static let readonly = Flags(rawValue: 1 << 2)
        /// Administers the server; MONITOR does not show it.
        public static let admin = Flags(rawValue: 1 << 3)
        /// Publish and subscribe.
        public static let pubSub = Flags(rawValue: 1 << 4)
        /// Not allowed in a script.
        public static let noScript = Flags(rawValue: 1 << 5)
        /// The same data may give another reply, or another effect.
        public static let random = Flags(rawValue: 1 << 6)
        /// The reply's order is arbitrary; inside a script it is sorted.
        public static let sortForScript = Flags(rawValue: 1 << 7)
        /// Allowed while the data are being loaded.
        public static let loading = Flags(rawValue: 1 << 8)
        /// Allowed on a replica that has lost its primary.
        public static let stale = Flags(rawValue: 1 << 9)
        /// Not shown by MONITOR.
        public static let skipMonitor = Flags(rawValue: 1 << 10)
        /// Takes constant or logarithmic time.
        public static let fast = Flags(rawValue: 1 << 11)
        /// The positions of the keys depend on the arguments.
        public static let movableKeys = Flags(rawValue: 1 << 12)
    }
}

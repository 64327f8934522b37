/// A place in an input from which its commands can be read once more.
///
/// Trivial.
struct GrowthOrigin: BitwiseCopyable {
    /// Bytes of the whole input before the command, those of earlier files of a folder counted.
    var position = 0
    /// Lines before it.
    var line = 0
    /// Microseconds since 1970; `min` where the input has no times.
    var time: Int64 = .min
    /// The database that is selected there.
    var database: Int32 = 0
    /// Whether it is a key of an RDB part: then only the beginning of the input will do.
    var isStored = false

    init(position: Int, isStored: Bool) {
        self.position = position
        self.isStored = isStored
    }

    /// The place of a command in a file that begins at `start`.
    @inline(__always)
    init(_ place: Place, fileStart start: Int) {
        position = start &+ place.byteOffset
        line = place.line &- 1
        time = place.time ?? .min
        database = Int32(truncatingIfNeeded: place.database)
    }
}

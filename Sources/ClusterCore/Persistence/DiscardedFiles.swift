import Glibc

/// Files that have no name any more, and whose room is given back at the value's end.
///
/// To give back hundreds of megabytes takes the system a tenth of a second: not while somebody waits for a mutex.
struct DiscardedFiles: ~Copyable {
    private var descriptors: [CInt] = []

    /// Takes a file's name away.
    mutating func remove(_ path: String) {
        let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        unlink(path)
        if descriptor >= 0 { descriptors.append(descriptor) }
    }

    deinit {
        for descriptor in descriptors { close(descriptor) }
    }
}

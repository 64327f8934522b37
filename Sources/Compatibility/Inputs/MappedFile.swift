import CFileMapping
import Glibc

/// The part of a file that is mapped into memory.
///
/// Invariant: `mapping` is what `bytes` covers, and is unmapped with the last reference. What somebody cuts off the file in
/// the meantime reads as zeros.
final class MappedFile {
    private let mapping: cfilemapping
    /// Where in the file the part begins.
    let fileOffset: Int
    /// How many bytes were given back to the system, whole pages; only the thread that reads the file gives any back.
    private var released = 0
    private let page = Int(sysconf(Int32(_SC_PAGESIZE)))

    /// Maps a part of a file; nil where the system does not.
    ///
    /// - Parameter count: how many bytes from `fileOffset` on; the file has so many.
    init?(_ descriptor: Int32, from fileOffset: Int, count: Int) {
        let start = fileOffset / page * page
        mapping = cfilemapping_map(descriptor, off_t(start), fileOffset + count - start)
        guard mapping.start != nil else { return nil }
        self.fileOffset = start
    }

    deinit { cfilemapping_unmap(mapping) }

    /// The bytes, from ``fileOffset`` on.
    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: mapping.start, count: mapping.length) }

    /// Lets the system take the memory of the first bytes; who still reads them finds them, a little later.
    func release(upTo count: Int) {
        let end = count / page * page
        guard end > released, let start = mapping.start else { return }
        madvise(UnsafeMutableRawPointer(mutating: start) + released, end - released, Int32(MADV_DONTNEED))
        released = end
    }

    /// Whether the file has lost bytes of the part.
    var isCut: Bool { cfilemapping_is_cut(mapping) }
}

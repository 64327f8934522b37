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

    /// How much is mapped at once: a system call more for so many bytes costs nothing.
    static let windowBytes = 8 << 20

    /// Maps a part of a file; nil where the system does not.
    ///
    /// - Parameter count: how many bytes from `fileOffset` on; the file has so many.
    init?(_ descriptor: Int32, from fileOffset: Int, count: Int) {
        let page = Int(sysconf(Int32(_SC_PAGESIZE)))
        let start = fileOffset / page * page
        mapping = cfilemapping_map(descriptor, off_t(start), fileOffset + count - start)
        guard mapping.start != nil else { return nil }
        self.fileOffset = start
    }

    deinit { cfilemapping_unmap(mapping) }

    /// The bytes, from ``fileOffset`` on.
    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: mapping.start, count: mapping.length) }

    /// Whether the file has lost bytes of the part.
    var isCut: Bool { cfilemapping_is_cut(mapping) }
}

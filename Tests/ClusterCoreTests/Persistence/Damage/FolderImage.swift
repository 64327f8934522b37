import Foundation
import Glibc

@testable import ClusterCore

/// All that a folder holds: names, modes, and the bytes of files.
struct FolderImage: Equatable {
    /// A file, or a folder, which has no bytes.
    struct Item: Equatable {
        var mode: mode_t
        var bytes: [UInt8]?
    }

    /// By path below the folder.
    var items: [String: Item] = [:]

    init(of path: String) throws {
        for name in try FileManager.default.subpathsOfDirectory(atPath: path) {
            var status = stat()
            guard lstat("\(path)/\(name)", &status) == 0 else { continue }
            let isFile = status.st_mode & S_IFMT == S_IFREG
            items[name] = Item(mode: status.st_mode & 0o7777, bytes: isFile ? try Self.read("\(path)/\(name)") : nil)
        }
    }

    /// The files' names, in order.
    var files: [String] { items.filter { $0.value.bytes != nil }.keys.sorted() }

    func bytes(_ name: String) -> [UInt8] { items[name]?.bytes ?? [] }

    /// Makes the folder hold this, and nothing else.
    func write(to path: String) throws {
        try? FileManager.default.removeItem(atPath: path)
        mkdir(path, 0o700)
        for (name, item) in items.sorted(by: { $0.key < $1.key }) {
            if let bytes = item.bytes {
                try Self.write(bytes, to: "\(path)/\(name)", mode: item.mode)
            } else {
                mkdir("\(path)/\(name)", item.mode)
            }
        }
    }

    /// Puts one file back as it is here.
    func restore(_ name: String, in path: String) throws {
        guard let item = items[name], let bytes = item.bytes else { return }
        try Self.write(bytes, to: "\(path)/\(name)", mode: item.mode)
    }

    static func write(_ bytes: [UInt8], to path: String, mode: mode_t) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, mode)
        defer { close(descriptor) }
        guard descriptor >= 0, Glibc.write(descriptor, bytes, bytes.count) == bytes.count else {
            throw CocoaError(.fileWriteUnknown)
        }
    }

    private static func read(_ path: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    }

    /// Changes the entries of logs that count in the record of how far they were written.
    mutating func rewriteRecord(_ change: (inout WrittenEntry) -> Void) {
        guard var bytes = items[WrittenRecord.name]?.bytes else { return }
        bytes.withUnsafeMutableBytes { bytes in
            for place in 1..<bytes.count / WrittenEntry.size {
                let start = place * WrittenEntry.size
                let slot = UnsafeMutableRawBufferPointer(rebasing: bytes[start..<start + WrittenEntry.size])
                guard var entry = WrittenEntry(UnsafeRawBufferPointer(slot), place: place), !entry.isEmpty else {
                    continue
                }
                change(&entry)
                entry.write(to: slot, place: place)
            }
        }
        items[WrittenRecord.name]?.bytes = bytes
    }

    /// The names in which two differ.
    func differences(from other: FolderImage) -> [String] {
        Set(items.keys).union(other.items.keys).filter { items[$0] != other.items[$0] }.sorted()
    }
}

/// What can happen to a file.
enum Damage: CustomStringConvertible {
    case removed
    case emptied
    /// Only so many bytes are left.
    case cut(Int)
    case flipped(byte: Int, bit: Int)

    var description: String {
        switch self {
        case .removed: "removed"
        case .emptied: "emptied"
        case .cut(let count): "cut at byte \(count)"
        case .flipped(let byte, let bit): "bit \(bit) of byte \(byte) flipped"
        }
    }

    /// Does it to a file of a folder, which is as in the image.
    func apply(to name: String, of image: FolderImage, in path: String) throws {
        var bytes = image.bytes(name)
        switch self {
        case .removed:
            unlink("\(path)/\(name)")
            return
        case .emptied: bytes = []
        case .cut(let count): bytes.removeSubrange(count...)
        case .flipped(let byte, let bit): bytes[byte] ^= 1 << UInt8(bit)
        }
        try FolderImage.write(bytes, to: "\(path)/\(name)", mode: image.items[name]?.mode ?? 0o600)
    }
}

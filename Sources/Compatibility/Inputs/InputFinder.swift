import Glibc
import SystemCalls
import WireFormats

/// A multi-part append-only file: a folder with a manifest and the files that it names.
struct AppendOnlyFolder {
    /// The folder, or the manifest where that was given.
    let path: String
    /// The files that make up the data, in the order in which they are to be read.
    let files: [String]
}

/// What a path turned out to be.
enum FoundInput {
    /// A file, opened, with its kind.
    case file(ByteStream, InputKind)
    case appendOnlyFolder(AppendOnlyFolder)
    /// The files of a folder and of the folders below it, in order.
    case folder([String])
}

/// Finds out what a path holds.
enum InputFinder {
    /// Opens a path.
    ///
    /// - Parameter forced: the kind to take a file for; nil to recognise it by its content.
    static func find(_ path: String, forced: InputKind?) throws(InputProblem) -> FoundInput {
        if path != "-", isFolder(path) {
            if let manifest = FolderListing.names(in: path).sorted().first(where: { $0.hasSuffix(".manifest") }) {
                return .appendOnlyFolder(try folder(path, manifest: "\(path)/\(manifest)"))
            }
            return .folder(files(below: path))
        }
        let stream = try ByteStream(path: path)
        if let forced { return .file(stream, forced) }
        stream.fill(upTo: Recognition.headBytes)
        if path.hasSuffix(".manifest"), AOFManifest.isManifest(Array(stream.window.prefix(4096))) {
            return .appendOnlyFolder(try folder(path, manifest: path))
        }
        guard let kind = Recognition.kind(of: path, head: stream.window, isWhole: stream.isLast) else {
            throw InputProblem(
                location: Location(path: path),
                message: stream.window.isEmpty ? "is empty" : "is none of the known inputs; say with --as what it is")
        }
        return .file(stream, kind)
    }

    /// Whether a file in a folder is worth opening for a size report: RDB and append-only files by their names.
    static func mayHoldKeys(_ path: String) -> Bool {
        [".rdb", ".aof", ".rdb.gz", ".aof.gz"].contains { path.hasSuffix($0) }
    }

    private static func folder(_ path: String, manifest: String) throws(InputProblem) -> AppendOnlyFolder {
        let stream = try ByteStream(path: manifest)
        while !stream.isLast { stream.fill() }
        do throws(AOFManifestError) {
            let parsed = try AOFManifest(Array(stream.window))
            let parent = manifest.lastIndex(of: "/").map { manifest[..<$0] } ?? "."
            let files = parsed.dataFiles.map { "\(parent)/\(String(decoding: $0.name, as: UTF8.self))" }
            return AppendOnlyFolder(path: path, files: files)
        } catch {
            throw InputProblem(location: Location(path: manifest), message: "the manifest is damaged: \(error)")
        }
    }

    static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// All ordinary files below a folder; hidden folders and links to folders are not entered.
    private static func files(below path: String) -> [String] {
        var files: [String] = []
        var folders = [path]
        while let folder = folders.popLast() {
            var inner: [String] = []
            for name in FolderListing.names(in: folder).sorted() {
                let path = folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
                var status = stat()
                guard lstat(path, &status) == 0 else { continue }
                switch status.st_mode & S_IFMT {
                case S_IFDIR: if !name.hasPrefix("."), name != "node_modules" { inner.append(path) }
                case S_IFREG: files.append(path)
                default: continue
                }
            }
            folders += inner.reversed()
        }
        return files.sorted()
    }
}

import Glibc
import SystemCalls
import WireFormats

/// A multi-part append-only file: a folder with a manifest and the files that it names.
package struct AppendOnlyFolder {
    /// The folder, or the manifest where that was given.
    let path: String
    /// The files that make up the data, in the order in which they are to be read.
    package let files: [String]
    /// The one of them that has the data up to a rewrite; nil where there is none.
    package let base: String?
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
package enum InputFinder {
    /// The multi-part append-only file that a path stands for: a folder with a manifest, or the manifest; nil where it is
    /// neither.
    package static func appendOnlyFolder(_ path: String) throws(InputProblem) -> AppendOnlyFolder? {
        if isFolder(path) {
            return try manifest(in: path).map { name throws(InputProblem) in
                try folder(path, manifest: "\(path)/\(name)")
            }
        }
        var status = stat()
        // What comes only once is not read here.
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        let stream = try ByteStream(path: path)
        stream.fill(upTo: 4096)
        guard AOFManifest.isManifest(Array(stream.window.prefix(4096))) else { return nil }
        return try folder(path, manifest: path)
    }

    /// Opens a path.
    ///
    /// - Parameter forced: the kind to take a file for; nil to recognise it by its content.
    static func find(_ path: String, forced: InputKind?) throws(InputProblem) -> FoundInput {
        if path != "-", isFolder(path) {
            if let manifest = manifest(in: path) {
                return .appendOnlyFolder(try folder(path, manifest: "\(path)/\(manifest)"))
            }
            return .folder(files(below: path))
        }
        let stream = try ByteStream(path: path)
        if let forced { return .file(stream, forced) }
        stream.fill(upTo: Recognition.headBytes)
        if isManifestName(path), AOFManifest.isManifest(Array(stream.window.prefix(4096))) {
            return .appendOnlyFolder(try folder(path, manifest: path))
        }
        guard let kind = Recognition.kind(of: path, head: stream.window, isWhole: stream.isLast) else {
            throw InputProblem(
                location: Location(path: path),
                message: stream.window.isEmpty ? "is empty" : "is none of the known inputs; say with --as what it is")
        }
        return .file(stream, kind)
    }

    /// The manifest in a folder; nil where there is none.
    static func manifest(in folder: String) -> String? {
        FolderListing.names(in: folder).sorted().first(where: isManifestName)
    }

    static func isManifestName(_ name: String) -> Bool { name.hasSuffix(".manifest") || name.hasSuffix(".manifest.gz") }

    /// Whether a file in a folder is worth opening for a size report: RDB and append-only files by their names.
    static func mayHoldKeys(_ path: String) -> Bool {
        [".rdb", ".aof", ".rdb.gz", ".aof.gz"].contains { path.hasSuffix($0) }
    }

    private static func folder(_ path: String, manifest: String) throws(InputProblem) -> AppendOnlyFolder {
        let stream = try ByteStream(path: manifest)
        stream.fill(upTo: maximumManifestBytes)
        if let problem = stream.problem { throw problem }
        guard stream.isLast else {
            throw InputProblem(
                location: Location(path: manifest), message: "has more than \(maximumManifestBytes) bytes: no manifest")
        }
        do throws(AOFManifestError) {
            let parsed = try AOFManifest(Array(stream.window))
            let parent = manifest.lastIndex(of: "/").map { manifest[..<$0] } ?? "."
            func place(_ file: AOFManifest.File) -> String {
                existing("\(parent)/\(String(decoding: file.name, as: UTF8.self))")
            }
            return AppendOnlyFolder(
                path: path, files: parsed.dataFiles.map(place),
                base: parsed.dataFiles.first { $0.kind == .base }.map(place))
        } catch {
            throw InputProblem(location: Location(path: manifest), message: "the manifest is damaged: \(error)")
        }
    }

    /// A folder with thousands of files that are to be deleted has a manifest of some hundred thousand bytes.
    private static let maximumManifestBytes = 4 << 20

    /// The path, or the one of the same file compressed where that is there alone.
    private static func existing(_ path: String) -> String {
        var status = stat()
        let compressed = path + ".gz"
        return stat(path, &status) != 0 && stat(compressed, &status) == 0 ? compressed : path
    }

    static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// All ordinary files below a folder; hidden folders and links to folders are not entered.
    static func files(below path: String) -> [String] {
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

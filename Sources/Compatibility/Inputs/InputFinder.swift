import Glibc
import ServerClient
package import SystemCalls
import WireFormats

/// A multi-part append-only file: a folder with a manifest and the files that it names.
package struct AppendOnlyFolder {
    /// The folder, or the manifest where that was given, for people.
    let path: String
    /// The files that make up the data, in the order in which they are to be read.
    package let files: [FilePath]
    /// The one of them that has the data up to a rewrite; nil where there is none.
    package let base: FilePath?
}

/// What a path turned out to be.
enum FoundInput {
    /// A file, opened, with its kind.
    case file(ByteStream, InputKind)
    case appendOnlyFolder(AppendOnlyFolder)
    /// The files of a folder and of the folders below it, in order.
    case folder(FolderWalk)
}

/// Finds out what a path holds.
package enum InputFinder {
    /// The multi-part append-only file that a path stands for: a folder with a manifest, or the manifest; nil where it is
    /// neither.
    package static func appendOnlyFolder(_ path: String) throws(InputProblem) -> AppendOnlyFolder? {
        let path = FilePath(argument: path)
        if isFolder(path) {
            return try manifest(in: path).map { manifest throws(InputProblem) in
                try folder(path, manifest: manifest)
            }
        }
        // What comes only once is not read here.
        guard let status = path.status, status.st_mode & S_IFMT == S_IFREG else { return nil }
        let stream = try ByteStream(path)
        stream.fill(upTo: manifestHeadBytes)
        guard hasManifest(stream) else { return nil }
        return try folder(path, manifest: path)
    }

    /// Opens a path.
    ///
    /// - Parameters:
    ///   - forced: the kind to take a file for; nil to recognise it by its content.
    ///   - choice: what is read below a folder.
    static func find(
        _ path: FilePath, forced: InputKind?, _ choice: FolderWalk.Choice, stop: StopRequest? = nil
    ) throws(InputProblem) -> FoundInput {
        if path.text != "-", isFolder(path) {
            if let manifest = manifest(in: path) { return .appendOnlyFolder(try folder(path, manifest: manifest)) }
            return .folder(FolderWalk(path, choice))
        }
        let stream = try open(path, stop)
        fillHead(stream)
        if let forced {
            if let format = BinaryFormat.of(stream.window), format.hidesInputs { throw refusal(stream, format.refusal) }
            return .file(stream, forced)
        }
        if isManifest(stream) { return .appendOnlyFolder(try folder(path, manifest: path)) }
        if stream.window.isEmpty { throw stream.problem ?? refusal(stream, "is empty") }
        switch Recognition.recognise(stream, isFound: false) {
        case .input(let kind): return .file(stream, kind)
        case .binary(let format): throw refusal(stream, format.refusal)
        case .none:
            throw stream.problem ?? refusal(stream, "is none of the known inputs; say with --as what it is")
        }
    }

    private static func open(_ path: FilePath, _ stop: StopRequest?) throws(InputProblem) -> ByteStream {
        do throws(InputProblem) {
            return try ByteStream(path, stop: stop)
        } catch {
            guard path.status == nil else { throw error }
            let advice =
                ServerAddress.isURL(path.text)
                ? "a running server is read by `clusterctl sizes`" : ServerAddress.adviceOnOther(path.text)
            throw advice.map { InputProblem(location: error.location, message: $0) } ?? error
        }
    }

    /// Reads as much as recognition looks at; of a running server's output as little as tells what it is, since the
    /// rest may be long in coming.
    static func fillHead(_ stream: ByteStream) {
        fillWindow(stream)
        guard ContainerLogFilter.isNeeded(for: stream.window) else { return }
        stream.unwrapContainerLog()
        fillWindow(stream)
    }

    private static func fillWindow(_ stream: ByteStream) {
        while !stream.isLast, stream.window.count < Recognition.headBytes {
            if stream.storedTotal == nil, Recognition.isRunningMonitor(stream.window) { return }
            stream.fill()
        }
    }

    /// Whether a file in a folder is worth opening for a size report: RDB and append-only files by their names.
    static func mayHoldKeys(_ path: FilePath) -> Bool {
        [".rdb", ".aof", ".rdb.gz", ".aof.gz"].contains { path.text.hasSuffix($0) }
    }

    private static func refusal(_ stream: ByteStream, _ message: String) -> InputProblem {
        InputProblem(location: Location(path: stream.path), message: message)
    }

    static func isFolder(_ path: FilePath) -> Bool { path.status.map { $0.st_mode & S_IFMT == S_IFDIR } ?? false }
}

// MARK: - Manifests

extension InputFinder {
    /// The logs whose manifests are among some files, and the files that belong to none: the files of a log are read as
    /// the log that they are, and once.
    static func logs(among files: [FilePath]) -> (folders: [AppendOnlyFolder], others: [FilePath]) {
        var folders: [AppendOnlyFolder] = []
        var parts: Set<FilePath> = []
        for manifest in files where isManifestName(manifest.text) {
            guard let stream = try? ByteStream(manifest), isManifest(stream),
                let log = try? folder(manifest, manifest: manifest)
            else { continue }
            folders.append(log)
            parts.formUnion(log.files + [manifest])
        }
        return (folders, files.filter { !parts.contains($0) })
    }

    /// A folder with thousands of files that are to be deleted has a manifest of some hundred thousand bytes.
    private static let maximumManifestBytes = 4 << 20
    private static let manifestHeadBytes = 4096

    static func isManifestName(_ path: String) -> Bool { path.hasSuffix(".manifest") || path.hasSuffix(".manifest.gz") }

    /// Whether a file is the manifest of a multi-part append-only file, by its name and its beginning.
    static func isManifest(_ stream: ByteStream) -> Bool { isManifestName(stream.path) && hasManifest(stream) }

    private static func hasManifest(_ stream: ByteStream) -> Bool {
        AOFManifest.isManifest(Array(stream.window.prefix(manifestHeadBytes)))
    }

    /// The manifest in an append-only folder; nil in any other: other programs have files of this name, too, and a folder of
    /// several logs is none by itself.
    private static func manifest(in folder: FilePath) -> FilePath? {
        let entries = (try? FolderListing.entries(in: folder)) ?? []
        let paths = entries.map { folder.appending($0.name) }.filter { isManifestName($0.text) }.sorted()
        let isAlone = paths.count == 1 && entries.contains { $0.name.suffix(4).elementsEqual(".aof".utf8) }
        let manifests = paths.filter { path in
            guard let stream = try? ByteStream(path) else { return false }
            // Beside a log it is the log's, whatever has become of it.
            return isManifest(stream) || isAlone
        }
        return manifests.count == 1 ? manifests.first : nil
    }

    private static func folder(_ path: FilePath, manifest: FilePath) throws(InputProblem) -> AppendOnlyFolder {
        let stream = try ByteStream(manifest)
        stream.fill(upTo: maximumManifestBytes)
        if let problem = stream.problem { throw problem }
        guard stream.isLast else {
            throw InputProblem(
                location: Location(path: manifest.text),
                message: "has more than \(maximumManifestBytes) bytes: no manifest")
        }
        do throws(AOFManifestError) {
            let parsed = try AOFManifest(Array(stream.window))
            func place(_ file: AOFManifest.File) -> FilePath { existing(manifest.parent.appending(Array(file.name))) }
            return AppendOnlyFolder(
                path: path.text, files: parsed.dataFiles.map(place),
                base: parsed.dataFiles.first { $0.kind == .base }.map(place))
        } catch {
            throw InputProblem(location: Location(path: manifest.text), message: "the manifest is damaged: \(error)")
        }
    }

    /// The path, or the one of the same file compressed where that is there alone.
    private static func existing(_ path: FilePath) -> FilePath {
        let compressed = FilePath(bytes: path.bytes + Array(".gz".utf8))
        return path.status == nil && compressed.status != nil ? compressed : path
    }
}

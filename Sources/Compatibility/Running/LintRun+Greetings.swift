import CommandCatalog
import Presentation

// What the client libraries that a project uses send by themselves.

extension LintRun {
    /// Judges the libraries that a source file uses: what they send at connection, and whether the settings are made that
    /// leave it out.
    mutating func judgeLibraries(
        _ uses: [LibraryUse], _ window: UnsafeRawBufferPointer, _ language: SourceLanguage,
        hiding secrets: [Range<Int>], _ judge: inout Judge
    ) {
        judge.manner.confidence = .high
        let code = CodeText(window, comments: LineComments(language))
        result.greetings.noteSettings(in: code)
        for use in uses {
            show(use.place, window, as: .code, hiding: secrets, &judge) { judge, place in
                judge.noteGreeting(of: use.library, place)
            }
            let constructions = ClientConstruction.all(of: use.library, in: code)
            if !constructions.isEmpty { result.greetings.constructed.insert(use.library.rawValue) }
            for greeting in LibraryGreeting.all where greeting.isFatal && greeting.library == use.library.rawValue {
                judgeInsistence(greeting, use, constructions, code, window, hiding: secrets, &judge)
            }
        }
    }

    private func judgeInsistence(
        _ greeting: LibraryGreeting, _ use: LibraryUse, _ constructions: [ClientConstruction], _ code: CodeText,
        _ window: UnsafeRawBufferPointer, hiding secrets: [Range<Int>], _ judge: inout Judge
    ) {
        guard !constructions.isEmpty else {
            return show(use.place, window, as: .code, hiding: secrets, &judge) { judge, place in
                judge.noteInsistence(on: greeting, place, isOpen: true, isImport: true)
            }
        }
        // Told once for all of them: there may be many.
        var places: TextPlaces?
        for construction in constructions where !code.has(greeting.marks, in: construction.arguments) {
            let known = places ?? TextPlaces(Array(window))
            places = known
            show(known[construction.place], window, as: .code, hiding: secrets, &judge) { judge, place in
                judge.noteInsistence(on: greeting, place, isOpen: construction.isOpen, isImport: false)
            }
        }
    }

    /// Notes the settings of client libraries in a file that is no input of itself, such as a framework's configuration.
    mutating func noteSettings(path: String, head: UnsafeRawBufferPointer) {
        let name = path.split(separator: "/").last ?? ""
        let ending = name.split(separator: ".").last.map { String($0).lowercased() } ?? ""
        guard Self.configurationEndings.contains(ending) || name.hasPrefix(".env") else { return }
        result.greetings.noteSettings(in: CodeText(head, comments: .configuration))
    }

    private static let configurationEndings: Set<String> = [
        "yml", "yaml", "json", "toml", "ini", "properties", "conf", "cfg", "config", "env", "xml",
    ]
}

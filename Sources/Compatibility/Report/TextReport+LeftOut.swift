import Presentation

extension Report {
    /// What was not read below folders: how much of it, and with the statistics what.
    func leftOut(_ leftOut: LeftOut) -> [String] {
        var lines: [String] = []
        let chosen = [(leftOut.folders, "folder"), (leftOut.files, "file")].filter { $0.0 > 0 }
        if !chosen.isEmpty {
            let number = Wording.list(chosen.map { Wording.count($0.0, $0.1) })
            lines.append("\(number) left out: --no-ignore reads them\(showsStatistics ? "" : ", --stats says why")")
            if showsStatistics { lines += reasons(leftOut) }
        }
        let others = unreadable(leftOut)
        if !others.isEmpty { lines.append("not read: \(Wording.list(others))") }
        let unknown = leftOut.unknownFiles
        if !unknown.isEmpty {
            lines.append(
                "\(Wording.count(unknown.count, "file")) passed over although Redis is mentioned: of no kind that is read"
            )
            if showsStatistics { lines += unknown.prefix(100).map { "  \(SafeText.line($0))" } }
        }
        return lines
    }

    private func reasons(_ leftOut: LeftOut) -> [String] {
        let usual = leftOut.usualFolders.sorted { $0.key < $1.key }.map { name, count in
            "  \(Wording.count(count, "folder")) named \(SafeText.line(name))"
        }
        let others = [
            (leftOut.hiddenFolders, "folder", "hidden"), (leftOut.ignoredFolders, "folder", "that a .gitignore names"),
            (leftOut.ignoredFiles, "file", "that a .gitignore names"),
            (leftOut.configuredFiles, "file", "that the configuration names"),
        ]
        return usual + others.filter { $0.0 > 0 }.map { "  \(Wording.count($0.0, $0.1)) \($0.2)" }
    }

    private func unreadable(_ leftOut: LeftOut) -> [String] {
        let binary = leftOut.binaryFiles.sorted { $0.key < $1.key }.map { kind, count in
            Wording.count(count, kind.noun) + (kind.detail.isEmpty ? "" : " (\(kind.detail))")
        }
        let others = [(leftOut.links, "symbolic link"), (leftOut.specialFiles, "special file")]
        return binary + others.filter { $0.0 > 0 }.map { Wording.count($0.0, $0.1) }
    }
}

import CommandCatalog

/// Finds the settings that make a framework use Redis for one of its jobs, as `QUEUE_CONNECTION=redis` does.
enum FrameworkSetting {
    /// A framework's job that a setting gives to Redis.
    struct Use {
        let framework: Framework
        let job: Framework.Job
        /// The value: byte offsets in the file.
        let range: Range<Int>
    }

    /// The jobs that the entries of a text give to Redis.
    static func uses(in entries: [SettingsEntry], of text: ManifestText, file: SettingsFile) -> [Use] {
        entries.flatMap { entry -> [Use] in
            guard entry.value.count < 1024, let own = entry.path.last else { return [] }
            let value = text.string(entry.value).lowercased()
            guard value.hasPrefix("redis") || value.hasPrefix("valkey") else { return [] }
            let name = own.lowercased().filter { $0.isLetter || $0.isNumber }
            let path = entry.path.joined(separator: ".").lowercased()
            return (byName[name] ?? []).filter { path.contains($0.setting.within) }.map { row in
                Use(framework: row.framework, job: row.framework.jobs[row.setting.job], range: entry.value)
            }
        }
    }

    private static let byName: [String: [(framework: Framework, setting: Framework.Setting)]] = {
        var index: [String: [(framework: Framework, setting: Framework.Setting)]] = [:]
        for framework in Framework.all {
            for setting in framework.settings { index[setting.name, default: []].append((framework, setting)) }
        }
        return index
    }()
}

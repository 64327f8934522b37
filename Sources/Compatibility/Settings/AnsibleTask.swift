/// What Ansible's module `community.general.redis` sends.
enum AnsibleTask {
    /// The command of a task by its setting `command`; nil if an entry is none of the module's.
    static func command(of entry: SettingsEntry, in text: ManifestText) -> [String]? {
        guard entry.path.suffix(2) == ["redis", "command"] else { return nil }
        return switch text.string(entry.value) {
        case "flush": ["FLUSHALL"]
        case "config": ["CONFIG", "SET"]
        case "replica", "slave": ["SLAVEOF"]
        default: nil
        }
    }
}

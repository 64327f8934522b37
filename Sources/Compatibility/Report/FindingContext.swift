/// What a finding is recognised by from one run to the next, wherever its line has moved to: its rule, its file and what
/// it is about.
struct FindingContext: Hashable {
    let rule: String
    let path: String
    let text: String

    /// 16 hexadecimal digits over all of it: FNV-1a of 64 bits, as published by its authors.
    var fingerprint: String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in "\(rule)\n\(path)\n\(text)".utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
        }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}

/// Tells the contexts of a run's findings: in source code and scripts the line itself, its white space made even; in a
/// trace the command and the pattern of its keys.
struct FindingContexts {
    private let base: BasePath
    private let writtenPaths: Set<String>

    init(_ summary: Summary, base: BasePath) {
        self.base = base
        writtenPaths = summary.writtenPaths
    }

    func of(_ finding: Finding) -> FindingContext {
        var text = [finding.command, finding.keyPattern].compactMap(\.self).joined(separator: " ")
        if let excerpt = finding.excerpt, writtenPaths.contains(finding.first.path) {
            text = excerpt.text.split { $0.isWhitespace || $0.isNewline }.joined(separator: " ")
        }
        return FindingContext(rule: finding.rule.id, path: base.shown(finding.first.path), text: text)
    }
}

extension Summary {
    /// The inputs that people write, whose findings are not gathered: source code and scripts.
    var writtenPaths: Set<String> {
        Set(inputs.filter { [.source, .shell, .script].contains($0.kind) }.map(\.path))
    }
}

/// Gives equal contexts numbers, so that no two fingerprints of a report are the same.
struct FingerprintCounter {
    private let contexts: FindingContexts
    private var seen: [FindingContext: Int] = [:]

    init(_ contexts: FindingContexts) {
        self.contexts = contexts
    }

    /// The fingerprint of a finding and the number of its equals so far, this one counted: `c0ffee0123456789:1`.
    mutating func next(_ finding: Finding) -> String {
        let context = contexts.of(finding)
        let number = seen[context, default: 0] + 1
        seen[context] = number
        return "\(context.fingerprint):\(number)"
    }
}

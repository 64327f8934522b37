import CommandCatalog

// What the frameworks that a project depends on send by themselves.

extension Judge {
    /// Notes a framework that a manifest names, if the contract refuses anything that it sends.
    mutating func noteFramework(_ framework: Framework, _ place: Place) {
        let refused = framework.jobs.compactMap(RefusedJob.init)
        guard let first = refused.first else { return }
        let isMain = first.purpose == framework.jobs.first?.purpose
        WordsRequest([Array(framework.name.utf8)]).withRequest { request in
            add(isMain ? .frameworkRefused : .frameworkPartlyRefused, command: -3, request, place) {
                var words = Words(
                    rule: isMain ? .frameworkRefused : .frameworkPartlyRefused, command: "", detail: framework.name,
                    message: Self.message(framework, refused, isMain: isMain), instead: framework.setting)
                words.library = framework.name
                return words
            }
        }
    }

    /// Notes one job of a framework that a setting gives to Redis, if the contract refuses what the job sends.
    mutating func noteFramework(_ framework: Framework, job: Framework.Job, _ place: Place) {
        guard let refused = RefusedJob(job) else { return }
        WordsRequest([Array(framework.name.utf8)]).withRequest { request in
            add(.frameworkRefused, command: -3, request, place) {
                var words = Words(
                    rule: .frameworkRefused, command: "", detail: "\(framework.name) \(job.purpose)",
                    message: "\(framework.name): the setting gives this job to Redis, and the target refuses what it "
                        + "sends: \(refused.purpose) (\(Wording.list(refused.commands)))",
                    instead: framework.setting)
                words.library = "\(framework.name): \(job.purpose)"
                return words
            }
        }
    }

    private static func message(_ framework: Framework, _ refused: [RefusedJob], isMain: Bool) -> String {
        let jobs = refused.map { "\($0.purpose) (\(Wording.list($0.commands)))" }.joined(separator: "; ")
        let works = framework.works.isEmpty ? "" : "; what works: \(framework.works)"
        let verdict = isMain ? "cannot do its work" : "works in part"
        return "\(framework.name) \(verdict), the target refuses what it sends: \(jobs)\(works)"
    }

    /// A job with those of its commands that the contract does not support.
    private struct RefusedJob {
        let purpose: String
        let commands: [String]

        init?(_ job: Framework.Job) {
            purpose = job.purpose
            commands = job.commands.filter { Catalog.row(named: $0)?.id == nil }
            if commands.isEmpty { return nil }
        }
    }
}

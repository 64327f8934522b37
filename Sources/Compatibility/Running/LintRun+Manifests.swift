import CommandCatalog

extension LintRun {
    /// Reads the packages that a manifest names, and judges the frameworks among them.
    mutating func readManifest(_ stream: ByteStream, _ report: inout InputReport, _ judge: inout Judge) {
        while !stream.isLast, stream.window.count <= DependencyManifest.maximumBytes { stream.fill() }
        let window = stream.window
        defer { stream.consume(stream.window.count) }
        guard window.count <= DependencyManifest.maximumBytes else {
            let limit = DependencyManifest.maximumBytes
            return report.add("a manifest of more than \(limit) bytes is not read", byteOffset: limit)
        }
        judgeManifest(window, path: stream.path, &judge)
        judgeSettings(window, path: stream.path, &judge)
    }

    /// Judges the frameworks that a manifest names; what is no manifest names none.
    mutating func judgeManifest(_ window: UnsafeRawBufferPointer, path: String, _ judge: inout Judge) {
        guard let manifest = DependencyManifest.of(path: Recognition.plainName(path)) else { return }
        let text = ManifestText(window)
        let dependencies = manifest.dependencies(in: text)
        noteReleases(dependencies, text)
        let namesDriver = dependencies.contains { Framework.drivers.contains($0.package) }
        let places = TextPlaces(text.bytes)
        judge.manner.isGathered = false
        for dependency in dependencies {
            for framework in Framework.named(dependency.package) {
                let isCertain = framework.dependence == .always || dependency.extras.contains("redis")
                guard isCertain || namesDriver else { continue }
                judge.manner.confidence = isCertain ? .high : .low
                show(places[dependency.range], window, &judge) { judge, place in judge.noteFramework(framework, place) }
            }
        }
    }
}

extension LintRun {
    /// Notes the releases of client libraries that a manifest allows.
    private mutating func noteReleases(_ dependencies: [Dependency], _ text: ManifestText) {
        for dependency in dependencies {
            guard let library = ReleaseBound.library(dependency.package) else { continue }
            let line = text.bytes[dependency.range.upperBound...].prefix { $0 != UInt8(ascii: "\n") }
            guard let major = ReleaseBound.major(String(decoding: line, as: UTF8.self)) else { continue }
            result.greetings.majors[library] = max(major, result.greetings.majors[library] ?? 0)
        }
    }
}

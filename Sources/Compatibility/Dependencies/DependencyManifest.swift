import CommandCatalog

/// A file in which a project says which packages it needs.
///
/// One case a format; each format's reader is in a file of its own. Readers take what they understand and pass over the
/// rest: a manifest is often a program, and no reader runs one.
enum DependencyManifest: CaseIterable {
    /// pip's `requirements.txt` and its like.
    case requirements
    /// Python's `pyproject.toml` and `Pipfile`.
    case pythonProject
    /// Python's `setup.py` and `setup.cfg`.
    case pythonSetup
    /// npm's `package.json`.
    case packageJSON
    /// Bundler's `Gemfile`, its lock and gem specifications.
    case gemfile
    /// Maven's `pom.xml`.
    case mavenProject
    /// Gradle's and sbt's builds, and Gradle's version catalogs.
    case gradleBuild
    /// Go's `go.mod`.
    case goModule
    /// Composer's `composer.json`.
    case composerJSON
    /// MSBuild's projects and NuGet's `packages.config`.
    case dotNetProject

    /// Larger manifests are written by programs; none is read, and the report says so.
    static let maximumBytes = 4 << 20

    /// The format of a file by its name; nil if it is no manifest that is known.
    static func of(path: String) -> DependencyManifest? {
        let name = path.split(separator: "/").last.map { $0.lowercased() } ?? ""
        switch name {
        case "pyproject.toml", "pipfile": return .pythonProject
        case "setup.py", "setup.cfg": return .pythonSetup
        case "package.json": return .packageJSON
        case "gemfile", "gemfile.lock", "gems.rb", "gems.locked": return .gemfile
        case "pom.xml": return .mavenProject
        case "build.gradle", "build.gradle.kts", "libs.versions.toml", "build.sbt": return .gradleBuild
        case "go.mod": return .goModule
        case "composer.json": return .composerJSON
        case "packages.config", "directory.packages.props", "directory.build.props": return .dotNetProject
        default: return byEnding(name, path)
        }
    }

    private static func byEnding(_ name: String, _ path: String) -> DependencyManifest? {
        if name.hasSuffix(".gemspec") { return .gemfile }
        if [".csproj", ".fsproj", ".vbproj"].contains(where: name.hasSuffix) { return .dotNetProject }
        guard name.hasSuffix(".txt") || name.hasSuffix(".in") || name.hasSuffix(".pip") else { return nil }
        let isRequirements = name.contains("requirement") || name.hasPrefix("constraints") || name.hasPrefix("reqs")
        return isRequirements || path.lowercased().contains("requirements/") ? .requirements : nil
    }

    /// The packages that a manifest names, in the order in which they stand in it.
    ///
    /// Takes time in proportion to the file's length.
    func dependencies(in text: ManifestText) -> [Dependency] {
        switch self {
        case .requirements: PythonManifests.requirements(text)
        case .pythonProject: PythonManifests.project(text)
        case .pythonSetup: PythonManifests.setup(text)
        case .packageJSON:
            JSONManifests.packages(
                text, in: .npm,
                sections: ["dependencies", "devDependencies", "optionalDependencies", "peerDependencies"])
        case .composerJSON: JSONManifests.packages(text, in: .packagist, sections: ["require", "require-dev"])
        case .gemfile: RubyManifests.gems(text)
        case .mavenProject: MavenManifests.project(text)
        case .gradleBuild: MavenManifests.gradle(text)
        case .goModule: GoManifests.module(text)
        case .dotNetProject: DotNetManifests.project(text)
        }
    }
}

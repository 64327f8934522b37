import CommandCatalog

/// Reads the manifests of .NET projects.
enum DotNetManifests {
    /// `<PackageReference Include="…"`, `<PackageVersion Include="…"` and `<package id="…"`.
    static func project(_ text: ManifestText) -> [Dependency] {
        let elements = [("<PackageReference ", "Include="), ("<PackageVersion ", "Include="), ("<package ", "id=")]
        var dependencies: [Dependency] = []
        for (element, attribute) in elements {
            var index = 0
            while let start = text.find(element, in: index..<text.count) {
                let end = text.find(">", in: start..<text.count) ?? text.count
                if let name = text.find(attribute, in: start..<end),
                    let value = text.quoted(in: name..<end).first
                {
                    dependencies.append(text.dependency(value, in: .nuget))
                }
                index = end
            }
        }
        return dependencies.sorted { $0.range.lowerBound < $1.range.lowerBound }
    }
}

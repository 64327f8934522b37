import CommandCatalog

/// The latest release that a manifest allows of a package.
enum ReleaseBound {
    /// The latest major release that the rest of a line behind a package's name allows; nil where it sets no bound.
    ///
    /// Reads `==5.0.1`, `>=4,<6`, `"^4.6.0"`, `'~> 4.8'`, `(4.8.1)` and the like.
    static func major(_ rest: String) -> Int? {
        var bounds: [Int] = []
        var operators = ""
        var scalars = Array(rest.unicodeScalars.prefix(80))[...]
        while let scalar = scalars.first {
            guard ("0"..."9").contains(scalar) else {
                // What extras are asked for, and what stands behind a comment, is no release.
                if scalar == "#" || scalar == ";" { break }
                if scalar == "[" { scalars = scalars.drop { $0 != "]" } }
                if scalar == "," || scalar == "|" { operators = "" }
                if "<>=~^!".unicodeScalars.contains(scalar) { operators.unicodeScalars.append(scalar) }
                scalars = scalars.dropFirst()
                continue
            }
            let version = scalars.prefix { ("0"..."9").contains($0) || $0 == "." }
            scalars = scalars.dropFirst(version.count)
            if let bound = bound(String(String.UnicodeScalarView(version)), operators) { bounds.append(bound) }
            operators = ""
        }
        return bounds.min()
    }

    private static func bound(_ version: String, _ operators: String) -> Int? {
        let numbers = version.split(separator: ".").compactMap { Int($0) }
        guard let major = numbers.first, !operators.contains("!") else { return nil }
        if operators.contains("<") {
            let isWhole = numbers.dropFirst().allSatisfy { $0 == 0 }
            return isWhole && !operators.contains("=") ? major - 1 : major
        }
        return operators.contains(">") && !operators.contains("~") ? nil : major
    }

    /// The library that a package is, by the name that it is known by here; nil for every other package.
    static func library(_ package: Framework.Package) -> String? {
        switch (package.ecosystem, package.name) {
        case (.pypi, "redis"): "redis-py"
        case (.npm, "redis"), (.npm, "@redis/client"): "node-redis"
        case (.rubygems, "redis"): "redis-rb"
        default: nil
        }
    }
}

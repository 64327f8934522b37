import CommandCatalog

/// A package that a manifest says a project needs.
struct Dependency: Hashable {
    /// The package, its name as its registry compares names.
    let package: Framework.Package
    /// Extras that are asked for with it, as `redis` in `celery[redis]`; in small letters.
    var extras: [String] = []
    /// Where the manifest names it: byte offsets in the file.
    let range: Range<Int>
}

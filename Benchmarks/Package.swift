// swift-tools-version: 6.2
import PackageDescription

/// The same rules as the package that is measured.
let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "Benchmarks",
    targets: [
        .executableTarget(name: "bench", swiftSettings: settings),
        .testTarget(name: "benchTests", dependencies: ["bench"], swiftSettings: settings),
    ]
)

// swift-tools-version: 6.2
import PackageDescription

/// Every target is Swift 6 with the upcoming features that the code is written for; a warning is an error.
let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

/// The settings of the two modules on a request's way, without run-time checks of exclusive access.
///
/// The request path touches the state of its event loop through classes, and each touch would be checked for overlap: a
/// fifth of a pipelined request. Debug builds, and so the tests, check; release builds do not.
let hotSettings: [SwiftSetting] =
    settings + [.unsafeFlags(["-enforce-exclusivity=unchecked"], .when(configuration: .release))]

let package = Package(
    name: "clusterctl",
    products: [
        .executable(name: "clusterctl", targets: ["clusterctl"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    ],
    targets: [
        .target(name: "CommandCatalog", swiftSettings: settings),
        .target(name: "Presentation", dependencies: ["CommandCatalog"], swiftSettings: settings),
        .target(name: "CMemory"),
        .target(name: "CThread"),
        .target(name: "SystemCalls", dependencies: ["CMemory", "CThread"], swiftSettings: settings),
        .target(name: "CLibrary"),
        .target(name: "CByteSearch"),
        .target(name: "CChecksum"),
        .target(name: "WireFormats", dependencies: ["CByteSearch", "CLibrary"], swiftSettings: hotSettings),
        .target(
            name: "ClusterCore",
            dependencies: [
                "CChecksum",
                "CommandCatalog",
                "CLibrary",
                "CMemory",
                "CThread",
                "Presentation",
                "SystemCalls",
                "WireFormats",
                .product(name: "DequeModule", package: "swift-collections"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: hotSettings
        ),
        .target(name: "ServerClient", dependencies: ["Presentation"], swiftSettings: settings),
        .target(name: "CZlib"),
        .target(name: "CFileMapping"),
        .target(
            name: "Compatibility",
            dependencies: [
                "CByteSearch",
                "CommandCatalog", "CFileMapping", "CLibrary", "CZlib", "Presentation", "ServerClient", "SystemCalls",
                "WireFormats",
            ],
            swiftSettings: hotSettings
        ),
        .target(name: "CProcess"),
        .target(name: "CEditLine", linkerSettings: [.linkedLibrary("edit")]),
        .executableTarget(
            name: "clusterctl",
            dependencies: [
                "CEditLine",
                "CMemory",
                "CProcess",
                "CommandCatalog",
                "ClusterCore",
                "Compatibility",
                "Presentation",
                "ServerClient",
                "SystemCalls",
                "WireFormats",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ],
            path: "Sources/ctl",
            swiftSettings: settings
        ),
        .testTarget(
            name: "CommandCatalogTests",
            dependencies: ["CommandCatalog"],
            resources: [.copy("Fixtures")],
            swiftSettings: settings
        ),
        .testTarget(
            name: "PresentationTests",
            dependencies: ["CommandCatalog", "Presentation", "TestSupport"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "WireFormatsTests",
            dependencies: ["WireFormats"],
            resources: [.copy("Fixtures")],
            swiftSettings: settings
        ),
        .testTarget(
            name: "ClusterCoreTests",
            dependencies: [
                "CChecksum",
                "ClusterCore",
                "CommandCatalog",
                "TestSupport",
                "WireFormats",
                .product(name: "Logging", package: "swift-log"),
            ],
            exclude: ["Fixtures"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "CompatibilityTests",
            dependencies: [
                "ClusterCore", "CommandCatalog", "Compatibility", "Presentation", "SystemCalls", "TestSupport",
                "WireFormats",
            ],
            exclude: ["Source/Fixtures"],
            resources: [.copy("Fixtures")],
            swiftSettings: settings
        ),
        .testTarget(name: "ServerClientTests", dependencies: ["ServerClient"], swiftSettings: settings),
        .target(
            name: "TestSupport",
            dependencies: ["ClusterCore", .product(name: "Logging", package: "swift-log")],
            path: "Tests/TestSupport",
            swiftSettings: settings
        ),
        .testTarget(
            name: "IntegrationTests",
            dependencies: ["TestSupport", "clusterctl", "ClusterCore", "CommandCatalog"],
            exclude: ["Clients", "Fixtures"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "ctlTests",
            dependencies: [
                "clusterctl", "CommandCatalog", "Compatibility", "Presentation", "SystemCalls", "TestSupport",
                "WireFormats",
            ],
            exclude: ["Documentation/zsh-complete.py", "Repl/terminal.py"],
            swiftSettings: settings
        ),
    ]
)

import CommandCatalog
import Foundation
import Testing

@Suite struct FrameworkTests {
    @Test(arguments: Framework.all.map(\.name)) func `what a framework sends is in the catalog`(name: String) throws {
        let framework = try #require(Framework.all.first { $0.name == name })
        #expect(!framework.jobs.isEmpty && !framework.packages.isEmpty && !framework.source.isEmpty)
        for command in framework.jobs.flatMap(\.commands) {
            #expect(Catalog.row(named: command) != nil, "\(command)")
        }
    }

    @Test func `each framework has a job that the Cluster edition refuses`() {
        for framework in Framework.all {
            let refused = framework.jobs.flatMap(\.commands).filter { Catalog.row(named: $0)?.id == nil }
            #expect(!refused.isEmpty, "\(framework.name)")
        }
    }

    @Test func `names are unique, and no package is listed twice for one framework`() {
        #expect(Set(Framework.all.map(\.name)).count == Framework.all.count)
        for framework in Framework.all {
            #expect(Set(framework.packages.map(\.compared)).count == framework.packages.count, "\(framework.name)")
        }
    }

    @Test(arguments: [
        (Framework.Ecosystem.pypi, "Flask_Limiter", "flask-limiter"), (.go, "github.com/x/y/v10", "github.com/x/y"),
        (.go, "github.com/x/v", "github.com/x/v"), (.nuget, "RedLock.net", "redlock.net"), (.npm, "Bull", "Bull"),
    ])
    func `a package is compared as its registry does`(ecosystem: Framework.Ecosystem, name: String, compared: String) {
        #expect(Framework.Package(ecosystem: ecosystem, name: name).compared.name == compared)
    }

    /// The page is made from the table: CLUSTERCTL_RENEW=1 writes it anew.
    @Test func `docs-frameworks is what the table says`() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..").standardized
        let page = root.appending(path: "docs/frameworks.md")
        let text = FrameworkPage.text
        if ProcessInfo.processInfo.environment["CLUSTERCTL_RENEW"] != nil {
            try Data(text.utf8).write(to: page)
        }
        #expect(
            try String(contentsOf: page, encoding: .utf8) == text,
            "CLUSTERCTL_RENEW=1 swift test --filter FrameworkTests writes it anew")
    }
}

/// The page `docs/frameworks.md`.
private enum FrameworkPage {
    static var text: String {
        var text = """
            # Frameworks

            What frameworks on top of Redis send by themselves, and what of it the Cluster edition refuses. `clusterctl lint` finds them
            by the packages in a project's manifests (`framework-refused` where the first job needs a refused command,
            `framework-partly-refused` otherwise). The page is made from `Sources/CommandCatalog/Frameworks/`.

            Refused commands are in bold. *If configured*: Redis is one of several servers that the framework can use.


            """
        for ecosystem in Framework.Ecosystem.allCases {
            let rows = Framework.all.filter { $0.packages.first?.ecosystem == ecosystem }
            text +=
                "## \(ecosystem.rawValue)\n\n| Framework | Jobs and their commands | What works | What helps | Source |\n"
            text += "|---|---|---|---|---|\n" + rows.map(row).joined() + "\n"
        }
        return String(text.dropLast())
    }

    private static func row(_ framework: Framework) -> String {
        let jobs = framework.jobs.map { job in
            let commands = job.commands.map { Catalog.row(named: $0)?.id == nil ? "**\($0)**" : $0 }
            return "\(job.purpose): \(commands.joined(separator: " "))"
        }
        let dependence = framework.dependence == .ifConfigured ? " *(if configured)*" : ""
        let packages = framework.packages.map { "`\($0.name)`" }.joined(separator: " ")
        let cells = [
            "\(framework.name)\(dependence)<br>\(packages)", jobs.joined(separator: "<br>"), framework.works,
            framework.setting, framework.source,
        ]
        return "| " + cells.joined(separator: " | ") + " |\n"
    }
}

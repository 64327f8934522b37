/// What a framework built on Redis sends, and so which of its jobs the contract leaves it.
///
/// An application that uses a job queue, a rate limiter or a session store often has no call of Redis in its own code: the
/// refused commands are the framework's. A row says which commands each job needs; whether they are refused is the
/// contract's answer, not the row's. The linter finds frameworks by the packages that a manifest names, and `exec` by
/// the same rows.
public struct Framework: Sendable {
    /// The framework's own name, as its documentation spells it.
    public let name: String
    /// How manifests of dependencies name it; the first is its own package, others depend on it and add nothing.
    public let packages: [Package]
    /// Whether the framework always talks to Redis, or Redis is one of several that it can talk to.
    public let dependence: Dependence
    /// Its jobs; the first is what it is used for, so that without it the framework is of no use.
    public let jobs: [Job]
    /// What works in spite of the refusals; empty if nothing does.
    public let works: String
    /// A setting that avoids refused commands; empty if none is known.
    public let setting: String
    /// Names in configurations that give one of its jobs to Redis, if their value begins with `redis`.
    public let settings: [Setting]
    /// Where the facts were read: a repository and the files in it, with the date of the commit.
    public let source: String

    /// A package in the registry of one ecosystem.
    public struct Package: Sendable, Hashable {
        /// The registry that the name belongs to.
        public let ecosystem: Ecosystem
        /// The name, in the registry's own spelling.
        public let name: String

        /// A package by its name.
        public init(ecosystem: Ecosystem, name: String) {
            self.ecosystem = ecosystem
            self.name = name
        }

        /// The package with its name as its registry compares names.
        ///
        /// Python's index takes `-`, `_` and `.` for the same; NuGet, Packagist and it take no notice of case. The path
        /// of a Go module ends with its major version from 2 on, which is no part of what it is.
        public var compared: Package {
            switch ecosystem {
            case .pypi:
                let folded = name.lowercased().map { $0 == "_" || $0 == "." ? "-" : $0 }
                return Package(ecosystem: ecosystem, name: String(folded))
            case .nuget, .packagist:
                return Package(ecosystem: ecosystem, name: name.lowercased())
            case .go:
                return Package(ecosystem: ecosystem, name: nameWithoutMajorVersion)
            case .npm, .rubygems, .maven:
                return self
            }
        }

        private var nameWithoutMajorVersion: String {
            let parts = name.split(separator: "/")
            guard let last = parts.last, last.first == "v", last.count > 1, last.dropFirst().allSatisfy(\.isNumber)
            else {
                return name
            }
            return parts.dropLast().joined(separator: "/")
        }
    }

    /// A registry of packages.
    public enum Ecosystem: String, Sendable, CaseIterable {
        /// Python's package index.
        case pypi
        /// The registry of Node.js.
        case npm
        /// RubyGems.
        case rubygems
        /// Maven Central, which Gradle and sbt use as well; a name is `group:artifact`.
        case maven
        /// Go modules; a name is the module's path without its major version.
        case go
        /// Packagist, the registry of Composer.
        case packagist
        /// NuGet.
        case nuget
    }

    /// How a framework depends on Redis.
    public enum Dependence: Sendable {
        /// Redis is the only server that it talks to.
        case always
        /// Redis is one of its back ends: the configuration decides.
        case ifConfigured
    }

    /// Something that the framework does by commands of Redis.
    public struct Job: Sendable {
        /// What does not happen without the commands, as the end of a sentence that begins with the framework's name.
        public let purpose: String
        /// The commands, as the catalog names them.
        public let commands: [String]
    }

    /// A name in a configuration that gives a job to Redis.
    public struct Setting: Sendable {
        /// The setting's own name in small letters, without hyphens and underscores.
        public let name: String
        /// Which of the framework's jobs it is about.
        public let job: Int
        /// What the names around the setting contain, in small letters; empty if it does not matter.
        public let within: String

        init(_ name: String, job: Int, within: String = "") {
            self.name = name
            self.job = job
            self.within = within
        }
    }

    init(
        _ name: String, _ dependence: Dependence, packages: [Package], jobs: [Job], settings: [Setting] = [],
        works: String = "", setting: String = "", source: String
    ) {
        self.name = name
        self.dependence = dependence
        self.packages = packages
        self.jobs = jobs
        self.settings = settings
        self.works = works
        self.setting = setting
        self.source = source
    }

    /// Every framework that is known, by ecosystem.
    public static let all = python + ruby + javaScript + java + go + php + dotNet

    /// Packages that connect to Redis: beside one of them a framework that may use Redis probably does.
    public static let drivers: Set<Package> = Set(
        [
            Ecosystem.pypi: ["redis", "aioredis", "hiredis", "django-redis", "coredis"],
            .npm: ["redis", "ioredis", "@redis/client", "handy-redis"],
            .rubygems: ["redis", "redis-client", "hiredis", "redis-rails", "redis-namespace"],
            .maven: [
                "redis.clients:jedis", "io.lettuce:lettuce-core", "org.springframework.data:spring-data-redis",
                "org.springframework.boot:spring-boot-starter-data-redis",
                "org.springframework.boot:spring-boot-starter-data-redis-reactive",
            ],
            .go: [
                "github.com/go-redis/redis", "github.com/redis/go-redis", "github.com/gomodule/redigo",
                "github.com/garyburd/redigo", "github.com/redis/rueidis",
            ],
            .packagist: ["predis/predis", "ext-redis"],
            .nuget: ["stackexchange.redis", "csredis", "freeredis", "servicestack.redis"],
        ].flatMap { ecosystem, names in names.map { Package(ecosystem: ecosystem, name: $0) } })

    /// The frameworks that a package brings; none for a package that is no framework's.
    ///
    /// - Parameter package: with its name as its registry compares names.
    public static func named(_ package: Package) -> [Framework] { byPackage[package] ?? [] }

    private static let byPackage: [Package: [Framework]] = all.reduce(into: [:]) { index, framework in
        for package in framework.packages { index[package.compared, default: []].append(framework) }
    }
}

extension Framework.Job {
    /// A job's purpose and the commands it needs, the names separated by commas.
    init(_ purpose: String, by commands: String) {
        self.purpose = purpose
        self.commands = commands.split(separator: ",").map { name in
            String(name.drop { $0 == " " })
        }
    }
}

extension [Framework.Package] {
    /// Packages of one registry.
    static func named(_ names: String..., in ecosystem: Framework.Ecosystem) -> Self {
        names.map { Framework.Package(ecosystem: ecosystem, name: $0) }
    }
}

import CommandCatalog
import Testing

@testable import Compatibility

@Suite struct DependencyManifestTests {
    /// The names in a manifest, with extras in brackets.
    private static func names(_ path: String, _ text: String) -> [String] {
        guard let manifest = DependencyManifest.of(path: path) else { return ["no manifest"] }
        return manifest.dependencies(in: ManifestText(text.utf8)).map { dependency in
            let extras = dependency.extras.isEmpty ? "" : "[\(dependency.extras.joined(separator: ","))]"
            return dependency.package.name + extras
        }
    }

    @Test func `pip's requirements, with extras, markers, options and comments`() {
        let text = """
            # rq is gone
            -r base.txt
            --index-url https://example.com/simple
            celery[redis,sqs] >= 5.3 ; python_version > "3.8"
            Flask_Limiter==3.5 # limits
            git+https://github.com/x/rq.git
            redis
            ./local/package
            huey @ https://example.com/huey.zip

            """
        let names = ["celery[redis,sqs]", "flask-limiter", "redis", "huey"]
        #expect(Self.names("requirements/prod.txt", text) == names)
        #expect(Self.names("requirements.txt", text) == names)
        #expect(DependencyManifest.of(path: "notes.txt") == nil)
    }

    @Test func `pyproject in the forms of PEP 621, Poetry and dependency groups`() {
        let text = """
            [project]
            name = "rq"
            dependencies = [
              "dramatiq[redis,watch]>=1.15", # queue
              'arq',
            ]
            [project.optional-dependencies]
            queue = ["saq"]
            [tool.poetry.dependencies]
            python = "^3.11"
            celery = {version = "5.3", extras = ["redis"]}
            [tool.poetry.group.dev.dependencies]
            huey = "*"
            [tool.black]
            target = ["rq"]
            [dependency-groups]
            test = ["taskiq-redis>=1"]

            """
        let names = ["dramatiq[redis,watch]", "arq", "saq", "celery[version,redis]", "huey", "taskiq-redis"]
        let found = Self.names("pyproject.toml", text)
        #expect(found.map { $0.split(separator: "[")[0] } == names.map { $0.split(separator: "[")[0] })
        #expect(found[0] == names[0])
        #expect(found[3].contains("redis"))
    }

    @Test func `setup in Python and as a configuration, and a Pipfile`() {
        let program = """
            from setuptools import setup
            setup(
                name="rq", keywords=["huey"],
                install_requires=[
                    "redis>=3.5",
                    'celery[redis]',
                ],
                classifiers=["saq"],
            )

            """
        #expect(Self.names("setup.py", program) == ["redis", "celery[redis]"])
        let configuration = "[options]\ninstall_requires =\n    redis\n    rq>=1\n[metadata]\nname = huey\n"
        #expect(Self.names("setup.cfg", configuration) == ["redis", "rq"])
        #expect(
            Self.names("Pipfile", "[packages]\nrq = \"*\"\n\"flask-limiter\" = \"*\"\n[requires]\npython = \"3\"\n")
                == ["rq", "flask-limiter"])
    }

    @Test func `package.json and composer.json: the keys of their sections, not of nested objects`() {
        let package = """
            {"name": "bull", "scripts": {"kue": "x"}, "dependencies": {"bullmq": "^5", "@socket.io/redis-adapter": "8"},
             "devDependencies": {"redlock": "1"}, "config": {"dependencies": {"bee-queue": "1"}}}
            """
        #expect(Self.names("package.json", package) == ["bullmq", "@socket.io/redis-adapter", "redlock"])
        let composer = #"{"require": {"php": ">=8", "Laravel/Horizon": "^5"}, "suggest": {"hyperf/async-queue": ""}}"#
        #expect(Self.names("composer.json", composer) == ["php", "laravel/horizon"])
    }

    @Test func `Bundler's files`() {
        #expect(
            Self.names("Gemfile", "source 'x'\ngem 'sidekiq', '~> 7' # jobs\n  gem \"redlock\"\n# gem 'resque'\n") == [
                "sidekiq", "redlock",
            ])
        #expect(Self.names("x.gemspec", "  s.add_runtime_dependency 'resque', '> 1'\n") == ["resque"])
        #expect(
            Self.names("Gemfile.lock", "GEM\n  specs:\n    sidekiq (7.2.0)\n      redis-client (>= 0.1)\n") == [
                "sidekiq"
            ])
    }

    @Test func `Maven, Gradle, its catalogs and sbt`() {
        let pom = """
            <dependencies><dependency>
              <groupId>org.redisson</groupId>
              <artifactId> redisson </artifactId><version>3</version>
            </dependency><dependency><artifactId>x</artifactId></dependency></dependencies>
            """
        #expect(Self.names("a/pom.xml", pom) == ["org.redisson:redisson"])
        let gradle = """
            implementation 'org.redisson:redisson:3.27'
            implementation("com.bucket4j:bucket4j-redis:8")
            shedlock = { group = "net.javacrumbs.shedlock", name = "shedlock-provider-redis-spring" }
            id "java"

            """
        let names = [
            "org.redisson:redisson", "com.bucket4j:bucket4j-redis",
            "net.javacrumbs.shedlock:shedlock-provider-redis-spring",
        ]
        #expect(Self.names("build.gradle.kts", gradle) == names)
        #expect(
            Self.names("build.sbt", "libraryDependencies += \"org.redisson\" % \"redisson\" % \"3.0\"\n") == [
                "org.redisson:redisson"
            ])
    }

    @Test func `go.mod without what is only indirect, and .NET's projects`() {
        let module =
            "module github.com/x/asynq\nrequire github.com/bsm/redislock v1\nrequire (\n\tgithub.com/hibiken/asynq v0.24 // queue\n\tgithub.com/go-redsync/redsync/v4 v4.1 // indirect\n)\nreplace github.com/a/b => ../b\n"
        #expect(Self.names("go.mod", module) == ["github.com/bsm/redislock", "github.com/hibiken/asynq"])
        let project =
            "<ItemGroup><PackageReference Include=\"RedLock.net\" Version='2' /><PackageVersion Include='CSRedis'/></ItemGroup>"
        #expect(Self.names("a.csproj", project) == ["redlock.net", "csredis"])
        #expect(
            Self.names("packages.config", "<package id=\"DistributedLock.Redis\" version=\"1\" />") == [
                "distributedlock.redis"
            ])
    }

    @Test(arguments: [
        "", "{", "{\"dependencies\":{\"", "[project]\ndependencies = [\n", "require (", "<dependency>", "\"", "gem '",
    ])
    func `a manifest that is cut off ends the reading`(text: String) {
        for path in [
            "requirements.txt", "pyproject.toml", "setup.py", "package.json", "Gemfile", "pom.xml", "build.gradle",
            "go.mod", "a.csproj",
        ] {
            _ = Self.names(path, text)
        }
    }
}

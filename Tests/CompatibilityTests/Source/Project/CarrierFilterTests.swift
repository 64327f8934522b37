import Foundation
import SystemCalls
import Testing

@testable import Compatibility

/// Which files without a word of Redis are read, because they can come by the clients of others.
@Suite struct CarrierFilterTests {
    /// The files that are read, in order; the project is then deleted.
    private static func read(_ files: [String: String]) throws -> [String] {
        let sample = try SampleProject(files)
        defer { try? FileManager.default.removeItem(at: sample.folder) }
        let around = ProjectFolder.contents(around: [FilePath(sample.folder.path())], inputs: [], FolderWalk.Choice())
        let project = SourceProject.read(around.files, ReceiverNames(), threads: 2)
        return around.files.filter { project.matters($0.file.text) }.map(\.name).sorted()
    }

    /// Files of one kind, by number.
    private static func many(_ ending: String, _ text: String) -> [String: String] {
        Dictionary(uniqueKeysWithValues: (10..<60).map { ("other/file\($0).\(ending)", text) })
    }

    @Test func `a file that leads from an object to a client's owner is read where that is asked for`() throws {
        let files = [
            "store.py": "import redis\nclass Store:\n    def __init__(self): self.redis = redis.Redis()\n",
            "app.py": "from store import Store\nclass App:\n    def __init__(self): self.cache = Store()\n",
            "job.py": "from app import App\napp = App()\ndef run(): app.cache.redis.keys('*')\n",
        ]
        #expect(try Self.read(files) == ["app.py", "job.py", "store.py"])
        #expect(try SampleProject(files).commands() == ["job.py:3 KEYS high"])
    }

    @Test func `an object that has a client is followed to where it is given`() throws {
        let files = [
            "store.py": "import redis\nclass Store:\n    def __init__(self): self.redis = redis.Redis()\n",
            "job.py":
                "class Job:\n    def __init__(self, kept): self.kept = kept\n    def run(self): self.kept.redis.keys('*')\n",
            "main.py": "from store import Store\nfrom job import Job\nJob(Store()).run()\n",
            "unasked.py": "from store import Store\nprint(Store())\n",
        ]
        #expect(try Self.read(files) == ["job.py", "main.py", "store.py"])
        #expect(try SampleProject(files).commands() == ["job.py:3 KEYS high"])
    }

    @Test func `what most files have tells nothing of them`() throws {
        let store = "require 'redis'\nclass Store\n  def initialize(options)\n    @redis = Redis.new\n  end\nend\n"
        let others = Self.many("rb", "class Other\n  def initialize(options)\n    super.new\n  end\nend\n")
        #expect(try Self.read(others.merging(["store.rb": store]) { $1 }) == ["store.rb"])
    }

    @Test func `a module that exports one thing is asked for by its path`() throws {
        let files = [
            "lib/cache-client.js": "import Redis from 'ioredis'\nexport default new Redis()\n",
            "use.js": "import kept from './lib/cache-client.js'\nkept.keys('*')\n",
        ]
        let others = Self.many("js", "export default class Other {}\nimport type * as mocks from './mocks'\n")
        let all = files.merging(others) { $1 }
        #expect(try Self.read(all) == ["lib/cache-client.js", "use.js"])
        #expect(try SampleProject(files).commands() == ["use.js:2 KEYS high"])
    }

    @Test func `a namespace of types is no name of its own`() throws {
        let files = ["mocks.ts": "import type * as IORedisMock from 'ioredis'\nexport const made = 1\n"]
        let others = Self.many("ts", "export type Own = { type: string }\n")
        #expect(try Self.read(files.merging(others) { $1 }) == ["mocks.ts"])
    }
}

import ClusterCore
import Foundation
import TestSupport
import Testing
import WireFormats

@testable import ClusterCore

/// Whatever happens to one file of a data directory, a start has everything that was acknowledged, or ends with one line and
/// leaves the folder as it was.
///
/// Each file of each folder is removed and emptied; cuts and flipped bits are drawn at random.
/// `CLUSTERCTL_DAMAGES=50000` draws as many, `CLUSTERCTL_DAMAGES=all` takes every byte of the last 4 KB and every bit;
/// `CLUSTERCTL_TEST_SEED` repeats a run. A long one tells how far it is.
@Suite(.blocking)
struct DamagedFolderTests {
    /// So many at random; nil for all that there are.
    private static let count: Int? = {
        let text = ProcessInfo.processInfo.environment["CLUSTERCTL_DAMAGES"] ?? "1500"
        return text == "all" ? nil : Int(text) ?? 1500
    }()
    private static let longestCut = 4096

    @Test func `a damaged file loses nothing, or is refused and the folder stays as it is`() async throws {
        let samples = try await DataFolderSample.all()
        var random = SeededGenerator()
        let seed = random.seed
        var folders = 0
        var refused = 0
        for sample in samples {
            #expect(try await sample.differences() == [], "\(sample.name), undamaged")
            let run = try DamageRun(sample)
            for file in sample.image.files {
                for damage in [Damage.removed, .emptied] { try run.take(damage, file) }
                if Self.count == nil {
                    for damage in Self.all(sample.image.bytes(file).count) { try run.take(damage, file) }
                }
            }
            let files = sample.image.files.filter { !sample.image.bytes($0).isEmpty }
            for _ in 0..<(Self.count ?? 0) / samples.count {
                let file = random.one(of: files)
                try run.take(Self.one(sample.image.bytes(file).count, &random), file)
            }
            for problem in run.problems.prefix(5) {
                Issue.record("CLUSTERCTL_TEST_SEED=\(seed), \(sample.name): \(problem)")
            }
            #expect(run.problems.count <= 5, "and \(run.problems.count) in all")
            folders += run.count
            refused += run.refused
        }
        print("damage test: \(folders) folders, \(refused) of them refused, seed \(seed)")
        #expect(refused > 0 && refused < folders)
    }

    private static func one(_ size: Int, _ random: inout SeededGenerator) -> Damage {
        if random.isOne(in: 2) { return .flipped(byte: random.below(size), bit: random.below(8)) }
        return .cut(max(0, size - longestCut) + random.below(min(size, longestCut)))
    }

    private static func all(_ size: Int) -> [Damage] {
        (max(0, size - longestCut)..<size).map { .cut($0) }
            + (0..<size).flatMap { byte in (0..<8).map { .flipped(byte: byte, bit: $0) } }
    }
}

/// Damages a folder again and again, each time in one place, and starts on it.
private final class DamageRun {
    private let sample: DataFolderSample
    private let folder: TemporaryFolder
    private let path: String
    private let whole: StartedFolder
    private(set) var count = 0
    private(set) var refused = 0
    private(set) var problems: [String] = []

    init(_ sample: DataFolderSample) throws {
        self.sample = sample
        folder = try TemporaryFolder(isInMemory: true)
        path = folder.path(to: "data")
        try sample.image.write(to: folder.path(to: "whole"))
        whole = try StartedFolder(folder.path(to: "whole"))
        try sample.image.write(to: path)
    }

    func take(_ damage: Damage, _ file: String) throws {
        count += 1
        if count.isMultiple(of: 5_000) {
            print("damage test: \(sample.name): \(count) folders, \(refused) refused, \(problems.count) problems")
        }
        try damage.apply(to: file, of: sample.image, in: path)
        let before = try FolderImage(of: path)
        do throws(PersistenceError) {
            compare(try StartedFolder(path), "\(file) \(damage)")
        } catch {
            refused += 1
            try expectRefusal(error, before, "\(file) \(damage)")
            return try sample.image.restore(file, in: path)
        }
        try sample.image.write(to: path)
    }

    private func expectRefusal(_ error: PersistenceError, _ before: FolderImage, _ what: String) throws {
        if !error.isDamage { problems.append("\(what): is no damage: \(error)") }
        if error.description.contains("\n") { problems.append("\(what): not one line: \(error)") }
        let differences = try FolderImage(of: path).differences(from: before)
        if !differences.isEmpty { problems.append("\(what): refused, and \(differences) were changed: \(error)") }
    }

    private func compare(_ started: StartedFolder, _ what: String) {
        let differences = started.differences(from: whole)
        if !differences.isEmpty { problems.append("\(what): the shards \(differences) have other keys") }
    }
}

import Foundation

/// What several rounds measured, and the one value that stands for them.
struct Figure: Codable {
    let samples: [Double]
    let value: Double

    var smallest: Double { samples.min() ?? .nan }
    var largest: Double { samples.max() ?? .nan }

    private init(samples: [Double], value: Double) {
        self.samples = samples
        self.value = value
    }

    static func median(of samples: [Double]) -> Figure {
        let sorted = samples.sorted()
        let middle = sorted.count / 2
        let value = sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
        return Figure(samples: samples, value: value)
    }

    /// For a worst case that noise can only make worse.
    static func minimum(of samples: [Double]) -> Figure {
        Figure(samples: samples, value: samples.min() ?? .nan)
    }

    /// The smallest sample that at least `share` of the sorted samples do not exceed.
    static func percentile(_ share: Double, ofSorted sorted: [Double]) -> Double {
        let rank = Int((share * Double(sorted.count)).rounded(.up))
        return sorted[min(max(rank, 1), sorted.count) - 1]
    }
}

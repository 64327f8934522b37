/// The sum of one number added again and again, rounded after each addition as a loop would round it, in a time that does
/// not depend on how often.
///
/// Between two powers of two all doubles have one distance, so that as long as the total stays there each addition moves
/// it by the same step – but for the first, which may have to round a tie to the even neighbour. So the additions up to
/// the next power of two are one multiplication, which is exact.
enum RepeatedSum {
    /// What `total` is after `score` was added so many times; infinity less infinity counts as 0, as everywhere in 2.8's
    /// sums.
    static func adding(_ score: Double, to total: Double, times: Int) -> Double {
        var total = total
        var last = Double.nan
        var left = times
        while left > 0 {
            let next = once(total, score)
            left -= 1
            // Nothing moves any more.
            if next == total { return next }
            let isSteady = last.ulp == total.ulp && total.ulp == next.ulp
            (last, total) = (total, next)
            guard isSteady, left > 0 else { continue }
            let step = total - last
            let jumps = stepsWithinBinade(from: total, step, atMost: left)
            guard jumps > 0 else { continue }
            total += Double(jumps) * step
            last = total - step
            left -= jumps
        }
        return total
    }

    private static func once(_ total: Double, _ score: Double) -> Double {
        let sum = total + score
        return sum.isNaN ? 0 : sum
    }

    /// How many steps of one size lead from a number to others that have the same distance to their neighbours, one step
    /// kept back for the one that would leave them.
    private static func stepsWithinBinade(from start: Double, _ step: Double, atMost most: Int) -> Int {
        let isGrowing = (start < 0) == (step < 0)
        let border = isGrowing ? start.magnitude.binade * 2 : start.magnitude.binade
        guard border.isFinite else { return 0 }
        let steps = (border - start.magnitude).magnitude / step.magnitude
        return steps >= Double(most) + 1 ? most : max(0, Int(steps) - 1)
    }
}

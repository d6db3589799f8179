import Foundation

/// Editions with known quality, scored by simulated evaluators: what calibration gains over the plain mean.
package struct CalibrationTrial: Sendable {
    package let proposals: Int
    package let evaluators: Int
    package let reads: Int
    /// Standard deviations in points of the score; quality is spread by `qualitySpread` around 75.
    package let severity: Double
    package let noise: Double
    package let top: Int

    package static let qualitySpread = 8.0

    package init(proposals: Int, evaluators: Int, reads: Int, severity: Double, noise: Double, top: Int) {
        (self.proposals, self.evaluators, self.reads) = (proposals, evaluators, min(reads, evaluators))
        (self.severity, self.noise, self.top) = (severity, noise, min(top, proposals))
    }

    /// Shares of the truly best that each ranking finds, on average over trials, and the gain with its 95 % interval.
    package struct Outcome: Sendable {
        package let calibrated: Double
        package let plain: Double
        package let gain: Double
        package let interval: ClosedRange<Double>

        package var helps: Bool { interval.lowerBound > 0 }
        package var harms: Bool { interval.upperBound < 0 }
    }

    /// Runs the trial `times` times; the interval is that of the paired differences, normal approximation.
    package func run(times: Int, seed: UInt64) -> Outcome {
        var shares: [(calibrated: Double, plain: Double)] = []
        for round in 0..<max(2, times) {
            var numbers = SeededNumbers(seed: seed &+ UInt64(round) &* 7_919)
            shares.append(once(&numbers))
        }
        let count = Double(shares.count)
        let gains = shares.map { $0.calibrated - $0.plain }
        let gain = gains.reduce(0, +) / count
        let variance = gains.reduce(0) { $0 + ($1 - gain) * ($1 - gain) } / (count - 1)
        let half = 1.96 * (variance / count).squareRoot()
        return Outcome(
            calibrated: shares.reduce(0) { $0 + $1.calibrated } / count,
            plain: shares.reduce(0) { $0 + $1.plain } / count, gain: gain, interval: (gain - half)...(gain + half))
    }

    private func once(_ numbers: inout SeededNumbers) -> (calibrated: Double, plain: Double) {
        let quality = (0..<proposals).map { _ in 75 + Self.qualitySpread * numbers.normal() }
        let severities = (0..<evaluators).map { _ in severity * numbers.normal() }
        var scores: [Calibration.Score] = []
        scores.reserveCapacity(proposals * reads)
        for (proposal, row) in readers(&numbers).enumerated() {
            for evaluator in row {
                let value = quality[proposal] + severities[evaluator] + noise * numbers.normal()
                scores.append(.init(proposal: proposal, evaluator: evaluator, value: value))
            }
        }
        let calibration = Calibration(scores, proposals: proposals, evaluators: evaluators)
        let truth = Set(best(quality))
        return (
            share(Array(calibration.ranking.prefix(top)), truth),
            share(best(calibration.proposals.map { $0.rawMean ?? 0 }), truth)
        )
    }

    /// Random readers with equal loads, give or take one: the least loaded, in random order.
    private func readers(_ numbers: inout SeededNumbers) -> [[Int]] {
        var order = Array(0..<evaluators), next = evaluators
        return (0..<proposals).map { _ in
            var row: [Int] = []
            while row.count < reads {
                if next >= evaluators {
                    order.shuffle(using: &numbers)
                    next = 0
                }
                if !row.contains(order[next]) { row.append(order[next]) }
                next += 1
            }
            return row
        }
    }

    private func best(_ values: [Double]) -> [Int] {
        Array(values.indices.sorted { values[$0] != values[$1] ? values[$0] > values[$1] : $0 < $1 }.prefix(top))
    }

    private func share(_ chosen: [Int], _ truth: Set<Int>) -> Double {
        truth.isEmpty ? 1 : Double(chosen.count { truth.contains($0) }) / Double(truth.count)
    }

    /// The variance of one read about the quality, severity included, at which two committees of three that each accept a
    /// quarter disagree on this share of decisions. NeurIPS 2021 measured 23 % (Beygelzimer et al., 2021).
    package static func readVariance(disagreement: Double = 0.23, accepted: Double = 0.25, committee: Int = 3) -> Double
    {
        var low = 0.0, high = 1.0
        for _ in 0..<40 {
            let correlation = (low + high) / 2
            if 2 * (accepted - both(accepted, correlation)) > disagreement {
                low = correlation
            } else {
                high = correlation
            }
        }
        let correlation = (low + high) / 2
        return qualitySpread * qualitySpread * Double(committee) * (1 - correlation) / correlation
    }

    /// The probability that two correlated standard normals are both in their upper share, by integration.
    private static func both(_ share: Double, _ correlation: Double) -> Double {
        func above(_ x: Double) -> Double { 0.5 * erfc(x / 2.0.squareRoot()) }
        var low = -8.0, high = 8.0
        for _ in 0..<80 {
            if above((low + high) / 2) > share { low = (low + high) / 2 } else { high = (low + high) / 2 }
        }
        let cut = (low + high) / 2
        let steps = 2_000, width = (8 - cut) / Double(steps)
        let rest = max(1e-12, 1 - correlation * correlation).squareRoot()
        return (0..<steps).reduce(0) { sum, step in
            let x = cut + (Double(step) + 0.5) * width
            return sum + width * exp(-x * x / 2) / (2 * Double.pi).squareRoot() * above((cut - correlation * x) / rest)
        }
    }
}

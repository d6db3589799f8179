import Foundation

/// The normal equations of the additive model with the proposals eliminated.
struct CalibrationSystem: Sendable {
    struct Variances: Sendable {
        var quality: Double
        var severity: Double
        var noise: Double

        /// The greatest relative change of a variance, measured against their sum.
        func distance(to other: Variances) -> Double {
            let sum = max(other.quality + other.severity + other.noise, .leastNormalMagnitude)
            return max(abs(quality - other.quality), abs(severity - other.severity), abs(noise - other.noise)) / sum
        }
    }

    struct Solution: Sendable {
        let mean: Double
        let quality: [Double]
        let severity: [Double]
        let qualityVariance: [Double]
        let severityVariance: [Double]
        let variances: Variances
        /// Of the severities and, last, the mean; in units of the noise variance.
        let factor: CalibrationMatrix
    }

    let scores: [Calibration.Score]
    let reads: [[Calibration.Score]]
    let width: Int

    init(_ all: [Calibration.Score], proposals: Int, evaluators: Int) {
        scores = all.filter {
            (0..<proposals).contains($0.proposal) && (0..<evaluators).contains($0.evaluator) && $0.value.isFinite
        }
        width = evaluators
        var rows = Array(repeating: [Calibration.Score](), count: proposals)
        for score in scores { rows[score.proposal].append(score) }
        reads = rows
    }

    /// Best predictions and their variances for known variances; nil where the numbers leave no solution.
    func solve(_ variances: Variances) -> Solution? {
        guard !scores.isEmpty, variances.noise > 0 else { return nil }
        let size = width + 1
        let ridge = (
            quality: variances.noise / max(variances.quality, 1e-300),
            severity: variances.noise / max(variances.severity, 1e-300)
        )
        // Scores are taken from their average, so that the tiny ridge on the mean cannot matter.
        let average = scores.reduce(0) { $0 + $1.value } / Double(scores.count)
        var matrix = [Double](repeating: 0, count: size * size)
        var right = [Double](repeating: 0, count: size)
        for e in 0..<width { matrix[e * size + e] = ridge.severity }
        matrix[width * size + width] = 1e-9
        for row in reads where !row.isEmpty {
            let weight = 1 / (Double(row.count) + ridge.quality)
            let sum = row.reduce(0) { $0 + $1.value - average }
            let count = Double(row.count)
            for score in row {
                let e = score.evaluator
                matrix[e * size + e] += 1
                right[e] += score.value - average - weight * sum
                for other in row { matrix[e * size + other.evaluator] -= weight }
                matrix[e * size + width] += 1 - weight * count
                matrix[width * size + e] += 1 - weight * count
            }
            matrix[width * size + width] += count - weight * count * count
            right[width] += sum - weight * count * sum
        }
        guard let factor = CalibrationMatrix(matrix, size: size) else { return nil }
        let found = factor.solve(right)
        let inverse = factor.inverse()
        var quality: [Double] = [], qualityVariance: [Double] = []
        for row in reads {
            let weight = 1 / (Double(row.count) + ridge.quality)
            let rest = row.reduce(0) { $0 + $1.value - average - found[$1.evaluator] - found[width] }
            quality.append(weight * rest)
            var spread = 0.0
            let count = Double(row.count)
            for a in row {
                for b in row { spread += inverse[a.evaluator * size + b.evaluator] }
                spread += 2 * count * inverse[a.evaluator * size + width]
            }
            spread += count * count * inverse[width * size + width]
            qualityVariance.append(variances.noise * (weight + weight * weight * spread))
        }
        return Solution(
            mean: average + found[width], quality: quality, severity: Array(found.prefix(width)),
            qualityVariance: qualityVariance.map { max(0, $0) },
            severityVariance: (0..<width).map {
                variances.noise * max(0, inverse[$0 * size + $0])
            }, variances: variances, factor: factor)
    }

    /// One step of expectation maximisation; no variance falls below `least`.
    func better(_ old: Variances, _ solution: Solution, least: Double) -> Variances {
        let read = reads.indices.filter { !reads[$0].isEmpty }
        let active = Set(scores.map(\.evaluator)).sorted()
        let quality = read.reduce(0) { $0 + solution.quality[$1] * solution.quality[$1] + solution.qualityVariance[$1] }
        let severity = active.reduce(0) {
            $0 + solution.severity[$1] * solution.severity[$1] + solution.severityVariance[$1]
        }
        let residual = scores.reduce(0.0) { sum, score in
            let rest =
                score.value - solution.mean - solution.quality[score.proposal] - solution.severity[score.evaluator]
            return sum + rest * rest
        }
        let unread = read.reduce(0) { $0 + solution.qualityVariance[$1] } / max(old.quality, 1e-300)
        let unscored = active.reduce(0) { $0 + solution.severityVariance[$1] } / max(old.severity, 1e-300)
        let freedom = Double(read.count) - unread + Double(active.count) - unscored + 1
        return Variances(
            quality: max(least, quality / Double(read.count)), severity: max(least, severity / Double(active.count)),
            noise: max(least, (residual + old.noise * freedom) / Double(scores.count)))
    }
}

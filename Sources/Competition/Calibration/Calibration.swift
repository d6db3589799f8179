import Foundation
import Kernel

/// Scores with the evaluators' severity taken out, as advice beside the raw scores.
///
/// The model is additive: score = mean + quality of the proposal + severity of the evaluator + noise, the last three normal
/// with variances estimated from the scores by expectation maximisation (a two-way mixed model; Searle, Casella,
/// McCulloch, Variance Components, 1992). Proposals are eliminated, so the work is that of one matrix of evaluators.
package struct Calibration: Sendable {
    package struct Score: Sendable, Hashable {
        package let proposal: Int
        package let evaluator: Int
        package let value: Double

        package init(proposal: Int, evaluator: Int, value: Double) {
            (self.proposal, self.evaluator, self.value) = (proposal, evaluator, value)
        }
    }

    /// Why an estimate is too weak to say anything.
    package enum Doubt: String, Sendable, Hashable {
        case noReads
        case oneRead
        /// No chain of shared proposals links its evaluators to the largest group of evaluators.
        case unconnected
        /// No score differs from another, so there is nothing to rank.
        case allEqual

        /// The same in few words, for a table.
        package var name: Phrase {
            switch self {
            case .noReads: Phrase("belum dibaca", "not read yet")
            case .oneRead: Phrase("terlalu sedikit pembacaan", "too few reads")
            case .unconnected: Phrase("tidak terhubung", "unconnected")
            case .allEqual: Phrase("semua nilai sama", "all scores equal")
            }
        }

        package var phrase: Phrase {
            switch self {
            case .noReads: Phrase("Belum dibaca.", "Not read yet.")
            case .oneRead: Phrase("Terlalu sedikit pembacaan untuk disimpulkan.", "Too few reads to say.")
            case .unconnected:
                Phrase(
                    "Penilainya tidak terhubung dengan penilai lain, jadi keketatannya tidak dapat dibandingkan.",
                    "Its evaluators share no proposals with the others, so their severity cannot be compared.")
            case .allEqual:
                Phrase("Semua nilai sama, jadi tidak ada peringkat.", "All scores are equal, so there is no ranking.")
            }
        }
    }

    package struct Estimate: Sendable, Hashable {
        /// On the scale of the scores.
        package let quality: Double
        /// The standard deviation of the estimate; about two in three true values lie within one of it.
        package let deviation: Double
        package let reads: Int
        package let rawMean: Double?
        package let doubt: Doubt?
    }

    package struct Severity: Sendable, Hashable {
        /// How much higher (above zero) or lower than the others this evaluator scores the same proposals.
        package let value: Double
        package let deviation: Double
        package let reads: Int
        /// Two scores or more, and all the same: such reads tell proposals apart by nothing.
        package let constant: Bool
    }

    package let mean: Double
    package let proposals: [Estimate]
    package let evaluators: [Severity]
    /// The estimated standard deviations of quality, severity and noise, on the scale of the scores.
    package let spread: (quality: Double, severity: Double, noise: Double)
    /// Groups of evaluators that shared proposals connect; severity is comparable only within one.
    package let groups: [[Int]]

    let system: CalibrationSystem
    let solution: CalibrationSystem.Solution?

    /// Scores of proposals and evaluators outside the counts, or not finite, are left out.
    package init(_ scores: [Score], proposals count: Int, evaluators width: Int, rounds: Int = 60) {
        let system = CalibrationSystem(scores, proposals: count, evaluators: width)
        self.system = system
        let values = system.scores.map(\.value)
        let average = values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
        let total = values.reduce(0) { $0 + ($1 - average) * ($1 - average) } / Double(max(1, values.count))
        let connection = AssignmentConnection(
            Assignment(readers: system.reads.map { $0.map(\.evaluator) }), evaluators: width)
        groups = connection.groups
        let largest = Set(connection.groups.last ?? [])

        var variances = CalibrationSystem.Variances(quality: total / 2, severity: total / 4, noise: total / 4)
        var found: CalibrationSystem.Solution?
        // Equal scores, but for rounding, hold no information to divide among the three.
        if total > 1e-12 * max(1, average * average) {
            for _ in 0..<rounds {
                guard let next = system.solve(variances) else { break }
                found = next
                let better = system.better(variances, next, least: total * 1e-9)
                let settled = better.distance(to: variances) < 1e-5
                variances = better
                if settled { break }
            }
            found = system.solve(variances) ?? found
        }
        solution = found
        mean = found?.mean ?? average
        let (middle, solved) = (mean, found)
        spread =
            found == nil
            ? (0, 0, 0)
            : (variances.quality.squareRoot(), variances.severity.squareRoot(), variances.noise.squareRoot())
        proposals = system.reads.enumerated().map { place, reads in
            let doubt: Doubt? =
                if reads.isEmpty {
                    .noReads
                } else if solved == nil {
                    .allEqual
                } else if !largest.contains(reads[0].evaluator) {
                    .unconnected
                } else if reads.count == 1 {
                    .oneRead
                } else {
                    nil
                }
            return Estimate(
                quality: middle + (solved?.quality[place] ?? 0),
                deviation: (solved?.qualityVariance[place] ?? 0).squareRoot(), reads: reads.count,
                rawMean: reads.isEmpty ? nil : reads.reduce(0) { $0 + $1.value } / Double(reads.count), doubt: doubt)
        }
        let byEvaluator = Dictionary(grouping: system.scores, by: \.evaluator)
        evaluators = (0..<width).map { place in
            let own = byEvaluator[place] ?? []
            return Severity(
                value: solved?.severity[place] ?? 0, deviation: (solved?.severityVariance[place] ?? 0).squareRoot(),
                reads: own.count, constant: own.count > 1 && own.allSatisfy { $0.value == own[0].value })
        }
    }

    /// Proposals from best to worst by calibrated quality, lower number first among equals; those unread come last.
    package var ranking: [Int] {
        proposals.indices.sorted { left, right in
            let (a, b) = (proposals[left], proposals[right])
            if (a.reads > 0) != (b.reads > 0) { return a.reads > 0 }
            return a.quality != b.quality ? a.quality > b.quality : left < right
        }
    }
}

import Foundation
import Kernel

/// How evaluation goes: who keeps pace, whose scores move over time, and how far evaluators agree. For the organiser's
/// eyes; each figure says when there are too few reads to say anything.
package struct Progress: Sendable, Hashable {
    /// Proposals that one can read in a day with care.
    package static let day = 17
    /// The fewest scores for a drift, three early and three late; and the fewest shared proposals for a difference.
    static let fewestScores = 6
    static let fewestShared = 3

    /// One finished reading with its weighted score, 0 to 100.
    package struct Read: Sendable, Hashable {
        package let proposal: Int
        package let evaluator: Int
        package let score: Double

        package init(proposal: Int, evaluator: Int, score: Double) {
            (self.proposal, self.evaluator, self.score) = (proposal, evaluator, score)
        }
    }

    package enum Pace: String, Sendable, Hashable {
        /// Nothing is left, or nothing was given.
        case finished
        case onTime
        /// A quarter of the work behind an even pace.
        case behind
        /// More is left than 17 a day can finish before the close.
        case late

        package var isLate: Bool { self == .behind || self == .late }
    }

    /// How somebody keeps pace.
    ///
    /// - Parameters:
    ///   - open, done: their readings; those abstained from count as done.
    ///   - opens, closes: the stage; without a close nobody is late.
    package static func pace(open: Int, done: Int, opens: Instant?, closes: Instant?, at now: Instant) -> Pace {
        guard open > 0 else { return .finished }
        guard let closes else { return .onTime }
        let left = daysLeft(until: closes, at: now)
        if Double(open) > Double(day) * left { return .late }
        guard let opens, opens < closes, now > opens else { return .onTime }
        let whole = Double(closes.milliseconds - opens.milliseconds)
        let passed = min(1, Double(now.milliseconds - opens.milliseconds) / whole)
        return Double(done) / Double(open + done) < passed - 0.25 ? .behind : .onTime
    }

    /// Days with their fraction until a moment; 0 once it is over.
    package static func daysLeft(until closes: Instant, at now: Instant) -> Double {
        max(0, Double(closes.milliseconds - now.milliseconds) / 86_400_000)
    }

    /// By how much the later half of somebody's scores lies above the earlier half, in the order in which they were
    /// finished; nil below six scores.
    package static func drift(_ scores: [Double]) -> Double? {
        guard scores.count >= fewestScores else { return nil }
        let half = scores.count / 2
        return mean(scores.suffix(half)) - mean(scores.prefix(half))
    }

    /// Three scores or more, all the same: they rank nothing.
    package static func isConstant(_ scores: [Double]) -> Bool {
        scores.count >= 3 && scores.allSatisfy { $0 == scores[0] }
    }

    /// The mean absolute difference between two scores of the same proposal: of each evaluator to the others, and of all
    /// pairs; nil where fewer than three pairs are shared.
    package static func differences(_ reads: [Read]) -> (all: Double?, pairs: Int, of: [Int: Double]) {
        var own: [Int: (sum: Double, count: Int)] = [:]
        var (sum, pairs) = (0.0, 0)
        for group in Dictionary(grouping: reads, by: \.proposal).values {
            for (place, left) in group.enumerated() {
                for right in group[(place + 1)...] {
                    let difference = abs(left.score - right.score)
                    sum += difference
                    pairs += 1
                    for evaluator in [left.evaluator, right.evaluator] {
                        own[evaluator, default: (0, 0)].sum += difference
                        own[evaluator, default: (0, 0)].count += 1
                    }
                }
            }
        }
        return (
            pairs >= fewestShared ? sum / Double(pairs) : nil, pairs,
            own.filter { $0.value.count >= fewestShared }.mapValues { $0.sum / Double($0.count) }
        )
    }

    /// The weighted mean of a reading's sections; all count the same where none of them has a weight.
    package static func score(_ sections: [String: Int], weights: [String: Int]) -> Double {
        let isWeighted = sections.keys.contains { (weights[$0] ?? 0) > 0 }
        let parts = sections.map { ($0.value, isWeighted ? Double(weights[$0.key] ?? 0) : 1) }
        let total = parts.reduce(0) { $0 + $1.1 }
        return total == 0 ? 0 : parts.reduce(0) { $0 + Double($1.0) * $1.1 } / total
    }

    private static func mean(_ scores: ArraySlice<Double>) -> Double {
        scores.isEmpty ? 0 : scores.reduce(0, +) / Double(scores.count)
    }
}

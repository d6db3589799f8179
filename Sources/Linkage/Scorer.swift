import Foundation

/// What to do with a pair.
package enum LinkageDecision: String, Sendable, Codable, CaseIterable {
    case automatic, review, none
}

/// The match weight of a pair (log2 of its odds) and the probability that follows.
package struct LinkageScore: Sendable, Hashable {
    package let weight: Double
    package let decision: LinkageDecision

    package var probability: Double { weight > 1000 ? 1 : 1 - 1 / (1 + exp2(weight)) }
}

/// One step from the prior to the weight of a pair.
package struct WaterfallStep: Sendable, Hashable {
    /// The comparison's name; "prior" for the first step, "frequency of …" for a correction by a value's frequency.
    package let name: String
    /// The level's name; "missing" when a value was missing.
    package let level: String
    /// Log2 of the odds it adds.
    package let weight: Double

    package init(name: String, level: String, weight: Double) {
        self.name = name
        self.level = level
        self.weight = weight
    }
}

/// Gives pairs of a table their weights under a trained model.
package final class Scorer: Sendable {
    package let model: LinkageModel
    private let comparer: Comparer
    private let blocking: Blocking
    private let prior: Double
    private let weights: [[Double]]
    private let frequencies: [Column?]
    /// For each comparison and level whether a person decides.
    private let person: [[Bool]]
    private let automatic: Double
    private let review: Double

    package init(_ model: LinkageModel, _ table: LinkageTable) {
        self.model = model
        comparer = Comparer(model, table)
        blocking = Blocking(model, table)
        prior = Scorer.log2Odds(model.prior)
        let odds = Odds(model)
        weights = zip(odds.m, odds.u).map { m, u in zip(m, u).map { log2(max($0, 1e-12) / max($1, 1e-12)) } }
        frequencies = model.comparisons.map { $0.frequencies.map(table.column) }
        person = model.comparisons.map { $0.levels.map { $0.person == true } }
        automatic = Scorer.log2Odds(model.automatic)
        review = Scorer.log2Odds(model.review)
    }

    private static func log2Odds(_ probability: Double) -> Double { log2(probability / (1 - probability)) }

    /// The score of two rows.
    package func score(_ i: Int, _ j: Int) -> LinkageScore {
        var pattern = comparer.pattern(i, j)
        var weight = prior
        var needsPerson = false
        for (comparison, weights) in weights.enumerated() {
            let level = pattern % (weights.count + 1) - 1
            pattern /= weights.count + 1
            guard level >= 0 else { continue }
            weight += weights[level] + correction(comparison, level, i, j)
            if person[comparison][level] { needsPerson = true }
        }
        let decision: LinkageDecision =
            weight < review ? .none : weight < automatic || needsPerson ? .review : .automatic
        return LinkageScore(weight: weight, decision: decision)
    }

    /// Every step that leads to the score of two rows; the steps add up to its weight.
    package func waterfall(_ i: Int, _ j: Int) -> [WaterfallStep] {
        var steps = [WaterfallStep(name: "prior", level: "", weight: prior)]
        for (place, level) in comparer.levels(of: comparer.pattern(i, j)).enumerated() {
            let comparison = model.comparisons[place]
            guard level >= 0 else {
                steps.append(WaterfallStep(name: comparison.name, level: "missing", weight: 0))
                continue
            }
            steps.append(
                WaterfallStep(
                    name: comparison.name, level: comparison.levels[level].name, weight: weights[place][level]))
            let correction = correction(place, level, i, j)
            if correction != 0 {
                steps.append(
                    WaterfallStep(
                        name: "frequency of \(comparison.name)", level: comparison.levels[level].name,
                        weight: correction))
            }
        }
        return steps
    }

    /// Every pair that blocking brings together, once, with its score; rows as `i < j`.
    package func pairs(_ body: (Int, Int, LinkageScore) throws -> Void) rethrows {
        try blocking.pairs { i, j in try body(i, j, score(i, j)) }
    }

    /// The same for pairs of which at least one row is in a set, such as the rows that are new: no other is scored.
    package func pairs(of rows: Set<Int>, _ body: (Int, Int, LinkageScore) throws -> Void) rethrows {
        guard !rows.isEmpty else { return }
        try blocking.pairs(of: rows) { i, j in try body(i, j, score(i, j)) }
    }

    /// Whether blocking brings two rows together.
    package func compares(_ i: Int, _ j: Int) -> Bool { blocking.brings(i, j) }

    /// Agreement on a rare value says more than on a common one: u is replaced by the value's own frequency.
    private func correction(_ comparison: Int, _ level: Int, _ i: Int, _ j: Int) -> Double {
        guard let column = frequencies[comparison], model.comparisons[comparison].levels[level].frequency == true,
            let a = column.code(i), let b = column.code(j), let u = model.comparisons[comparison].levels[level].u
        else { return 0 }
        let share = max(column.shares[a], column.shares[b])
        return share > 0 ? log2(u / share) : 0
    }
}

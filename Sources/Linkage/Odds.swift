import Foundation

/// The probabilities of each level among matches (m) and among others (u), as numbers only.
struct Odds: Sendable {
    var m: [[Double]]
    var u: [[Double]]
    /// What the model gave, as counts of matches and of others, which training adds to what it sees.
    private let givenM: [[Double]]
    private let givenU: [[Double]]

    /// A model's own figures; where it has none, agreement is likely among matches and rare among others.
    init(_ model: LinkageModel) {
        m = model.comparisons.map { comparison in
            let guess = normalised(comparison.levels.indices.map { pow(0.25, Double($0)) }, floor: 1e-4)
            return zip(comparison.levels, guess).map { $0.m ?? $1 }
        }
        u = model.comparisons.map { comparison in
            let guess = normalised(comparison.levels.indices.map { pow(4, Double($0)) }, floor: 1e-4)
            return zip(comparison.levels, guess).map { $0.u ?? $1 }
        }
        let others = (1 - model.prior) / model.prior
        givenM = zip(model.comparisons, m).map { comparison, m in m.map { $0 * (comparison.belief ?? 0) } }
        givenU = zip(model.comparisons, u).map { comparison, u in
            u.map { share in comparison.belief.map { share * $0 * others } ?? 0.5 }
        }
    }

    /// The m of one comparison from the expected counts of its levels.
    func learnedM(_ comparison: Int, _ counts: [Double]) -> [Double] {
        normalised(zip(counts, givenM[comparison]).map { $0 + $1 }, floor: 1e-4)
    }

    /// The probability of a match from Bayes' rule, comparisons marked `without` left out.
    func probability(_ levels: [Int], prior: Double, without: [Bool] = []) -> Double {
        var match = prior
        var other = 1 - prior
        for (comparison, level) in levels.enumerated() where level >= 0 {
            if !without.isEmpty, without[comparison] { continue }
            match *= m[comparison][level]
            other *= u[comparison][level]
        }
        return match + other > 0 ? match / (match + other) : 0
    }

    /// Counts levels among random pairs; with a prior each pair counts by its probability of being no match. Patterns
    /// of pairs known to be none count whole.
    mutating func learnU(
        from patterns: [(key: Int, value: Int)], others: [Int] = [], comparer: Comparer, fixed: [Bool],
        prior: Double? = nil
    ) {
        var counts = givenU
        for pattern in others {
            for (comparison, level) in comparer.levels(of: pattern).enumerated() where level >= 0 {
                counts[comparison][level] += 1
            }
        }
        for (pattern, count) in patterns {
            let levels = comparer.levels(of: pattern)
            let weight = Double(count) * (prior.map { 1 - probability(levels, prior: $0) } ?? 1)
            for (comparison, level) in levels.enumerated() where level >= 0 { counts[comparison][level] += weight }
        }
        for comparison in u.indices where !fixed[comparison] {
            u[comparison] = normalised(counts[comparison], floor: 0)
        }
    }

    /// Counts levels among labelled matches; what was known before is worth two of them, or the model's belief.
    mutating func learnM(from patterns: [Int], comparer: Comparer, fixed: [Bool]) {
        var counts = zip(m, givenM).map { known, given in
            given.contains { $0 > 0 } ? given : known.map { $0 * 2 }
        }
        for pattern in patterns {
            for (comparison, level) in comparer.levels(of: pattern).enumerated() where level >= 0 {
                counts[comparison][level] += 1
            }
        }
        for comparison in m.indices where !fixed[comparison] {
            m[comparison] = normalised(counts[comparison], floor: 1e-3)
        }
    }

    /// The prior of pairs that agree fully on some comparisons, as those of a blocking rule do; at most a half.
    func prior(_ prior: Double, agreeingOn held: [Bool]) -> Double {
        var odds = prior / (1 - prior)
        for comparison in held.indices where held[comparison] {
            odds *= m[comparison][0] / max(u[comparison][0], 1e-12)
        }
        return min(0.5, odds / (1 + odds))
    }

    func write(into model: inout LinkageModel) {
        for comparison in m.indices {
            for level in m[comparison].indices {
                model.comparisons[comparison].levels[level].m = m[comparison][level]
                model.comparisons[comparison].levels[level].u = u[comparison][level]
            }
        }
    }
}

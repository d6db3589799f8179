import Foundation
import Kernel

/// Learns m and u of a model without labels.
///
/// u comes from pairs drawn at random, m from expectation-maximisation over the pairs of each blocking rule, which
/// says nothing of the comparisons it blocks on; the results of the rules are averaged. Source: Fellegi and Sunter,
/// 1969; Winkler, "Using the EM Algorithm for Weight Computation in the Fellegi-Sunter Model", 1988; the procedure by
/// rules is that of Splink (Linacre et al., "Splink: Free software for probabilistic record linkage", 2022).
package struct Training: Sendable {
    /// How many pairs are drawn for u.
    package var sample: Int
    package var seed: UInt64
    package var rounds = 200

    package init(sample: Int = 1_000_000, seed: UInt64 = 1) {
        self.sample = sample
        self.seed = seed
    }

    /// The model with m, u and the prior learned from the records; with labelled matches (rows), m is theirs, drawn
    /// towards what was learned without them. Labelled others count as such, however much they look like matches.
    package func train(
        _ model: LinkageModel, on table: LinkageTable, matches: [(Int, Int)] = [], others: [(Int, Int)] = []
    ) -> LinkageModel {
        var model = model
        let labelled = Set((matches + others).map { LinkageEvaluation.Pair($0, $1) })
        func isLabelled(_ i: Int, _ j: Int) -> Bool {
            !labelled.isEmpty && labelled.contains(LinkageEvaluation.Pair(i, j))
        }
        let comparer = Comparer(model, table)
        let blocking = Blocking(model, table)
        let drawn = draw(model, table, comparer, isLabelled)
        // u is that of the population; pairs outside it, and those that were not drawn, say nothing of it.
        let otherPatterns =
            drawn.isEveryPair
            ? others.filter { table.share(model.population, $0.0, $0.1) }.map(comparer.pattern) : []
        var odds = Odds(model)
        odds.learnU(from: drawn.patterns, others: otherPatterns, comparer: comparer, fixed: model.fixed)

        var found: [[[Double]]] = []
        for rule in model.blocking.indices {
            var patterns: [Int: Int] = [:]
            blocking.pairs(ofRule: rule) { i, j in
                if !isLabelled(i, j) { patterns[comparer.pattern(i, j), default: 0] += 1 }
            }
            guard !patterns.isEmpty else { continue }
            let blocked = Set(model.blocking[rule].keys.filter { $0.first == nil && $0.words != true }.map(\.field))
            let held = model.comparisons.map { !$0.fieldsCompared.isDisjoint(with: blocked) }
            found.append(
                learnM(
                    odds, patterns.sorted { $0.key < $1.key }, comparer, fixed: model.fixed, held: held,
                    from: odds.prior(model.prior, agreeingOn: held)))
        }
        for place in model.comparisons.indices where !model.fixed[place] {
            let learned = found.map { $0[place] }.filter { !$0.isEmpty }
            guard !learned.isEmpty else { continue }
            odds.m[place] = odds.m[place].indices.map { level in
                learned.reduce(0) { $0 + $1[level] } / Double(learned.count)
            }
        }
        if !matches.isEmpty { odds.learnM(from: matches.map(comparer.pattern), comparer: comparer, fixed: model.fixed) }

        // Matches among the drawn pairs would make agreement look commoner among the others than it is.
        var all: [Int: Int] = [:]
        blocking.pairs { i, j in if !isLabelled(i, j) { all[comparer.pattern(i, j), default: 0] += 1 } }
        let pairs = all.sorted { $0.key < $1.key }
        for _ in 0..<10 {
            if drawn.isEveryPair {
                odds.learnU(
                    from: drawn.patterns, others: otherPatterns, comparer: comparer, fixed: model.fixed,
                    prior: model.prior)
            }
            if model.priorFixed != true {
                let expected = pairs.reduce(Double(matches.count)) {
                    $0 + Double($1.value) * odds.probability(comparer.levels(of: $1.key), prior: model.prior)
                }
                model.prior = min(0.5, max(1e-12, expected / Double(max(1, drawn.population))))
            }
        }
        odds.write(into: &model)
        return model
    }

    private struct Drawn {
        var patterns: [(key: Int, value: Int)]
        var isEveryPair: Bool
        /// How many pairs the population has.
        var population: Int
    }

    private func draw(
        _ model: LinkageModel, _ table: LinkageTable, _ comparer: Comparer, _ isLabelled: (Int, Int) -> Bool
    ) -> Drawn {
        let groups = table.groups(by: model.population)
        let sizes = groups.map { $0.count * ($0.count - 1) / 2 }
        let population = sizes.reduce(0, +)
        var patterns: [Int: Int] = [:]
        if population <= sample {
            for group in groups {
                for a in group.indices {
                    for b in (a + 1)..<max(group.count, a + 1) where !isLabelled(group[a], group[b]) {
                        patterns[comparer.pattern(group[a], group[b]), default: 0] += 1
                    }
                }
            }
        } else {
            var random = SeededRandom(seed)
            var sums: [Int] = []
            for size in sizes { sums.append((sums.last ?? 0) + size) }
            for _ in 0..<sample {
                let place = Int.random(in: 0..<population, using: &random)
                let group = groups[sums.partition(above: place)]
                let a = Int.random(in: 0..<group.count, using: &random)
                var b = Int.random(in: 0..<(group.count - 1), using: &random)
                if b >= a { b += 1 }
                patterns[comparer.pattern(min(group[a], group[b]), max(group[a], group[b])), default: 0] += 1
            }
        }
        return Drawn(
            patterns: patterns.sorted { $0.key < $1.key }, isEveryPair: population <= sample, population: population)
    }

    /// m of every comparison that is not held; an empty list for those that are.
    private func learnM(
        _ first: Odds, _ patterns: [(key: Int, value: Int)], _ comparer: Comparer, fixed: [Bool], held: [Bool],
        from start: Double
    ) -> [[Double]] {
        var odds = first
        let levels = patterns.map { comparer.levels(of: $0.key) }
        let total = patterns.reduce(0.0) { $0 + Double($1.value) }
        var share = start
        for _ in 0..<rounds {
            var counts = odds.m.map { [Double](repeating: 0, count: $0.count) }
            var matches = 0.0
            for (place, pattern) in patterns.enumerated() {
                let expected = Double(pattern.value) * odds.probability(levels[place], prior: share, without: held)
                matches += expected
                for (comparison, level) in levels[place].enumerated() where level >= 0 {
                    counts[comparison][level] += expected
                }
            }
            share = min(0.999, max(1e-9, matches / total))
            var change = 0.0
            for comparison in counts.indices where !held[comparison] && !fixed[comparison] {
                let new = odds.learnedM(comparison, counts[comparison])
                for level in new.indices { change = max(change, abs(new[level] - odds.m[comparison][level])) }
                odds.m[comparison] = new
            }
            if change < 1e-6 { break }
        }
        return odds.m.indices.map { held[$0] ? [] : odds.m[$0] }
    }
}

/// Counts as shares that add to one, none below `floor` of the whole.
func normalised(_ counts: [Double], floor: Double) -> [Double] {
    let total = counts.reduce(0, +)
    guard total > 0 else { return counts.map { _ in 1 / Double(counts.count) } }
    let raised = counts.map { max($0 / total, floor) }
    let sum = raised.reduce(0, +)
    return raised.map { $0 / sum }
}

extension [Int] {
    /// The first place whose value is above a number, in rising values.
    fileprivate func partition(above value: Int) -> Int {
        var (low, high) = (0, count - 1)
        while low < high {
            let middle = (low + high) / 2
            if self[middle] > value { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

extension LinkageModel {
    var fixed: [Bool] { comparisons.map { $0.fixed == true } }
}

extension LinkageModel.Comparison {
    var fieldsCompared: Set<String> {
        var all = Set(needs)
        for condition in levels.compactMap(\.when).joined().joined() {
            all.insert(condition.field)
            if let other = condition.other { all.insert(other) }
        }
        return all
    }
}

extension LinkageTable {
    /// Whether two rows hold the same folded value; true when no field is named.
    func share(_ field: String?, _ i: Int, _ j: Int) -> Bool {
        guard let field else { return true }
        let column = column(field)
        guard let a = column.code(i), let b = column.code(j) else { return false }
        return column.folded[a] == column.folded[b]
    }

    /// The rows that hold the same folded value, those of two rows or more; all rows when no field is named.
    package func groups(by field: String?) -> [[Int]] {
        guard let field else { return [Array(0..<count)] }
        let column = column(field)
        var groups: [Int32: [Int]] = [:]
        for row in 0..<count { if let code = column.code(row) { groups[column.folded[code], default: []].append(row) } }
        return groups.values.filter { $0.count > 1 }.sorted { $0[0] < $1[0] }
    }
}

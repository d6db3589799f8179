import Foundation

/// How well a model's decisions agree with labels.
package struct LinkageEvaluation: Sendable {
    /// A probability at and above which pairs are taken for matches, and what follows.
    package struct Point: Sendable, Codable, Hashable {
        package let threshold: Double
        package let precision: Double
        package let recall: Double
        package let f1: Double
        package let hits: Int
        package let correct: Int
    }

    package enum Label: String, Sendable { case match, nonmatch, unsure }

    /// A labelled pair of rows.
    package struct Pair: Sendable, Hashable {
        package let i: Int
        package let j: Int

        package init(_ i: Int, _ j: Int) {
            self.i = min(i, j)
            self.j = max(i, j)
        }
    }

    /// A pair taken for a match at 0.5 that no label calls one.
    package struct Surprise: Sendable, Hashable {
        package let pair: Pair
        package let probability: Double
        package let decision: LinkageDecision
        package let labelled: Bool
    }

    package private(set) var pairs = 0
    package private(set) var matches = 0
    package private(set) var surprises: [Surprise] = []
    package private(set) var missed: [Pair] = []
    private var scored: [(probability: Double, match: Bool, automatic: Bool)] = []

    /// Counts all pairs of the model's population (pairs that agree on its field, such as the institution), and every
    /// labelled pair besides. Pairs without a label count as non-matches, unsure ones are left out. Pairs that
    /// blocking does not bring together are non-matches to the model. Without a population the pairs that blocking
    /// brings together are counted instead of those of one group.
    package init(
        _ scorer: Scorer, _ table: LinkageTable, labels: [Pair: Label], among rows: (Int) -> Bool = { _ in true }
    ) {
        var seen: Set<Pair> = []
        func count(_ pair: Pair, _ score: LinkageScore?) {
            guard pair.i != pair.j, rows(pair.i), rows(pair.j), labels[pair] != .unsure else { return }
            pairs += 1
            let match = labels[pair] == .match
            if match { matches += 1 }
            let probability = score?.probability ?? 0
            if match || probability > 0.001 { scored.append((probability, match, score?.decision == .automatic)) }
            if match, probability < 0.5 { missed.append(pair) }
            if !match, probability >= 0.5 {
                surprises.append(
                    Surprise(
                        pair: pair, probability: probability, decision: score?.decision ?? .none,
                        labelled: labels[pair] != nil))
            }
        }
        if scorer.model.population != nil {
            for group in table.groups(by: scorer.model.population) {
                for a in group.indices {
                    for b in (a + 1)..<max(group.count, a + 1) {
                        let pair = Pair(group[a], group[b])
                        if labels[pair] != nil { seen.insert(pair) }
                        count(pair, scorer.compares(pair.i, pair.j) ? scorer.score(pair.i, pair.j) : nil)
                    }
                }
            }
        } else {
            scorer.pairs { i, j, score in
                let pair = Pair(i, j)
                if labels[pair] != nil { seen.insert(pair) }
                count(pair, score)
            }
        }
        let others = labels.keys.filter { !seen.contains($0) }.sorted { ($0.i, $0.j) < ($1.i, $1.j) }
        for pair in others { count(pair, scorer.compares(pair.i, pair.j) ? scorer.score(pair.i, pair.j) : nil) }
        surprises.sort { ($1.probability, $0.pair.i, $0.pair.j) < ($0.probability, $1.pair.i, $1.pair.j) }
        missed.sort { ($0.i, $0.j) < ($1.i, $1.j) }
        scored.sort { $0.probability > $1.probability }
    }

    /// What holds at a probability; precision is 1 where nothing is hit, recall 1 where there is nothing to find.
    package func point(at threshold: Double) -> Point {
        point(threshold, scored.prefix { $0.probability >= threshold })
    }

    /// What holds for the pairs that are linked without a person; `threshold` is the model's.
    package func automatic(_ model: LinkageModel) -> Point {
        point(model.automatic, scored.filter(\.automatic)[...])
    }

    private func point(
        _ threshold: Double, _ hits: ArraySlice<(probability: Double, match: Bool, automatic: Bool)>
    ) -> Point {
        let correct = hits.count { $0.match }
        let precision = hits.isEmpty ? 1 : Double(correct) / Double(hits.count)
        let recall = matches == 0 ? 1 : Double(correct) / Double(matches)
        let f1 = precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0
        return Point(
            threshold: threshold, precision: precision, recall: recall, f1: f1, hits: hits.count, correct: correct)
    }
}

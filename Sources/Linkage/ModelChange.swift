import Foundation

/// What another model would decide differently: shown before it takes the place of the old one.
package struct ModelChange: Sendable {
    /// A pair of rows with its scores under the old and the new model.
    package struct Pair: Sendable, Hashable {
        package let i: Int
        package let j: Int
        package let old: LinkageScore
        package let new: LinkageScore
    }

    /// How many pairs had the one decision and would have the other.
    package private(set) var counts: [LinkageDecision: [LinkageDecision: Int]] = [:]
    /// Those whose decision changes, the widest change of probability first, at most as many as asked for.
    package private(set) var pairs: [Pair] = []

    /// Compares two models that share their blocking rules on the pairs that these bring together.
    package init(from old: Scorer, to new: Scorer, listing limit: Int = 20) {
        old.pairs { i, j, before in
            let pair = Pair(i: i, j: j, old: before, new: new.score(i, j))
            counts[before.decision, default: [:]][pair.new.decision, default: 0] += 1
            guard before.decision != pair.new.decision else { return }
            pairs.append(pair)
            // Many may change; only the widest are kept while going through.
            if pairs.count >= 1000 + 2 * limit { keepWidest(limit) }
        }
        keepWidest(limit)
    }

    /// How many pairs would be decided differently.
    package var changed: Int {
        counts.reduce(0) { sum, row in sum + row.value.reduce(0) { $0 + ($1.key == row.key ? 0 : $1.value) } }
    }

    private mutating func keepWidest(_ limit: Int) {
        func width(_ pair: Pair) -> Double { abs(pair.new.probability - pair.old.probability) }
        pairs.sort { (width($1), $0.i, $0.j) < (width($0), $1.i, $1.j) }
        pairs = Array(pairs.prefix(limit))
    }
}

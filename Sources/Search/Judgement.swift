import Foundation

/// How good a ranking is against someone's judgement.
package enum Judgement {
    /// Normalised discounted cumulative gain of the first `k` with relevance 0 or 1: 0 to 1, 1 when every relevant
    /// one comes first. A ranking with nothing relevant to find counts 0.
    ///
    /// Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques", 2002.
    package static func gain<ID: Hashable>(_ ranked: some Swift.Sequence<ID>, relevant: Set<ID>, k: Int = 10) -> Double
    {
        var gained = 0.0
        var seen: Set<ID> = []
        for (place, id) in ranked.prefix(k).enumerated() where relevant.contains(id) && seen.insert(id).inserted {
            gained += 1 / log2(Double(place) + 2)
        }
        let best = (0..<min(k, relevant.count)).reduce(0.0) { $0 + 1 / log2(Double($1) + 2) }
        return best == 0 ? 0 : gained / best
    }
}

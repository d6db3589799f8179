import Kernel

/// One score of a panelist: a part of the presentation, 0 to 100.
package struct PanelScore: Sendable, Hashable, Codable {
    package let proposal: Int
    package let evaluator: Int
    /// The code of a part of the edition's presentation.
    package let part: String
    package let value: Int

    package init(proposal: Int, evaluator: Int, part: String, value: Int) {
        (self.proposal, self.evaluator, self.part, self.value) = (proposal, evaluator, part, value)
    }
}

/// Where finalists stand by their panel's scores: the plain mean of the panelists' weighted sheets. A panel is too small
/// for its severities to be told from chance, so nothing is calibrated; `shared` says how far panelists saw the same.
package struct PanelStanding: Sendable, Hashable, Codable {
    package struct Line: Sendable, Hashable, Codable {
        package let proposal: Int
        /// Panelists who scored every part that counts.
        package let panelists: Int
        /// The mean of their weighted scores, 0 to 100; nil when nobody finished.
        package let mean: Double?
        /// The greatest difference between two of them; nil below two.
        package let gap: Double?
        /// The mean of each part over all who scored it.
        package let parts: [String: Double]
    }

    /// Best first, then by number; unscored last.
    package let lines: [Line]
    /// Proposals that two panelists or more scored whole.
    package let shared: Int

    /// - Parameter proposals: those that present, scored or not.
    package static func make(_ scores: [PanelScore], proposals: [Int], in edition: Edition) -> PanelStanding {
        let weights = weights(of: edition)
        let byProposal = Dictionary(grouping: scores, by: \.proposal)
        let lines = proposals.map { proposal -> Line in
            let own = byProposal[proposal] ?? []
            let totals = Dictionary(grouping: own, by: \.evaluator).sorted { $0.key < $1.key }
                .compactMap { total(of: $0.value, weights) }
            let parts = Dictionary(grouping: own, by: \.part).mapValues { part in
                Double(part.reduce(0) { $0 + $1.value }) / Double(part.count)
            }
            return Line(
                proposal: proposal, panelists: totals.count,
                mean: totals.isEmpty ? nil : totals.reduce(0, +) / Double(totals.count),
                gap: totals.count < 2 ? nil : (totals.max() ?? 0) - (totals.min() ?? 0), parts: parts)
        }
        return PanelStanding(
            lines: lines.sorted { (-($0.mean ?? -1), $0.proposal) < (-($1.mean ?? -1), $1.proposal) },
            shared: lines.count { $0.panelists >= 2 })
    }

    /// The share of each part that counts. Where the edition weighs none, all count the same.
    package static func weights(of edition: Edition) -> [String: Int] {
        let weighed = edition.presentation.filter { ($0.weight ?? 0) > 0 }
        guard !weighed.isEmpty else {
            return Dictionary(edition.presentation.map { ($0.code, 1) }) { first, _ in first }
        }
        return Dictionary(weighed.map { ($0.code, $0.weight ?? 0) }) { first, _ in first }
    }

    /// One panelist's weighted score; nil until every part that counts has one.
    static func total(of sheet: [PanelScore], _ weights: [String: Int]) -> Double? {
        let values = Dictionary(sheet.map { ($0.part, $0.value) }) { first, _ in first }
        let sum = weights.values.reduce(0, +)
        guard sum > 0, weights.keys.allSatisfy({ values[$0] != nil }) else { return nil }
        return Double(weights.reduce(0) { $0 + $1.value * (values[$1.key] ?? 0) }) / Double(sum)
    }
}

import Kernel

/// What an edition came to: computed from its inputs alone, the same for everybody who computes it.
package struct ResultContent: Codable, Sendable, Hashable {
    /// The name of this way to compute it; another way gets another number.
    package static let method = "simpul-result/1"

    /// One proposal with its scores and what was decided about it.
    package struct Line: Codable, Sendable, Hashable {
        package let proposal: Int
        package let title: String
        package let institution: String
        package let group: String?
        package let category: String?
        package let reads: Int
        /// The plain mean of its reads, and the same calibrated, 0 to 100.
        package let raw: Double?
        package let calibrated: Double?
        package let deviation: Double?
        package let passing: Double?
        package let top: Double?
        package let doubt: String?
        package let sections: [String: Double]
        /// Its place by calibrated score; nil when unread.
        package let place: Int?
        /// What a team agreed on, 0 to 100.
        package let agreed: Double?
        /// The mean over panelists of their weighted scores, 0 to 100.
        package let panel: Double?
        package let ratings: Int?
        /// The mean of the citizens' ratings, 1 to 5.
        package let rated: Double?
        /// The verdict of the sittings on finalists and on awards; nil before there was one.
        package let finalist: String?
        package let decided: String?
        /// The code of the award's tier.
        package let award: String?
    }

    /// How an evaluator's scores lie to the others'.
    package struct Judge: Codable, Sendable, Hashable {
        package let evaluator: Int
        package let reads: Int
        package let severity: Double
        package let deviation: Double
    }

    package let edition: String
    package let rules: String
    package let seed: Int
    package let lines: [Line]
    package let judges: [Judge]
    package let registered: Int
    package let submitted: Int
    package let passed: Int
    package let finalists: Int
    package let awarded: Int

    /// Those who were given an award, by proposal.
    package var winners: [Line] { lines.filter { $0.decided == "chosen" && $0.award != nil } }

    /// Computes the result; the same input gives the same content.
    package init(_ input: ResultInput) {
        let edition = EditionReading(input.rules.tables).edition
        let reads = input.readings.filter { $0.state == "done" }.map {
            Standing.Read(proposal: $0.proposal, evaluator: $0.evaluator, sections: $0.scores)
        }
        let standing = Standing.make(
            reads, proposals: input.proposals.map(\.proposal), evaluators: input.evaluators, in: edition,
            seed: UInt64(input.seed.magnitude))
        let places = Dictionary(
            standing.lines.enumerated().map { ($1.proposal, (place: $0 + 1, line: $1)) },
            uniquingKeysWith: { a, _ in a })
        let (agreed, finalists, awards) = (
            input.decided("consolidation"), input.decided("finalists"), input.decided("awards")
        )
        let panel = Self.panel(input.panel, edition)
        let ratings = Dictionary(input.ratings.map { ($0.proposal, $0) }, uniquingKeysWith: { a, _ in a })
        lines = input.proposals.map { proposal in
            let (id, found) = (proposal.proposal, places[proposal.proposal])
            let rating = ratings[id].flatMap { $0.count > 0 ? $0 : nil }
            return Line(
                proposal: id, title: proposal.title, institution: proposal.institution, group: proposal.group,
                category: proposal.category, reads: found?.line.reads ?? 0, raw: found?.line.raw,
                calibrated: found?.line.calibrated, deviation: found?.line.deviation, passing: found?.line.passing,
                top: found?.line.top, doubt: found?.line.doubt, sections: found?.line.sections ?? [:],
                place: found.flatMap { $0.line.calibrated == nil ? nil : $0.place },
                agreed: agreed[id]?.score.map { Double($0) / 100 }, panel: panel[id], ratings: rating?.count,
                rated: rating.map { Double($0.sum) / Double($0.count) }, finalist: finalists[id]?.verdict,
                decided: awards[id]?.verdict, award: awards[id]?.verdict == "chosen" ? awards[id]?.award : nil)
        }.sorted { $0.proposal < $1.proposal }
        judges = standing.judges.map {
            Judge(evaluator: $0.evaluator, reads: $0.reads, severity: $0.severity, deviation: $0.deviation)
        }.sorted { $0.evaluator < $1.evaluator }
        self.edition = input.rules.code
        rules = input.rules.digest
        seed = input.seed
        registered = input.registered
        submitted = input.submitted
        passed = input.proposals.count
        self.finalists = lines.count { $0.finalist == "chosen" }
        awarded = lines.count { $0.decided == "chosen" && $0.award != nil }
    }

    /// The panel's means as they are put before its sitting.
    private static func panel(_ scores: [ResultInput.Panel], _ edition: Edition) -> [Int: Double] {
        let rows = scores.map {
            PanelScore(proposal: $0.proposal, evaluator: $0.evaluator, part: $0.part, value: $0.value)
        }
        let standing = PanelStanding.make(rows, proposals: Set(rows.map(\.proposal)).sorted(), in: edition)
        return Dictionary(standing.lines.compactMap { line in line.mean.map { (line.proposal, $0) } }) { first, _ in
            first
        }
    }
}

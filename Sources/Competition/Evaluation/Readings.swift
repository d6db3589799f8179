import Database
import Foundation
import Kernel

/// The stored readings: each proposal's by each evaluator it was given to.
package struct Readings: Sendable {
    let database: Database

    package init(_ database: Database) { self.database = database }

    /// The finished readings of an edition as they count, by proposal and evaluator.
    static func finished(in edition: Int, _ db: Reader) throws -> [Standing.Read] {
        let scores = try db.rows(
            """
            SELECT r.proposal, r.evaluator, s.section, s.value FROM reading r JOIN score s ON s.reading = r.id
            WHERE r.edition = \(edition) AND r.state = 'done' AND s.value IS NOT NULL
            ORDER BY r.proposal, r.evaluator, s.section
            """
        ) {
            (
                proposal: try $0.int("proposal"), evaluator: try $0.int("evaluator"), section: try $0.text("section"),
                value: try $0.int("value")
            )
        }
        var reads: [Standing.Read] = []
        var sections: [String: Int] = [:]
        for (place, score) in scores.enumerated() {
            sections[score.section] = score.value
            let next = place + 1 < scores.count ? scores[place + 1] : nil
            guard next?.proposal != score.proposal || next?.evaluator != score.evaluator else { continue }
            reads.append(.init(proposal: score.proposal, evaluator: score.evaluator, sections: sections))
            sections = [:]
        }
        return reads
    }

    /// What a standing is made from: the proposals that passed the administrative check, everybody who evaluates or
    /// finished a reading, and the finished readings.
    static func inputs(of stored: Editions.Stored, _ db: Reader) throws -> Inputs {
        let reads = try finished(in: stored.id, db)
        let proposals = try db.rows(
            "SELECT id FROM proposal WHERE edition = \(stored.id) AND state = \(Proposal.State.passed) ORDER BY id"
        ) { try $0.int("id") }
        let evaluators = try Evaluators.active(.evaluator, in: stored.id, db).map(\.id) + reads.map(\.evaluator)
        return Inputs(reads: reads, proposals: proposals, evaluators: Set(evaluators).sorted())
    }

    struct Inputs: Sendable, Hashable {
        let reads: [Standing.Read]
        let proposals: [Int]
        let evaluators: [Int]

        func standing(in stored: Editions.Stored) -> Standing {
            Standing.make(
                reads, proposals: proposals, evaluators: evaluators, in: stored.edition,
                seed: Standing.seed(of: stored.code))
        }
    }

    /// Where the proposals of an edition stand by the readings that are finished now.
    static func standing(of stored: Editions.Stored, _ db: Reader) throws -> Standing {
        try inputs(of: stored, db).standing(in: stored)
    }
}

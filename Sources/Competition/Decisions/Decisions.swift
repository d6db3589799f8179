import Database
import Kernel

/// What the sittings of an edition decided.
package struct Decisions: Sendable {
    /// Per proposal what the latest closed sitting on a subject decided, by proposal: a correction names only what it
    /// changes.
    ///
    /// - Parameter sitting: the last sitting that counts; nil counts all.
    static func standing(
        _ subject: Sitting.Subject, in edition: Int, upTo sitting: Int? = nil, _ db: Reader
    ) throws -> [Decision] {
        let order = try db.rows(
            """
            SELECT id FROM sitting WHERE edition = \(edition) AND subject = \(subject) AND closed_at IS NOT NULL
            ORDER BY closed_at, id
            """
        ) { try $0.int("id") }
        let last = sitting.map { order.firstIndex(of: $0) ?? -1 } ?? order.count - 1
        var standing: [Int: Decision] = [:]
        for one in order.prefix(last + 1) {
            for decision in try read(one, db) { standing[decision.proposal] = decision }
        }
        return standing.values.sorted { $0.proposal < $1.proposal }
    }

    /// What one sitting decided so far, by proposal.
    static func read(_ sitting: Int, _ db: Reader) throws -> [Decision] {
        try db.rows(
            """
            SELECT proposal, verdict, award, score, why, sitting FROM decision WHERE sitting = \(sitting)
            ORDER BY proposal
            """
        ) {
            Decision(
                proposal: try $0.int("proposal"), verdict: try $0.choice("verdict"), award: try $0.textOrNil("award"),
                score: try $0.intOrNil("score"), why: try $0.textOrNil("why"), sitting: try $0.int("sitting"))
        }
    }
}

import Database
import Kernel
import People

/// How an edition's evaluation goes, read from the readings and scores. Proposals of the organiser's person's own
/// institution are left out of every figure.
package struct ProgressReports: Sendable {
    let database: Database
    let publicURL: String

    package init(_ database: Database, publicURL: String = "") {
        self.database = database
        self.publicURL = publicURL
    }

    package struct Line: Sendable, Hashable {
        package let evaluator: Evaluator
        package let due: Int
        package let begun: Int
        package let done: Int
        package let abstained: Int
        /// When they last began or finished one.
        package let last: Instant?
        package let pace: Progress.Pace
        package let drift: Double?
        /// From the others who read the same.
        package let difference: Double?
        package let isConstant: Bool

        package var open: Int { due + begun }
        package var given: Int { open + done + abstained }
    }

    package struct Category: Sendable, Hashable {
        package let name: Phrase?
        package let proposals: Int
        package let needed: Int
        package let given: Int
        package let done: Int
    }

    package struct Report: Sendable {
        package let stored: Editions.Stored
        package let lines: [Line]
        package let categories: [Category]
        package let closes: Instant?
        /// Between evaluators, over pairs of scores of one proposal.
        package let difference: Double?
        package let pairs: Int
        package let hidden: Int

        package var late: [Line] { lines.filter(\.pace.isLate) }
    }

    package func report(_ code: String, for person: Person, at: Instant) async throws -> Report {
        try await database.read { db in
            try Self.report(try Editions.organised(code, for: person, db), person.grants, at: at, db)
        }
    }

    private static func report(
        _ stored: Editions.Stored, _ grants: [Grant], at: Instant, _ db: Reader
    ) throws -> Report {
        let hidden = Evaluators.none + (try Conflicts.walled(from: grants, in: stored.id, db)).sorted()
        let stage = stored.edition.stage(.evaluation)
        let reads = try reads(of: stored, without: hidden, db)
        let (all, pairs, differences) = Progress.differences(reads)
        let scores = Dictionary(grouping: reads, by: \.evaluator).mapValues { $0.map(\.score) }
        var counts: [Int: Row] = [:]
        try db.each(
            """
            SELECT r.evaluator, COUNT(CASE WHEN r.state = 'due' THEN 1 END) AS due,
                COUNT(CASE WHEN r.state = 'begun' THEN 1 END) AS begun,
                COUNT(CASE WHEN r.state = 'done' THEN 1 END) AS done,
                COUNT(CASE WHEN r.state = 'abstained' THEN 1 END) AS abstained,
                MAX(COALESCE(r.ended_at, r.opened_at)) AS last
            FROM reading r WHERE r.edition = \(stored.id) AND r.state <> 'removed' AND r.proposal NOT IN \(hidden)
            GROUP BY r.evaluator
            """
        ) { counts[try $0.int("evaluator")] = $0 }
        let evaluators = try Evaluators.read("v.edition = \(stored.id) AND v.role = 'evaluator'", db)
        let lines = try evaluators.compactMap { evaluator -> Line? in
            let row = counts[evaluator.id]
            // Somebody who was removed is listed for what still counts.
            guard evaluator.removedAt == nil || row != nil else { return nil }
            let (due, begun) = (try row?.int("due") ?? 0, try row?.int("begun") ?? 0)
            let (done, abstained) = (try row?.int("done") ?? 0, try row?.int("abstained") ?? 0)
            let own = scores[evaluator.id] ?? []
            return Line(
                evaluator: evaluator, due: due, begun: begun, done: done, abstained: abstained,
                last: try row?.instantOrNil("last"),
                pace: Progress.pace(
                    open: due + begun, done: done + abstained, opens: stage?.opens, closes: stage?.closes, at: at),
                drift: Progress.drift(own), difference: differences[evaluator.id],
                isConstant: Progress.isConstant(own))
        }
        return Report(
            stored: stored, lines: lines, categories: try categories(of: stored, without: hidden, db),
            closes: stage?.closes, difference: all, pairs: pairs, hidden: hidden.count - 1)
    }

    /// The finished readings with their scores, in the order in which they were finished.
    private static func reads(
        of stored: Editions.Stored, without hidden: [Int], _ db: Reader
    ) throws -> [Progress.Read] {
        var order: [Int] = []
        var found: [Int: (proposal: Int, evaluator: Int, group: String?, sections: [String: Int])] = [:]
        try db.each(
            """
            SELECT r.id, r.proposal, r.evaluator, p.group_code, s.section, s.value FROM reading r
            JOIN proposal p ON p.id = r.proposal JOIN score s ON s.reading = r.id
            WHERE r.edition = \(stored.id) AND r.state = 'done' AND s.value IS NOT NULL AND r.proposal NOT IN \(hidden)
            ORDER BY r.ended_at, r.id, s.section
            """
        ) { row in
            let id = try row.int("id")
            if found[id] == nil {
                order.append(id)
                found[id] = (
                    try row.int("proposal"), try row.int("evaluator"), try row.textOrNil("group_code"), [:]
                )
            }
            found[id]?.sections[try row.text("section")] = try row.int("value")
        }
        var weights: [String?: [String: Int]] = [:]
        return order.compactMap { found[$0] }.map { read in
            let form =
                weights[read.group]
                ?? Dictionary(
                    stored.edition.form(of: read.group).map { ($0.code, $0.weight ?? 0) },
                    uniquingKeysWith: { a, _ in a })
            weights[read.group] = form
            return Progress.Read(
                proposal: read.proposal, evaluator: read.evaluator,
                score: Progress.score(read.sections, weights: form))
        }
    }

    private static func categories(
        of stored: Editions.Stored, without hidden: [Int], _ db: Reader
    ) throws -> [Category] {
        let need = stored.edition.reads ?? 0
        let rows = try db.rows(
            """
            SELECT COALESCE(p.category, '') AS category, COUNT(DISTINCT p.id) AS proposals,
                COUNT(CASE WHEN r.state IN ('due', 'begun', 'done') THEN 1 END) AS given,
                COUNT(CASE WHEN r.state = 'done' THEN 1 END) AS done
            FROM proposal p LEFT JOIN reading r ON r.proposal = p.id
            WHERE p.edition = \(stored.id) AND p.state = 'passed' AND p.id NOT IN \(hidden)
            GROUP BY COALESCE(p.category, '') ORDER BY 1
            """)
        let order = stored.edition.categories.map(\.code)
        return try rows.map { row in
            let code = try row.text("category")
            let proposals = try row.int("proposals")
            return (
                order.firstIndex(of: code) ?? order.count,
                Category(
                    name: stored.edition.categories.first { $0.code == code }?.name, proposals: proposals,
                    needed: proposals * need, given: try row.int("given"), done: try row.int("done"))
            )
        }.sorted { $0.0 < $1.0 }.map(\.1)
    }

    /// Reminds by mail those who are late, each once a day at most. Returns how many are told now.
    package func nudge(_ code: String, for person: Person, by actor: Actor, at: Instant) async throws -> Int {
        let publicURL = publicURL
        return try await database.write(at: at) { db in
            let stored = try Editions.organised(code, by: actor, db)
            let late = try Self.report(stored, person.grants, at: at, db).late
            let fact = "nudge:\(stored.id):\(at.day(in: stored.edition.zone).iso)"
            func told() throws -> Int { try db.count("SELECT COUNT(*) FROM message WHERE fact = \(fact)") }
            let before = try told()
            try AssignmentNotices(publicURL: publicURL).late(
                Dictionary(uniqueKeysWithValues: late.map { ($0.evaluator.id, $0.open) }), stored, fact: fact, db)
            let count = try told() - before
            if count > 0 {
                try Audit.note("nudge", "edition", String(stored.id), [("told", String(count))], by: actor, db)
            }
            return count
        }
    }
}

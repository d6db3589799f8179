import Database
import Kernel

/// The rows that say who reads what: made, and taken back. The rules are asked before.
enum GivenReads {
    /// Gives proposals to evaluators; a pair that was taken back before is given anew, without what was scored then. Returns the readings' numbers.
    @discardableResult
    static func give(_ pairs: [Conflict.Pair], _ origin: Reading.Origin, in edition: Int, _ db: Writer) throws -> [Int]
    {
        let proposals = Array(Set(pairs.map(\.proposal))).sorted()
        var known: [Conflict.Pair: Int] = [:]
        for start in stride(from: 0, to: proposals.count, by: 1_000) {
            let some = Array(proposals[start..<min(start + 1_000, proposals.count)])
            try db.each("SELECT id, proposal, evaluator FROM reading WHERE proposal IN \(some)") {
                known[.init(try $0.int("proposal"), try $0.int("evaluator"))] = try $0.int("id")
            }
        }
        var (ids, rows): ([Int], [[Value]]) = ([], [])
        for pair in pairs {
            if let id = known[pair] {
                try db.execute(
                    """
                    DELETE FROM score WHERE reading = (SELECT id FROM reading WHERE id = \(id) AND state = 'removed')
                    """)
                try db.execute(
                    """
                    UPDATE reading SET state = 'due', origin = \(origin), version = version + 1, given_at = \(db.at),
                        opened_at = NULL, ended_at = NULL, words = NULL WHERE id = \(id) AND state = 'removed'
                    """)
                ids.append(id)
                continue
            }
            let id = try db.nextID("reading")
            ids.append(id)
            rows.append([
                id.sqlValue, edition.sqlValue, pair.proposal.sqlValue, pair.evaluator.sqlValue, origin.sqlValue,
                Reading.State.due.sqlValue, 1.sqlValue, db.at.sqlValue,
            ])
        }
        try db.insert(
            "reading", ["id", "edition", "proposal", "evaluator", "origin", "state", "version", "given_at"], rows)
        return ids
    }

    /// Takes readings back, whatever was scored in them: it no longer counts and stays with its reason.
    static func take(_ ids: [Int], words: String, _ db: Writer) throws {
        try db.execute(
            """
            UPDATE reading SET state = 'removed', ended_at = \(db.at), words = \(words), version = version + 1
            WHERE id IN \(ids) AND state <> 'removed'
            """)
    }

    /// Takes back at once what somebody has open and is now in conflict with; what they finished is left for the
    /// organiser to decide on. Returns the readings taken back.
    static func takeConflicted(from evaluator: Int, by actor: Actor, _ db: Writer) throws -> [Int] {
        let open = try db.rows(
            """
            SELECT r.id, r.proposal FROM reading r WHERE r.evaluator = \(evaluator) AND r.state IN ('due', 'begun')
            ORDER BY r.id
            """
        ) { (id: try $0.int("id"), proposal: try $0.int("proposal")) }
        guard !open.isEmpty else { return [] }
        let conflicted = Set(
            try Conflicts.found("p.id IN \(open.map(\.proposal))", "v.id = \(evaluator)", db).map(\.proposal))
        let taken = open.filter { conflicted.contains($0.proposal) }.map(\.id)
        guard !taken.isEmpty else { return [] }
        try take(taken, words: "Benturan kepentingan dinyatakan sesudah ditugaskan.", db)
        return taken
    }
}

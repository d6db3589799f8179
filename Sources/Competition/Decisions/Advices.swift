import Database
import Kernel

/// The figures that are put before a sitting, taken from what is stored at that moment.
enum Advices {
    /// The figures now, for the candidates of a sitting.
    static func take(
        _ subject: Sitting.Subject, _ stored: Editions.Stored, words: String, at: Instant, _ db: Reader
    ) throws -> Advice {
        let candidates = try candidates(subject, in: stored, db).map(\.proposal)
        let reads = try Readings.standing(of: stored, db).lines
        let read = Dictionary(reads.map { ($0.proposal, $0) }) { first, _ in first }
        var panel: [Int: Double] = [:]
        if subject == .awards {
            let scores = try PanelScores.all(in: stored.id, db)
            for line in PanelStanding.make(scores, proposals: candidates, in: stored.edition).lines {
                panel[line.proposal] = line.mean
            }
        }
        return Advice(
            words: words, takenAt: at,
            lines: candidates.map { proposal in
                let line = read[proposal]
                return Advice.Line(
                    proposal: proposal, reads: line?.reads ?? 0, raw: line?.raw, calibrated: line?.calibrated,
                    deviation: line?.deviation, passing: line?.passing, top: line?.top, doubt: line?.doubt,
                    panel: panel[proposal])
            })
    }

    /// The proposals that each evaluator and panelist of an edition must leave the room for.
    static func leavings(_ edition: Int, _ db: Reader) throws -> [Int: Set<Int>] {
        var leavings: [Int: Set<Int>] = [:]
        for conflict in try Conflicts.all(in: edition, db) {
            leavings[conflict.evaluator, default: []].insert(conflict.proposal)
        }
        return leavings
    }

    /// What a sitting may decide about: what passed the administrative check; for awards the finalists, once a sitting
    /// chose them.
    static func candidates(
        _ subject: Sitting.Subject, in stored: Editions.Stored, _ db: Reader
    ) throws -> [Selection.Candidate] {
        var which: SQL = "p.edition = \(stored.id) AND p.state = 'passed'"
        if subject == .awards {
            let finalists = try Decisions.standing(.finalists, in: stored.id, db)
            if !finalists.isEmpty {
                which = "\(which) AND p.id IN \(finalists.filter { $0.verdict == .chosen }.map(\.proposal))"
            }
        }
        return try db.rows(
            """
            SELECT p.id, p.group_code, p.category, p.institution, i.kind, i.region FROM proposal p
            JOIN institution i ON i.code = p.institution WHERE \(which) ORDER BY p.id
            """
        ) {
            Selection.Candidate(
                proposal: try $0.int("id"), group: try $0.textOrNil("group_code"),
                category: try $0.textOrNil("category"), agency: try $0.text("kind"),
                region: try $0.textOrNil("region"), institution: try $0.text("institution"))
        }
    }
}

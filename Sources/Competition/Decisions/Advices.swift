import Database
import Kernel

/// The figures that are put before a sitting, taken from what is stored at that moment.
struct Advices: Sendable {
    /// Where the proposals of an edition stand by their reads; nil where nothing is known.
    typealias Standings = @Sendable (_ of: Editions.Stored, Reader) throws -> Standing?
    /// The proposals that each evaluator and panelist of an edition must leave the room for.
    typealias Leavings = @Sendable (_ edition: Int, Reader) throws -> [Int: Set<Int>]

    let standings: Standings
    let leavings: Leavings

    /// The figures now, for the candidates of a sitting.
    func take(_ subject: Sitting.Subject, _ stored: Editions.Stored, words: String, at: Instant, _ db: Reader) throws
        -> Advice
    {
        let candidates = try Self.candidates(subject, in: stored, db).map(\.proposal)
        let reads = try standings(stored, db)?.lines ?? Self.plain(stored, db)
        let read = Dictionary(reads.map { ($0.proposal, $0) }) { first, _ in first }
        let panel = subject == .awards ? try Self.panel(stored, db) : [:]
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

    /// The plain means of the finished reads, where no calibration is at hand.
    private static func plain(_ stored: Editions.Stored, _ db: Reader) throws -> [Standing.Line] {
        let weights = Dictionary(stored.edition.sections.map { ($0.code, $0.weight ?? 1) }) { first, _ in first }
        var reads: [Int: [Int: (sum: Int, weight: Int)]] = [:]
        try db.each(
            """
            SELECT r.proposal, r.id, s.section, s.value FROM reading r JOIN score s ON s.reading = r.id
            WHERE r.edition = \(stored.id) AND r.state = 'done' AND s.value IS NOT NULL ORDER BY r.id
            """
        ) { row in
            let weight = weights[try row.text("section")] ?? 0
            let (proposal, reading) = (try row.int("proposal"), try row.int("id"))
            let (sum, total) = reads[proposal]?[reading] ?? (0, 0)
            reads[proposal, default: [:]][reading] = (sum + weight * (try row.int("value")), total + weight)
        }
        return reads.map { proposal, own in
            let scores = own.values.filter { $0.weight > 0 }.map { Double($0.sum) / Double($0.weight) }
            let mean = scores.isEmpty ? nil : scores.reduce(0, +) / Double(scores.count)
            return Standing.Line(
                proposal: proposal, reads: own.count, raw: mean, calibrated: nil, deviation: nil, passing: nil,
                top: nil, doubt: nil, gap: nil, sections: [:])
        }
    }

    /// The panel's mean for each proposal, over those who scored every part that counts.
    private static func panel(_ stored: Editions.Stored, _ db: Reader) throws -> [Int: Double] {
        let weights = Dictionary(
            stored.edition.presentation.map { ($0.code, $0.weight ?? 0) }.filter { $0.1 > 0 }) { first, _ in first }
        var sheets: [Int: [Int: [String: Int]]] = [:]
        try db.each(
            """
            SELECT s.proposal, s.evaluator, s.part, s.value FROM panel_score s JOIN proposal p ON p.id = s.proposal
            WHERE p.edition = \(stored.id)
            """
        ) { row in
            sheets[try row.int("proposal"), default: [:]][try row.int("evaluator"), default: [:]][
                try row.text("part")] = try row.int("value")
        }
        let total = weights.values.reduce(0, +)
        guard total > 0 else { return [:] }
        return sheets.compactMapValues { sheets in
            let whole = sheets.values.filter { sheet in weights.keys.allSatisfy { sheet[$0] != nil } }
            let scores = whole.map { sheet in
                Double(weights.reduce(0) { $0 + $1.value * (sheet[$1.key] ?? 0) }) / Double(total)
            }
            return scores.isEmpty ? nil : scores.sorted().reduce(0, +) / Double(scores.count)
        }
    }
}

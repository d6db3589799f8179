import Database
import Kernel

/// What a result rests on, read from the database as it stands.
enum ResultMaterials {
    static func read(_ stored: Editions.Stored, _ db: Reader) throws -> ResultInput {
        let edition = stored.id
        let standing = try Readings.inputs(of: stored, db)
        let counts = try db.first(
            """
            SELECT COUNT(*) AS registered, COUNT(CASE WHEN state IN \(Proposal.State.sent) THEN 1 END) AS submitted
            FROM proposal WHERE edition = \(edition) AND state NOT IN ('draft', 'withdrawn')
            """)
        return ResultInput(
            rules: ResultInput.Rules(
                code: stored.code, version: stored.version,
                digest: ResultInput.digest(try Canonical(stored.tables).json), tables: stored.tables),
            seed: Int(Standing.seed(of: stored.code)), registered: try counts?.int("registered") ?? 0,
            submitted: try counts?.int("submitted") ?? 0, proposals: try proposals(edition, db),
            evaluators: standing.evaluators, plans: try plans(edition, db), readings: try readings(edition, db),
            panel: try panel(edition, db), visits: try visits(edition, db), ratings: try ratings(edition, db),
            sittings: try sittings(edition, db))
    }

    private static func proposals(_ edition: Int, _ db: Reader) throws -> [ResultInput.Proposal] {
        try db.rows(
            """
            SELECT id, innovation, revision, title, institution, group_code, category, content FROM proposal
            WHERE edition = \(edition) AND state = \(Proposal.State.passed) ORDER BY id
            """
        ) {
            ResultInput.Proposal(
                proposal: try $0.int("id"), innovation: try $0.int("innovation"), revision: try $0.int("revision"),
                title: try $0.text("title"), institution: try $0.text("institution"),
                group: try $0.textOrNil("group_code"), category: try $0.textOrNil("category"),
                digest: ResultInput.digest(try Canonical(json: try $0.text("content")).json))
        }
    }

    private static func plans(_ edition: Int, _ db: Reader) throws -> [ResultInput.Plan] {
        try db.rows(
            """
            SELECT id, objective, seed, draw FROM plan WHERE edition = \(edition) AND released_at IS NOT NULL
            ORDER BY id
            """
        ) {
            ResultInput.Plan(
                plan: try $0.int("id"), objective: try $0.text("objective"), seed: try $0.int("seed"),
                draw: try $0.int("draw"))
        }
    }

    private static func readings(_ edition: Int, _ db: Reader) throws -> [ResultInput.Reading] {
        var scores: [Int: [String: Int]] = [:]
        try db.each(
            """
            SELECT s.reading, s.section, s.value FROM score s JOIN reading r ON r.id = s.reading
            WHERE r.edition = \(edition) AND r.state = 'done' AND s.value IS NOT NULL
            """
        ) { scores[try $0.int("reading"), default: [:]][try $0.text("section")] = try $0.int("value") }
        return try db.rows(
            """
            SELECT id, proposal, evaluator, origin, state FROM reading WHERE edition = \(edition)
            ORDER BY proposal, evaluator
            """
        ) {
            ResultInput.Reading(
                proposal: try $0.int("proposal"), evaluator: try $0.int("evaluator"), origin: try $0.text("origin"),
                state: try $0.text("state"), scores: scores[try $0.int("id")] ?? [:])
        }
    }

    private static func panel(_ edition: Int, _ db: Reader) throws -> [ResultInput.Panel] {
        try db.rows(
            """
            SELECT s.proposal, s.evaluator, s.part, s.value FROM panel_score s JOIN proposal p ON p.id = s.proposal
            WHERE p.edition = \(edition) AND s.value IS NOT NULL ORDER BY s.proposal, s.evaluator, s.part
            """
        ) {
            ResultInput.Panel(
                proposal: try $0.int("proposal"), evaluator: try $0.int("evaluator"), part: try $0.text("part"),
                value: try $0.int("value"))
        }
    }

    private static func visits(_ edition: Int, _ db: Reader) throws -> [ResultInput.Visit] {
        try db.rows(
            """
            SELECT proposal, evaluator, content FROM visit WHERE edition = \(edition) AND content IS NOT NULL
            ORDER BY proposal, evaluator
            """
        ) {
            ResultInput.Visit(
                proposal: try $0.int("proposal"), evaluator: try $0.int("evaluator"),
                digest: ResultInput.digest(try $0.text("content")))
        }
    }

    private static func ratings(_ edition: Int, _ db: Reader) throws -> [ResultInput.Rating] {
        try db.rows(
            """
            SELECT proposal, COUNT(*) AS votes, CAST(SUM(value) AS BIGINT) AS total FROM rating
            WHERE edition = \(edition) GROUP BY proposal ORDER BY proposal
            """
        ) {
            ResultInput.Rating(
                proposal: try $0.int("proposal"), count: try $0.int("votes"), sum: try $0.int("total"))
        }
    }

    private static func sittings(_ edition: Int, _ db: Reader) throws -> [ResultInput.Sitting] {
        var decided: [Int: [ResultInput.Sitting.Decision]] = [:]
        try db.each(
            """
            SELECT d.sitting, d.proposal, d.verdict, d.award, d.score FROM decision d JOIN sitting s ON s.id = d.sitting
            WHERE s.edition = \(edition) AND s.closed_at IS NOT NULL ORDER BY d.sitting, d.proposal
            """
        ) {
            decided[try $0.int("sitting"), default: []].append(
                .init(
                    proposal: try $0.int("proposal"), verdict: try $0.text("verdict"),
                    award: try $0.textOrNil("award"), score: try $0.intOrNil("score")))
        }
        return try db.rows(
            """
            SELECT id, body, subject, digest FROM sitting WHERE edition = \(edition) AND closed_at IS NOT NULL
            ORDER BY closed_at, id
            """
        ) {
            let id = try $0.int("id")
            return ResultInput.Sitting(
                sitting: id, body: try $0.text("body"), subject: try $0.text("subject"),
                digest: try $0.text("digest"), decisions: decided[id] ?? [])
        }
    }
}

import Database
import Directory
import Institutions
import Kernel
import Linkage
import Text

/// The second step of a delivery: rows that are not known yet are compared with all records and with one another, and
/// the whole is weighed before anything is taken.
struct StagedTwins: Sendable {
    let database: Database

    /// Throws `RunLost`. Nothing but the rows' own twins is written, so that it can be done again from the start.
    func work(_ claim: RunClaim, _ step: RunStep) async throws -> RunState {
        let rows = try await database.read { try Self.rows(claim, $0) }
        let twins = try await twins(rows)
        for start in stride(from: 0, to: twins.count, by: StagedReadings.batch) {
            try Task.checkCancellation()
            let some = Array(twins[start..<min(start + StagedReadings.batch, twins.count)])
            let done = start + some.count
            try await step.write { db, until in
                try RunClaims.progress(claim, done: done, until: until, db)
                for twin in some { try Self.keep(twin, run: claim.run, db) }
            }
            step.report(.linking, done, twins.count)
        }
        let reused = twins.count { $0.decision == .reused }
        return try await step.write { db, _ in
            var figures = try Self.figures(claim, db)
            figures.unknownInstitutions = rows.unknownInstitutions
            figures.reused = reused
            let doubts = Doubt.all(figures)
            let open = try db.count("SELECT COUNT(*) FROM staged WHERE run = \(claim.run) AND outcome IS NULL")
            return try RunClaims.weigh(claim, doubts, total: open, db)
        }
    }

    private func twins(_ rows: Rows) async throws -> [Linking.Twin] {
        guard !rows.new.isEmpty || !rows.renamed.isEmpty else { return [] }
        let register = try await Register.load(database)
        let directory = try await database.read { try Innovations.linkageRecords($0, register: register) }
        return try await apart {
            try Linking.twins(of: rows.new, renamed: rows.renamed, among: directory, LinkageRecords.model())
        }
    }

    private struct Rows: Sendable {
        var new: [Linking.NewRow] = []
        var renamed: [Linking.Renamed] = []
        var unknownInstitutions = 0
    }

    private static func rows(_ claim: RunClaim, _ db: Reader) throws -> Rows {
        var rows = Rows()
        try db.stream(
            """
            SELECT s.line, s.record, k.innovation, CASE WHEN k.content = s.content THEN NULL
                ELSE COALESCE(k.record, v.content) END AS before
            FROM staged s LEFT JOIN source_record k ON k.source = \(claim.source.id) AND k.external_id = s.external_id
            LEFT JOIN innovation i ON i.id = k.innovation
            LEFT JOIN revision v ON v.innovation = i.id AND v.number = i.revision
            WHERE s.run = \(claim.run) AND s.outcome IS NULL ORDER BY s.line
            """
        ) { row in
            let now = try Innovation(json: try row.text("record"))
            if now.institutionAsGiven != nil, now.institution == nil, now.form != .citizen {
                rows.unknownInstitutions += 1
            }
            let line = try row.int("line")
            guard let known = try row.intOrNil("innovation") else {
                rows.new.append(.init(line: line, innovation: now))
                return
            }
            guard let before = try row.textOrNil("before").map({ try Innovation(json: $0) }),
                fold(before.title) != fold(now.title)
            else { return }
            rows.renamed.append(.init(line: line, record: known, before: before, now: now))
        }
        return rows
    }

    private static func keep(_ twin: Linking.Twin, run: Int, _ db: Writer) throws {
        try db.execute(
            """
            UPDATE staged SET twin = \(twin.record), twin_line = \(twin.earlier), probability = \(twin.probability),
                weight = \(twin.weight), steps = \(LinkStep.json(twin.steps)), decision = \(twin.decision)
            WHERE run = \(run) AND line = \(twin.line)
            """)
    }

    /// The delivery beside those before it; all but what linking itself knows.
    private static func figures(_ claim: RunClaim, _ db: Reader) throws -> Doubt.Figures {
        let (run, source) = (claim.run, claim.source.id)
        var figures = Doubt.Figures()
        figures.rows = try db.count("SELECT COUNT(*) FROM staged WHERE run = \(run)")
        figures.rejected = try db.count("SELECT COUNT(*) FROM staged WHERE run = \(run) AND outcome = 'rejected'")
        figures.fresh = try db.count(
            """
            SELECT COUNT(*) FROM staged s
            LEFT JOIN source_record k ON k.source = \(source) AND k.external_id = s.external_id
            WHERE s.run = \(run) AND s.outcome IS NULL AND (k.id IS NULL OR k.content <> s.content)
            """)
        figures.known = try db.count(
            "SELECT COUNT(*) FROM source_record WHERE source = \(source) AND missing_since IS NULL")
        if claim.source.terms.isComplete {
            figures.missing = try db.count(
                """
                SELECT COUNT(*) FROM source_record k WHERE k.source = \(source) AND k.missing_since IS NULL
                    AND NOT EXISTS (SELECT 1 FROM staged s WHERE s.run = \(run) AND s.external_id = k.external_id)
                """)
        }
        let earlier = try Runs.read(
            "r.source = \(source) AND r.state = 'done' AND r.file IS NOT NULL AND r.id < \(run)", limit: 3, db)
        figures.freshBefore = earlier.map(\.sums.fresh)
        figures.isSameFile = try Runs.run(run, db).sameFileAs != nil
        let strangers = try db.count(
            """
            SELECT COUNT(*) FROM source_record k JOIN innovation i ON i.id = k.innovation WHERE k.source = \(source)
                AND i.institution IS NULL AND i.institution_as_given IS NOT NULL
                AND (i.form IS NULL OR i.form <> 'citizen')
            """)
        figures.unknownBefore = Double(strangers) / Double(max(1, figures.known))
        return figures
    }
}

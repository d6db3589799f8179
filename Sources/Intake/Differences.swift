import Database
import Directory
import Kernel
import People

/// Where a source differs from what an agency wrote and validated: a question to that agency, never an overwriting.
package struct Differences: Sendable {
    /// Differences on one screen.
    package static let rows = 50
    private let database: Database

    package init(_ database: Database) { self.database = database }

    package struct Line: Sendable {
        package let id: Int
        /// The record that shows our value now.
        package let innovation: Int
        package let name: ShownName
        package let institution: String
        package let field: Innovation.Field
        /// The record as it is, and as the source states it; nil where only its text is known.
        package let ours: Innovation
        package let theirs: Innovation?
        package let theirText: String?
        package let source: String
        package let externalID: String
        /// When the source changed its row.
        package let changedAt: Instant
        /// When the difference was found; a newer delivery makes it anew.
        package let at: Instant
    }

    package struct Page: Sendable {
        package let lines: [Line]
        package let total: Int
        package let next: Int?
    }

    /// Open differences of some institutions and those whose place they took, the oldest first. Three statements.
    package func list(at institutions: [String], after: Int? = nil, now: Instant) async throws -> Page {
        try await database.read { db in
            let held = try Self.held(institutions, at: now, db)
            let lines = try Self.lines(
                "\(Self.open(held)) AND d.id > \(after ?? 0) ORDER BY d.id LIMIT \(Self.rows + 1)", db)
            let shown = Array(lines.prefix(Self.rows))
            return Page(
                lines: shown, total: try db.count("SELECT COUNT(*) FROM \(Self.tables) WHERE \(Self.open(held))"),
                next: lines.count > shown.count ? shown.last?.id : nil)
        }
    }

    /// Some open differences of institutions, e.g. those of a form that did not pass; others are left out.
    package func lines(_ ids: [Int], at institutions: [String], now: Instant) async throws -> [Line] {
        try await database.read { db in
            let held = try Self.held(institutions, at: now, db)
            return try Self.lines("\(Self.open(held)) AND d.id IN \(ids) ORDER BY d.id", db)
        }
    }

    /// What was chosen for one difference, and when that on the screen was found.
    package struct Answer: Sendable, Hashable {
        package let id: Int
        package let seen: Instant
        package let choice: Difference.Choice

        package init(_ id: Int, seen: Instant, _ choice: Difference.Choice) {
            self.id = id
            self.seen = seen
            self.choice = choice
        }
    }

    package struct Outcome: Sendable, Hashable {
        package var kept = 0
        package var taken = 0
    }

    /// Takes all of a screen's answers, at most 200, or none. A value that is taken becomes the agency's own statement,
    /// with a revision that names the source.
    ///
    /// Throws `DifferenceRefusal` with one problem a difference: answered meanwhile, changed by a newer delivery, or of
    /// another institution.
    package func answer(_ answers: [Answer], by actor: Actor, at now: Instant) async throws -> Outcome {
        guard !answers.isEmpty else { throw DifferenceRefusal.nothingChosen }
        return try await database.write(at: now) { db in
            let mine = try actor.account.map { try Grants.live(of: $0, at: now, db) } ?? []
            let institutions = mine.filter { Right.answerDifferences.roles.contains($0.role) }
                .compactMap(\.institution)
            let held = try Self.held(institutions, at: now, db)
            let known = Dictionary(
                try Self.lines("\(Self.open(held)) AND d.id IN \(answers.map(\.id)) ORDER BY d.id", db)
                    .map { ($0.id, $0) }, uniquingKeysWith: { a, _ in a })
            let problems = answers.compactMap { Self.problem($0, known[$0.id]) }
            guard problems.isEmpty, answers.count <= 200 else { throw DifferenceRefusal.incomplete(problems) }
            var outcome = Outcome()
            for answer in answers {
                guard let line = known[answer.id] else { continue }
                switch answer.choice {
                case .keep: outcome.kept += 1
                case .take:
                    try Self.take(line, by: actor, db)
                    outcome.taken += 1
                }
                try db.execute(
                    """
                    UPDATE difference SET answer = \(answer.choice), answered_at = \(now), answered_by = \(actor.account)
                    WHERE id = \(line.id)
                    """)
                try Audit.note(
                    "answer-difference", "innovation", String(line.innovation),
                    [
                        ("difference", String(line.id)), ("field", line.field.rawValue), ("source", line.source),
                        ("answer", answer.choice.rawValue),
                    ], by: actor, db)
            }
            return outcome
        }
    }

    private static func problem(_ answer: Answer, _ line: Line?) -> Problem? {
        guard let line else {
            return Problem(
                "b\(answer.id)",
                Phrase(
                    "Perbedaan ini sudah dijawab, atau datanya bukan milik instansi Anda.",
                    "This difference is answered, or its record is not your institution's."))
        }
        guard line.at == answer.seen else {
            return Problem(
                "b\(answer.id)",
                Phrase(
                    "Sumber mengubah nilainya sejak halaman dibuka. Lihat lagi, lalu pilih.",
                    "The source changed its value since the page was opened. Look again, then choose."))
        }
        return answer.choice == .take && line.theirs == nil
            ? Problem(
                "b\(answer.id)",
                Phrase(
                    "Sumber tidak menyebut nilai ini lagi. Pakai nilai Anda.",
                    "The source does not state this value any more. Keep yours."))
            : nil
    }

    private static func take(_ line: Line, by actor: Actor, _ db: Writer) throws {
        guard let theirs = line.theirs,
            let row = try db.first(
                """
                SELECT r.content FROM innovation i JOIN revision r ON r.innovation = i.id AND r.number = i.revision
                WHERE i.id = \(line.innovation)
                """)
        else { return }
        // Read anew: an answer before may have changed another field of the same record.
        var record = try Innovation(json: try row.text("content"))
        record.take(line.field, from: theirs)
        _ = try Innovations.publish(
            record, as: line.innovation,
            reason: Difference.reason(
                field: Innovation.fieldName(line.field.key).indonesian, source: line.source,
                externalID: line.externalID), by: actor, db)
    }

    // MARK: Statements

    private static let tables: SQL = """
        difference d LEFT JOIN belonging m ON m.innovation = d.innovation
        JOIN innovation i ON i.id = COALESCE(m.belongs_to, d.innovation)
        """

    private static func open(_ institutions: [String]) -> SQL {
        "d.answer IS NULL AND i.state = 'published' AND i.institution IN \(institutions)"
    }

    /// How many wait for an answer of some institutions.
    static func count(at institutions: [String], now: Instant, _ db: Reader) throws -> Int {
        let held = try held(institutions, at: now, db)
        return try db.count("SELECT COUNT(*) FROM \(tables) WHERE \(open(held))")
    }

    /// The institutions with all whose place they took by a moment: their records are theirs now.
    private static func held(_ institutions: [String], at now: Instant, _ db: Reader) throws -> [String] {
        try db.rows(
            """
            WITH RECURSIVE held (code) AS (
                SELECT code FROM institution WHERE code IN \(institutions)
                UNION SELECT s.institution FROM institution_succession s JOIN held h ON h.code = s.successor
                WHERE s.year IS NULL OR s.year <= \(now.day().year))
            SELECT code FROM held ORDER BY code
            """
        ) { try $0.text("code") }
    }

    private static func lines(_ condition: SQL, _ db: Reader) throws -> [Line] {
        try db.rows(
            """
            SELECT d.id, d.field, d.theirs, d.at, i.id AS record, i.institution, r.content, s.record AS stated,
                s.external_id, s.changed_at, o.name AS source
            FROM \(tables) JOIN revision r ON r.innovation = i.id AND r.number = i.revision
                JOIN source_record s ON s.id = d.source_record JOIN source o ON o.id = s.source
            WHERE \(condition)
            """
        ) { row in
            let ours = try Innovation(json: try row.text("content"))
            return Line(
                id: try row.int("id"), innovation: try row.int("record"), name: ShownName(ours),
                institution: try row.text("institution"), field: try row.choice("field"), ours: ours,
                theirs: try row.textOrNil("stated").map { try Innovation(json: $0) },
                theirText: try row.textOrNil("theirs"), source: try row.text("source"),
                externalID: try row.text("external_id"), changedAt: try row.instant("changed_at"),
                at: try row.instant("at"))
        }
    }
}

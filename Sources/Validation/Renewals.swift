import Database
import Directory
import Institutions
import Kernel
import Messages
import People

/// The records that an agency validated, by the end of their term, and what it says of them then.
///
/// Renewing is a validator's act, but not the judgement of a text: who wrote a record may also say that it still holds.
/// That nobody validates what they wrote is a rule of validation alone.
package struct Renewals: Sendable {
    /// Records on one screen.
    package static let rows = 50
    private let database: Database
    private let publicURL: String
    private let term: Term

    /// - Parameter term: how long a renewal holds.
    package init(_ database: Database, publicURL: String, term: Term = Term()) {
        self.database = database
        self.publicURL = publicURL
        self.term = term
    }

    package struct Line: Sendable {
        package let id: Int
        package let name: ShownName
        package let institution: String
        package let unit: String?
        package let continuity: Innovation.Continuity?
        package let revision: Int
        package let validity: Validity
        /// The open draft that changes it, if any.
        package let draft: Int?
    }

    /// Where the next page of a list begins.
    package struct Marker: Sendable, Hashable {
        package let until: Instant
        package let id: Int

        package init(until: Instant, id: Int) {
            self.until = until
            self.id = id
        }

        package init?(_ text: String) {
            let parts = text.split(separator: "-")
            guard parts.count == 2, let until = Int64(parts[0]), let id = Int(parts[1]), until >= 0, id >= 0 else {
                return nil
            }
            self.init(until: Instant(milliseconds: until), id: id)
        }

        package var text: String { "\(until.milliseconds)-\(id)" }
    }

    package struct Page: Sendable {
        package let lines: [Line]
        /// Published records, and among those that did not stop: in force, within 30 days of the end, past it.
        package let total: Int
        package let valid: Int
        package let due: Int
        package let overdue: Int
        package let never: Int
        package let next: Marker?
    }

    /// What is due or past its term at some institutions and those whose place they took, the oldest first; `all`
    /// adds what is in force.
    package func list(
        at institutions: [String], all: Bool, after marker: Marker? = nil, now: Instant
    ) async throws -> Page {
        let horizon = all ? Instant(milliseconds: Int64.max / 2) : now.adding(days: Validity.dueDays)
        let marker = marker ?? Marker(until: Instant(milliseconds: 0), id: 0)
        return try await database.read { db in
            let institutions = try Self.held(institutions, at: now, db)
            let lines = try Self.lines(
                """
                i.institution IN \(institutions) AND i.valid_until <= \(horizon)
                AND (i.continuity IS NULL OR i.continuity <> 'stopped')
                AND (i.valid_until > \(marker.until) OR (i.valid_until = \(marker.until) AND i.id > \(marker.id)))
                ORDER BY i.valid_until, i.id LIMIT \(Self.rows + 1)
                """, db)
            let counts = try db.first(
                """
                SELECT COUNT(*) AS total, COUNT(CASE WHEN validated_at IS NULL THEN 1 END) AS never,
                    COUNT(CASE WHEN valid_until > \(now.adding(days: Validity.dueDays)) AND running THEN 1 END) AS valid,
                    COUNT(CASE WHEN valid_until > \(now) AND valid_until <= \(now.adding(days: Validity.dueDays))
                        AND running THEN 1 END) AS due,
                    COUNT(CASE WHEN valid_until <= \(now) AND running THEN 1 END) AS overdue
                FROM (SELECT validated_at, valid_until, continuity IS NULL OR continuity <> 'stopped' AS running
                    FROM innovation WHERE state = 'published' AND institution IN \(institutions)) AS records
                """)
            let shown = Array(lines.prefix(Self.rows))
            return Page(
                lines: shown, total: try counts?.int("total") ?? 0, valid: try counts?.int("valid") ?? 0,
                due: try counts?.int("due") ?? 0, overdue: try counts?.int("overdue") ?? 0,
                never: try counts?.int("never") ?? 0,
                next: lines.count > shown.count
                    ? shown.last.flatMap { line in
                        line.validity.validation.map { Marker(until: $0.until, id: line.id) }
                    } : nil)
        }
    }

    /// Some records of institutions, e.g. those of a form that did not pass; others are left out.
    package func lines(_ ids: [Int], at institutions: [String], now: Instant) async throws -> [Line] {
        try await database.read { db in
            let institutions = try Self.held(institutions, at: now, db)
            return try Self.lines(
                "i.institution IN \(institutions) AND i.id IN \(ids) ORDER BY i.valid_until, i.id", db)
        }
    }

    /// The institutions with all whose place they took: their records are theirs now.
    private static func held(_ institutions: [String], at now: Instant, _ db: Reader) throws -> [String] {
        let succession = try Successors.read(at: now, db)
        return Array(Set(institutions.flatMap(succession.predecessors))).sorted()
    }

    private static func lines(_ condition: SQL, _ db: Reader) throws -> [Line] {
        try db.rows(
            """
            SELECT i.id, i.title, i.short_name, i.expansion, i.institution, i.unit, i.continuity, i.revision,
                \(Innovations.validityColumns), d.id AS draft
            FROM innovation i
            LEFT JOIN draft d ON d.innovation = i.id AND d.state IN ('draft', 'submitted', 'returned')
            WHERE i.state = 'published' AND i.validated_at IS NOT NULL AND \(condition)
            """
        ) { row in
            let continuity: Innovation.Continuity? = try row.choiceOrNil("continuity")
            var record = Innovation()
            record.title = try row.text("title")
            record.shortName = try row.textOrNil("short_name")
            record.expansion = try row.textOrNil("expansion")
            return Line(
                id: try row.int("id"), name: ShownName(record), institution: try row.text("institution"),
                unit: try row.textOrNil("unit"), continuity: continuity, revision: try row.int("revision"),
                validity: try Innovations.validity(row, continuity), draft: try row.intOrNil("draft"))
        }
    }

    /// What was said of one record, and the revision that was on the screen.
    package struct Answer: Sendable, Hashable {
        package let id: Int
        package let revision: Int
        package let renewal: Renewal

        package init(id: Int, revision: Int, _ renewal: Renewal) {
            self.id = id
            self.revision = revision
            self.renewal = renewal
        }
    }

    package struct Outcome: Sendable, Hashable {
        package var renewed: [Int] = []
        package var stopped: [Int] = []
        /// Those for which a draft is to be written.
        package var changing: [Int] = []
    }

    /// Takes all of a screen's answers, at most 500, or none. Each renewed or stopped record gets a revision that says
    /// so with its day, an act in `validation`, and its own entry in the audit trail.
    ///
    /// Throws `RenewalRefusal` with one problem a record: reasons that are missing, records that changed since the
    /// screen was opened, records that are not this person's to renew.
    package func renew(_ answers: [Answer], by actor: Actor, at now: Instant) async throws -> Outcome {
        guard !answers.isEmpty else { throw RenewalRefusal.nothingChosen }
        let (term, publicURL) = (term, publicURL)
        return try await database.write(at: now) { db in
            let known = Dictionary(
                try Self.lines("i.id IN \(answers.map(\.id))", db).map { ($0.id, $0) }, uniquingKeysWith: { a, _ in a })
            // Asked here and not of the session: a validator may be removed while the page is open.
            let grants = try actor.account.map { try Grants.live(of: $0, at: now, db) } ?? []
            let mine = grants.filter { Right.validate.roles.contains($0.role) }
            let succession = try Successors.read(at: now, db)
            let problems = answers.prefix(500).flatMap { answer in
                Self.problems(answer, known[answer.id]) { code in
                    succession.offices(of: code).contains { office in mine.contains { $0.reaches(office) } }
                }
            }
            guard problems.isEmpty, answers.count <= 500 else { throw RenewalRefusal.incomplete(problems) }
            var outcome = Outcome()
            for answer in answers {
                guard let line = known[answer.id], let content = try Self.content(answer.id, db) else { continue }
                guard let record = answer.renewal.applied(to: content, on: now.day()) else {
                    outcome.changing.append(line.id)
                    try Self.askToChange(line, publicURL: publicURL, at: now, db)
                    continue
                }
                let revision = try Innovations.publish(
                    record, as: line.id, reason: Self.why(answer.renewal), by: actor, db)
                let until = term.end(for: record, from: now)
                try Self.note(answer.renewal, line, revision: revision, until: until, actor, db)
                if answer.renewal.choice == .stopped {
                    outcome.stopped.append(line.id)
                } else {
                    outcome.renewed.append(line.id)
                }
            }
            return outcome
        }
    }

    /// Tells those who write for the institution that a record waits for them.
    private static func askToChange(_ line: Line, publicURL: String, at now: Instant, _ db: Writer) throws {
        let name = line.name.name
        try Messages.add(
            try Recipients.of(.write, at: line.institution, on: now, db).map {
                $0.told(
                    "change:\(line.id):\(line.revision)",
                    Phrase("Perlu diubah: \(name)", "Needs changing: \(name)"),
                    Phrase(
                        "Validator menandai data \(name) perlu diubah sebelum diperpanjang.\n\n\(publicURL)/kerja/inovasi",
                        "A validator marked the record \(name) as needing a change before it is renewed.\n\n\(publicURL)/kerja/inovasi"
                    ),
                    daily: true)
            }, db)
    }

    private static func problems(_ answer: Answer, _ line: Line?, _ mayRenew: (String) -> Bool) -> [Problem] {
        guard let line, mayRenew(line.institution) else {
            return [
                Problem(
                    "k\(answer.id)",
                    Phrase("Data ini bukan lagi milik instansi Anda.", "This record is no longer your institution's."))
            ]
        }
        guard line.revision == answer.revision else {
            return [
                Problem(
                    "k\(answer.id)",
                    Phrase(
                        "Data ini berubah sejak halaman dibuka. Lihat isinya, lalu pilih lagi.",
                        "This record changed since the page was opened. Read it, then choose again."))
            ]
        }
        return answer.renewal.problems(of: answer.id)
    }

    private static func content(_ id: Int, _ db: Reader) throws -> Innovation? {
        try db.first(
            """
            SELECT r.content FROM innovation i JOIN revision r ON r.innovation = i.id AND r.number = i.revision
            WHERE i.id = \(id)
            """
        ).map { try Innovation(json: try $0.text("content")) }
    }

    private static func why(_ renewal: Renewal) -> String {
        renewal.choice == .stopped ? "Dinyatakan berhenti" : "Dinyatakan masih benar"
    }

    private static func note(
        _ renewal: Renewal, _ line: Line, revision: Int, until: Instant, _ actor: Actor, _ db: Writer
    ) throws {
        let stopped = renewal.choice == .stopped
        try db.insert(
            "validation",
            [
                "id", "innovation", "revision", "act", "at", "valid_until", "institution", "office", "account",
                "continuity", "reason",
            ],
            [
                [
                    try db.nextID("validation").sqlValue, line.id.sqlValue, revision.sqlValue,
                    .text(stopped ? "stopped" : "renewed"), db.at.sqlValue, until.sqlValue, line.institution.sqlValue,
                    actor.publicName.sqlValue, actor.account.sqlValue, renewal.continuity?.rawValue.sqlValue ?? .null,
                    renewal.reason?.rawValue.sqlValue ?? .null,
                ]
            ])
        try Innovations.vouch(line.id, at: db.at, by: actor.publicName, until: until, db)
        let detail = [
            ("revision", String(revision)), ("until", until.rfc3339), ("continuity", renewal.choice.rawValue),
        ]
        if stopped {
            try Audit.note(
                "register-stop", "innovation", String(line.id), detail + [("reason", renewal.reason?.rawValue ?? "")],
                by: actor, db)
        } else {
            try Audit.note("renew", "innovation", String(line.id), detail, by: actor, db)
        }
    }
}

import Database
import Files
import Kernel
import People

/// The stored letters: prepared from what is known, signed outside, and attached again as they were signed.
package struct Letters: Sendable {
    private let database: Database

    package init(_ database: Database) { self.database = database }

    /// Prepares a letter of an institution; for minutes it takes in what was validated in their period. Returns its
    /// number. Throws `LetterRefusal`.
    package func prepare(
        _ kind: LetterKind, at institution: String, _ fields: [LetterField: String], by actor: Actor, at now: Instant
    ) async throws -> Int {
        try await database.write(at: now) { db in
            try Self.require(institution, actor, db)
            guard let name = try db.first("SELECT name FROM institution WHERE code = \(institution)") else {
                throw LetterRefusal.unknownInstitution
            }
            var content = LetterContent(institution: try name.text("name"))
            for field in kind.fields { content[field] = fields[field] }
            let problems = content.problems(for: kind)
            guard problems.isEmpty else { throw LetterRefusal.incomplete(problems) }
            if kind == .minutes, let from = content.day(.from), let until = content.day(.until) {
                content.acts = try Self.acts(institution, from, until, db)
            }
            let id = try db.nextID("letter")
            try db.insert(
                "letter", ["id", "kind", "institution", "subject", "content", "made_at", "made_by"],
                [
                    [
                        id.sqlValue, kind.sqlValue, institution.sqlValue,
                        LetterText.subject(kind, content).sqlValue, try content.json().sqlValue, now.sqlValue,
                        actor.account.sqlValue,
                    ]
                ])
            try Audit.note(
                "prepare", "letter", String(id), [("kind", kind.rawValue), ("institution", institution)], by: actor, db)
            return id
        }
    }

    /// The letters of the institutions that a person follows, or of one of them, newest first.
    ///
    /// - Parameter before: only letters with a smaller number.
    package func list(
        for person: Person, at institution: String? = nil, before: Int? = nil, limit: Int = 50
    ) async throws -> [PreparedLetter] {
        let grants = person.grants(for: .followInstitution)
        return try await database.read { db in
            var condition: SQL = "\(GrantScopes.within(grants, "l.institution"))"
            if let institution { condition = "\(condition) AND l.institution = \(institution)" }
            if let before { condition = "\(condition) AND l.id < \(before)" }
            return try Self.read("\(condition) ORDER BY l.id DESC LIMIT \(limit)", db)
        }
    }

    /// One letter. Throws `LetterRefusal.missing`, also where it is not the person's to see.
    package func show(_ id: Int, for person: Person) async throws -> PreparedLetter {
        let grants = person.grants(for: .followInstitution)
        return try await database.read { db in
            let found = try Self.read("l.id = \(id) AND \(GrantScopes.within(grants, "l.institution"))", db)
            guard let letter = found.first else { throw LetterRefusal.missing }
            return letter
        }
    }

    /// Attaches the signed copy as it was uploaded; a later one takes its place, and the audit trail names both.
    package func attach(_ file: AdmittedFile, to id: Int, by actor: Actor, at now: Instant) async throws {
        try await database.write(at: now) { db in
            guard let letter = try Self.read("l.id = \(id)", db).first else { throw LetterRefusal.missing }
            try Self.require(letter.institution, actor, db)
            try FileStore.record(file, db)
            try db.execute("UPDATE letter SET signed = \(file.digest), signed_at = \(now) WHERE id = \(id)")
            let before = letter.signed.map { [("before", $0)] } ?? []
            try Audit.note("sign", "letter", String(id), [("file", file.digest)] + before, by: actor, db)
        }
    }

    /// The people who hold a role at an institution now, for the letter that names whom someone replaces.
    func officials(at institution: String) async throws -> [(name: String, office: String)] {
        try await database.read { db in
            try db.rows(
                """
                SELECT DISTINCT a.name, a.office FROM account a JOIN role_grant g ON g.account = a.id
                WHERE g.institution = \(institution) AND g.until_at IS NULL AND g.role IN ('agency-admin', 'validator')
                    AND a.state <> 'left' AND a.name IS NOT NULL AND a.name <> '' ORDER BY a.name, a.office LIMIT 50
                """
            ) { (try $0.text("name"), try $0.textOrNil("office") ?? "") }
        }
    }

    /// Whether a person may prepare and sign an institution's letters, by the grants of their session.
    static func may(_ person: Person, at institution: String) -> Bool {
        person.may(.managePeople, at: institution) || person.may(.validate, at: institution)
    }

    private static func require(_ institution: String, _ actor: Actor, _ db: Writer) throws {
        guard let account = actor.account else { throw LetterRefusal.notYours }
        let roles = Right.managePeople.roles.union(Right.validate.roles)
        let grants = try Grants.live(of: account, at: db.at, db)
        guard grants.contains(where: { roles.contains($0.role) && $0.reaches(institution) }) else {
            throw LetterRefusal.notYours
        }
    }

    private static func acts(
        _ institution: String, _ from: Day, _ until: Day, _ db: Reader
    ) throws -> [LetterContent.Act] {
        let (start, end) = (Instant(startOf: from), Instant(startOf: until).adding(days: 1))
        let condition: SQL = "v.institution = \(institution) AND v.at >= \(start) AND v.at < \(end)"
        let count = try db.count("SELECT COUNT(*) FROM validation v WHERE \(condition)")
        guard count > 0 else { throw LetterRefusal.nothingValidated }
        guard count <= LetterContent.mostActs else { throw LetterRefusal.tooManyActs(count) }
        return try db.rows(
            """
            SELECT v.innovation, i.title, v.act, v.at, v.office, v.valid_until FROM validation v
            JOIN innovation i ON i.id = v.innovation WHERE \(condition) ORDER BY v.at, v.id
            """
        ) { row in
            LetterContent.Act(
                innovation: try row.int("innovation"), title: try row.text("title"), act: try row.text("act"),
                on: try row.instant("at").day(), office: try row.text("office"),
                lastDay: Instant(milliseconds: try row.instant("valid_until").milliseconds - 1).day())
        }
    }

    private static func read(_ condition: SQL, _ db: Reader) throws -> [PreparedLetter] {
        try db.rows("SELECT l.* FROM letter l WHERE \(condition)") { row in
            PreparedLetter(
                id: try row.int("id"), kind: try row.choice("kind"), institution: try row.text("institution"),
                subject: try row.text("subject"), content: try LetterContent(json: try row.text("content")),
                madeAt: try row.instant("made_at"),
                state: try row.instantOrNil("signed_at").map { .signed($0) } ?? .prepared,
                signed: try row.textOrNil("signed"))
        }
    }
}

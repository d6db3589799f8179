import Database
import Directory
import Institutions
import Kernel
import People

/// The stored drafts: begun, saved field by field, abandoned. What everyone may do is asked inside each transaction.
package struct Drafts: Sendable {
    let database: Database

    package init(_ database: Database) { self.database = database }

    /// What saving did.
    package struct Saved: Sendable, Hashable {
        package let draft: Int
        /// The draft's version now: the basis of the next save.
        package let version: Int
        /// The fields that were not taken and why; the others were saved.
        package let problems: [Problem]
    }

    /// Begins a new innovation.
    ///
    /// - Parameters:
    ///   - unit: one of the institution's; for a unit's own people theirs is taken, whatever is given.
    ///   - fields: what is known of it already, as typed.
    package func start(
        at institution: String, unit: Int? = nil, _ fields: [Innovation.Field: String] = [:], by actor: Actor,
        at: Instant
    ) async throws -> Saved {
        try await database.write(at: at) { db in
            try Self.start(at: institution, unit: unit, fields, by: actor, db)
        }
    }

    /// The same in the caller's transaction, for many at once.
    package static func start(
        at institution: String, unit: Int? = nil, _ fields: [Innovation.Field: String] = [:], by actor: Actor,
        _ db: Writer
    ) throws -> Saved {
        let person = try Offices.person(actor, at: db.at, db)
        let unit = try unitToWrite(person, institution, offices: [institution], asked: unit, db)
        var content = Innovation()
        content.institution = institution
        content.region = try db.first("SELECT region FROM institution WHERE code = \(institution)")?.textOrNil("region")
        content.unit = unit.name
        let problems = content.set(fields)
        let id = try insert(
            content, institution: institution, unit: unit.id, innovation: nil, base: nil, by: person, db)
        return Saved(draft: id, version: 1, problems: problems)
    }

    /// Begins a change of a published innovation: its newest revision, with the claims and evidence of the draft that
    /// was published last. A merged one stands for the record that it belongs to.
    package func start(from id: Int, unit: Int? = nil, by actor: Actor, at: Instant) async throws -> Saved {
        try await database.write(at: at) { db in
            let person = try Offices.person(actor, at: at, db)
            let members = try Innovations.members(of: id, db)
            let innovation = members[0]
            guard
                let row = try db.first(
                    """
                    SELECT i.institution, i.state, i.revision, i.absence, i.withdrawn_reason, i.updated_at, r.content
                    FROM innovation i JOIN revision r ON r.innovation = i.id AND r.number = i.revision
                    WHERE i.id = \(innovation)
                    """)
            else { throw DirectoryRefusal.unknownInnovation(String(innovation)) }
            guard try row.textOrNil("absence") == nil else {
                throw DirectoryRefusal.unknownInnovation(String(innovation))
            }
            if let reason = try row.textOrNil("withdrawn_reason") {
                throw DirectoryRefusal.withdrawn(
                    id: innovation, reason: reason, on: try row.instant("updated_at").day())
            }
            guard let institution = try row.textOrNil("institution") else { throw DraftRefusal.noInstitution }
            let offices = try Successors.read(at: at, db).offices(of: institution)
            let unit = try Self.unitToWrite(person, institution, offices: offices, asked: unit, db)
            if let open = try db.first(
                "SELECT id FROM draft WHERE innovation IN \(members) AND state IN ('draft', 'submitted', 'returned')")
            {
                throw DraftRefusal.alreadyOpen(try open.int("id"))
            }
            let id = try Self.insert(
                try Innovation(json: try row.text("content")), institution: institution, unit: unit.id,
                innovation: innovation, base: try row.int("revision"), by: person, db)
            try Claims.copyPublished(of: innovation, to: id, db)
            return Saved(draft: id, version: 1, problems: [])
        }
    }

    /// Saves the fields that a person changed, as typed; empty text clears one.
    ///
    /// Two people who changed different fields both win. Throws `DraftRefusal.changedMeanwhile` with both values, and
    /// saves nothing, when somebody else changed one of these fields after `version` to something else. A field that
    /// cannot be read is left as it was and named in the answer's problems.
    package func save(
        _ id: Int, _ fields: [Innovation.Field: String], basedOn version: Int, by actor: Actor, at: Instant
    ) async throws -> Saved {
        try await database.write(at: at) { db in
            let (draft, person) = try Self.toEdit(id, by: actor, db)
            var content = draft.content
            let problems = content.set(fields)
            let changed = fields.keys.filter { content[$0] != draft.content[$0] }
            guard !changed.isEmpty else { return Saved(draft: id, version: draft.version, problems: problems) }
            let newer = Set(
                try db.rows("SELECT field FROM draft_field WHERE draft = \(id) AND version > \(version)") {
                    try $0.text("field")
                })
            let clashes = Innovation.Field.allCases.filter { changed.contains($0) && newer.contains($0.rawValue) }
            guard clashes.isEmpty else {
                throw DraftRefusal.changedMeanwhile(
                    clashes.map { FieldDifference(field: $0, mine: content[$0], theirs: draft.content[$0]) },
                    version: draft.version)
            }
            try Self.touch(draft, content, by: person.account, db)
            for field in changed {
                try db.execute(
                    """
                    INSERT INTO draft_field (draft, field, version)
                    VALUES (\(id), \(field.rawValue), \(draft.version + 1))
                    ON CONFLICT (draft, field) DO UPDATE SET version = excluded.version
                    """)
            }
            return Saved(draft: id, version: draft.version + 1, problems: problems)
        }
    }

    /// Ends a draft that nobody will go on with; it stays readable.
    package func abandon(_ id: Int, by actor: Actor, at: Instant) async throws {
        try await database.write(at: at) { db in
            let (draft, person) = try Self.toEdit(id, by: actor, db)
            try db.execute(
                """
                UPDATE draft SET state = 'abandoned', version = version + 1, updated_at = \(at),
                    updated_by = \(person.account) WHERE id = \(id)
                """)
            try Audit.note("abandon", "draft", String(id), [("institution", draft.institution)], by: actor, db)
        }
    }

    /// One draft with its claims; throws `DraftRefusal.missing` also where the person may not know of it.
    package func open(_ id: Int, for person: Person, at: Instant) async throws -> (draft: Draft, claims: [Claim]) {
        try await database.read { db in
            let draft = try Self.load(id, at: at, db)
            if let refusal = draft.mayRead(person) { throw refusal }
            return (draft, try Claims.of(id, db))
        }
    }

    static func load(_ id: Int, at: Instant, _ db: Reader) throws -> Draft {
        guard
            let row = try db.first(
                """
                SELECT d.id, d.institution, d.unit, u.name AS unit_name, d.innovation, d.base_revision, d.state, d.title,
                    d.content, d.version, d.round, d.created_at, d.updated_at, d.submitted_at, d.decided_at
                FROM draft d LEFT JOIN unit u ON u.id = d.unit WHERE d.id = \(id)
                """)
        else { throw DraftRefusal.missing(id) }
        let writers = try db.rows("SELECT account FROM draft_writer WHERE draft = \(id)") { try $0.int("account") }
        let institution = try row.text("institution")
        return Draft(
            id: id, institution: institution, unit: try row.intOrNil("unit"),
            unitName: try row.textOrNil("unit_name"), innovation: try row.intOrNil("innovation"),
            baseRevision: try row.intOrNil("base_revision"), state: try row.choice("state"),
            content: try Innovation(stored: try row.text("content"), title: try row.text("title")),
            version: try row.int("version"), round: try row.int("round"), createdAt: try row.instant("created_at"),
            updatedAt: try row.instant("updated_at"), submittedAt: try row.instantOrNil("submitted_at"),
            decidedAt: try row.instantOrNil("decided_at"), writers: Set(writers),
            offices: try Successors.read(at: at, db).offices(of: institution))
    }

    /// The draft and the person, who may edit it now; else throws why not.
    static func toEdit(_ id: Int, by actor: Actor, _ db: Writer) throws -> (Draft, Person) {
        let person = try Offices.person(actor, at: db.at, db)
        let draft = try load(id, at: db.at, db)
        if let refusal = draft.mayEdit(person) { throw refusal }
        return (draft, person)
    }

    /// Writes a draft's next version: its content, who saved it, and that they are a writer.
    static func touch(_ draft: Draft, _ content: Innovation, by account: Int, _ db: Writer) throws {
        try db.execute(
            """
            UPDATE draft SET content = \(content.stored), title = \(content.title), version = version + 1,
                updated_at = \(db.at), updated_by = \(account) WHERE id = \(draft.id)
            """)
        try db.execute(
            """
            INSERT INTO draft_writer (draft, account) VALUES (\(draft.id), \(account)) ON CONFLICT DO NOTHING
            """)
    }
}

extension Drafts {
    private static func insert(
        _ content: Innovation, institution: String, unit: Int?, innovation: Int?, base: Int?, by person: Person,
        _ db: Writer
    ) throws -> Int {
        let id = try db.nextID("draft")
        let (at, account) = (db.at.sqlValue, person.account.sqlValue)
        try db.insert(
            "draft",
            [
                "id", "institution", "unit", "innovation", "base_revision", "state", "title", "content", "version",
                "round", "created_at", "created_by", "updated_at", "updated_by",
            ],
            [
                [
                    id.sqlValue, institution.sqlValue, unit.sqlValue, innovation.sqlValue, base.sqlValue,
                    Draft.State.draft.sqlValue, content.title.sqlValue, content.stored.sqlValue, 1.sqlValue,
                    0.sqlValue, at, account, at, account,
                ]
            ])
        try db.insert("draft_writer", ["draft", "account"], [[id.sqlValue, account]])
        return id
    }

    /// The unit for which a person writes: a unit's people for their own, an admin for any that the institution has.
    private static func unitToWrite(
        _ person: Person, _ institution: String, offices: [String], asked: Int?, _ db: Reader
    ) throws -> (id: Int?, name: String?) {
        let grants = person.grants(for: .write).filter { grant in offices.contains { grant.reaches($0) } }
        guard !grants.isEmpty else { throw DraftRefusal.notYours }
        var unit = asked
        if grants.allSatisfy({ $0.role.scope == .unit }), !grants.contains(where: { $0.unit == asked }) {
            unit = grants[0].unit
        }
        guard let unit else { return (nil, nil) }
        guard
            let row = try db.first(
                "SELECT name FROM unit WHERE id = \(unit) AND institution IN \(offices) AND closed_at IS NULL")
        else { throw DraftRefusal.unknownUnit }
        return (unit, try row.text("name"))
    }
}

extension Innovation {
    /// Sets fields as typed; returns what is wrong with those that were not taken, in the order of the form.
    mutating func set(_ fields: [Field: String]) -> [Problem] {
        var problems: [Problem] = []
        for field in Field.allCases {
            if let typed = fields[field], let problem = set(field, to: typed) { problems.append(problem) }
        }
        return problems
    }

    /// The stored form of a record that may not have a title yet.
    var stored: String {
        var content = self
        if content.title.isEmpty { content.title = "–" }
        return content.json()
    }

    init(stored: String, title: String) throws {
        try self.init(json: stored)
        self.title = title
    }
}

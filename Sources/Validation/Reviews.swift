import Database
import Directory
import Kernel
import People

/// Submitting, sending back and validating: each one transaction that asks the rules again with what holds at that
/// moment.
package struct Reviews: Sendable {
    let database: Database
    let term: Term
    let notices: Notices

    /// - Parameters:
    ///   - publicURL: scheme and host of the portal, for the links in messages.
    ///   - term: how long a validation holds.
    package init(_ database: Database, publicURL: String, term: Term = Term()) {
        self.database = database
        self.term = term
        notices = Notices(publicURL: publicURL)
    }

    /// What validating did.
    package struct Validated: Sendable, Hashable {
        package let innovation: Int
        package let revision: Int
        package let until: Instant
        package let capacity: Capacity
    }

    /// Hands a draft in: what it holds at this moment is kept, the validators are told. Returns the round.
    ///
    /// Throws `DraftRefusal.incomplete` with everything required that is missing.
    @discardableResult
    package func submit(_ id: Int, by actor: Actor, at: Instant) async throws -> Int {
        let notices = notices
        return try await database.write(at: at) { db in
            let person = try Offices.person(actor, at: at, db)
            let draft = try Drafts.load(id, at: at, db)
            if let refusal = draft.maySubmit(person) { throw refusal }
            let claims = try Claims.of(id, db)
            let missing = Completeness.check(draft.content, claims).filter { !$0.met && $0.rule.need == .required }
            guard missing.isEmpty else { throw DraftRefusal.incomplete(missing) }
            let round = draft.round + 1
            // Whoever hands it in stands by what it says, so they do not review it.
            try Drafts.touch(draft, draft.content, by: person.account, db)
            try db.execute(
                "UPDATE draft SET state = 'submitted', round = \(round), submitted_at = \(at) WHERE id = \(id)")
            try db.insert(
                "submission", ["draft", "round", "at", "account", "content", "claims"],
                [
                    [
                        id.sqlValue, round.sqlValue, at.sqlValue, person.account.sqlValue,
                        draft.content.json().sqlValue, try Submission.json(claims).sqlValue,
                    ]
                ])
            try Audit.note("submit", "draft", String(id), [("round", String(round))], by: actor, db)
            try notices.submitted(try Drafts.load(id, at: at, db), db)
            return round
        }
    }

    /// Takes a submission back, so that its unit can change it.
    package func withdraw(_ id: Int, by actor: Actor, at: Instant) async throws {
        try await database.write(at: at) { db in
            let person = try Offices.person(actor, at: at, db)
            let draft = try Drafts.load(id, at: at, db)
            if let refusal = draft.mayWithdraw(person) { throw refusal }
            // What was returned before is still to be corrected.
            let returned = try db.count(
                "SELECT COUNT(*) FROM submission WHERE draft = \(id) AND outcome = 'returned'")
            try db.execute(
                """
                UPDATE draft SET state = \(returned > 0 ? "returned" : "draft"), version = version + 1
                WHERE id = \(id)
                """)
            try Self.decide(draft, .withdrawn, by: person, db)
            try Audit.note("withdraw", "draft", String(id), [("round", String(draft.round))], by: actor, db)
        }
    }

    /// Sends a draft back with comments beside fields and claims, at least one; the unit's people are told.
    ///
    /// - Parameter round: the round that the reviewer looked at.
    package func `return`(
        _ id: Int, round: Int, comments: [CommentSubject: String], by actor: Actor, at: Instant
    ) async throws {
        let notices = notices
        try await database.write(at: at) { db in
            let person = try Offices.person(actor, at: at, db)
            let (draft, capacity) = try Self.toDecide(id, round: round, person, db)
            let written = try Self.texts(comments)
            try db.execute(
                "UPDATE draft SET state = 'returned', version = version + 1, decided_at = \(at) WHERE id = \(id)")
            try Self.decide(draft, .returned, by: person, db)
            try db.insert(
                "review_comment", ["draft", "round", "field", "text", "account", "at"],
                written.map {
                    [
                        id.sqlValue, draft.round.sqlValue, $0.subject.name.sqlValue, $0.text.sqlValue,
                        person.account.sqlValue, at.sqlValue,
                    ]
                })
            try Audit.note(
                "return", "draft", String(id),
                [("round", String(draft.round)), ("comments", String(written.count)), ("as", capacity.word)],
                by: actor, db)
            try notices.returned(draft, comments: written.count, db)
        }
    }

    /// Validates and publishes a draft in one transaction: the directory's record, the act, and whom it is told.
    ///
    /// Throws `DraftRefusal.decided` when somebody was faster, `.notValidator` when the right ended meanwhile.
    ///
    /// - Parameters:
    ///   - round: the round that the validator looked at.
    ///   - months: how long it holds; nil for the setting of its kind.
    @discardableResult
    package func validate(
        _ id: Int, round: Int, months: Int? = nil, by actor: Actor, at: Instant
    ) async throws -> Validated {
        let (notices, term) = (notices, months.map { Term(months: $0) } ?? term)
        return try await database.write(at: at) { db in
            let person = try Offices.person(actor, at: at, db)
            let (draft, capacity) = try Self.toDecide(id, round: round, person, db)
            let record = try Self.record(draft, db)
            let office = try Self.office(actor, person, capacity, draft, db)
            let (innovation, revision) = try Innovations.publish(
                record, as: draft.innovation, draft: id,
                by: Actor(name: actor.name, office: office, account: actor.account, address: actor.address),
                reason: "Divalidasi oleh \(office)", db)
            let until = term.end(for: record, from: at)
            try db.insert(
                "validation",
                [
                    "id", "innovation", "revision", "draft", "act", "at", "valid_until", "institution", "unit",
                    "office", "account", "instead", "continuity", "reason",
                ],
                [
                    [
                        try db.nextID("validation").sqlValue, innovation.sqlValue, revision.sqlValue, id.sqlValue,
                        .text("validated"), at.sqlValue, until.sqlValue, draft.institution.sqlValue,
                        draft.custodian(person).sqlValue, office.sqlValue, person.account.sqlValue,
                        capacity.instead?.rawValue.sqlValue ?? .null, record.continuity.map(\.rawValue).sqlValue,
                        record.continuityReason.sqlValue,
                    ]
                ])
            try Innovations.vouch(
                innovation, at: at, by: office, instead: capacity.instead, until: until, db)
            // A draft keeps the innovation that it was begun on, whatever that was merged into since.
            try db.execute(
                """
                UPDATE draft SET state = 'published', innovation = \(draft.innovation ?? innovation),
                    base_revision = \(revision), content = \(record.json()), version = version + 1, decided_at = \(at) WHERE id = \(id)
                """)
            try Self.decide(draft, .validated, by: person, db)
            try Audit.note(
                "validate", "draft", String(id),
                [
                    ("innovation", String(innovation)), ("revision", String(revision)), ("round", String(draft.round)),
                    ("until", until.rfc3339), ("as", capacity.word),
                ], by: actor, db)
            try notices.validated(draft, innovation: innovation, until: until, office: office, db)
            return Validated(innovation: innovation, revision: revision, until: until, capacity: capacity)
        }
    }
}

extension Reviews {
    /// The draft and the capacity in which the person decides on it, with the grants of this moment; else why not.
    private static func toDecide(
        _ id: Int, round: Int, _ person: Person, _ db: Writer
    ) throws -> (Draft, Capacity) {
        let draft = try Drafts.load(id, at: db.at, db)
        let reviewers = try Offices.reviewers(of: draft, at: db.at, db).count
        switch draft.mayValidate(person, reviewers: reviewers) {
        case .success(let capacity):
            guard draft.round == round else { throw DraftRefusal.newRound(draft.round) }
            return (draft, capacity)
        case .failure(.state(let state)) where state == .published || state == .returned:
            throw DraftRefusal.decided(state, office: try decider(of: draft, db))
        case .failure(let refusal): throw refusal
        }
    }

    /// The office that decided last.
    private static func decider(of draft: Draft, _ db: Reader) throws -> String {
        let row = try db.first(
            """
            SELECT a.office, n.name FROM submission s JOIN account a ON a.id = s.decided_by
            JOIN institution n ON n.code = \(draft.institution)
            WHERE s.draft = \(draft.id) AND s.outcome IS NOT NULL ORDER BY s.round DESC LIMIT 1
            """)
        return try row?.textOrNil("office") ?? row?.textOrNil("name") ?? draft.institution
    }

    /// The office that the public is told: the person's own, else their institution's name.
    private static func office(
        _ actor: Actor, _ person: Person, _ capacity: Capacity, _ draft: Draft, _ db: Reader
    ) throws -> String {
        if let office = actor.office, !office.isEmpty { return office }
        let right: Right = capacity == .validator ? .validate : .validateInstead
        let code =
            person.grants(for: right).first { grant in draft.offices.contains { grant.reaches($0) } }?.institution
            ?? draft.institution
        return try db.first("SELECT name FROM institution WHERE code = \(code)")?.text("name") ?? code
    }

    private static func decide(_ draft: Draft, _ outcome: Submission.Outcome, by person: Person, _ db: Writer) throws {
        try db.execute(
            """
            UPDATE submission SET outcome = \(outcome.rawValue), decided_at = \(db.at), decided_by = \(person.account)
            WHERE draft = \(draft.id) AND round = \(draft.round)
            """)
    }

    /// The comments that say something, trimmed, in a stable order.
    private static func texts(_ comments: [CommentSubject: String]) throws -> [(subject: CommentSubject, text: String)]
    {
        var found: [(subject: CommentSubject, text: String)] = []
        var problems: [Problem] = []
        for (subject, typed) in comments.sorted(by: { $0.key.name < $1.key.name }) {
            let text = Innovation.lines(typed)
            if typed.utf8.contains(0) || text.count > 5000 {
                problems.append(
                    Problem(
                        subject.name,
                        Phrase(
                            "Catatan paling banyak 5.000 huruf biasa.", "A comment has at most 5,000 plain characters.")
                    ))
            } else if !text.isEmpty {
                found.append((subject, text))
            }
        }
        guard problems.isEmpty else { throw DraftRefusal.invalid(problems) }
        guard !found.isEmpty else { throw DraftRefusal.noComment }
        return found
    }

    /// What validating would publish: the draft, with what others changed meanwhile in fields it left alone.
    static func record(_ draft: Draft, _ db: Reader) throws -> Innovation {
        guard let innovation = draft.innovation, let base = draft.baseRevision, draft.state != .published else {
            return draft.content
        }
        // What it was begun from may have been merged since; it changes the record that stands for both.
        let root = try Innovations.root(of: innovation, db)
        var before: Innovation?
        var now: Innovation?
        try db.each(
            """
            SELECT r.innovation, r.number, r.content FROM revision r JOIN innovation i ON i.id = r.innovation
            WHERE (r.innovation = \(innovation) AND r.number = \(base))
                OR (r.innovation = \(root) AND r.number = i.revision)
            """
        ) { row in
            let (id, number) = (try row.int("innovation"), try row.int("number"))
            let content = try Innovation(json: try row.text("content"))
            if id == innovation, number == base { before = content }
            if id == root, id != innovation || number > base { now = content }
        }
        guard let before, let now else { return draft.content }
        var record = draft.content
        for field in Innovation.Field.allCases where draft.content[field] == before[field] {
            record.take(field, from: now)
        }
        return record
    }
}

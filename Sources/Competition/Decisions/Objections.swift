import Database
import Files
import Kernel
import Messages
import People

/// The stored objections and support: sent by anybody during the public window, answered by the organiser, public only
/// with the answer.
package struct Objections: Sendable {
    /// Unanswered ones about one finalist beyond which no more are taken.
    static let mostOpen = 500
    let database: Database
    let publicURL: String

    package init(_ database: Database, publicURL: String) {
        self.database = database
        self.publicURL = publicURL
    }

    /// Keeps what somebody says about an announced finalist; the same words that are still unanswered are not kept twice.
    /// Throws `AnnouncementRefusal.notOut`, `ObjectionRefusal.closed`.
    package func send(
        _ notice: ObjectionNotice, evidence: AdmittedFile? = nil, about proposal: Int, in code: String, at: Instant
    ) async throws {
        try await database.write(at: at) { db in
            let stored = try Outcomes.edition(code, db)
            try Outcomes.requireFinalist(proposal, in: stored.id, at: at, db)
            try Self.requireOpen(stored.edition, at: at)
            let open = try db.rows(
                """
                SELECT words FROM objection WHERE edition = \(stored.id) AND proposal = \(proposal)
                    AND outcome IS NULL ORDER BY id LIMIT \(Self.mostOpen)
                """
            ) { try $0.text("words") }
            guard open.count < Self.mostOpen, !open.contains(notice.words) else { return }
            if let evidence { try FileStore.record(evidence, db) }
            let id = try db.nextID("objection")
            try db.insert(
                "objection",
                ["id", "edition", "proposal", "kind", "words", "name", "contact", "evidence", "at"],
                [
                    [
                        id.sqlValue, stored.id.sqlValue, proposal.sqlValue, notice.kind.sqlValue,
                        notice.words.sqlValue, notice.name.sqlValue, notice.contact.sqlValue,
                        (evidence?.digest).sqlValue, at.sqlValue,
                    ]
                ])
        }
    }

    /// Throws `closed` outside the window.
    static func requireOpen(_ edition: Edition, at: Instant) throws {
        guard let stage = edition.stage(.objection) else {
            throw ObjectionRefusal.closed(opens: nil, closes: nil)
        }
        guard stage.isOpen(at: at) else { throw stage.closedWindow(edition.zone) }
    }

    /// Answers one: by mail where the contact is an address, and publicly below the finalist, without name and contact.
    ///
    /// - Parameter published: what was said as everybody may read it.
    package func answer(
        _ id: Int, _ outcome: Objection.Outcome?, words: String, published: String, in code: String, by actor: Actor,
        at: Instant
    ) async throws {
        try await database.write(at: at) { db in
            let stored = try Editions.organised(code, by: actor, db)
            guard let found = try Self.read("o.id = \(id) AND o.edition = \(stored.id)", db).first else {
                throw ObjectionRefusal.missing
            }
            guard found.answer == nil else { throw ObjectionRefusal.answered }
            var problems: [Problem] = []
            if outcome == nil {
                problems.append(Problem("hasil-\(id)", Phrase("Pilih hasilnya.", "Choose the outcome.")))
            }
            if !(20...5000).contains(words.count) {
                problems.append(
                    Problem(
                        "jawaban-\(id)",
                        Phrase("Tulis jawaban 20 sampai 5.000 karakter.", "Write an answer of 20 to 5,000 characters."))
                )
            }
            if published.isEmpty || published.count > 5000 {
                problems.append(
                    Problem(
                        "terbit-\(id)",
                        Phrase(
                            "Tulis isinya sebagaimana ditampilkan, paling banyak 5.000 karakter.",
                            "Write it as it is shown, 5,000 characters at most.")))
            }
            guard let outcome, problems.isEmpty else { throw ObjectionRefusal.incomplete(problems) }
            try db.execute(
                """
                UPDATE objection SET outcome = \(outcome), answer = \(words), published = \(published),
                    answered_at = \(at), answered_by = \(actor.account) WHERE id = \(id)
                """)
            try Audit.note("answer", "objection", String(id), [("outcome", outcome.rawValue)], by: actor, db)
            try tell(found, outcome, words, stored, db)
            db.changed("edition", code)
        }
    }

    private func tell(
        _ objection: Objection, _ outcome: Objection.Outcome, _ words: String, _ stored: Editions.Stored, _ db: Writer
    ) throws {
        guard let address = EmailAddress(objection.contact) else { return }
        let (name, kind) = (stored.edition.name, objection.kind.name)
        let path = "/kompetisi/\(stored.code)/finalis/\(objection.proposal)"
        try Messages.add(
            [
                Message(
                    fact: "objection:\(objection.id):answered", account: nil, address: address.text,
                    language: .indonesian,
                    subject: Phrase(
                        "\(name.indonesian): \(kind.indonesian.lowercased()) Anda dijawab",
                        "\(name.english): your \(kind.english.lowercased()) was answered"),
                    body: Phrase(
                        "\(outcome.name.indonesian).\n\n\(words)\n\nJawaban ini tampil tanpa nama dan kontak Anda di \(publicURL)\(path)\n",
                        "\(outcome.name.english).\n\n\(words)\n\nThis answer is shown without your name and contact at \(publicURL)/en\(path)\n"
                    ))
            ], db)
    }

    /// One with the finalist that it is about.
    package struct Listed: Sendable {
        package let objection: Objection
        package let title: String
    }

    /// An edition's, unanswered first, then by the time they came, for its organiser. Those about a person's own
    /// institution are left to others.
    package func list(in code: String, for person: Person) async throws -> (Editions.Stored, [Listed]) {
        try await database.read { db in
            let stored = try Editions.organised(code, for: person, db)
            let own = try Conflicts.walled(from: person.grants, in: stored.id, db)
            let found = try Self.read("o.edition = \(stored.id)", db).filter { !own.contains($0.proposal) }
            let names = try Sittings.names(Set(found.map(\.proposal)).sorted(), db)
            let sorted = found.filter { $0.answer == nil } + found.filter { $0.answer != nil }
            return (stored, sorted.map { Listed(objection: $0, title: names[$0.proposal]?.title ?? "") })
        }
    }

    /// The evidence of one, for the organiser; throws `missing`.
    package func evidence(_ id: Int, in code: String, for person: Person) async throws -> String {
        let (_, all) = try await list(in: code, for: person)
        guard let digest = all.first(where: { $0.objection.id == id })?.objection.evidence else {
            throw ObjectionRefusal.missing
        }
        return digest
    }

    /// Those that a condition on `o` (objection) and `p` (proposal) chooses, in the order in which they came.
    static func read(_ condition: SQL, _ db: Reader) throws -> [Objection] {
        try db.rows(
            """
            SELECT o.* FROM objection o JOIN proposal p ON p.id = o.proposal WHERE \(condition) ORDER BY o.id
            """
        ) { row in
            var answer: Objection.Answer?
            if let outcome = try row.choiceOrNil("outcome", Objection.Outcome.self) {
                answer = Objection.Answer(
                    outcome: outcome, words: try row.text("answer"), published: try row.text("published"),
                    at: try row.instant("answered_at"))
            }
            return Objection(
                id: try row.int("id"), edition: try row.int("edition"), proposal: try row.int("proposal"),
                kind: try row.choice("kind"), words: try row.text("words"), name: try row.text("name"),
                contact: try row.text("contact"), evidence: try row.textOrNil("evidence"), at: try row.instant("at"),
                answer: answer)
        }
    }
}

import Database
import Directory
import Kernel
import Messages
import People

/// The stored questions about validated claims. Both sides are told of each step in the transaction of the step.
package struct Questions: Sendable {
    private let database: Database
    private let publicURL: String

    package init(_ database: Database, publicURL: String) {
        self.database = database
        self.publicURL = publicURL
    }

    /// A question with the name of the record it is about.
    package struct Listed: Sendable {
        package let question: Question
        package let name: ShownName
    }

    /// The questions that a person's grants cover, open ones first, the newest of each first; at most 200.
    ///
    /// - Parameter one: only this question.
    package func list(for person: Person, one: Int? = nil) async throws -> [Listed] {
        let grants = person.grants(for: .followInstitution)
        return try await database.read { db in
            try db.rows(
                """
                SELECT q.*, i.title, i.short_name, i.expansion FROM question q JOIN innovation i ON i.id = q.innovation
                WHERE \(GrantScopes.within(grants, "q.institution")) AND (q.id = \(one ?? 0) OR 1 = \(one == nil))
                ORDER BY CASE WHEN q.closed_at IS NULL THEN 0 ELSE 1 END, q.id DESC LIMIT 200
                """
            ) { Listed(question: try Self.question($0), name: try Self.name($0)) }
        }
    }

    /// Asks the institution that validated a record. Throws `QuestionRefusal`.
    package func ask(_ text: String, about id: Int, by actor: Actor, at now: Instant) async throws -> Int {
        guard let text = written(text, Question.length) else { throw QuestionRefusal.text(field: "pertanyaan") }
        let link = "\(publicURL)/kerja/pertanyaan"
        return try await database.write(at: now) { db in
            let innovation = try Innovations.root(of: id, db)
            guard
                let record = try db.first(
                    """
                    SELECT i.title, i.short_name, i.expansion, COALESCE(v.institution, i.institution) AS institution
                    FROM innovation i
                    LEFT JOIN validation v ON v.id = (SELECT MAX(id) FROM validation WHERE innovation = i.id)
                    WHERE i.id = \(innovation) AND i.state = 'published'
                    """)
            else { throw DirectoryRefusal.unknownInnovation(String(innovation)) }
            guard let institution = try record.textOrNil("institution"),
                try db.count("SELECT COUNT(*) FROM validation WHERE innovation = \(innovation)") > 0
            else { throw QuestionRefusal.notValidated }
            try Grants.require(.clarify, at: institution, by: actor, db)
            guard
                try db.count(
                    "SELECT COUNT(*) FROM question WHERE innovation = \(innovation) AND closed_at IS NULL") == 0
            else { throw QuestionRefusal.alreadyAsked }
            let id = try db.nextID("question")
            try db.insert(
                "question", ["id", "innovation", "institution", "asked_at", "asked_by", "office", "text"],
                [
                    [
                        id.sqlValue, innovation.sqlValue, institution.sqlValue, now.sqlValue, actor.account.sqlValue,
                        actor.publicName.sqlValue, text.sqlValue,
                    ]
                ])
            try Audit.note("ask", "question", String(id), [("innovation", String(innovation))], by: actor, db)
            let name = try Self.name(record).name
            let until = now.adding(days: Question.daysToAnswer).day()
            try Messages.add(
                try Recipients.of(.validate, at: institution, on: now, db).map {
                    $0.told(
                        "question:\(id):asked",
                        Phrase("Pertanyaan tentang \(name)", "A question about \(name)"),
                        Phrase(
                            "\(actor.publicName) bertanya tentang \(name):\n\n\(text)\n\nJawab sampai \(until.long(.indonesian)): \(link)\n\nPertanyaan ini belum tampil di halaman publik.",
                            "\(actor.publicName) asks about \(name):\n\n\(text)\n\nAnswer until \(until.long(.english)): \(link)\n\nThis question is not shown in public."
                        ))
                }, db)
            return id
        }
    }

    /// Takes the institution's answer. Throws `QuestionRefusal`.
    package func answer(_ id: Int, _ text: String, by actor: Actor, at now: Instant) async throws {
        guard let text = written(text, Question.length) else { throw QuestionRefusal.text(field: "jawaban") }
        let link = "\(publicURL)/kerja/pertanyaan"
        try await database.write(at: now) { db in
            let listed = try Self.find(id, db)
            try Grants.require(.validate, at: listed.question.institution, by: actor, db)
            try listed.question.checkAnswer()
            try db.execute(
                """
                UPDATE question SET answered_at = \(now), answered_by = \(actor.account), answer = \(text)
                WHERE id = \(id)
                """)
            try Audit.note("answer", "question", String(id), by: actor, db)
            try Messages.add(
                [try Recipients.account(listed.question.askedBy, db)].compactMap(\.self).map {
                    $0.told(
                        "question:\(id):answered",
                        Phrase("Jawaban tentang \(listed.name.name)", "An answer about \(listed.name.name)"),
                        Phrase(
                            "\(actor.publicName) menjawab:\n\n\(text)\n\nLihat: \(link)",
                            "\(actor.publicName) answers:\n\n\(text)\n\nSee: \(link)"))
                }, db)
        }
    }

    /// Tells the public that a claim is being clarified, once the institution was heard. Throws `QuestionRefusal`.
    package func show(_ id: Int, by actor: Actor, at now: Instant) async throws {
        try await step(id, "shown", by: actor, at: now) { question, db in
            try question.checkShow(at: now)
            try db.execute("UPDATE question SET shown_at = \(now) WHERE id = \(id)")
            try db.execute("UPDATE innovation SET clarifying_since = \(now) WHERE id = \(question.innovation)")
            db.changed("innovation", String(question.innovation))
            try Audit.note("show", "question", String(id), by: actor, db)
            return Phrase(
                "Halaman publiknya sekarang menyebut \u{201C}sedang diklarifikasi\u{201D}.",
                "Its public page now says \u{201C}being clarified\u{201D}.")
        }
    }

    /// Ends a question; the public page says nothing of it any more. Throws `QuestionRefusal`.
    package func close(_ id: Int, by actor: Actor, at now: Instant) async throws {
        try await step(id, "closed", by: actor, at: now) { question, db in
            try question.checkClose()
            try db.execute("UPDATE question SET closed_at = \(now) WHERE id = \(id)")
            if question.shownAt != nil {
                try db.execute("UPDATE innovation SET clarifying_since = NULL WHERE id = \(question.innovation)")
                db.changed("innovation", String(question.innovation))
            }
            try Audit.note("close", "question", String(id), by: actor, db)
            return Phrase("Pertanyaannya ditutup.", "The question is closed.")
        }
    }

    /// An act of the side that asks; the institution is told in the words that the body gives back.
    private func step(
        _ id: Int, _ word: String, by actor: Actor, at now: Instant,
        _ body: @escaping @Sendable (Question, Writer) throws -> Phrase
    ) async throws {
        let link = "\(publicURL)/kerja/pertanyaan"
        try await database.write(at: now) { db in
            let listed = try Self.find(id, db)
            let question = listed.question
            try Grants.require(.clarify, at: question.institution, by: actor, db)
            let said = try body(question, db)
            let subject = Phrase("Pertanyaan tentang \(listed.name.name)", "The question about \(listed.name.name)")
            try Messages.add(
                try Recipients.of(.validate, at: question.institution, on: now, db).map {
                    $0.told(
                        "question:\(id):\(word)", subject,
                        Phrase("\(said.indonesian)\n\n\(link)", "\(said.english)\n\n\(link)"))
                }, db)
        }
    }

    private static func find(_ id: Int, _ db: Reader) throws -> Listed {
        guard
            let row = try db.first(
                """
                SELECT q.*, i.title, i.short_name, i.expansion FROM question q JOIN innovation i ON i.id = q.innovation
                WHERE q.id = \(id)
                """)
        else { throw QuestionRefusal.unknown }
        return Listed(question: try question(row), name: try name(row))
    }

    static func name(_ row: Row) throws -> ShownName {
        var record = Innovation()
        record.title = try row.text("title")
        record.shortName = try row.textOrNil("short_name")
        record.expansion = try row.textOrNil("expansion")
        return ShownName(record)
    }

    private static func question(_ row: Row) throws -> Question {
        Question(
            id: try row.int("id"), innovation: try row.int("innovation"), institution: try row.text("institution"),
            askedAt: try row.instant("asked_at"), office: try row.text("office"), askedBy: try row.int("asked_by"),
            text: try row.text("text"), answeredAt: try row.instantOrNil("answered_at"),
            answer: try row.textOrNil("answer"), shownAt: try row.instantOrNil("shown_at"),
            closedAt: try row.instantOrNil("closed_at"))
    }
}

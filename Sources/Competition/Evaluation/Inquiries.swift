import Database
import Foundation
import Kernel
import Messages
import People

/// A question of an evaluator to the secretariat about a proposal, and its answer.
package struct Inquiry: Sendable, Hashable {
    package let id: Int
    package let reading: Int
    package let edition: Int
    package let proposal: Int
    package let evaluator: Int
    package let evaluatorName: String
    package let words: String
    package let at: Instant
    package let answer: String?
    package let answeredAt: Instant?
}

/// The stored questions of evaluators. They are between one evaluator and the organiser.
package struct Inquiries: Sendable {
    private let database: Database
    private let publicURL: String

    package init(_ database: Database, publicURL: String) {
        self.database = database
        self.publicURL = publicURL
    }

    private static let longest = 4_000

    /// Asks the organiser about a reading; those who run the edition are told by mail, save those whose own institution
    /// made the proposal.
    package func ask(_ words: String, about reading: Int, by actor: Actor, at: Instant) async throws {
        try await database.write(at: at) { [publicURL] db in
            let held = try Readings.held(reading, by: actor, db)
            let words = try Self.checked(words, "pertanyaan")
            let id = try db.nextID("inquiry")
            try db.insert(
                "inquiry", ["id", "reading", "words", "at"],
                [[id.sqlValue, reading.sqlValue, words.sqlValue, at.sqlValue]])
            try Audit.note("ask", "reading", String(reading), [("inquiry", String(id))], by: actor, db)
            let (code, name) = (held.stored.code, held.stored.edition.name)
            let organisers = try Recipients.of(.manageEditions, at: held.stored.edition.organiser, on: at, db).filter {
                try !OwnProposal.isOf(held.proposal, try Grants.live(of: $0.account, at: at, db))
            }
            let path = "/kerja/kompetisi/\(code)/pertanyaan"
            try Messages.add(
                organisers.map {
                    Message(
                        fact: "inquiry:\(id)", account: $0.account, address: $0.email, language: $0.language,
                        subject: Phrase(
                            "Pertanyaan penilai, \(name.indonesian)", "An evaluator asks, \(name.english)"),
                        body: Phrase(
                            "Seorang penilai menanyakan usulan nomor \(held.proposal.id). Jawab di:\n\n\(publicURL)\(path)\n",
                            "An evaluator asks about proposal \(held.proposal.id). Answer at:\n\n\(publicURL)/en\(path)\n"
                        ),
                        daily: $0.digest)
                }, db)
        }
    }

    /// Answers a question once; its evaluator is told by mail.
    package func answer(_ id: Int, in code: String, words: String, by actor: Actor, at: Instant) async throws {
        try await database.write(at: at) { [publicURL] db in
            let stored = try Editions.organised(code, by: actor, db)
            guard let inquiry = try Self.read("q.id = \(id) AND r.edition = \(stored.id)", db).first else {
                throw ReadingRefusal.missing
            }
            try OwnProposal.require(inquiry.proposal, by: actor, db)
            guard inquiry.answer == nil else {
                throw ReadingRefusal.invalid([
                    Problem(
                        "jawaban-\(id)", Phrase("Pertanyaan ini sudah dijawab.", "This question was answered already."))
                ])
            }
            let words = try Self.checked(words, "jawaban-\(id)")
            try db.execute(
                """
                UPDATE inquiry SET answer = \(words), answered_at = \(at), answered_by = \(actor.account)
                WHERE id = \(id)
                """)
            try Audit.note("answer", "inquiry", String(id), by: actor, db)
            guard let seat = try Evaluators.read("v.id = \(inquiry.evaluator)", db).first, seat.removedAt == nil,
                let to = try Recipients.account(seat.account, db)
            else { return }
            let path = "/kerja/penilaian/\(inquiry.reading)"
            try Messages.add(
                [
                    Message(
                        fact: "inquiry:\(id):answered", account: to.account, address: to.email, language: to.language,
                        subject: Phrase("Pertanyaan Anda dijawab sekretariat", "The secretariat answered you"),
                        body: Phrase(
                            "Jawabannya ada pada halaman penilaian:\n\n\(publicURL)\(path)\n",
                            "The answer is on the page of the reading:\n\n\(publicURL)/en\(path)\n"), daily: to.digest)
                ], db)
        }
    }

    /// An edition's questions, those that wait first; without those on proposals of the person's own institution.
    package func all(in code: String, for person: Person, at: Instant) async throws -> (Editions.Stored, [Inquiry]) {
        try await database.read { db in
            let stored = try Editions.organised(code, for: person, db)
            let hidden = try Conflicts.walled(from: person.grants, in: stored.id, db)
            let all = try Self.read("r.edition = \(stored.id)", db).filter { !hidden.contains($0.proposal) }
            return (stored, all.filter { $0.answer == nil } + all.filter { $0.answer != nil }.reversed())
        }
    }

    /// The questions that a condition on `q` (inquiry), `r` (reading) chooses, by number.
    static func read(_ condition: SQL, _ db: Reader) throws -> [Inquiry] {
        try db.rows(
            """
            SELECT q.id, q.reading, r.edition, r.proposal, r.evaluator, a.name, a.email, q.words, q.at, q.answer, q.answered_at
            FROM inquiry q JOIN reading r ON r.id = q.reading JOIN evaluator v ON v.id = r.evaluator
            JOIN account a ON a.id = v.account WHERE \(condition) ORDER BY q.id
            """
        ) {
            Inquiry(
                id: try $0.int("id"), reading: try $0.int("reading"), edition: try $0.int("edition"),
                proposal: try $0.int("proposal"),
                evaluator: try $0.int("evaluator"), evaluatorName: try $0.textOrNil("name") ?? $0.text("email"),
                words: try $0.text("words"), at: try $0.instant("at"), answer: try $0.textOrNil("answer"),
                answeredAt: try $0.instantOrNil("answered_at"))
        }
    }

    private static func checked(_ words: String, _ field: String) throws -> String {
        let words = words.replacing("\r\n", with: "\n").trimmingCharacters(in: .whitespacesAndNewlines)
        guard !words.isEmpty, words.count <= longest else {
            throw ReadingRefusal.invalid([
                Problem(
                    field,
                    Phrase("Tulis paling banyak 4.000 karakter.", "Write at most 4,000 characters."))
            ])
        }
        return words
    }
}

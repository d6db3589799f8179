import Database
import Directory
import Kernel
import People
import Support
import Testing

@testable import Validation

struct StandingQuestionTests {
    private let now = StandingOffice.now
    private let text = "Dari mana angka 1.120 keluarga pada 2026?"

    /// What anybody can read without signing in.
    private static let open = [
        "/", "/inovasi", "/inovasi/1", "/en/inovasi/1", "/inovasi/1/riwayat", "/api/v1/innovations",
        "/api/v1/innovations/1", "/inovasi.csv", "/inovasi.jsonl", "/inovasi/1/data.json", "/umpan.atom",
        "/instansi/R33.72", "/kemutakhiran.csv",
    ]

    private func open(_ client: HTTPClient) async throws -> [String] {
        var texts: [String] = []
        for path in Self.open {
            let answer = try await client.get(path)
            #expect(answer.status == 200)
            texts.append(path + answer.text)
        }
        return texts
    }

    @Test func `the public may be told only after the agency answered or 14 days passed`() {
        func question(answered: Instant? = nil, shown: Instant? = nil, closed: Instant? = nil) -> Question {
            Question(
                id: 1, innovation: 1, institution: "P33", askedAt: now, office: "Hub", askedBy: 1, text: text,
                answeredAt: answered, answer: answered.map { _ in "Dari daftar peserta" }, shownAt: shown,
                closedAt: closed)
        }
        let end = now.adding(days: 14)
        let before = Instant(milliseconds: end.milliseconds - 1)
        #expect(question().state(at: before) == .waiting(until: end))
        #expect(!question().mayBeShown(at: before))
        #expect(question().mayBeShown(at: end))
        #expect(question(answered: now).mayBeShown(at: now))
        #expect(!question(answered: now, shown: now).mayBeShown(at: end))
        #expect(!question(closed: now).mayBeShown(at: end))
        #expect(throws: QuestionRefusal.notHeard(end.day())) { try question().checkShow(at: before) }
        #expect(throws: QuestionRefusal.changed) { try question(answered: now).checkAnswer() }
    }

    @Test(arguments: Engine.tested) func `a question is heard, shown and closed, and each side is told once`(
        engine: Engine
    ) async throws {
        try await StandingOffice.with(engine) { office in
            let questions = Questions(office.database, publicURL: StandingOffice.publicURL)
            try await office.validate(1, at: now.adding(days: -10), until: now.adding(days: 300))
            let hub = try office.actor("hub")
            let id = try await questions.ask(text, about: 1, by: hub, at: now)
            await #expect(throws: QuestionRefusal.alreadyAsked) {
                _ = try await questions.ask(text, about: 1, by: hub, at: now)
            }
            await #expect(throws: QuestionRefusal.notHeard(now.adding(days: 14).day())) {
                try await questions.show(id, by: hub, at: now.adding(days: 13))
            }
            await #expect(throws: DeskRefusal.notYours(.validate)) {
                try await questions.answer(id, "Dari daftar peserta 2026", by: try office.actor("tetangga"), at: now)
            }
            try await questions.answer(id, "Dari daftar peserta 2026", by: try office.actor("validator"), at: now)
            try await questions.show(id, by: hub, at: now)
            #expect(try await office.innovations.show(1).validity.clarifyingSince == now)
            try await questions.close(id, by: try office.actor("sekretariat"), at: now)
            #expect(try await office.innovations.show(1).validity.clarifyingSince == nil)
            await #expect(throws: QuestionRefusal.changed) { try await questions.close(id, by: hub, at: now) }
            let sent = try await office.database.read {
                try $0.rows("SELECT fact, address FROM message ORDER BY id") {
                    "\(try $0.text("fact")) \(try $0.text("address"))"
                }
            }
            #expect(
                sent == [
                    "question:1:asked admin@contoh.example", "question:1:asked validator@contoh.example",
                    "question:1:answered hub@contoh.example", "question:1:shown admin@contoh.example",
                    "question:1:shown validator@contoh.example", "question:1:closed admin@contoh.example",
                    "question:1:closed validator@contoh.example",
                ])
        }
    }

    @Test(arguments: Engine.tested)
    func `only the Hub of the place and the secretariat ask, only about what is validated`(
        engine: Engine
    ) async throws {
        try await StandingOffice.with(engine) { office in
            let questions = Questions(office.database, publicURL: StandingOffice.publicURL)
            await #expect(throws: QuestionRefusal.notValidated) {
                _ = try await questions.ask(text, about: 1, by: try office.actor("hub"), at: now)
            }
            try await office.validate(1, at: now.adding(days: -10), until: now.adding(days: 300))
            for name in ["hubLain", "admin", "unit"] {
                await #expect(throws: DeskRefusal.notYours(.clarify)) {
                    _ = try await questions.ask(text, about: 1, by: try office.actor(name), at: now)
                }
            }
            await #expect(throws: QuestionRefusal.text(field: "pertanyaan")) {
                _ = try await questions.ask("  pendek ", about: 1, by: try office.actor("hub"), at: now)
            }
            _ = try await questions.ask(text, about: 1, by: try office.actor("sekretariat"), at: now)
            for (name, sees) in [("hub", 1), ("hubLain", 0), ("admin", 1), ("tetangga", 0), ("unit", 0)] {
                #expect(try await questions.list(for: try office.person(name)).count == sees)
            }
        }
    }

    @Test(arguments: Engine.tested) func `neither a private question nor a report changes anything public`(
        engine: Engine
    ) async throws {
        try await StandingOffice.with(engine) { office in
            let made = Instant.now()
            try await office.validate(1, at: made.adding(days: -10), until: made.adding(days: 300))
            try await office.catalogue.catchUp()
            try await office.serve { client in
                let before = try await open(client)
                let reports = MistakeReports(office.database, publicURL: StandingOffice.publicURL)
                let questions = Questions(office.database, publicURL: StandingOffice.publicURL)
                let id = try await questions.ask(text, about: 1, by: try office.actor("hub"), at: made)
                try await reports.report(
                    try MistakeNotice(text: "Tahunnya keliru sekali", contact: "warga@contoh.example"), about: 1,
                    at: made)
                try await questions.answer(id, "Dari daftar peserta", by: try office.actor("admin"), at: made)
                try await office.catalogue.catchUp()
                #expect(try await open(client) == before)
                // The same pages made anew, not out of the cache.
                try await office.database.write(at: made.adding(days: -10)) { $0.changed("test", "1") }
                try await office.database.noticeChanges()
                try await office.catalogue.catchUp()
                #expect(try await open(client) == before)
                for path in ["/kerja/laporan", "/kerja/pertanyaan"] {
                    for name in ["tetangga", "hubLain"] {
                        let page = try await client.get(path, as: name).text
                        #expect(!page.contains("keliru sekali"))
                        #expect(!page.contains("1.120"))
                        #expect(!page.contains("warga@contoh.example"))
                    }
                }
                try await questions.show(id, by: try office.actor("hub"), at: made)
                try await office.catalogue.catchUp()
                let shown = try await client.get("/inovasi/1").text
                #expect(shown.contains("<span class=\"state due\">Sedang diklarifikasi</span> sejak"))
                #expect(!shown.contains("1.120"))
            }
        }
    }
}

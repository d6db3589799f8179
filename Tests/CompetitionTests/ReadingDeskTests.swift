import Database
import Directory
import Kernel
import Messages
import Support
import Testing

@testable import Competition

/// The rules of the evaluator's desk, by the stores and by the season's own clock.
@Suite struct ReadingDeskTests {
    private func typed(_ scores: [String: (String, String)]) -> [String: SectionScore.Typed] {
        scores.mapValues { SectionScore.Typed(value: $0.0, words: $0.1) }
    }

    @Test(arguments: Engine.tested)
    func `a reading goes from due to done, back while the evaluation is open, and counts once`(engine: Engine)
        async throws
    {
        try await Season.with(engine) { season in
            let readings = Readings(season.database)
            let (first, second) = (try await season.give(1, to: 1), try await season.give(2, to: 1))
            let (person, actor) = (try season.person("penilai1"), try season.actor("penilai1"))
            let sheet = try await readings.sheet(first, for: person, at: Season.evaluating)
            #expect(sheet.held.reading.state == .due)
            #expect(sheet.others == [second])
            #expect(sheet.held.exhibit.title == "Layanan 1")
            let saved = try await readings.save(
                first, typed(["kebaruan": ("80", "Baik.")]), basedOn: 1, by: actor, at: Season.evaluating)
            #expect(saved == .init(version: 2, problems: []))
            await #expect(
                throws: ReadingRefusal.invalid([
                    Problem(
                        "nilai.signifikansi",
                        Phrase(
                            "Beri nilai 0 sampai 100, atau pilih tingkatnya.",
                            "Give a score from 0 to 100, or choose a level."))
                ])
            ) {
                try await readings.finish(first, [:], basedOn: 2, by: actor, at: Season.evaluating)
            }
            await #expect {
                try await readings.finish(
                    first, typed(["signifikansi": ("49", " ")]), basedOn: 2, by: actor, at: Season.evaluating)
            } throws: { ($0 as? ReadingRefusal)?.problems.map(\.field) == ["catatan.signifikansi"] }
            let next = try await readings.finish(
                first, typed(["signifikansi": ("49", "Belum terbukti.")]), basedOn: 3, by: actor, at: Season.evaluating)
            #expect(next == second)
            let edition = try await season.stored()
            let finished = try await season.database.read { try Readings.finished(in: edition.id, $0) }
            #expect(
                finished == [.init(proposal: 1, evaluator: 1, sections: ["kebaruan": 80, "signifikansi": 49])])
            await #expect(throws: ReadingRefusal.state(.done)) {
                try await readings.save(
                    first, typed(["kebaruan": ("90", "")]), basedOn: 4, by: actor, at: Season.evaluating)
            }
            try await readings.reopen(first, by: actor, at: Season.evaluating)
            #expect(try await season.database.read { try Readings.finished(in: edition.id, $0) } == [])
            let standing = try await season.database.read { try Readings.standing(of: edition, $0) }
            #expect(standing.lines.map(\.proposal) == [1, 2, 3, 4, 5, 6])
            #expect(standing.judges.map(\.evaluator) == [1, 2, 3, 4])
            #expect(standing.seed == Standing.seed(of: "kipp-2027"))
        }
    }

    @Test(arguments: Engine.tested)
    func `two windows that score different sections both win, and the same section is asked about`(engine: Engine)
        async throws
    {
        try await Season.with(engine) { season in
            let readings = Readings(season.database)
            let id = try await season.give(1, to: 1)
            let actor = try season.actor("penilai1")
            func save(_ scores: [String: (String, String)], _ version: Int) async throws -> Int {
                try await readings.save(
                    id, typed(scores), basedOn: version, by: actor, at: Season.evaluating
                ).version
            }
            #expect(try await save(["kebaruan": ("80", "a")], 1) == 2)
            #expect(try await save(["signifikansi": ("60", "b")], 1) == 3)
            // Saved as typed: the same window goes on from the version it was told.
            #expect(try await save(["signifikansi": ("61", "b")], 3) == 4)
            #expect(try await save(["kebaruan": ("80", "a")], 1) == 4)
            await #expect(
                throws: ReadingRefusal.changedMeanwhile(
                    [
                        .init(section: "kebaruan", value: 80, words: "a"),
                        .init(section: "signifikansi", value: 61, words: "b"),
                    ], version: 4)
            ) {
                try await save(["kebaruan": ("70", "a"), "signifikansi": ("65", "c")], 1)
            }
            let scores = try await season.database.read { try Readings.scores(of: id, $0) }
            #expect(scores.map(\.value) == [80, 61])
        }
    }

    @Test(arguments: Engine.tested)
    func `before the opening, after the close and once the edition is over nothing is taken`(engine: Engine)
        async throws
    {
        try await Season.with(engine) { season in
            let readings = Readings(season.database)
            let id = try await season.give(1, to: 1)
            let (person, actor) = (try season.person("penilai1"), try season.actor("penilai1"))
            let one = typed(["kebaruan": ("80", "")])
            func save(_ at: Instant) async throws -> Int {
                try await readings.save(id, one, basedOn: 1, by: actor, at: at).version
            }
            let (opens, closes) = (Instant(milliseconds: 1_812_992_400_000), Season.noon("2027-07-14").adding(days: 1))
            await #expect(throws: ReadingRefusal.early(opens, .wib)) { try await save(Season.noon("2027-06-14")) }
            await #expect(throws: ReadingRefusal.early(opens, .wib)) {
                try await readings.sheet(id, for: person, at: Season.noon("2027-06-14"))
            }
            let end = Instant(milliseconds: closes.milliseconds - 12 * 3_600_000)
            await #expect(throws: ReadingRefusal.late(end, .wib)) { try await save(end) }
            await #expect(throws: ReadingRefusal.late(end, .wib)) {
                try await readings.abstain(id, words: "Terlambat.", by: actor, at: end)
            }
            #expect(try await save(Instant(milliseconds: end.milliseconds - 1)) == 2)
            #expect(try await readings.sheet(id, for: person, at: end).scores.map(\.value) == [80])
            try await season.sql("UPDATE edition SET state = 'closed' WHERE code = 'kipp-2027'")
            await #expect(throws: ReadingRefusal.closed) { try await save(Season.evaluating) }
        }
    }

    @Test(arguments: Engine.tested)
    func `nobody but its own evaluator finds a reading, nor they once a conflict, a removal or a withdrawal stands`(
        engine: Engine
    ) async throws {
        try await Season.with(engine) { season in
            let readings = Readings(season.database)
            let ids = [
                try await season.give(1, to: 1), try await season.give(2, to: 1), try await season.give(3, to: 2),
            ]
            let one = try season.person("penilai1")
            func isMissing(_ id: Int, _ name: String = "penilai1") async throws -> Bool {
                do {
                    _ = try await readings.sheet(id, for: try season.person(name), at: Season.evaluating)
                    return false
                } catch ReadingRefusal.missing {
                    do {
                        _ = try await readings.save(
                            id, typed(["kebaruan": ("80", "")]), basedOn: 1, by: try season.actor(name),
                            at: Season.evaluating)
                        return false
                    } catch ReadingRefusal.missing { return true }
                }
            }
            for name in ["penilai2", "panelis1", "sekretariat", "admin1", "auditor"] {
                #expect(try await isMissing(ids[0], name), "\(name)")
                #expect(
                    try await readings.queues(for: season.person(name)).flatMap(\.entries).map(\.proposal)
                        == (name == "penilai2" ? [3] : []))
            }
            #expect(try await readings.queues(for: one).first?.entries.map(\.proposal) == [1, 2])
            try await season.sql(
                """
                INSERT INTO tie (id, evaluator, kind, institution, at, by_account)
                VALUES (1, 1, 'worked', 'P33', \(Season.evaluating), 7)
                """)
            #expect(try await isMissing(ids[0]))
            #expect(try await readings.queues(for: one).first?.entries.map(\.proposal) == [2])
            #expect(try await !isMissing(ids[1]))
            try await season.sql("UPDATE proposal SET state = 'failed', reason = 'Uji.' WHERE id = 2")
            #expect(try await isMissing(ids[1]))
            try await season.sql("UPDATE proposal SET state = 'passed' WHERE id = 2")
            try await season.sql("UPDATE evaluator SET declared_at = NULL WHERE id = 1")
            await #expect(throws: ReadingRefusal.undeclared("kipp-2027")) {
                try await readings.sheet(ids[1], for: one, at: Season.evaluating)
            }
            #expect(try await readings.queues(for: one).first?.entries == [])
            try await season.sql(
                """
                UPDATE evaluator SET declared_at = \(Season.evaluating), removed_at = \(Season.evaluating),
                    removal = 'Sakit.' WHERE id = 1
                """)
            #expect(try await isMissing(ids[1]))
            #expect(try await readings.queues(for: one).isEmpty)
            try await season.sql("UPDATE evaluator SET removed_at = NULL, removal = NULL WHERE id = 1")
            try await season.sql("UPDATE role_grant SET until_at = \(Season.evaluating) WHERE account = 7")
            await #expect(throws: ReadingRefusal.missing) {
                try await readings.save(
                    ids[1], typed(["kebaruan": ("80", "")]), basedOn: 1, by: try season.actor("penilai1"),
                    at: Season.evaluating)
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `who abstains says why, frees the reading and counts no more`(engine: Engine) async throws {
        try await Season.with(engine) { season in
            let readings = Readings(season.database)
            let id = try await season.give(1, to: 1)
            let actor = try season.actor("penilai1")
            await #expect {
                try await readings.abstain(id, words: "  ", by: actor, at: Season.evaluating)
            } throws: { ($0 as? ReadingRefusal)?.problems.map(\.field) == ["alasan"] }
            try await readings.abstain(id, words: "Bukan bidang saya.", by: actor, at: Season.evaluating)
            let stored = try await season.database.read { try Readings.read("r.id = \(id)", $0) }
            #expect(stored.map(\.state) == [.abstained])
            #expect(stored.map(\.words) == ["Bukan bidang saya."])
            await #expect(throws: ReadingRefusal.missing) {
                try await readings.sheet(id, for: season.person("penilai1"), at: Season.evaluating)
            }
            let queue = try #require(try await readings.queues(for: season.person("penilai1")).first)
            #expect(queue.entries.map(\.title) == [nil])
            #expect(queue.open == [])
        }
    }

    @Test(arguments: Engine.tested)
    func `a proposal whose innovation was merged meanwhile is read as it was sent`(engine: Engine) async throws {
        try await Season.with(engine) { season in
            let readings = Readings(season.database)
            let id = try await season.give(1, to: 1)
            try await season.database.write(at: Season.evaluating) { db in
                try Innovations.merge(1, into: 2, by: Actor(name: "uji"), reason: "Satu inovasi.", db)
            }
            let sheet = try await readings.sheet(id, for: season.person("penilai1"), at: Season.evaluating)
            let section = try #require(sheet.held.stored.edition.sections.first)
            #expect(sheet.held.exhibit.text(section) == "Isi kebaruan usulan 1.")
        }
    }

    @Test(arguments: Engine.tested)
    func `a question goes to the organiser by mail, its answer to the evaluator, and both stand on the desk`(
        engine: Engine
    ) async throws {
        try await Season.with(engine) { season in
            let id = try await season.give(1, to: 1)
            let inquiries = Inquiries(season.database, publicURL: "https://simpul.example")
            try await inquiries.ask(
                "Apa arti angka ini?", about: id, by: season.actor("penilai1"), at: Season.evaluating)
            let person = try season.person("sekretariat")
            let (_, asked) = try await inquiries.all(in: Season.code, for: person, at: Season.evaluating)
            #expect(asked.map(\.words) == ["Apa arti angka ini?"])
            await #expect(throws: ReadingRefusal.missing) {
                try await inquiries.answer(
                    99, in: Season.code, words: "x", by: season.actor("sekretariat"), at: Season.evaluating)
            }
            try await inquiries.answer(
                1, in: Season.code, words: "Jumlah warga.", by: season.actor("sekretariat"), at: Season.evaluating)
            await #expect {
                try await inquiries.answer(
                    1, in: Season.code, words: "Lagi.", by: season.actor("sekretariat"), at: Season.evaluating)
            } throws: { ($0 as? ReadingRefusal)?.kind == .invalid }
            let mail = try await season.database.read { try Messages.list(nil, limit: 10, $0) }
            #expect(
                mail.map { [$0.fact, $0.address] } == [
                    ["inquiry:1:answered", "penilai1@contoh.example"], ["inquiry:1", "sekretariat@contoh.example"],
                ])
            let sheet = try await Readings(season.database).sheet(
                id, for: season.person("penilai1"), at: Season.evaluating)
            #expect(sheet.inquiries.map(\.answer) == ["Jumlah warga."])
        }
    }

    @Test func `a level and a number mean one score`() {
        func value(_ value: String, _ band: String, began: String? = nil, stored: Int? = nil) -> Int? {
            var typed = SectionScore.Typed(value: value, band: band)
            typed.valueBegan = began.map { ProposalFormView.origin($0) }
            let before = stored.map { SectionScore(section: "a", value: $0, words: nil, cleared: nil, version: 1) }
            return SectionScore.taken(typed, "a", over: before).0.value
        }
        #expect(value("", "") == nil)
        #expect(value("", "80-100") == 90)
        #expect(value(" 85 ", "80-100") == 85)
        #expect(value("85", "50-79") == 85)
        #expect(value("85", "50-79", began: "85", stored: 85) == 64)
        #expect(value("85", "80-100", began: "85", stored: 85) == 85)
        #expect(value("", "0-1000") == nil)
        for wrong in ["101", "-1", "abc", "8 5", "85,5", "1e2", "+5", "٥"] {
            let (score, problems) = SectionScore.taken(.init(value: wrong), "a", over: nil)
            #expect(score.value == nil, "\(wrong)")
            #expect(problems.map(\.field) == ["nilai.a"], "\(wrong)")
        }
    }
}

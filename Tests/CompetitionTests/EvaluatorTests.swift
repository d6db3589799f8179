import Database
import Foundation
import Kernel
import People
import Support
import Testing
import Web

@testable import Competition

@Suite struct EvaluatorTests {
    @Test func `what is typed of an evaluator is checked all at once`() throws {
        var edition = Edition()
        edition.categories = [EditionChoice(code: "a", name: Phrase("A", "A"), source: nil)]
        let wrong = EvaluatorDraft(expertise: ["x"], languages: "indonesia raya", least: "9", most: "3")
        #expect(throws: EvaluatorRefusal.self) { try wrong.checked(in: edition) }
        do { _ = try wrong.checked(in: edition) } catch {
            #expect(error.problems.map(\.field) == ["keahlian-1", "bahasa", "paling-banyak"])
        }
        do { _ = try EvaluatorDraft(least: "", most: "2001").checked(in: edition) } catch {
            #expect(error.problems.map(\.field) == ["paling-sedikit", "paling-banyak"])
        }
        #expect(
            try EvaluatorDraft(seat: .panelist, expertise: [], languages: "id", least: "", most: "").checked(
                in: edition)
                == .init(expertise: [], languages: ["id"], region: nil, least: 0, most: 0))
        let right = EvaluatorDraft(expertise: ["a", "a"], languages: "ID en", most: "17")
        #expect(
            try right.checked(in: edition)
                == .init(expertise: ["a"], languages: ["id", "en"], region: nil, least: 0, most: 17))
    }

    @Test(arguments: Engine.tested)
    func `an organiser invites, changes, removes and reinstates; nobody else does`(engine: Engine) async throws {
        try await Season.with(engine) { season in
            let evaluators = Evaluators(season.database, publicURL: "https://simpul.example")
            try await season.serve({ EvaluatorPages(evaluators).add(to: $1) }) { client in
                let place = "/kerja/kompetisi/kipp-2027/penilai"
                let fields = [
                    ("email", "Baru@Contoh.example"), ("name", "Orang <b>Baru</b>"), ("kursi", "evaluator"),
                    ("keahlian-1", "digital"), ("keahlian-2", "kesehatan"), ("bahasa", "id, en"),
                    ("paling-sedikit", "1"), ("paling-banyak", "9"),
                ]
                for name in ["hub", "admin1", "auditor", "penilai1"] {
                    #expect(try await client.get(place, as: name).status == 403, "\(name)")
                    #expect(try await client.post(place, as: name, []).status == 403, "\(name)")
                    #expect(try await client.post("\(place)/1/berhentikan", as: name, []).status == 403, "\(name)")
                }
                #expect(try await client.get("/kerja/kompetisi/tidak-ada/penilai", as: "sekretariat").status == 404)
                #expect(try await client.get("\(place)/99", as: "sekretariat").status == 404)

                let bad = try await client.post(place, as: "sekretariat", fields.filter { $0.0 != "email" })
                #expect(bad.status == 422)
                #expect(bad.text.contains("Tulis alamat surel lengkap"))
                let none = try await client.post(place, as: "sekretariat", fields.filter { $0.0 != "paling-banyak" })
                #expect(none.status == 422)
                #expect(none.text.contains("Tulis bilangan dari 0 sampai 2000."))
                let made = try await client.post(place, as: "sekretariat", fields)
                #expect(made["location"] == "\(place)/7")
                #expect(try await client.post(place, as: "sekretariat", fields).status == 409)
                let page = try await client.get("\(place)/7", as: "sekretariat").text
                #expect(page.contains("Orang &lt;b&gt;Baru&lt;/b&gt;"))
                #expect(page.contains("belum masuk"))
                let list = try await client.get(place, as: "sekretariat").text
                #expect(list.contains("Transformasi digital, Kesehatan"))
                #expect(list.contains("1 orang belum menyatakan benturan kepentingan."))
                let mail = try await season.database.read { db in
                    try db.rows("SELECT address, body FROM message ORDER BY id") {
                        (try $0.text("address"), try $0.text("body"))
                    }
                }
                #expect(mail.map(\.0) == ["baru@contoh.example"])
                #expect(mail[0].1.contains("- Evaluator, kipp-2027"))
                #expect(mail[0].1.contains("https://simpul.example/undangan/"))

                let changed = fields.map { $0.0 == "paling-banyak" ? ($0.0, "4") : $0 }
                #expect(try await client.post("\(place)/7", as: "sekretariat", changed).status == 303)
                #expect(try await client.get(place, as: "sekretariat").text.contains("1–4"))

                // Removed half way: what is open goes back, what is finished counts on.
                try await season.give(1, to: 1)
                try await season.finished(2, by: 1, score: 70)
                let silent = try await client.post("\(place)/1/berhentikan", as: "sekretariat", [])
                #expect(silent.status == 422)
                #expect(
                    try await client.post(
                        "\(place)/1/berhentikan", as: "sekretariat", [("alasan", "Sakit")]
                    ).status == 303)
                #expect(try await Self.states(of: 1, season) == ["removed", "done"])
                let gone = try await client.get("\(place)/1", as: "sekretariat").text
                #expect(gone.contains("Penilai diberhentikan: Sakit"))
                #expect(gone.contains("1 penilaian ditarik."))
                let held = try await season.database.read { try Grants.live(of: 7, at: Season.evaluating, $0) }
                #expect(held == [])
                #expect(
                    try await client.post("\(place)/1/berhentikan", as: "sekretariat", [("alasan", "x")]).status == 409)
                #expect(try await client.post("\(place)/1/aktifkan", as: "sekretariat", []).status == 303)
                #expect(try await client.post("\(place)/1/aktifkan", as: "sekretariat", []).status == 409)
                #expect(
                    try await season.database.read { try Grants.live(of: 7, at: .now(), $0) }
                        == [Grant(.evaluator, edition: "kipp-2027")])
                #expect(
                    try await client.post(
                        "\(place)/1/berhentikan", as: "sekretariat", [("alasan", "Memihak"), ("tanpa-nilai", "1")]
                    ).status == 303)
                #expect(try await Self.states(of: 1, season) == ["removed", "removed"])
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `a province's Hub chooses the evaluators of its own edition, and not of another's`(
        engine: Engine
    ) async throws {
        try await Season.with(engine) { season in
            try await season.editions.copy(
                "kipp-2025", as: "kipp-jateng", year: 2027, organiser: "P33", by: try season.actor("hub"),
                at: Season.evaluating)
            let evaluators = Evaluators(season.database, publicURL: "https://simpul.example")
            let draft = EvaluatorDraft(email: "dosen@contoh.example", most: "5")
            let id = try await evaluators.add(
                draft, in: "kipp-jateng", by: try season.actor("hub"), at: Season.evaluating)
            #expect(
                try await evaluators.sheet(id, in: "kipp-jateng", for: try season.person("hub")).evaluator.most == 5)
            await #expect(throws: EvaluatorRefusal.missing(id)) {
                try await evaluators.sheet(id, in: "kipp-2027", for: try season.person("sekretariat"))
            }
            await #expect(throws: DeskRefusal.notYours(.manageEditions)) {
                _ = try await evaluators.add(
                    draft, in: "kipp-2027", by: try season.actor("hub"), at: Season.evaluating)
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `who declares a conflict late loses what is open at once, and what is finished is shown to the organiser`(
        engine: Engine
    ) async throws {
        try await Season.with(engine) { season in
            let declarations = Declarations(season.database)
            let (assignments, evaluators) = (Assignments(season.database), Evaluators(season.database))
            try await season.database.write { try $0.execute("UPDATE evaluator SET declared_at = NULL WHERE id = 1") }
            try await season.serve({
                DeclarationPages(declarations).add(to: $1)
                EvaluatorPages(evaluators).add(to: $1)
                AssignmentPages(assignments).add(to: $1)
            }) { client in
                let place = "/kerja/benturan/kipp-2027"
                for name in ["sekretariat", "admin1", "auditor"] {
                    #expect(try await client.get(place, as: name).status == 403, "\(name)")
                    #expect(try await client.post(place, as: name, [("instansi", "P33")]).status == 403, "\(name)")
                    #expect(try await client.post("\(place)/nyatakan", as: name, []).status == 403, "\(name)")
                }
                let page = try await client.get(place, as: "penilai1").text
                #expect(page.contains("Layanan 5"))
                #expect(page.contains("Provinsi DI Yogyakarta"))
                #expect(page.contains("Nyatakan: saya tidak punya benturan"))
                #expect(try await client.post(place, as: "penilai1", []).status == 422)
                #expect(
                    try await client.post(place, as: "penilai1", [("hubungan", "worked"), ("instansi", "P34")]).status
                        == 303)
                #expect(try await client.get(place, as: "penilai1").text.contains("Pernah bekerja di sana"))
                #expect(try await client.post("\(place)/hapus", as: "penilai1", [("id", "1")]).status == 303)
                #expect(try await season.database.read { try $0.count("SELECT COUNT(*) FROM tie") } == 0)
                #expect(try await client.post("\(place)/nyatakan", as: "penilai1", []).status == 303)
                #expect(try await client.get(place, as: "penilai1").text.contains("Sudah dinyatakan."))

                try await season.give(2, to: 1)
                try await season.give(3, to: 1)
                try await season.finished(5, by: 1, score: 80)
                let late = [("hubungan", "mentor"), ("usulan", "2"), ("usulan", "5"), ("catatan", "Sejak Mei")]
                #expect(try await client.post(place, as: "penilai1", late).status == 303)
                #expect(try await Self.states(of: 1, season) == ["removed", "due", "done"])
                let desk = try await client.get("/kerja/kompetisi/kipp-2027/penugasan", as: "sekretariat").text
                #expect(desk.contains("1 penilaian ternyata berbenturan."))
                #expect(desk.contains("Dinyatakan sendiri (mendampingi pengusul): Sejak Mei"))
                let fixed = try await client.post("\(place)/hapus", as: "penilai1", [("id", "1")])
                #expect(fixed.status == 409)
                // The organiser enters what nobody declared, and strikes out what was wrong.
                let sheet = "/kerja/kompetisi/kipp-2027/penilai/1"
                let tie = [("jenis", "works"), ("objek", "institution"), ("apa", "Provinsi Jawa Timur")]
                #expect(try await client.post("\(sheet)/hubungan", as: "sekretariat", tie).status == 303)
                #expect(try await Self.states(of: 1, season) == ["removed", "removed", "done"])
                let unknown = [("jenis", "works"), ("objek", "unit"), ("apa", "77")]
                #expect(try await client.post("\(sheet)/hubungan", as: "sekretariat", unknown).status == 422)
                #expect(
                    try await client.post("\(sheet)/hapus-hubungan", as: "sekretariat", [("hubungan", "3")]).status
                        == 303)
                #expect(try await season.database.read { try $0.count("SELECT COUNT(*) FROM tie") } == 2)
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `a blind edition names no proposal to those who declare`(engine: Engine) async throws {
        try await Season.with(engine) { season in
            try await season.amend(["blind": "yes"])
            let sheet = try await Declarations(season.database).sheet(
                Season.code, words: nil, for: try season.person("penilai2"))
            #expect(sheet.proposals.isEmpty)
            #expect(sheet.institutions.map(\.code) == ["P34", "P33", "P35"])
            let page = DeclarationView.page(
                sheet, words: "", .none,
                Frame(
                    language: .english, here: .path("x"), publicURL: "", asset: { .path($0) },
                    visitor: try season.person("penilai2"))
            ).text
            #expect(!page.contains("Layanan"))
        }
    }

    @Test(arguments: Engine.tested)
    func `who joins the panel loses what they had to read`(engine: Engine) async throws {
        try await Season.with(engine) { season in
            try await season.give(1, to: 2)
            try await season.finished(2, by: 2, score: 60)
            let seat = EvaluatorDraft(email: "penilai2@contoh.example", seat: .panelist, most: "6")
            _ = try await Evaluators(season.database).add(
                seat, in: Season.code, by: try season.actor("sekretariat"), at: Season.evaluating)
            #expect(try await Self.states(of: 2, season) == ["removed", "done"])
        }
    }

    private static func states(of evaluator: Int, _ season: Season) async throws -> [String] {
        try await season.database.read { db in
            try db.rows("SELECT state FROM reading WHERE evaluator = \(evaluator) ORDER BY id") { try $0.text("state") }
        }
    }
}

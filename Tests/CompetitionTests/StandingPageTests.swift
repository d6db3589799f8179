import Database
import Institutions
import Kernel
import People
import Support
import Testing
import Web

@testable import Competition

@Suite struct StandingPageTests {
    private static let place = "/kerja/kompetisi/kipp-2027/nilai"

    /// Nine readings: proposals 1 to 4 read twice, 5 once, 6 never.
    private func score(_ season: Season) async throws {
        for (proposal, evaluator, score) in [
            (1, 1, 90), (1, 2, 84), (2, 2, 70), (2, 3, 78), (3, 3, 66), (3, 1, 69), (4, 1, 40), (4, 3, 71), (5, 2, 71),
        ] {
            try await season.finished(proposal, by: evaluator, score: score)
        }
    }

    @Test(arguments: Engine.tested)
    func `the organiser sees raw beside calibrated, the cut, and who needs another read`(engine: Engine) async throws {
        try await Season.with(engine) { season in
            try await score(season)
            try await season.amend(stages: [.evaluation: ("2020-01-01 00.00", nil)])
            try await season.evaluation { client in
                let page = try await client.get(Self.place, as: "sekretariat")
                #expect(page.status == 200)
                #expect(page.text.contains("5 dari 6 usulan bernilai"))
                #expect(page.text.contains("Ini bahan pertimbangan, bukan keputusan."))
                #expect(page.text.contains("Teratas, sebanyak tempat finalis (3)"))
                #expect(page.text.contains("Di bawah batas finalis"))
                #expect(page.text.contains("Terlalu sedikit pembacaan untuk disimpulkan."))
                #expect(page.text.contains("Nilainya berselisih 31,0."))
                #expect(page.text.contains("penilai1"))
                #expect(page.text.contains("Provinsi Jawa Tengah"))
                let given = try await client.post("\(Self.place)/4/tambahan", as: "sekretariat", [])
                #expect(given["location"] == "\(Self.place)#baca-lagi")
                let extra = try await season.database.read { try Readings.read("r.proposal = 4", $0) }
                #expect(extra.map(\.origin) == [.plan, .plan, .extra])
                #expect(extra.map(\.state) == [.done, .done, .due])
                #expect(try await client.post("\(Self.place)/44/tambahan", as: "sekretariat", []).status == 404)
                #expect(
                    try await client.get(Self.place, as: "sekretariat").text.contains("Sedang dibaca 1 penilai."))
                for name in ["admin1", "penilai1", "panelis1", "auditor"] {
                    #expect(try await client.get(Self.place, as: name).status == 403, "\(name)")
                }
                #expect(try await client.get(Self.place, as: "hub").status == 403)
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `an organiser's person of a proposing institution gets the same with and without its scores`(engine: Engine)
        async throws
    {
        try await Season.with(engine) { season in
            try await season.amend(["organiser": "P33"])
            for (proposal, evaluator, score) in [(2, 2, 70), (2, 3, 78), (3, 3, 66), (3, 1, 69)] {
                try await season.finished(proposal, by: evaluator, score: score)
            }
            try await season.evaluation { client in
                let before = try await client.get(Self.place, as: "hub")
                #expect(before.status == 200)
                #expect(before.text.contains("2 usulan tidak tampil dan tidak ikut dihitung"))
                #expect(!before.text.contains("Layanan 1"))
                let inquiries = try await client.get("/kerja/kompetisi/kipp-2027/pertanyaan", as: "hub")
                try await season.finished(1, by: 2, score: 99)
                try await season.finished(4, by: 3, score: 10)
                try await season.sql(
                    "INSERT INTO inquiry (id, reading, words, at) VALUES (1, 5, 'Rahasia?', \(Season.evaluating))")
                #expect(try await client.get(Self.place, as: "hub").text == before.text)
                #expect(
                    try await client.get("/kerja/kompetisi/kipp-2027/pertanyaan", as: "hub").text == inquiries.text)
                #expect(try await client.get("\(Self.place)/1", as: "hub").status == 404)
                #expect(try await client.post("\(Self.place)/1/loloskan", as: "hub", []).status == 404)
                #expect(
                    try await client.post("/kerja/kompetisi/kipp-2027/pertanyaan/1", as: "hub", [("jawaban-1", "x")])
                        .status == 404)
                #expect(try await client.get("\(Self.place)/2", as: "hub").status == 200)
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `evaluators and panelists see the standing as the edition says, never of a conflicted proposal`(engine: Engine)
        async throws
    {
        try await Season.with(engine) { season in
            try await score(season)
            try await season.evaluation { client in
                let seat = "/kerja/nilai/kipp-2027"
                for name in ["penilai1", "panelis1"] {
                    let hidden = try await client.get(seat, as: name)
                    #expect(hidden.status == 404, "\(name)")
                    #expect(hidden.text == (try await client.get("/kerja/nilai/tidak-ada", as: name)).text)
                }
                #expect(try await client.get(seat, as: "admin1").status == 403)
                try await season.amend(stages: [.presentation: ("2020-01-01 00.00", nil)])
                let seen = try await client.get(seat, as: "panelis1")
                #expect(seen.status == 200)
                #expect(seen.text.contains("5 dari 6 usulan bernilai"))
                #expect(seen.text.contains("87,0"))
                #expect(!seen.text.contains("Peluang"))
                #expect(!seen.text.contains("penilai1"))
                #expect(try await client.get(seat, as: "penilai1").status == 404)
                try await season.sql(
                    """
                    INSERT INTO tie (id, evaluator, kind, institution, at, by_account)
                    VALUES (1, 5, 'worked', 'P33', \(Season.evaluating), 11)
                    """)
                let less = try await client.get(seat, as: "panelis1")
                #expect(less.text.contains("3 dari 4 usulan bernilai"))
                #expect(!less.text.contains("Layanan 1"))
                try await season.sql("UPDATE evaluator SET declared_at = NULL WHERE id = 5")
                #expect(try await client.get(seat, as: "panelis1").status == 404)
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `comments are released as edited, and proposers read them with means once the edition shows them`(
        engine: Engine
    ) async throws {
        try await Season.with(engine) { season in
            try await score(season)
            let numbers = try await season.database.read { db in
                try Readings.read("r.proposal = 1", db).map(\.id)
            }
            let (first, second) = (numbers[0], numbers[1])
            try await season.evaluation { client in
                let page = try await client.get("\(Self.place)/1", as: "sekretariat")
                #expect(page.text.contains("name=\"bersih.\(first).kebaruan\""))
                #expect(page.text.contains("penilai2"))
                let here = "/kerja/usulan/1/umpan-balik"
                let before = try await client.get(here, as: "admin1")
                #expect(before.status == 404)
                let proposal = try await client.get("/kerja/usulan/1", as: "admin1").text
                let released = try await client.post(
                    "\(Self.place)/1/loloskan", as: "sekretariat",
                    [
                        ("versi.\(first).kebaruan", "1"), ("lepas.\(first).kebaruan", "1"),
                        ("bersih.\(first).kebaruan", "Z: datanya <b>kuat</b>."), ("versi.\(second).kebaruan", "1"),
                        ("lepas.\(second).kebaruan", "1"), ("bersih.\(second).kebaruan", "A: kurang pembanding."),
                        ("versi.\(first).signifikansi", "1"), ("bersih.\(first).signifikansi", "Tidak dilepas."),
                    ])
                #expect(released["location"] == "\(Self.place)/1")
                // Released is not shown: that is the edition's say.
                #expect(try await client.get(here, as: "admin1").text == before.text)
                #expect(try await client.get("/kerja/usulan/1", as: "admin1").text == proposal)
                let unread = try await client.get("/kerja/usulan/6/umpan-balik", as: "admin3")
                #expect(unread.status == 404)

                try await season.amend(stages: [.award: ("2020-01-01 00.00", nil)])
                let feedback = try await client.get(here, as: "admin1").text
                #expect(feedback.contains("87,0 dari 100"))
                #expect(feedback.contains("seperempat teratas dari 5 usulan yang dinilai"))
                let (low, high) = (
                    try #require(feedback.range(of: "A: kurang pembanding.")),
                    try #require(feedback.range(of: "Z: datanya &lt;b&gt;kuat&lt;/b&gt;."))
                )
                #expect(low.lowerBound < high.lowerBound)
                for secret in ["penilai", "Tidak dilepas", "Peluang", "±", "ambang"] {
                    #expect(!feedback.contains(secret), "\(secret)")
                }
                #expect(try await client.get("/kerja/usulan/1", as: "admin1").text.contains(here))
                let one = try await client.get("/kerja/usulan/5/umpan-balik", as: "admin2").text
                #expect(one.contains("hanya satu penilaian"))
                #expect(!one.contains("71"))
                #expect(
                    try await client.get("/kerja/usulan/6/umpan-balik", as: "admin3").text.contains("tidak dinilai"))
                #expect(try await client.get(here, as: "admin2").status == 404)
                #expect(try await client.get(here, as: "sekretariat").status == 403)
                // What its evaluator rewrote is not released unread.
                try await season.sql("UPDATE score SET version = 9, words = 'Baru.' WHERE reading = \(first)")
                let stale = try await client.post(
                    "\(Self.place)/1/loloskan", as: "sekretariat",
                    [
                        ("versi.\(first).kebaruan", "1"), ("lepas.\(first).kebaruan", "1"),
                        ("bersih.\(first).kebaruan", "Lama."),
                    ])
                #expect(stale.status == 422)
                #expect(stale.text.contains("Penilainya mengubah catatan ini."))
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `a list needs the same number of queries for one row and for many`(engine: Engine) async throws {
        try await Season.with(engine) { season in
            let tables = StandingTables(season.database)
            let readings = Readings(season.database)
            let (clerk, evaluator) = (try season.person("sekretariat"), try season.person("penilai1"))
            try await season.finished(1, by: 1, score: 80)
            let start = season.database.statements
            _ = try await tables.table(of: Season.code, for: clerk, at: Season.evaluating)
            let table = season.database.statements
            _ = try await readings.queues(for: evaluator)
            let queue = season.database.statements
            for proposal in 2...6 { try await season.finished(proposal, by: 1, score: 80) }
            let again = season.database.statements
            _ = try await tables.table(of: Season.code, for: clerk, at: Season.evaluating)
            let tableOfMany = season.database.statements
            _ = try await readings.queues(for: evaluator)
            let queueOfMany = season.database.statements
            #expect(tableOfMany - again == table - start)
            #expect(queueOfMany - tableOfMany == queue - table)
        }
    }
}

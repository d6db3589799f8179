import Database
import Kernel
import Messages
import Support
import Testing

@testable import Competition

/// A season whose six proposals were read: 1 best, 6 last; 1 to 3 of kesehatan, 4 to 6 of digital.
extension Season {
    static let held = noon("2027-07-15")

    /// A sitting with a chair and a secretary.
    func begin(
        _ subject: Sitting.Subject, why: String = "Menurut nilai.", evaluators: [Int] = [1, 2], at: Instant = held
    ) async throws -> Int {
        try await Sittings(database).begin(
            SittingDraft(
                body: .evaluators, subject: subject, title: "Pleno", place: "Jakarta", heldAt: at,
                attendance: evaluators.map { .init(evaluator: $0, name: "", role: $0 == 1 ? "Ketua" : "Anggota") }
                    + [.init(name: "Sari", role: "Sekretaris")], tabled: "Daftar nilai.", why: why),
            in: Season.code, by: try actor("sekretariat"), at: at)
    }

    func version(_ sitting: Int) async throws -> Int {
        try await database.read { db in try Sittings.read("id = \(sitting)", db).first?.version ?? 0 }
    }

    func decide(_ sitting: Int, _ decisions: [Decision], at: Instant = held) async throws {
        try await Sittings(database).decide(
            sitting, Dictionary(uniqueKeysWithValues: decisions.map { ($0.proposal, $0) }), in: Season.code,
            basedOn: try await version(sitting), by: try actor("sekretariat"), at: at)
    }

    func close(_ sitting: Int, exception: String = "", at: Instant = held) async throws {
        try await Sittings(database).close(
            sitting, exception: exception, in: Season.code, basedOn: try await version(sitting),
            by: try actor("sekretariat"), at: at)
    }

    /// A closed sitting that chose these and not the others.
    @discardableResult
    func chose(
        _ proposals: Set<Int>, _ subject: Sitting.Subject = .finalists, award: String? = nil, at: Instant = held
    ) async throws -> Int {
        let id = try await begin(subject, at: at)
        let candidates = subject == .awards ? Array(proposals) : Array(Season.proposals)
        try await decide(
            id,
            candidates.map {
                Decision(
                    proposal: $0, verdict: proposals.contains($0) ? .chosen : .not,
                    award: proposals.contains($0) ? award : nil)
            }, at: at)
        try await close(id, at: at)
        return id
    }
}

@Suite struct SittingTests {
    @Test(arguments: Engine.tested)
    func `a sitting starts from the suggestion, closes with its hash, and never changes`(_ engine: Engine) async throws
    {
        try await Season.with(engine) { season in
            for proposal in Season.proposals {
                for evaluator in [1, 2] {
                    try await season.finished(proposal, by: evaluator, score: 100 - proposal * 4)
                }
            }
            let sittings = Sittings(season.database)
            let (office, secretary) = (try season.person("sekretariat"), try season.actor("sekretariat"))
            let id = try await season.begin(.finalists, why: "")
            try await sittings.start(
                id, from: .suggestion, in: Season.code, basedOn: 1, by: secretary, at: Season.held)
            var sheet = try await sittings.sheet(id, in: Season.code, for: office, at: Season.held)
            #expect(sheet.suggestion?.plain == [1, 2, 3])
            #expect(sheet.decisions.values.filter { $0.verdict == .chosen }.map(\.proposal).sorted() == [1, 2, 3])
            #expect(sheet.advice.lines.map(\.reads) == [2, 2, 2, 2, 2, 2])
            #expect(sheet.unready.map(\.english) == ["Write why it decided so."])
            await #expect(throws: SittingRefusal.unready(sheet.unready)) { try await season.close(id) }
            let draft = SittingDraft(
                body: .evaluators, subject: .finalists, title: "Pleno finalis", place: "Jakarta", heldAt: Season.held,
                attendance: [.init(evaluator: 1, name: "", role: "Ketua")], why: "Menurut urutan.")
            await #expect(throws: SittingRefusal.changedMeanwhile) {
                try await sittings.write(draft, id, in: Season.code, basedOn: 1, by: secretary, at: Season.held)
            }
            try await sittings.write(
                draft, id, in: Season.code, basedOn: try await season.version(id), by: secretary, at: Season.held)
            #expect(try await season.database.read { try Decisions.standing(.finalists, in: 5, $0) } == [])
            try await season.close(id)

            sheet = try await sittings.sheet(id, in: Season.code, for: office, at: Season.held)
            #expect(sheet.isIntact == true)
            #expect(sheet.sitting.digest?.count == 64)
            await #expect(throws: SittingRefusal.closed) {
                try await season.decide(id, [Decision(proposal: 1, verdict: .not)])
            }
            await #expect(throws: SittingRefusal.closed) { try await season.close(id) }
            // A word changed behind its back is seen.
            try await season.sql("UPDATE sitting SET why = 'Lain.' WHERE id = \(id)")
            #expect(
                try await sittings.sheet(id, in: Season.code, for: office, at: Season.held).isIntact == false)
        }
    }

    @Test(arguments: Engine.tested)
    func `a choice that breaks the published balance closes only with a stated exception, which is recorded`(
        _ engine: Engine
    ) async throws {
        try await Season.with(engine) { season in
            let id = try await season.begin(.finalists)
            try await season.decide(id, [4, 5, 6].map { Decision(proposal: $0, verdict: .chosen) })
            let broken = Phrase(
                "kategori Kesehatan: 0 terpilih, paling sedikit 1.", "category Health: 0 chosen, 1 at least.")
            await #expect(throws: SittingRefusal.unbalanced([broken])) { try await season.close(id) }
            await #expect(throws: SittingRefusal.unbalanced([broken])) {
                try await season.close(id, exception: "Singkat.")
            }
            try await season.close(id, exception: "Tidak ada usulan kesehatan yang lulus ambang.")
            let why = try await season.database.read { try Sittings.read("id = \(id)", $0).first?.why }
            #expect(
                why
                    == "Menurut nilai.\n\nPengecualian dari susunan yang diumumkan. \(broken.indonesian) Alasan: Tidak ada usulan kesehatan yang lulus ambang."
            )
        }
    }

    @Test(arguments: Engine.tested)
    func `a correction is a new sitting that names what it changes, and counts with what stands`(
        _ engine: Engine
    ) async throws {
        try await Season.with(engine) { season in
            let first = try await season.chose([1, 2, 4])
            let second = try await season.begin(.finalists, at: Season.noon("2027-07-16"))
            try await season.decide(
                second, [Decision(proposal: 5, verdict: .chosen)], at: Season.noon("2027-07-16"))
            // Four would stand now, three may.
            await #expect(throws: SittingRefusal.self) {
                try await season.close(second, at: Season.noon("2027-07-16"))
            }
            try await season.decide(
                second, [Decision(proposal: 4, verdict: .reserve)], at: Season.noon("2027-07-16"))
            try await season.close(second, at: Season.noon("2027-07-16"))
            let edition = try await season.stored().id
            let standing = try await season.database.read { db in
                (
                    try Decisions.standing(.finalists, in: edition, db),
                    try Decisions.standing(.finalists, in: edition, upTo: first, db)
                )
            }
            #expect(standing.0.filter { $0.verdict == .chosen }.map(\.proposal) == [1, 2, 5])
            #expect(standing.0.map(\.sitting) == [first, first, first, second, second, first])
            #expect(standing.1.filter { $0.verdict == .chosen }.map(\.proposal) == [1, 2, 4])
        }
    }

    @Test(arguments: Engine.tested)
    func `who is in conflict is minuted as having left, sees the rest, and signs what was closed`(
        _ engine: Engine
    ) async throws {
        try await Season.with(engine) { season in
            try await season.tie(1, to: 2)
            let sittings = Sittings(season.database)
            let id = try await season.chose([1, 2, 3])
            let chair = try season.person("penilai1")
            let sheet = try await sittings.attended(id, for: chair, at: Season.held)
            #expect(sheet.sitting.attendance[0].left.contains(2))
            #expect(!sheet.items.contains { $0.candidate.proposal == 2 })
            #expect(sheet.decisions[2] == nil)
            #expect(sheet.decisions[1]?.verdict == .chosen)
            for stranger in ["penilai3", "panelis1", "admin1", "hub"] {
                await #expect(throws: SittingRefusal.missing) {
                    try await sittings.attended(id, for: try season.person(stranger), at: Season.held)
                }
                await #expect(throws: SittingRefusal.missing) {
                    try await sittings.sign(id, by: try season.actor(stranger), at: Season.held)
                }
            }
            for _ in 1...2 { try await sittings.sign(id, by: try season.actor("penilai1"), at: Season.held) }
            let list = try await sittings.list(in: Season.code, for: try season.person("sekretariat")).sittings
            #expect(list.map(\.signatures) == [1])
            // An open one is nobody's yet but the organiser's.
            let open = try await season.begin(.other)
            await #expect(throws: SittingRefusal.missing) {
                try await sittings.attended(open, for: chair, at: Season.held)
            }
            #expect(try await sittings.attended(by: chair).map(\.isSigned) == [true])
        }
    }

    @Test(arguments: Engine.tested)
    func `a team agrees on a score for each of its proposals, in hundredths`(_ engine: Engine) async throws {
        try await Season.with(engine) { season in
            #expect(["87", "87,5", "87.25", "100"].map(SittingFields.hundredths) == [8700, 8750, 8725, 10_000])
            #expect(
                ["", "-1", "101", "8,555", "delapan", "8,", "1e2"].allSatisfy { SittingFields.hundredths($0) == nil })
            let id = try await season.begin(.consolidation)
            await #expect(throws: SittingRefusal.self) {
                try await season.decide(id, [Decision(proposal: 1, verdict: .chosen, score: 10_001)])
            }
            try await season.decide(
                id, [Decision(proposal: 1, verdict: .chosen, score: 8725), Decision(proposal: 2, verdict: .not)])
            let missing = Phrase("Tulis nilai bersama usulan 2.", "Write the agreed score of proposals 2.")
            await #expect(throws: SittingRefusal.unready([missing])) { try await season.close(id) }
            try await season.decide(id, [Decision(proposal: 2, verdict: .not, score: 6050)])
            try await season.close(id)
            let edition = try await season.stored().id
            let scores = try await season.database.read { try Decisions.standing(.consolidation, in: edition, $0) }
            #expect(scores.map(\.score) == [8725, 6050])
        }
    }

    @Test(arguments: Engine.tested)
    func `the secretariat writes, decides, closes and prints a sitting on its pages; an attendee signs on theirs`(
        _ engine: Engine
    ) async throws {
        try await Season.with(engine) { season in
            for proposal in Season.proposals { try await season.finished(proposal, by: 1, score: 90 - proposal) }
            try await season.serve({ _, desk in SittingPages(Sittings(season.database)).add(to: desk) }) { client in
                let place = "/kerja/kompetisi/kipp-2027/sidang"
                #expect(try await client.get(place + "/baru", as: "sekretariat").status == 200)
                for name in ["admin1", "penilai1", "hub"] {
                    #expect(try await client.get(place, as: name).status == 403)
                }
                let empty = try await client.post(place, as: "sekretariat", [("pokok", "finalists")])
                #expect(empty.status == 422)
                #expect(empty.text.contains("Tulis judul sidangnya."))
                let made = try await client.post(
                    place, as: "sekretariat",
                    [
                        ("badan", "evaluators"), ("pokok", "finalists"), ("judul", "Pleno <b>finalis</b>"),
                        ("tempat", "Jakarta"), ("tanggal", "2026-01-15"), ("jam", "09.30"), ("hadir", "1"),
                        ("ketua", "1"), ("lain", "Sari; Sekretaris"), ("alasan", "Menurut nilai."),
                    ])
                #expect(made["location"] == place + "/1")
                let page = try await client.get(place + "/1", as: "sekretariat")
                #expect(page.text.contains("Pleno &lt;b&gt;finalis&lt;/b&gt;"))
                #expect(page.text.contains("Mulai dari saran"))
                #expect(
                    try await client.post(place + "/1/mulai", as: "sekretariat", [("versi", "1"), ("dari", "order")])
                        .status == 303)
                let late = try await client.post(
                    place + "/1/putusan", as: "sekretariat",
                    [("versi", "1"), ("usulan", "1"), ("putusan-1", "not"), ("alasan-1", "Diubah.")])
                #expect(late.status == 409)
                let saved = try await client.post(
                    place + "/1/putusan", as: "sekretariat",
                    [("versi", "2"), ("usulan", "1"), ("putusan-1", "chosen"), ("alasan-1", "Terbaik.")])
                #expect(saved.status == 303)
                #expect(try await client.get("/kerja/sidang/1", as: "penilai1").status == 404)
                #expect(try await client.get(place + "/1/berita-acara.pdf", as: "sekretariat").status == 404)
                #expect(
                    try await client.post(place + "/1/tutup", as: "sekretariat", [("versi", "3")]).status == 303)
                let pdf = try await client.get(place + "/1/berita-acara.pdf", as: "sekretariat")
                #expect(pdf.text.hasPrefix("%PDF"))
                #expect(try await client.get(place + "/1/berita-acara.docx", as: "sekretariat").status == 200)
                #expect(try await client.get(place + "/9", as: "sekretariat").status == 404)

                #expect(try await client.get("/kerja/sidang", as: "penilai1").text.contains("1 berita acara menunggu"))
                #expect(try await client.get("/kerja/sidang/1", as: "penilai2").status == 404)
                let own = try await client.get("/kerja/sidang/1", as: "penilai1")
                #expect(own.text.contains("Tanda tangani berita acara ini"))
                #expect(
                    try await client.post("/kerja/sidang/1/tandatangan", as: "penilai1", []).status == 303)
                #expect(
                    try await client.get("/kerja/sidang/1", as: "penilai1").text.contains("sudah Anda tanda tangani"))
            }
        }
    }
}

import Database
import Kernel
import People
import Support
import Testing
import Web

@testable import Competition

@Suite struct PanelTests {
    private static let heard = Season.noon("2027-08-02")

    private func slots(_ season: Season) -> Slots { Slots(season.database, publicURL: "https://simpul.example") }

    private func slot(_ proposal: Int, _ season: Season) async throws -> Slot {
        try #require(try await season.database.read { try Slots.read("s.proposal = \(proposal)", $0) }.first)
    }

    @Test(arguments: Engine.tested)
    func `finalists are scheduled, moved by hand, and a clash is told in words`(_ engine: Engine) async throws {
        try await Season.with(engine) { season in
            try await season.choose([1, 2, 3])
            try await season.tie(5, to: 3)
            let (slots, office) = (slots(season), try season.actor("sekretariat"))
            let plan = try await slots.plan(Season.code, for: season.person("sekretariat"))
            #expect(plan.finalists.map(\.proposal) == [1, 2, 3])
            #expect(plan.conflicts == [3: [5]])
            let sheet = TimetableSheet(for: plan.stored.edition, seats: 2)
            #expect(sheet.fields["hari"] == "2027-08-01\n2027-08-02\n2027-08-03\n2027-08-04")
            // One panelist is free for proposal 3; two seats cannot be filled.
            var told: Phrase?
            do { _ = try plan.timetable(sheet) } catch PanelRefusal.shortage(let words) { told = words }
            #expect(
                told?.indonesian
                    == "“Layanan 3” hanya dapat didengar 1 panelis tanpa benturan kepentingan, perlu 2. Tambah panelis atau kurangi kursi."
            )
            try await season.schedule(seats: 1)
            let first = try await season.database.read { try Slots.read("1 = 1", $0) }
            #expect(first.map(\.proposal).sorted() == [1, 2, 3])
            #expect(first.map { $0.ends.milliseconds - $0.starts.milliseconds } == [27, 27, 27].map { $0 * 60_000 })
            #expect(try await slot(3, season).panelists == [6])

            let (one, two) = (first[0], first[1])
            var clash: [Phrase] = []
            do {
                try await slots.move(
                    two.id, in: Season.code,
                    to: .init(room: one.room, starts: one.starts, panelists: one.panelists), by: office,
                    at: Self.heard)
            } catch PanelRefusal.clash(let words) { clash = words }
            let name = one.panelists == [5] ? "panelis1" : "panelis2"
            #expect(
                clash.map(\.indonesian) == [
                    "\(one.room) dipakai “\(one.title)” pada jam itu.",
                    "\(name) sedang mendengar “\(one.title)” pada jam itu.",
                ])
            #expect(try await slot(two.proposal, season) == two)
            let other = try await slot(3, season)
            await #expect(throws: PanelRefusal.self) {
                try await slots.move(
                    other.id, in: Season.code, to: .init(room: "B", starts: other.starts, panelists: [5]), by: office,
                    at: Self.heard)
            }
            try await slots.move(
                other.id, in: Season.code, to: .init(room: "B", starts: other.starts, panelists: [6]), by: office,
                at: Self.heard)
            #expect(try await slot(3, season).room == "B")

            // What the organiser did not look at is not accepted; once one has begun nothing is replaced.
            await #expect(throws: PanelRefusal.changedMeanwhile) {
                try await slots.accept(
                    Season.code, sheet.with(["kursi": "1"]), looked: "lain", by: office, at: Self.heard)
            }
            try await slots.begin(other.id, by: season.actor("panelis2"), at: Self.heard)
            await #expect(throws: PanelRefusal.begun) { try await season.schedule(seats: 1) }
            // Nobody else plans.
            await #expect(throws: DeskRefusal.notYours(.manageEditions)) {
                try await slots.move(
                    other.id, in: Season.code, to: .init(room: "C", starts: other.starts, panelists: [6]),
                    by: season.actor("hub"), at: Self.heard)
            }
            // Only panelists are told before the finalists are announced.
            let told2 = try await season.database.read { db in
                try db.rows("SELECT DISTINCT address FROM message ORDER BY address") { try $0.text("address") }
            }
            #expect(told2 == ["panelis1@contoh.example", "panelis2@contoh.example"])
        }
    }

    @Test(arguments: Engine.tested)
    func `a panelist scores while the stage is open, and only what is theirs`(_ engine: Engine) async throws {
        try await Season.with(engine) { season in
            try await season.choose([1, 2, 3])
            try await season.schedule(seats: 2)
            let scores = PanelScores(season.database)
            let (own, panelist) = (try await slot(1, season), try season.actor("panelis1"))
            let empty = try await scores.sheet(own.id, for: season.person("panelis1"), at: Self.heard)
            #expect(empty.entries == [:])
            #expect(empty.wall == nil)
            // A comment before its score is kept.
            let first = try await scores.save(
                own.id, ["paparan": ("", "Jelas."), "tanya": ("101", "Ragu.")], basedOn: 0, by: panelist, at: Self.heard
            )
            #expect(first.problems.map(\.field) == ["nilai.tanya"])
            let second = try await scores.save(
                own.id, ["paparan": ("80", "Jelas."), "tanya": ("90", "Ragu.")], basedOn: first.version, by: panelist,
                at: Self.heard)
            #expect(second.problems == [])
            #expect(second.version > first.version)
            // The same again is nothing new; something else from an older page is not taken.
            #expect(
                try await scores.save(
                    own.id, ["paparan": ("80", "Jelas.")], basedOn: first.version, by: panelist, at: Self.heard)
                    == second)
            await #expect(throws: PanelRefusal.overtaken(version: second.version)) {
                try await scores.save(
                    own.id, ["paparan": ("10", "")], basedOn: first.version, by: panelist, at: Self.heard)
            }
            let all = try await season.database.read { db in
                try PanelScores.all(in: Editions.found(Season.code, db).id, db)
            }
            #expect(
                all == [
                    PanelScore(proposal: 1, evaluator: 5, part: "paparan", value: 80),
                    PanelScore(proposal: 1, evaluator: 5, part: "tanya", value: 90),
                ])
            let standing = try await season.database.read { db in
                try PanelScores.standing(of: Editions.found(Season.code, db), db)
            }
            #expect(standing.lines.map(\.mean) == [84, nil, nil])

            let (stage, zone) = (EditionStage.Kind.presentation.name, Zone.wib)
            let opens = Season.noon("2027-08-01").adding(days: 0).milliseconds - 12 * 3_600_000
            await #expect(throws: PanelRefusal.early(stage, Instant(milliseconds: opens), zone)) {
                try await scores.save(
                    own.id, ["paparan": ("1", "")], basedOn: 0, by: panelist, at: Season.noon("2027-07-30"))
            }
            let closes = Season.noon("2027-08-05").milliseconds - 12 * 3_600_000
            await #expect(throws: PanelRefusal.late(stage, Instant(milliseconds: closes), zone)) {
                try await scores.save(
                    own.id, ["paparan": ("1", "")], basedOn: 0, by: panelist, at: Season.noon("2027-08-06"))
            }
            // An evaluator, the organiser and an agency are told that there is no such thing.
            for name in ["penilai1", "sekretariat", "admin1"] {
                await #expect(throws: PanelRefusal.missing) {
                    try await scores.sheet(own.id, for: season.person(name), at: Self.heard)
                }
                await #expect(throws: PanelRefusal.missing) {
                    try await scores.save(
                        own.id, ["paparan": ("1", "")], basedOn: 0, by: season.actor(name), at: Self.heard)
                }
            }
            // A conflict found later closes the page, and the desk says nothing of it.
            try await season.tie(5, to: 1)
            await #expect(throws: PanelRefusal.missing) {
                try await scores.save(
                    own.id, ["paparan": ("1", "")], basedOn: second.version, by: panelist, at: Self.heard)
            }
            let desk = try await PanelDesks(season.database).desk(for: season.person("panelis1"))
            #expect(desk.slots.map(\.slot.proposal).sorted() == [2, 3])
            // Whoever has not declared is shown nothing.
            try await season.database.write { try $0.execute("UPDATE evaluator SET declared_at = NULL WHERE id = 5") }
            let before = try await PanelDesks(season.database).desk(for: season.person("panelis1"))
            #expect(before.slots.isEmpty)
            #expect(before.undeclared.map(\.code) == [Season.code])
            let another = try await slot(2, season)
            await #expect(throws: PanelRefusal.undeclared(Season.code)) {
                try await scores.sheet(another.id, for: season.person("panelis1"), at: Self.heard)
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `the pages of organiser, panelist and agency work together, and strangers find nothing`(
        _ engine: Engine
    ) async throws {
        try await Season.with(engine) { season in
            try await season.openStages()
            try await season.choose([1, 2], announced: Season.noon("2026-01-02"))
            let (slots, presenters) = (slots(season), Presenters(season.database))
            let desks = PanelDesks(season.database)
            try await season.serve { _, desk in
                PresentationPages(slots, presenters, files: season.files).add(to: desk)
                PresenterPages(presenters, files: season.files).add(to: desk)
                PanelPages(
                    desks, slots, PanelScores(season.database), files: season.files,
                    publicURL: "https://simpul.example"
                ).add(to: desk)
            } _: { client in
                let place = "/kerja/kompetisi/kipp-2027/presentasi"
                #expect(try await client.get(place, as: "admin1").status == 403)
                #expect(try await client.get(place, as: "hub").status == 403)
                let fields = [
                    ("ruang", "Ruang Utama"), ("hari", "2027-08-02"), ("mulai", "08.00"), ("selesai", "10.00"),
                    ("jeda", ""), ("pergantian", "3"), ("kursi", "2"), ("kantor_mulai", "07.30"),
                    ("kantor_selesai", "16.00"), ("benih", "1"),
                ]
                let wrong = try await client.post(place, as: "sekretariat", [("ruang", ""), ("lanjut", "susun")])
                #expect(wrong.status == 422)
                #expect(wrong.text.contains("Tulis satu ruang tiap baris."))
                let proposed = try await client.post(place, as: "sekretariat", fields + [("lanjut", "susun")])
                #expect(proposed.status == 200)
                #expect(proposed.text.contains("2 Agustus 2027 08.00–08.27 WIB"))
                #expect(proposed.text.contains("2 Agustus 2027 08.30–08.57 WIB"))
                let mark = try #require(proposed.text.firstMatch(of: /name="tanda" value="([0-9a-f]{64})"/)).1
                let accepted = try await client.post(
                    place, as: "sekretariat", fields + [("lanjut", "terima"), ("tanda", String(mark))])
                #expect(accepted["location"] == place)
                #expect(try await client.get(place, as: "sekretariat").text.contains("2 presentasi terjadwal"))
                let one = try await slot(1, season)

                // The agency names who presents: a delegate needs a letter.
                let own = "/kerja/usulan/1/presentasi"
                #expect(try await client.get(own, as: "admin1").text.contains("Ruang Utama"))
                #expect(try await client.get(own, as: "admin2").status == 404)
                #expect(try await client.get("/kerja/usulan/3/presentasi", as: "admin3").status == 404)
                let said = [("nama", "Budi"), ("jabatan", "Kepala Dinas"), ("siapa", "delegasi")]
                #expect(try await client.multipart(own, as: "admin2", said).status == 404)
                let bare = try await client.multipart(own, as: "admin1", said)
                #expect(bare.status == 422)
                #expect(bare.text.contains("Unggah surat delegasi"))
                #expect(
                    try await client.multipart(own, as: "admin1", said, ("surat", "Surat tugas.pdf", Sheets.pdf))
                        .status == 303)
                #expect(
                    try await client.get(own, as: "admin1").text.contains("Surat delegasi yang sudah diunggah"))
                let letter = "/kerja/presentasi/\(one.id)/surat"
                for name in ["admin1", "panelis1", "sekretariat"] {
                    #expect(try await client.get(letter, as: name).body == Sheets.pdf)
                }
                for name in ["admin2", "penilai1", "hub", "auditor"] {
                    #expect(try await client.get(letter, as: name).status == 404)
                }

                // The panelist's desk.
                let desk = try await client.get("/kerja/panel", as: "panelis1")
                #expect(desk.text.contains("2 presentasi belum selesai Anda nilai"))
                #expect(try await client.get("/kerja/panel", as: "penilai1").status == 403)
                let calendar = try await client.get("/kerja/panel/kalender.ics", as: "panelis1")
                #expect(calendar.text.contains("DTSTART:20270802T010000Z\r\nDTEND:20270802T012700Z"))
                let sheet = "/kerja/panel/\(one.id)"
                let page = try await client.get(sheet, as: "panelis1")
                #expect(page.text.contains("data-seconds=\"420\""))
                #expect(page.text.contains("7 menit"))
                #expect(page.text.contains("Budi, Kepala Dinas (<a"))
                #expect(page.text.contains("Isi kebaruan usulan 1."))
                #expect(try await client.get("/kerja/panel/99", as: "panelis1").status == 404)
                #expect(try await client.post(sheet, as: "penilai1", []).status == 403)
                let auto = try await client.post(
                    sheet, as: "panelis1",
                    [("versi", "0"), ("otomatis", "1"), ("nilai.paparan", ""), ("catatan.paparan", "Bagus & <rapi>")])
                #expect(auto.status == 200)
                let version = try #require(auto.text.firstMatch(of: /"version":(\d+)/)).1
                let clash = [("versi", "0"), ("nilai.paparan", "70"), ("catatan.paparan", "Lain")]
                #expect(try await client.post(sheet, as: "panelis1", clash + [("otomatis", "1")]).status == 409)
                let both = try await client.post(sheet, as: "panelis1", clash)
                #expect(both.status == 409)
                #expect(both.text.contains("Bagus &amp; &lt;rapi&gt;"))
                #expect(both.text.contains("\nLain</textarea>"))
                let outside = try await client.post(
                    sheet, as: "panelis1", [("versi", String(version)), ("nilai.tanya", "101")])
                #expect(outside.status == 422)
                #expect(outside.text.contains("value=\"101\""))
                let saved = try await client.post(
                    sheet, as: "panelis1",
                    [
                        ("versi", String(version)), ("nilai.paparan", "80"), ("catatan.paparan", "x"),
                        ("nilai.tanya", "90"),
                    ])
                #expect(saved["location"] == "/kerja/panel")
                #expect(
                    try await client.get("/kerja/panel", as: "panelis1").text
                        .contains("1 presentasi belum selesai Anda nilai"))
                #expect(try await client.post("\(sheet)/mulai", as: "panelis2", []).status == 303)

                // Minutes are the panel's and the secretariat's.
                #expect(
                    try await client.post(
                        "\(place)/\(one.id)/risalah", as: "sekretariat", [("risalah", "Diwakili Budi.")]
                    )
                    .status == 303)
                #expect(try await client.get(sheet, as: "panelis2").text.contains("Diwakili Budi."))
                #expect(!(try await client.get(own, as: "admin1").text.contains("Diwakili Budi.")))
                // Nobody sees what another panelist wrote.
                #expect(!(try await client.get(sheet, as: "panelis2").text.contains("value=\"80\"")))
                let second = try await slot(2, season)
                let moved = try await client.post(
                    "\(place)/\(one.id)", as: "sekretariat",
                    [
                        ("ruang", "Ruang Utama"), ("hari", "2027-08-02"), ("jam", second.starts.clock()),
                        ("panelis", "5"),
                        ("panelis", "6"),
                    ])
                #expect(moved.status == 409)
                #expect(moved.text.contains("Ruang Utama dipakai “Layanan 2” pada jam itu."))

                // A conflict and a declaration still to be made close the page for good and for now.
                try await season.tie(6, to: 1)
                #expect(try await client.get(sheet, as: "panelis2").status == 404)
                try await season.database.write {
                    try $0.execute("UPDATE evaluator SET declared_at = NULL WHERE id = 5")
                }
                let declare = try await client.get(sheet, as: "panelis1")
                #expect(declare["location"] == "/kerja/benturan/kipp-2027")
            }
        }
    }
}

/// Files to hand in.
enum Sheets {
    static let pdf = Array(
        """
        %PDF-1.4
        1 0 obj
        << /Type /Catalog /Pages 2 0 R >>
        endobj
        2 0 obj
        << /Type /Pages /Kids [3 0 R] /Count 1 >>
        endobj
        3 0 obj
        << /Type /Page /Parent 2 0 R /MediaBox [0 0 10 10] >>
        endobj
        trailer << /Root 1 0 R >>
        startxref
        0
        %%EOF

        """.utf8)
}

extension HTTPClient {
    /// A form with files, its token first.
    func multipart(
        _ path: String, as name: String, _ fields: [(String, String)],
        _ file: (field: String, name: String, bytes: [UInt8])? = nil
    ) async throws -> Response {
        var body: [UInt8] = []
        for (field, value) in [("token", "token-\(name)")] + fields {
            body += Array("--b\r\nContent-Disposition: form-data; name=\"\(field)\"\r\n\r\n\(value)\r\n".utf8)
        }
        if let file {
            body += Array(
                "--b\r\nContent-Disposition: form-data; name=\"\(file.field)\"; filename=\"\(file.name)\"\r\n\r\n".utf8)
            body += file.bytes + Array("\r\n".utf8)
        }
        body += Array("--b--\r\n".utf8)
        return try await request(
            "POST", path, headers: ["Content-Type": "multipart/form-data; boundary=b", "Cookie": "sesi=\(name)"],
            body: body)
    }
}

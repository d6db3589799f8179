import Database
import Kernel
import People
import Support
import Testing
import Web

@testable import Competition

@Suite struct VisitTests {
    private static let seen = Season.noon("2027-08-06")

    /// One pixel.
    private static let png: [UInt8] = [
        0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0, 0, 1, 8,
        6,
        0, 0, 0, 0x1F, 0x15, 0xC4, 0x89, 0, 0, 0, 13, 0x49, 0x44, 0x41, 0x54, 0x78, 0x9C, 0x63, 0xF8, 0xFF, 0xFF, 0xFF,
        0x7F, 0, 9, 0xFB, 3, 0xFD, 5, 0x43, 0x45, 0xCA, 0, 0, 0, 0, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82,
    ]

    @Test func `a report reads what was typed, and says of all that is wrong what to do`() throws {
        let checks = [
            EditionCheckpoint(code: "berjalan", name: Phrase("a", "a"), answer: .yesno),
            EditionCheckpoint(code: "pengguna", name: Phrase("b", "b"), answer: .number),
        ]
        let report = try VisitReport(
            [
                "periksa.berjalan": "yes", "periksa.pengguna": "1.200,5", "catatan": " Ramai.\r\nTertib. ",
                "lintang": "-2,53371", "bujur": "140.71813", "ketelitian": "12", "tanggal": "2027-08-06",
                "jam": "09.30", "lain": "x",
            ], checks, in: .wit)
        #expect(report.answers == ["berjalan": "yes", "pengguna": "1.200,5"])
        #expect(report.remarks == "Ramai.\nTertib.")
        #expect(report.position == .init(latitude: "-2.53371", longitude: "140.71813", accuracy: 12))
        #expect(report.seenAt?.rfc3339 == "2027-08-06T00:30:00Z")
        #expect(try VisitReport([:], checks, in: .wib) == VisitReport())
        var wrong: [Problem] = []
        do {
            _ = try VisitReport(
                [
                    "periksa.berjalan": "mungkin", "periksa.pengguna": "banyak", "lintang": "91", "bujur": "",
                    "jam": "25.00", "tanggal": "2027-08-06",
                ], checks, in: .wib)
        } catch PanelRefusal.invalid(let problems) { wrong = problems }
        #expect(wrong.map(\.field) == ["periksa.berjalan", "periksa.pengguna", "lintang", "bujur", "jam"])
    }

    @Test(arguments: Engine.tested)
    func `a report arrives once however often it is sent, and another device's is never overwritten unseen`(
        _ engine: Engine
    ) async throws {
        try await Season.with(engine) { season in
            try await season.choose([1, 2])
            try await season.tie(6, to: 2)
            let plans = VisitPlans(season.database, publicURL: "https://simpul.example")
            let (visits, office) = (Visits(season.database), try season.actor("sekretariat"))
            let day = try #require(Day(2027, 8, 6))
            try await plans.send(5, to: 1, on: day, in: Season.code, by: office, at: Self.seen)
            try await plans.send(2, to: 2, on: day, in: Season.code, by: office, at: Self.seen)
            await #expect(throws: PanelRefusal.planned) {
                try await plans.send(5, to: 1, on: day, in: Season.code, by: office, at: Self.seen)
            }
            for (visitor, proposal) in [(6, 2), (5, 3), (99, 1)] {
                await #expect(throws: PanelRefusal.self) {
                    try await plans.send(visitor, to: proposal, on: day, in: Season.code, by: office, at: Self.seen)
                }
            }
            let (one, actor) = (1, try season.actor("panelis1"))
            let typed = ["periksa.berjalan": "yes", "catatan": "Ramai."]
            func report(_ typed: [String: String], _ device: String?, _ version: Int) async throws -> Int {
                try await visits.report(one, typed, device: device, basedOn: version, by: actor, at: Self.seen)
            }
            #expect(try await report(typed, "telepon-1", 1) == 2)
            // The answer was lost: the same again, from the version it knew.
            #expect(try await report(typed, "telepon-1", 1) == 2)
            // Written on while the answer was lost: its own last report is no stranger's.
            #expect(try await report(typed.merging(["catatan": "Ramai sekali."]) { $1 }, "telepon-1", 1) == 3)
            await #expect(throws: PanelRefusal.overtaken(version: 3)) { _ = try await report(typed, "telepon-2", 1) }
            #expect(try await report(typed, "telepon-2", 3) == 4)
            await #expect(throws: PanelRefusal.overtaken(version: 4)) {
                _ = try await report(["catatan": "Sepi."], "telepon-1", 3)
            }
            let records = try await season.database.read { db in
                try Visits.all(in: Editions.found(Season.code, db).id, db)
            }
            #expect(
                records == [
                    VisitRecord(
                        proposal: 1, evaluator: 5, planned: day,
                        report: VisitReport(answers: ["berjalan": "yes"], remarks: "Ramai."), photos: [])
                ])
            // Late by less than a week is taken; others never see it; a reported visit stays.
            #expect(
                try await visits.report(
                    one, ["catatan": "Terlambat kirim."], device: "telepon-2", basedOn: 4, by: actor,
                    at: Season.noon("2027-08-25")) == 5)
            await #expect(throws: PanelRefusal.self) {
                try await visits.report(
                    one, typed, device: "telepon-2", basedOn: 5, by: actor, at: Season.noon("2027-09-02"))
            }
            for name in ["panelis2", "penilai2", "sekretariat", "admin1"] {
                await #expect(throws: PanelRefusal.missing) {
                    try await visits.sheet(one, for: season.person(name), at: Self.seen)
                }
            }
            await #expect(throws: PanelRefusal.reported) {
                try await plans.cancel(one, in: Season.code, by: office, at: Self.seen)
            }
            try await plans.cancel(2, in: Season.code, by: office, at: Self.seen)
            await #expect(throws: PanelRefusal.missing) {
                try await visits.sheet(2, for: season.person("penilai2"), at: Self.seen)
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `the form takes fields and photos without a script, and the script's sendings once`(
        _ engine: Engine
    ) async throws {
        try await Season.with(engine) { season in
            try await season.openStages()
            try await season.choose([1])
            let plans = VisitPlans(season.database, publicURL: "https://simpul.example")
            try await season.serve { _, desk in
                VisitPlanPages(plans).add(to: desk)
                FieldPages(PanelDesks(season.database), Visits(season.database), files: season.files).add(to: desk)
            } _: { client in
                let place = "/kerja/kompetisi/kipp-2027/lapangan"
                #expect(try await client.get(place, as: "hub").status == 403)
                #expect(try await client.post(place, as: "sekretariat", [("hari", "besok")]).status == 422)
                let planned = try await client.post(
                    place, as: "sekretariat", [("usulan", "1"), ("petugas", "2"), ("hari", "2027-08-06")])
                #expect(planned["location"] == place)
                #expect(try await client.get("/kerja/lapangan", as: "penilai2").text.contains("Layanan 1"))
                #expect(!(try await client.get("/kerja/lapangan", as: "penilai1").text.contains("Layanan 1")))
                let visit = "/kerja/lapangan/1"
                let page = try await client.get(visit, as: "penilai2")
                #expect(page.text.contains("Pengguna hari ini"))
                #expect(page["permissions-policy"]?.contains("geolocation=(self)") == true)
                for (name, status) in [
                    ("penilai1", 404), ("panelis1", 404), ("sekretariat", 403), ("admin1", 403), ("hub", 403),
                ] {
                    #expect(try await client.get(visit, as: name).status == status)
                    #expect(try await client.multipart(visit, as: name, [("catatan", "x")]).status == status)
                }
                let wrong = try await client.multipart(
                    visit, as: "penilai2", [("versi", "1"), ("catatan", "Ditulis."), ("periksa.pengguna", "banyak")])
                #expect(wrong.status == 422)
                #expect(wrong.text.contains("Tulis angka, misalnya 120 atau 27,5."))
                #expect(wrong.text.contains("\nDitulis.</textarea>"))
                let sent = try await client.multipart(
                    visit, as: "penilai2", [("versi", "1"), ("catatan", "Ditulis."), ("periksa.berjalan", "no")],
                    ("foto", "Loket.png", Self.png))
                #expect(sent["location"] == "/kerja/lapangan/1?terkirim=1")
                #expect(try await client.get(visit, as: "penilai2").text.contains("Loket.png</a>"))
                // What another device typed meanwhile is shown beside what is stored.
                let clash = try await client.multipart(visit, as: "penilai2", [("versi", "1"), ("catatan", "Lain.")])
                #expect(clash.status == 409)
                #expect(clash.text.contains("<dd>Ditulis.</dd>"))
                #expect(clash.text.contains("\nLain.</textarea>"))
                #expect(clash.text.contains("name=\"versi\" value=\"2\""))

                let script = [
                    ("otomatis", "1"), ("hanya-foto", "1"), ("kunci", "abcd-1234"), ("diambil", "1817510400000"),
                ]
                for _ in 1...2 {
                    let told = try await client.multipart(
                        visit, as: "penilai2", script, ("foto", "Antrean.png", Self.png))
                    #expect(told.status == 200)
                    #expect(told.text.contains("\"abcd-1234\""))
                }
                let report = try await client.get("\(place)/1", as: "sekretariat")
                #expect(report.text.contains("2 foto"))
                #expect(report.text.contains("Antrean.png"))
                let photo = "/kerja/lapangan/1/foto/abcd-1234"
                #expect(try await client.get(photo, as: "penilai2").body == Self.png)
                #expect(try await client.get(photo, as: "sekretariat").body == Self.png)
                #expect(try await client.get(photo, as: "penilai1").status == 404)
                let bad = try await client.multipart(
                    visit, as: "penilai2", [("otomatis", "1"), ("hanya-foto", "1")], ("foto", "x.png", Array("x".utf8)))
                #expect(bad.status == 422)
            }
        }
    }
}

import Database
import Directory
import Kernel
import Logging
import People
import Support
import Testing

@testable import Validation

struct StandingReminderTests {
    private let now = StandingOffice.now

    private func reminders(_ office: StandingOffice) -> Reminders {
        Reminders(
            office.database, publicURL: StandingOffice.publicURL,
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
    }

    private func messages(_ office: StandingOffice) async throws -> [String] {
        try await office.database.read {
            try $0.rows("SELECT fact, address FROM message ORDER BY fact, address") {
                "\(try $0.text("fact")) \(try $0.text("address"))"
            }
        }
    }

    @Test func `the step that applies is the latest one that the days left have reached`() {
        #expect(
            [31, 30, 8, 7, 2, 1, 0, -1, -300].map { Reminder(daysLeft: $0) } == [
                nil, .month, .month, .week, .week, .day, .day, .overdue, .overdue,
            ])
        #expect(
            Reminder.morning(of: Instant(startOf: Day(2026, 1, 2)!))
                == Instant(milliseconds: Instant(startOf: Day(2026, 1, 2)!).milliseconds + 25_200_000))
        #expect(Reminder.morning(of: now) == now)
    }

    @Test(arguments: Engine.tested)
    func `each step is sent once, in one message a day with all of an institution's records`(
        engine: Engine
    ) async throws {
        try await StandingOffice.with(engine) { office in
            let end = { (days: Int) in Instant(startOf: now.adding(days: days + 1).day()) }
            try await office.validate(1, at: now.adding(days: -300), until: end(30))
            try await office.validate(2, at: now.adding(days: -300), until: end(7))
            try await office.validate(3, at: now.adding(days: -300), until: end(31))
            #expect(try await reminders(office).sendDue(at: now) == 2)
            let first = ["admin", "validator"].map { "due:R33.72:2026-11-21 \($0)@contoh.example" }
            #expect(try await messages(office) == first)
            let body = try await office.database.read { try $0.first("SELECT body FROM message")?.text("body") }
            #expect(
                body == """
                    Masa berlaku data berikut berakhir:

                    - Inovasi 2: berlaku sampai 28 November 2026, 7 hari lagi
                    - Inovasi 1: berlaku sampai 21 Desember 2026, 30 hari lagi

                    Perpanjang sekaligus di
                    https://simpul.example/kerja/perpanjang
                    """)
            // Again on the same day, and by another node: nothing.
            #expect(try await reminders(office).sendDue(at: now) == 0)
            #expect(try await reminders(office).sendDue(at: Instant(milliseconds: now.milliseconds + 3_600_000)) == 0)
            // The next day record 3 reaches its 30 days; the others have been told.
            #expect(try await reminders(office).sendDue(at: now.adding(days: 1)) == 1)
            #expect(try await messages(office).count == 4)
            // A renewed record is a new date.
            _ = try await Renewals(office.database, publicURL: "").renew(
                (1...3).map { .init(id: $0, revision: 1, Renewal(.continuing)) }, by: try office.actor("admin"), at: now
            )
            #expect(try await reminders(office).sendDue(at: now.adding(days: 40)) == 0)
        }
    }

    @Test(arguments: Engine.tested) func `after days without the program only the latest step is sent`(
        engine: Engine
    ) async throws {
        try await StandingOffice.with(engine) { office in
            let until = Instant(startOf: now.adding(days: 3).day())
            try await office.validate(1, at: now.adding(days: -300), until: until)
            #expect(try await reminders(office).sendDue(at: now.adding(days: -40)) == 0)
            #expect(try await reminders(office).sendDue(at: now) == 1)
            #expect(try await reminders(office).sendDue(at: now.adding(days: 30)) == 1)
            #expect(try await reminders(office).sendDue(at: now.adding(days: 60)) == 0)
            let stages = try await office.database.read {
                try $0.rows("SELECT stage FROM reminder ORDER BY at") { try $0.int("stage") }
            }
            #expect(stages == [7, 0])
        }
    }

    @Test(arguments: Engine.tested) func `a stopped innovation and an institution without people are not reminded`(
        engine: Engine
    ) async throws {
        try await StandingOffice.with(engine) { office in
            try await office.validate(1, at: now.adding(days: -300), until: now.adding(days: 2))
            _ = try await Renewals(office.database, publicURL: "").renew(
                [.init(id: 1, revision: 1, Renewal(.stopped, reason: .staff))], by: try office.actor("admin"), at: now)
            #expect(try await reminders(office).sendDue(at: now.adding(days: 360)) == 0)
            try await office.validate(4, at: now.adding(days: -300), until: now.adding(days: 2), by: "tetangga")
            try await office.database.write { try $0.execute("UPDATE account SET state = 'suspended' WHERE id = 3") }
            #expect(try await reminders(office).sendDue(at: now) == 0)
            try await office.database.write { try $0.execute("UPDATE account SET state = 'active' WHERE id = 3") }
            #expect(try await reminders(office).sendDue(at: now) == 1)
        }
    }

    @Test(arguments: Engine.tested) func `units that sent nothing are reminded of a date; the page says who has`(
        engine: Engine
    ) async throws {
        try await StandingOffice.with(engine) { office in
            let collections = Collections(office.database)
            await #expect(throws: CollectionRefusal.self) {
                _ = try await collections.set(
                    title: "x", dueOn: "2026-11-20", at: StandingOffice.surakarta, by: try office.actor("admin"),
                    at: now)
            }
            await #expect(throws: DeskRefusal.notYours(.manageUnits)) {
                _ = try await collections.set(
                    title: "Pemutakhiran", dueOn: "2026-11-28", at: StandingOffice.surakarta,
                    by: try office.actor("tetangga"), at: now)
            }
            let id = try await collections.set(
                title: "Pemutakhiran", dueOn: "2026-11-28", at: StandingOffice.surakarta, by: try office.actor("admin"),
                at: now)
            let unit = try office.person("unit").account
            try await office.database.write(at: now) { db in
                try db.insert(
                    "draft",
                    [
                        "id", "institution", "unit", "state", "title", "content", "version", "round", "created_at",
                        "created_by", "updated_at", "updated_by", "submitted_at",
                    ],
                    [
                        [
                            1.sqlValue, StandingOffice.surakarta.sqlValue, 2.sqlValue, "submitted".sqlValue,
                            "Contoh".sqlValue, "{\"title\":\"Contoh\"}".sqlValue, 1.sqlValue, 1.sqlValue, now.sqlValue,
                            unit.sqlValue, now.sqlValue, unit.sqlValue, now.sqlValue,
                        ]
                    ])
                try db.insert("draft_writer", ["draft", "account"], [[1.sqlValue, unit.sqlValue]])
                try db.insert(
                    "submission", ["draft", "round", "at", "account", "content", "claims"],
                    [[1.sqlValue, 1.sqlValue, now.sqlValue, unit.sqlValue, "{}".sqlValue, "[]".sqlValue]])
            }
            let (collection, units) = try await collections.show(id, for: try office.person("admin"))
            #expect(units.map(\.unit) == ["Dinas Kesehatan", "Dinas Sosial"])
            #expect(units.map { $0.state(for: collection) } == [.nothing, .sent])
            let chat = ChatReminder(collection, units, publicURL: StandingOffice.publicURL, at: now).text.indonesian
            #expect(
                chat == """
                    Pemutakhiran, batas isian 28 November 2026 (7 hari lagi)
                    Sudah mengirim: 1 dari 2 unit.
                    Yang masih ditunggu:
                    - Dinas Kesehatan
                    Isi di https://simpul.example/kerja/inovasi
                    """)
            _ = try await reminders(office).sendDue(at: now)
            _ = try await reminders(office).sendDue(at: now)
            #expect(
                try await messages(office) == [
                    "collection:1:2026-11-28:7 admin@contoh.example", "collection:1:2026-11-28:7 unit@contoh.example",
                ])
            for name in ["tetangga", "hubLain"] {
                await #expect(throws: CollectionRefusal.unknown) {
                    _ = try await collections.show(id, for: try office.person(name))
                }
            }
            try await office.serve { client in
                for path in ["/kerja/batas", "/kerja/batas/1", "/kerja/batas/1/lembar", "/kerja/batas/1/unit.xlsx"] {
                    #expect(try await client.get(path, as: "admin").status == 200)
                    #expect(try await client.get(path, as: "unit").status == 403)
                }
                #expect(try await client.get("/kerja/batas/1/lembar", as: "tetangga").status == 404)
                let failed = try await client.post(
                    "/kerja/batas", as: "admin", [("instansi", "R33.72"), ("judul", "Uji <b>"), ("batas", "kemarin")])
                #expect(failed.status == 422)
                #expect(failed.text.contains("value=\"Uji &lt;b&gt;\""))
            }
        }
    }

    @Test(arguments: Engine.tested) func `a calendar's private address shows its account's own deadlines until it ends`(
        engine: Engine
    ) async throws {
        try await StandingOffice.with(engine) { office in
            let later = Instant.now().adding(days: 40)
            try await office.validate(1, at: now.adding(days: -300), until: Instant(startOf: later.day()))
            try await office.validate(4, at: now.adding(days: -300), until: later, by: "tetangga")
            try await office.serve { client in
                let addresses = CalendarAddresses(office.database)
                let admin = try office.actor("admin")
                let address = try await addresses.make(for: 1, by: admin, at: now)
                let feed = try await client.get("/kalender/\(address).ics")
                #expect(feed["content-type"] == "text/calendar; charset=utf-8")
                #expect(feed["cache-control"]?.contains("public") != true)
                #expect(feed.text.components(separatedBy: "BEGIN:VEVENT").count == 2)
                #expect(feed.text.contains("SUMMARY:1 data inovasi jatuh tempo"))
                #expect(!feed.text.contains("Cilacap"))
                _ = try await addresses.make(for: 1, by: admin, at: now)
                #expect(try await client.get("/kalender/\(address).ics").status == 404)
                let stored = try await office.database.read {
                    try $0.first("SELECT calendar FROM account WHERE id = 1")?.text("calendar")
                }
                #expect(try await client.get("/kalender/\(try #require(stored)).ics").status == 404)
            }
        }
    }
}

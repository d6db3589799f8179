import Database
import Directory
import Kernel
import People
import Support
import Testing

@testable import Validation

struct StandingRenewalTests {
    private let now = StandingOffice.now

    private func renewals(_ office: StandingOffice) -> Renewals {
        Renewals(office.database, publicURL: StandingOffice.publicURL)
    }

    private func answer(_ id: Int, _ choice: Renewal.Choice, reason: Renewal.Reason? = nil, revision: Int = 1)
        -> Renewals.Answer
    {
        Renewals.Answer(id: id, revision: revision, Renewal(choice, reason: reason))
    }

    @Test(arguments: Engine.tested) func `what is due or late is listed oldest first and counted with the rest`(
        engine: Engine
    ) async throws {
        try await StandingOffice.with(engine, surakarta: 5) { office in
            let made = now.adding(days: -365)
            try await office.validate(1, at: made, until: now.adding(days: 12))
            try await office.validate(2, at: made, until: now.adding(days: -8))
            try await office.validate(3, at: made, until: now.adding(days: 200))
            try await office.validate(4, at: made, until: now)
            try await office.validate(6, at: made, until: now, by: "tetangga")
            let page = try await renewals(office).list(at: [StandingOffice.surakarta], all: false, now: now)
            #expect(page.lines.map(\.id) == [2, 4, 1])
            let counts: [Int] = [page.total, page.valid, page.due, page.overdue, page.never]
            #expect(counts == [5, 1, 1, 2, 1])
            let all = try await renewals(office).list(at: [StandingOffice.surakarta], all: true, now: now)
            #expect(all.lines.map(\.id) == [2, 4, 1, 3])
        }
    }

    @Test(arguments: Engine.tested) func `a long list is paged without gaps, with as many statements as a short one`(
        engine: Engine
    ) async throws {
        try await StandingOffice.with(engine, surakarta: 120) { office in
            for id in 1...120 {
                try await office.validate(id, at: now.adding(days: -400), until: now.adding(days: -id / 7))
            }
            var seen: [Int] = []
            var marker: Renewals.Marker?
            repeat {
                let before = office.database.statements
                let page = try await renewals(office).list(
                    at: [StandingOffice.surakarta], all: false, after: marker, now: now)
                #expect(office.database.statements - before == 3)
                #expect(page.lines.count <= Renewals.rows)
                seen += page.lines.map(\.id)
                marker = page.next.flatMap { Renewals.Marker($0.text) }
            } while marker != nil
            #expect(seen.count == 120)
            #expect(Set(seen) == Set(1...120))
        }
    }

    @Test(arguments: Engine.tested) func `forty records are renewed at once, each with a revision that says so`(
        engine: Engine
    ) async throws {
        try await StandingOffice.with(engine, surakarta: 40) { office in
            for id in 1...40 { try await office.validate(id, at: now.adding(days: -365), until: now.adding(days: 5)) }
            let outcome = try await renewals(office).renew(
                (1...40).map { answer($0, $0 == 40 ? .stopped : .continuing, reason: $0 == 40 ? .budget : nil) },
                by: try office.actor("validator"), at: now)
            #expect(outcome == Renewals.Outcome(renewed: Array(1...39), stopped: [40]))
            let first = try await office.innovations.show(1)
            #expect(first.validity.validation?.by == "Kantor validator")
            #expect(first.validity.validation?.lastDay == Day(2027, 11, 21))
            #expect(first.innovation.continuity == .continuing)
            #expect(first.innovation.continuityOn == Day(2026, 11, 21))
            #expect(first.revision == 2)
            let source = try #require(first.origin.source(of: .continuity))
            #expect(first.sources.first { $0.id == source }?.source == "Simpul")
            let last = try await office.innovations.show(40)
            #expect(last.validity.state(at: now) == .stopped)
            #expect(last.innovation.continuityReason == "Anggaran belum tersedia")
            let acts = try await office.database.read {
                try $0.rows("SELECT act, COUNT(*) AS n FROM validation GROUP BY act ORDER BY act") {
                    "\(try $0.text("act")) \(try $0.int("n"))"
                }
            }
            #expect(acts == ["renewed 39", "stopped 1", "validated 40"])
            #expect(
                try await renewals(office).list(at: [StandingOffice.surakarta], all: true, now: now).lines.count == 39)
        }
    }

    @Test(arguments: Engine.tested) func `one answer that does not pass keeps all the others from being saved`(
        engine: Engine
    ) async throws {
        try await StandingOffice.with(engine) { office in
            for id in 1...3 { try await office.validate(id, at: now.adding(days: -365), until: now) }
            await #expect(
                throws: RenewalRefusal.incomplete([
                    Problem("a2", Phrase("Pilih alasan berhenti.", "Choose why it stopped."))
                ])
            ) {
                _ = try await renewals(office).renew(
                    [answer(1, .continuing), answer(2, .stopped)], by: try office.actor("admin"), at: now)
            }
            #expect(try await office.innovations.show(1).revision == 1)
            // A record that somebody else renewed meanwhile.
            _ = try await renewals(office).renew([answer(3, .developing)], by: try office.actor("validator"), at: now)
            let stale = await #expect(throws: RenewalRefusal.self) {
                _ = try await renewals(office).renew(
                    [answer(1, .continuing), answer(3, .continuing)], by: try office.actor("admin"), at: now)
            }
            #expect(stale?.problems.map(\.field) == ["k3"])
            #expect(try await office.innovations.show(1).revision == 1)
        }
    }

    @Test(arguments: Engine.tested) func `nobody renews another institution's record, nor after losing the right`(
        engine: Engine
    ) async throws {
        try await StandingOffice.with(engine) { office in
            try await office.validate(1, at: now.adding(days: -365), until: now)
            for name in ["tetangga", "unit", "hub", "sekretariat"] {
                let refused = await #expect(throws: RenewalRefusal.self) {
                    _ = try await renewals(office).renew([answer(1, .continuing)], by: try office.actor(name), at: now)
                }
                #expect(refused?.problems.map(\.field) == ["k1"])
            }
            try await office.database.write { try $0.execute("UPDATE role_grant SET until_at = \(now) WHERE id = 2") }
            await #expect(throws: RenewalRefusal.self) {
                _ = try await renewals(office).renew(
                    [answer(1, .continuing)], by: try office.actor("validator"), at: now)
            }
            #expect(try await office.innovations.show(1).revision == 1)
        }
    }

    @Test(arguments: Engine.tested) func `the screen keeps every choice when one is incomplete, and asks before many`(
        engine: Engine
    ) async throws {
        try await StandingOffice.with(engine) { office in
            let made = Instant.now().adding(days: -365)
            for id in 1...3 { try await office.validate(id, at: made, until: Instant.now().adding(days: 3)) }
            try await office.serve { client in
                let versions = [("v1", "1"), ("v2", "1"), ("v3", "1")]
                let failed = try await client.post(
                    "/kerja/perpanjang", as: "admin",
                    versions + [("k1", "continuing"), ("k2", "stopped"), ("t2", "karena <pindah>")])
                #expect(failed.status == 422)
                #expect(failed.text.contains("name=\"k1\" value=\"continuing\" id=\"f-k1\" checked"))
                #expect(failed.text.contains("name=\"k2\" value=\"stopped\" checked"))
                #expect(failed.text.contains("value=\"karena &lt;pindah&gt;\""))
                #expect(failed.text.contains("<a href=\"#f-a2\">Inovasi 2: Pilih alasan berhenti.</a>"))
                let asked = try await client.post(
                    "/kerja/perpanjang", as: "admin", versions + [("k1", "change"), ("semua", "1")])
                #expect(asked.status == 200)
                #expect(asked.text.contains("<h1>Nyatakan 2 data inovasi masih benar?</h1>"))
                #expect(try await office.innovations.show(2).revision == 1)
                let done = try await client.post(
                    "/kerja/perpanjang", as: "admin",
                    versions + [("k1", "change"), ("k2", "continuing"), ("k3", "developing")])
                #expect(done["location"] == "/kerja/perpanjang?benar=2&berhenti=0&ubah=1")
                #expect(try await office.innovations.show(2).revision == 2)
                #expect(try await office.innovations.show(1).revision == 1)
                let after = try await client.get("/kerja/perpanjang", as: "admin")
                #expect(after.text.contains("sedang diubah"))
                #expect(after.text.contains("<h1 id=\"panjang\">1 data inovasi perlu diperpanjang</h1>"))
            }
        }
    }

    @Test(arguments: Engine.tested) func `who took an institution's place renews its records`(
        engine: Engine
    ) async throws {
        try await StandingOffice.with(engine) { office in
            try await office.validate(1, at: now.adding(days: -365), until: now)
            try await office.database.write { db in
                try db.insert(
                    "institution_succession", ["institution", "successor", "year", "source"],
                    [
                        [
                            StandingOffice.surakarta.sqlValue, StandingOffice.cilacap.sqlValue, 2026.sqlValue,
                            "contoh".sqlValue,
                        ]
                    ])
            }
            let page = try await renewals(office).list(at: [StandingOffice.cilacap], all: false, now: now)
            #expect(page.lines.map(\.id) == [1])
            let outcome = try await renewals(office).renew(
                [answer(1, .continuing)], by: try office.actor("tetangga"), at: now)
            #expect(outcome.renewed == [1])
        }
    }

    @Test func `a reason is shown in the agency's words, and another reason needs some`() {
        #expect(Renewal(.stopped, reason: .staff, note: "sejak Juni").reasonText == "Petugas pindah. sejak Juni")
        #expect(Renewal(.stopped, reason: .other, note: "banjir").reasonText == "banjir")
        #expect(Renewal(.stopped, reason: .other).problems(of: 4).map(\.field) == ["t4"])
        #expect(Renewal(.continuing, note: String(repeating: "a", count: 501)).problems(of: 4).map(\.field) == ["t4"])
        #expect(Renewal(.change).applied(to: Innovation(), on: Day(2026, 1, 1)!) == nil)
    }
}

import Database
import Kernel
import People
import Support
import Testing

/// What a page says holds when it is read: after a form was answered, and (below) after a term ended by itself.
@Suite struct FreshnessJourneyTests {
    private static let pages = [
        "/inovasi?q=antar", "/inovasi", "/instansi/P33", "/kemutakhiran", "/", "/en/inovasi?q=antar",
    ]

    @Test(arguments: Engine.tested)
    func `what a validator's form changed is on every public page and found by search at once`(engine: Engine)
        async throws
    {
        try await Served.with(engine) { site in
            let cast = try await ValidationJourneyTests.Cast(site)
            let draft = try await cast.written()
            #expect(try await cast.writer.send("\(draft)/periksa", []).status == 303)
            var before: [String: String] = [:]
            for page in Self.pages { before[page] = try await site.client.get(page).text }
            func plain(_ text: String) -> String { text.replacing("<mark>", with: "").replacing("</mark>", with: "") }
            #expect(plain(before["/inovasi?q=antar"] ?? "Antar Dokumen").contains("Antar Dokumen") == false)
            let number = try #require(draft.split(separator: "/").last)
            let done = try await cast.validator.send("/kerja/periksa/\(number)", [("decision", "validate")])
            #expect(done.status == 303, "\(done.text)")
            for page in Self.pages {
                #expect(try await site.client.get(page).text != before[page], "\(page) is as it was")
            }
            for page in ["/inovasi?q=antar", "/en/inovasi?q=antar", "/api/v1/innovations?q=antar"] {
                #expect(plain(try await site.client.get(page).text).contains("Antar Dokumen"), "\(page)")
            }

            let renewed = try await cast.validator.send(
                "/kerja/perpanjang", from: "/kerja/perpanjang?semua=1",
                [
                    ("v1", "1"), ("k1", "stopped"), ("a1", "budget"), ("t1", "Anggaran berakhir."),
                ])
            #expect(renewed.status == 303, "\(renewed.text)")
            let page = try await site.client.get("/inovasi/1").text
            #expect(page.contains("berhenti"))
        }
    }
}

/// Run one after another beside nothing else: a busy machine would let the term end too early.
@Suite(.serialized) struct FreshnessTimingTests {
    @Test(arguments: Engine.tested)
    func `a page that is kept ends with the term it shows`(engine: Engine) async throws {
        try await Served.with(engine, csv: tenRecords, checked: false) { site in
            let now = Instant.now()
            let edges = [
                ("due", Instant(milliseconds: now.milliseconds + 2500).adding(days: 30)),
                ("overdue", Instant(milliseconds: now.milliseconds + 2500)),
            ]
            try await site.database.write(at: now) { db in
                for (id, edge) in edges.enumerated() {
                    try db.execute(
                        """
                        UPDATE innovation SET validated_at = \(now.adding(days: -340)), validated_by = 'Biro Contoh',
                            valid_until = \(edge.1), continuity = 'continuing' WHERE id = \(id + 1)
                        """)
                }
            }
            let pages = ["/inovasi", "/inovasi/1", "/inovasi/2", "/kemutakhiran", "/kemutakhiran.csv"]
            var before: [String: [UInt8]] = [:]
            for page in pages { before[page] = try await site.client.get(page).body }
            for page in pages {
                let again = try await site.client.get(page)
                #expect(again.status == 200)
                #expect(again.body == before[page], "\(page) is another while nothing changed")
            }
            let wait = now.milliseconds + 2600 - Instant.now().milliseconds
            try await Task.sleep(for: .milliseconds(max(1, wait)))
            for page in pages {
                #expect(try await site.client.get(page).body != before[page], "\(page) still shows the term that ended")
            }
        }
    }
}

import Database
import Directory
import Foundation
import Institutions
import Kernel
import Support
import Testing
import Web

@testable import App

/// Joined records on the public pages: where old addresses lead, what is told of sources, what is not told at all.
@Suite struct MergeJourneyTests {
    private static func row(_ name: String, _ title: String, summary: String, year: Int) -> SourceRow {
        var innovation = Innovation()
        innovation.title = title
        innovation.institution = "R33.72"
        innovation.yearStated = year
        innovation.texts[.summary] = summary
        return SourceRow(
            externalID: name, reference: nil, content: "{\"judul\":\"\(title)\",\"<b>kolom\":\"\(name)\"}",
            innovation: innovation)
    }

    /// Two records of one thing and one that waits, numbers 11 to 13; returns the merge of the first two.
    private func prepare(_ site: Served) async throws -> Int {
        try await site.database.write(at: .now()) { db in
            let lan = try db.nextID("source")
            try db.insert(
                "source", ["id", "name", "at", "owner", "licence"],
                [
                    [
                        lan.sqlValue, "lan".sqlValue, db.at.sqlValue, "Lembaga Administrasi Negara".sqlValue,
                        "Data terbuka".sqlValue,
                    ]
                ])
            let actor = Actor(name: "import:lan")
            let rows: [(row: SourceRow, arrival: Innovations.Arrival)] = [
                (Self.row("lan-1", "Simpul Uji Gabungan", summary: "Kata yang satu", year: 2018), .publish),
                (Self.row("lan-2", "Simpul Uji Gabungan Dua", summary: "Kata yang lain", year: 2019), .publish),
                (Self.row("lan-3", "Simpul Uji Menunggu", summary: "Tersembunyi", year: 2020), .wait),
            ]
            let taken = try Innovations.take(rows, from: lan, by: actor, reason: "Impor dari lan", db)
            return try Innovations.merge(
                taken[1].innovation, into: taken[0].innovation, probability: 0.987,
                by: Actor(name: "account:1", office: "Bagian Organisasi"), reason: "Judul dan instansinya sama", db)
        }
    }

    @Test(arguments: Engine.tested)
    func `every address of a merged record leads to the record it belongs to, until that is taken back`(engine: Engine)
        async throws
    {
        try await Served.with(engine, csv: tenRecords) { site in
            let merge = try await prepare(site)
            try await site.portal.catalogue.catchUp()
            let moved = [
                "/inovasi/12": "/inovasi/11", "/en/inovasi/12": "/en/inovasi/11",
                "/inovasi/12/riwayat": "/inovasi/11/riwayat", "/en/inovasi/12/riwayat": "/en/inovasi/11/riwayat",
                "/inovasi/12/riwayat/1": "/inovasi/11/riwayat", "/inovasi/12/sumber": "/inovasi/11/sumber",
                "/en/inovasi/12/sumber": "/en/inovasi/11/sumber", "/inovasi/12/lapor": "/inovasi/11/lapor",
                "/inovasi/12/data.json": "/inovasi/11/data.json", "/inovasi/12/data.csv": "/inovasi/11/data.csv",
                "/inovasi/12/kutipan.bib": "/inovasi/11/kutipan.bib",
                "/inovasi/12/bukti/1": "/inovasi/11/bukti/1",
                "/api/v1/innovations/12": "/api/v1/innovations/11",
                "/api/v1/innovations/12/revisions/1": "/api/v1/innovations/11",
            ]
            for (from, to) in moved {
                let answer = try await site.client.get(from)
                #expect(answer.status == 308, "\(from)")
                #expect(answer["location"] == to, "\(from)")
            }
            let waiting = [
                "/inovasi/13", "/en/inovasi/13", "/inovasi/13/riwayat", "/inovasi/13/riwayat/1", "/inovasi/13/sumber",
                "/inovasi/13/lapor", "/inovasi/13/data.json", "/inovasi/13/data.csv", "/inovasi/13/kutipan.bib",
                "/api/v1/innovations/13", "/api/v1/innovations/13/revisions/1",
            ]
            for address in waiting { #expect(try await site.client.get(address).status == 404, "\(address)") }
            for address in [
                "/inovasi?q=simpul+uji", "/inovasi.csv", "/inovasi.jsonl", "/umpan.atom", "/sitemap.xml",
                "/api/v1/innovations?q=simpul+uji", "/instansi/R33.72", "/inovasi/11/sumber", "/inovasi/11/data.json",
            ] {
                let answer = try await site.client.get(address)
                #expect(answer.status == 200, "\(address)")
                #expect(!answer.text.contains("Menunggu"), "\(address)")
                #expect(!answer.text.contains("inovasi/12"), "\(address)")
                #expect(!answer.text.contains("inovasi/13"), "\(address)")
            }
            #expect(site.portal.catalogue.count == 11)

            try await site.database.write(at: .now()) {
                try Innovations.undo(
                    merge: merge, by: Actor(name: "account:2", office: "LAN"), reason: "Dua layanan berbeda", $0)
            }
            try await site.portal.catalogue.catchUp()
            let back = try await site.client.get("/inovasi/12")
            #expect(back.status == 200)
            #expect(back.text.contains("Kata yang lain"))
            #expect(site.portal.catalogue.count == 12)
        }
    }

    @Test(arguments: Engine.tested)
    func `the page shows both values where sources differ, and what each source says with its lineage`(engine: Engine)
        async throws
    {
        try await Served.with(engine, csv: tenRecords) { site in
            let merge = try await prepare(site)
            try await site.database.write(at: .now()) { try Innovations.relate(12, 1, by: .system, $0) }
            let page = try await site.client.get("/inovasi/11").text
            #expect(page.contains("Kata yang satu"))
            #expect(page.contains("Kata yang lain"))
            #expect(page.contains("<strong>2018</strong></span> (dipakai)"))
            #expect(page.contains("2019</span> (tidak dipakai)"))
            let related = try #require(page.range(of: "id=\"berkaitan\""))
            #expect(page[related.upperBound...].contains("href=\"/inovasi/1\""))
            let sources = try await site.client.get("/inovasi/11/sumber").text
            for words in [
                "2 keterangan, berbeda pada 3 bagian", "Lembaga Administrasi Negara", "Data terbuka", "lan-1", "lan-2",
                "2 data digabung menjadi satu", "Judul dan instansinya sama", "Bagian Organisasi", "98 persen",
            ] {
                #expect(sources.contains(words), "\(words)")
            }
            // A column that means nothing to the directory may hold a person's name or number: it is not public.
            #expect(!sources.contains("kolom"))
            #expect(
                try await site.client.get("/en/inovasi/11/sumber").text.contains("2 statements that differ on 3 parts"))
            try await site.database.write(at: .now()) {
                try Innovations.undo(
                    merge: merge, by: Actor(name: "account:2", office: "LAN"), reason: "Dua layanan berbeda", $0)
            }
            try await site.portal.catalogue.catchUp()
            let after = try await site.client.get("/inovasi/11/sumber").text
            #expect(after.contains("Pernah digabung, sekarang berdiri sendiri"))
            #expect(after.contains("Dua layanan berbeda"))
            #expect(after.contains("<a href=\"/inovasi/12\">12</a>"))
            #expect(try await site.client.get("/inovasi/1").text.contains("href=\"/inovasi/12\""))
        }
    }
}

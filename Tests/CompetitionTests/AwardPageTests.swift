import Database
import Directory
import Foundation
import Institutions
import Kernel
import People
import Support
import Testing
import Web

@testable import Competition

@Suite struct AwardPageTests {
    @Test(arguments: Engine.tested)
    func `a certificate, its files and the keys are public once announced, and not a byte before`(engine: Engine)
        async throws
    {
        try await Season.with(engine) { season in
            try await season.withKeys { keys in
                let office = try season.actor("sekretariat")
                let sitting = try await season.judged()
                let results = Results(season.database, keys: keys)
                let awards = Awards(season.database, keys: keys)
                try await results.freeze(Season.code, reason: nil, by: office, at: ResultTests.freezing)
                // The pages go by the machine's clock: long before, and long after, this season.
                try await season.announce(.awards, sitting: sitting, publishAt: Season.noon("2199-01-01"))
                let serial = try await awards.issue(Season.code, by: office, at: ResultTests.freezing)[0]
                let missing = AwardStatement.serial(edition: Season.code, number: 9)
                let register = try await Register.load(season.database)
                let pages = AwardPages(awards, printer: nil, style: "", mark: "", publicURL: "https://simpul.example")
                try await season.serve({ routes, desk in
                    pages.add(to: routes)
                    FunnelPages(
                        Funnels(season.database), register: { register }, publicURL: "https://simpul.example"
                    ).add(to: routes)
                    ResultPages(results, awards, register: { register }).add(to: desk)
                }) { client in
                    for path in ["", ".json", ".svg", ".pdf"] {
                        let pending = try await client.get("/penghargaan/\(serial)\(path)")
                        let absent = try await client.get("/penghargaan/\(missing)\(path)")
                        #expect(pending.status == 404)
                        #expect(pending.text.replacing(serial, with: "") == absent.text.replacing(missing, with: ""))
                    }
                    let quiet = try await client.get("/kompetisi/\(Season.code)/angka.json").text
                    #expect(
                        quiet.hasSuffix(
                            #""stages":["registered","submitted"],"total":{"registered":6,"submitted":6}}"#))

                    try await season.announce(.awards, sitting: sitting, publishAt: Season.noon("2020-01-01"))
                    let page = try await client.get("/penghargaan/\(serial)")
                    #expect(page.status == 200)
                    for said in ["Layanan 1", "Provinsi Jawa Tengah", "7 Tahun 2027", serial, "Berlaku"] {
                        #expect(page.text.contains(said), "\(said)")
                    }
                    let file = try await client.get("/penghargaan/\(serial).json")
                    let award = try #require(AwardFile(Data(file.text.utf8)))
                    let list = try await client.get("/penghargaan/kunci.json")
                    let listed = try #require(AwardKeys(Data(list.text.utf8)))
                    #expect(award.verdict(keys: listed.signing) == .signed(try AwardStatement(text: award.statement)))
                    #expect(try await client.get("/penghargaan/\(serial).svg").text.hasPrefix("<svg xmlns"))
                    // No printer is set up: the page offers printing, the address says so.
                    #expect(try await client.get("/penghargaan/\(serial).pdf").status == 503)
                    #expect(page.text.contains("cetak halaman ini"))
                    #expect(try await client.get("/penghargaan/kunci").text.contains(award.key.public))
                    let check = try await client.get("/en/penghargaan/periksa")
                    #expect(check.text.contains(award.key.id))
                    let open = try await client.get("/kompetisi/\(Season.code)/angka.csv").text
                    #expect(open.contains("by,code,name,registered,submitted,passed,awarded\r\n"))
                    #expect(open.contains("category,kesehatan,Kesehatan,3,3,3,2\r\n"))
                    #expect(open.contains("category,digital,Transformasi digital,3,3,3,0\r\n"))
                    let figures = try await client.get("/kompetisi/\(Season.code)/angka")
                    #expect(figures.text.contains("6 terdaftar → 6 terkirim → 6 lulus administrasi → 2 penghargaan"))
                }
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `the organiser freezes, issues and revokes on one page, and nobody else reaches it`(engine: Engine)
        async throws
    {
        try await Season.with(engine) { season in
            try await season.withKeys { keys in
                let sitting = try await season.judged()
                let results = Results(season.database, keys: keys)
                let awards = Awards(season.database, keys: keys)
                let register = try await Register.load(season.database)
                try await season.serve({ _, desk in
                    ResultPages(results, awards, register: { register }).add(to: desk)
                }) { client in
                    let path = "/kerja/kompetisi/\(Season.code)/hasil"
                    func post(_ path: String, _ fields: [(String, String)], as name: String = "sekretariat")
                        async throws -> HTTPClient.Response
                    {
                        try await client.post(
                            path, form: [("token", "token-\(name)")] + fields, headers: ["Cookie": "sesi=\(name)"])
                    }
                    func page(as name: String = "sekretariat") async throws -> HTTPClient.Response {
                        try await client.get(path, headers: ["Cookie": "sesi=\(name)"])
                    }
                    #expect(try await page(as: "hub").status == 403)
                    #expect(try await page(as: "admin1").status == 403)
                    #expect(try await post(path, [], as: "hub").status == 403)
                    #expect(try await page().text.contains("Hasil belum dibekukan"))
                    #expect(try await post(path, []).status == 303)
                    #expect(try await page().text.contains("Hasil dibekukan, versi 1"))
                    #expect(try await post(path, []).status == 422)
                    #expect(try await post(path, [("alasan", "x")]).status == 409)
                    #expect(try await post(path + "/terbit", []).status == 409)
                    try await season.announce(.awards, sitting: sitting, publishAt: Season.noon("2020-01-01"))
                    #expect(try await page().text.contains("Terbitkan 2 piagam"))
                    #expect(try await post(path + "/terbit", []).status == 303)
                    let serial = AwardStatement.serial(edition: Season.code, number: 1)
                    #expect(try await page().text.contains(serial))
                    #expect(try await post("\(path)/\(serial)/cabut", [], as: "hub").status == 403)
                    #expect(try await post("\(path)/X/cabut", []).status == 404)
                    let empty = try await post("\(path)/\(serial)/cabut", [])
                    #expect(empty.status == 422)
                    #expect(empty.text.contains("id=\"f-alasan-cabut-e\""))
                    #expect(
                        try await post("\(path)/\(serial)/cabut", [("alasan-\(serial)", "<b>Keliru</b>")]).status
                            == 303)
                    let after = try await page()
                    #expect(after.text.contains("&lt;b&gt;Keliru&lt;/b&gt;"))
                    #expect(!after.text.contains("<b>Keliru"))
                }
            }
        }
    }
}

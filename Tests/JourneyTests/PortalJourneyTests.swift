import Database
import Directory
import Foundation
import Kernel
import Support
import Testing

@testable import App

@Suite struct PortalJourneyTests {
    /// Every page of the portal, without the language prefix.
    static let pages = [
        "/", "/inovasi", "/inovasi?q=jemput+bola", "/inovasi?province=33&sort=newest", "/inovasi/1",
        "/inovasi/1/riwayat",
        "/inovasi/1/riwayat/1", "/inovasi/1/sumber", "/instansi", "/instansi?q=bogor&kind=city", "/instansi/P33",
        "/wilayah", "/wilayah/33",
        "/wilayah/33.72", "/hub", "/peta", "/sdg", "/sdg/3", "/data", "/tentang",
    ]

    @Test(arguments: Engine.tested)
    func `every page answers in both languages, within 100 KB, and says which language it is`(engine: Engine)
        async throws
    {
        try await Served.with(engine, csv: try Served.sample) { site in
            for page in Self.pages {
                for language in Language.allCases {
                    let path = page == "/" && language == .english ? "/en" : language.prefix + page
                    let answer = try await site.client.get(path)
                    #expect(answer.status == 200, "\(path)")
                    #expect(answer.text.contains("<html lang=\"\(language.rawValue)\""), "\(path)")
                    #expect(answer.body.count < 100_000, "\(path): \(answer.body.count)")
                }
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `a visitor finds, narrows, opens and cites an innovation`(engine: Engine) async throws {
        try await Served.with(engine, csv: try Served.sample) { site in
            let results = try await site.client.get("/inovasi?q=akte+kelahiran+jemput+bola+surakarta").text
            let first = try #require(results.firstMatch(of: /<h2 class="name"[^>]*><a href="(\/inovasi\/\d+)">/))
            #expect(results.contains("<mark>"))
            let page = try await site.client.get(String(first.1)).text
            #expect(page.contains("Akte Kelahiran Jemput Bola"))
            #expect(page.contains("Belum ada instansi yang memvalidasi data ini"))
            #expect(page.contains("Pemerintah Kota Surakarta"))
            #expect(page.contains("@misc{simpul"))
            let narrowed = try await site.client.get("/inovasi?q=jemput+bola&province=33&province=32&year=2015").text
            #expect(narrowed.contains("name=\"province\" value=\"33\""))
            let typo = try await site.client.get("/inovasi?q=perpustakan+keliling").text
            #expect(typo.contains("Maksud Anda"))
            #expect(typo.contains("/inovasi?q=perpustakaan%20keliling"))
        }
    }

    @Test func `both engines give the same records for the same questions`() async throws {
        let questions = [
            "q=e-planning", "q=akta+kelahiran&sort=newest", "province=33&year=2016", "kind=regency&year=2019",
            "award=KIPP", "kind=city&q=pajak",
            "category=kesehatan&limit=100", "q=%22jemput+bola%22",
        ]
        try #require(Engine.tested.count == 2, "needs SIMPUL_TEST_POSTGRES")
        var answers: [Engine: [String]] = [:]
        for engine in Engine.tested {
            try await Served.with(engine, csv: try Served.sample) { site in
                for question in questions {
                    let answer = try await site.client.get("/api/v1/innovations?\(question)")
                    #expect(answer.status == 200, "\(question)")
                    let json = try #require(try JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: Any])
                    let ids = (json["items"] as? [[String: Any]] ?? []).map { "\($0["id"] ?? "")" }
                    let facets = String(
                        decoding: try JSONSerialization.data(
                            withJSONObject: json["facets"] ?? [:], options: .sortedKeys), as: UTF8.self)
                    answers[engine, default: []].append("\(question) \(json["total"] ?? "") \(ids) \(facets)")
                }
            }
        }
        #expect(answers[.sqlite] == answers[.postgres])
        #expect(answers[.sqlite]?.contains { $0.contains(" 0 []") } == false)
    }

    @Test func `paging shows every record once, forwards and one page back`() async throws {
        try await Served.with(.sqlite, csv: try Served.sample) { site in
            var seen: [String] = []
            var path = "/inovasi?kind=city&sort=newest"
            var pages: [[String]] = []
            while true {
                let text = try await site.client.get(path).text
                let ids = text.matches(of: /<h2 class="name"[^>]*><a href="\/inovasi\/(\d+)">/).map { String($0.1) }
                pages.append(ids)
                seen += ids
                if pages.count == 3, let back = text.firstMatch(of: /rel="prev" href="([^"]+)"/) {
                    let before = try await site.client.get(String(back.1).replacing("&amp;", with: "&")).text
                    #expect(
                        before.matches(of: /<h2 class="name"[^>]*><a href="\/inovasi\/(\d+)">/).map { String($0.1) }
                            == pages[1])
                }
                guard let next = text.firstMatch(of: /rel="next" href="([^"]+)"/) else { break }
                path = String(next.1).replacing("&amp;", with: "&")
            }
            let total = try await site.database.read {
                try $0.count(
                    "SELECT COUNT(*) FROM innovation i JOIN institution o ON o.code = i.institution WHERE o.kind = 'city'"
                )
            }
            #expect(seen.count == total)
            #expect(Set(seen).count == total)
        }
    }

    @Test(arguments: Engine.tested)
    func `a withdrawn record leaves a tombstone and the lists`(engine: Engine) async throws {
        try await Served.with(engine, csv: tenRecords) { site in
            #expect(try await site.client.get("/inovasi/3").status == 200)
            try await Innovations(site.database).withdraw(3, reason: "Tercatat dua kali", by: .system, at: .now())
            try await site.portal.catalogue.catchUp()
            let gone = try await site.client.get("/inovasi/3")
            #expect(gone.status == 410)
            #expect(gone.text.contains("Tercatat dua kali"))
            #expect(try await site.client.get("/api/v1/innovations/3").status == 410)
            let list = try await site.client.get("/api/v1/innovations?limit=100").text
            #expect(list.contains("\"total\":9"))
            #expect(!list.contains("\"id\":3,"))
            #expect(try await site.client.get("/inovasi/3/riwayat").status == 200)
        }
    }

    @Test func `an import by another process is seen without a restart`() async throws {
        try await TestDatabase.at(.sqlite) { address in
            let database = try await Database(address, slices: slices)
            var options = Portal.Options(publicURL: "http://x")
            options.logLevel = "error"
            let portal = try await Portal(database, options)
            let running = try await portal.server(.init(port: 0), log: .init { _ in }).start()
            let client = HTTPClient(port: running.port)
            let following = Task { try await portal.follower.run() }
            #expect(try await client.get("/api/v1/innovations").text.contains("\"total\":0"))
            let result = try await temporary(tenRecords) {
                try await Command.run(["import", $0, "--source", "uji", "--database", address.commandLine])
            }
            #expect(result.status == 0)
            var total = 0
            for _ in 0..<100 where total != 10 {
                try await Task.sleep(for: .milliseconds(100))
                total = portal.catalogue.count
            }
            #expect(try await client.get("/api/v1/innovations").text.contains("\"total\":10"))
            following.cancel()
            try await running.stop()
            await database.close()
        }
    }

    @Test func `every list page runs the same number of queries for one row and for ten`() async throws {
        var counts: [[String: Int]] = []
        let one = tenRecords.split(separator: "\n").prefix(2).joined(separator: "\n") + "\n"
        for csv in [one, tenRecords] {
            try await Served.with(.sqlite, csv: csv) { site in
                var found: [String: Int] = [:]
                for page in Self.pages where !page.hasPrefix("/inovasi?q") && !page.contains("sdg/") {
                    let before = site.database.statements
                    _ = try await site.client.get(page)
                    found[page] = site.database.statements - before
                }
                for path in ["/api/v1/innovations", "/api/v1/institutions", "/umpan.atom"] {
                    let before = site.database.statements
                    #expect(try await site.client.get(path).status == 200)
                    found[path] = site.database.statements - before
                }
                counts.append(found)
            }
        }
        // Related records are looked up only where there are others.
        counts = counts.map { $0.filter { $0.key != "/inovasi/1" } }
        #expect(counts[0] == counts[1])
        #expect(counts[0].values.allSatisfy { $0 < 12 })
    }

    @Test func `nothing a visitor sends breaks a page`() async throws {
        try await Served.with(.sqlite, csv: tenRecords) { site in
            let words = [
                "", "%20", "%27%22%2A%28%29-%3A%5E", "AND+OR+NOT+NEAR%2F3", "%E2%80%AEmalam", "%F0%9F%98%80",
                "a%22b%22%22c",
                "title%3Ax", String(repeating: "a+", count: 2000), "%3Cscript%3Ealert(1)%3C%2Fscript%3E",
            ]
            for word in words {
                let answer = try await site.client.get("/inovasi?q=\(word)")
                #expect(answer.status == 200, "\(word.prefix(40))")
                #expect(!answer.text.contains("<script>alert"))
            }
            let refused = [
                ("/inovasi?q=%00", 400), ("/inovasi?q=%ED%A0%80", 400), ("/inovasi?q=%zz", 400),
                ("/inovasi?year=1800", 422),
                ("/inovasi?province=99", 422), ("/inovasi?limit=-1", 422), ("/inovasi?limit=0", 422),
                ("/inovasi?limit=1000000000000000000", 422), ("/inovasi?sort=best", 422),
                ("/inovasi?cursor=palsu", 422),
                ("/inovasi?cursor=r.1.1", 422), ("/inovasi/0", 404), ("/inovasi/-1", 404), ("/inovasi/01", 404),
                ("/inovasi/99999999999999999999", 404), ("/inovasi/abc", 404), ("/inovasi/1/riwayat/7", 404),
                ("/instansi/XX", 404), ("/instansi?kind=partai", 422), ("/instansi?cursor=zz", 422),
                ("/wilayah/99", 404),
                ("/wilayah?kode=99", 404), ("/sdg/18", 404), ("/tidak-ada", 404),
                ("/api/v1/innovations?year=1800", 422),
                ("/api/v1/innovations?nama=x", 422), ("/api/v1/innovations?limit=101", 422),
                ("/api/v1/innovations?cursor=x", 422), ("/api/v1/innovations/abc", 404),
                ("/api/v1/institutions/XX", 404),
            ]
            for (path, status) in refused {
                let answer = try await site.client.get(path)
                #expect(answer.status == status, "\(path): \(answer.status)")
                if path.hasPrefix("/api") {
                    #expect(answer["content-type"] == "application/problem+json", "\(path)")
                }
            }
            let dropped = try await site.client.get("/inovasi?year=1800&q=akta").text
            #expect(dropped.contains("href=\"/inovasi?q=akta\""))
            #expect(try await site.client.get("/inovasi?q=" + String(repeating: "a", count: 10_000)).status == 414)
            #expect(try await site.client.request("POST", "/inovasi").status == 405)
        }
    }
}

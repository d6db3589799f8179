import Database
import Directory
import Foundation
import Kernel
import People
import Support
import Testing
import Web

@testable import App

/// Hidden things leave no trace: everything that strangers and people of other institutions can ask for is the same to
/// the byte with and without them.
@Suite struct HiddenTests {
    /// Searches and exports that would find a hidden thing, besides everything that the public pages link to.
    private static let asked = [
        "/inovasi?q=\(Bureau.mark)", "/inovasi?q=draf+\(Bureau.mark)", "/inovasi?q=antar+dokumen",
        "/inovasi?institution=P33",
        "/inovasi.csv?q=\(Bureau.mark)", "/inovasi.csv?institution=P33", "/inovasi.jsonl?institution=P33",
        "/inovasi.xlsx?institution=P33", "/umpan.atom?institution=P33", "/umpan.atom?q=\(Bureau.mark)",
        "/instansi?q=jawa+tengah", "/api/v1/innovations?q=\(Bureau.mark)", "/api/v1/innovations?institution=P33",
        "/api/v1/innovations?q=dokumen&facets=category", "/api/v1/institutions?q=jawa", "/kemutakhiran?provinsi=33",
    ]

    /// The chain's heads, which the audit trail publishes on purpose, and the counters of the server.
    private static let aside = ["/metrics", "/data/jejak-audit", "/en/data/jejak-audit"]

    /// Everything that outsiders see, by who asks for what, from a portal that remembers no page.
    private func everything(_ site: Served, _ outsiders: [(name: String, person: Signed)], _ calendars: [String])
        async throws -> [String: Seen]
    {
        var options = Portal.Options(publicURL: "http://simpul.test")
        options.logLevel = "error"
        options.passwords = .least
        options.files = String(site.portal.files.temporaryFolder.dropLast("/tmp".count))
        let portal = try await Portal(site.database, options)
        let running = try await portal.server(Server.Settings(port: 0), log: RequestLog { _ in }).start()
        var seen: [String: Seen] = [:]
        do {
            let client = HTTPClient(port: running.port)
            var waiting = RoleTable.open.filter { $0.key.hasPrefix("GET ") }.map(\.value.target).sorted()
            waiting += Self.asked + calendars + ["/en", "/en/inovasi?q=\(Bureau.mark)", "/en/kemutakhiran"]
            for number in 1...6 {
                waiting += ["/inovasi/\(number)/bukti/\(number)", "/inovasi/11/bukti/\(number)", "/inovasi/1\(number)"]
            }
            var known = Set(waiting)
            while let target = waiting.popLast() {
                guard !Self.aside.contains(where: target.hasPrefix), !target.hasPrefix("/aset/") else { continue }
                let answer = try await client.get(target)
                seen["stranger \(target)"] = Seen(answer)
                guard answer["content-type"]?.hasPrefix("text/html") == true, known.count < 500 else { continue }
                for link in answer.text.matches(of: /href="(\/[^"#]*)"/) {
                    let target = String(link.1).replacing("&amp;", with: "&")
                    if known.insert(target).inserted { waiting.append(target) }
                }
            }
            for (name, person) in outsiders {
                var targets = [
                    "/", "/inovasi?q=\(Bureau.mark)", "/inovasi/11", "/instansi/P33", "/kemutakhiran", "/berita",
                ]
                for door in portal.doors() where door.method == "GET" {
                    for number in door.path.contains("{") ? Array(1...5) + [11] : [0] {
                        targets.append(
                            door.path.replacing("{step}", with: "ringkasan").replacing(/\{[a-z]+\}/, with: "\(number)"))
                    }
                }
                for target in targets {
                    let answer = try await client.get(target, headers: ["Cookie": person.cookie])
                    seen["\(name) \(target)"] = Seen(answer)
                }
            }
            try await running.stop()
        } catch {
            try? await running.stop()
            throw error
        }
        return seen
    }

    @Test(arguments: Engine.tested)
    func `drafts, comments, reports, questions, accounts, messages and entries leave no trace outside`(engine: Engine)
        async throws
    {
        try await Served.with(engine, csv: tenRecords) { site in
            let bureau = try await Bureau(site)
            #expect(bureau.published == 11)
            try await site.database.write(at: .now()) { db in
                try db.insert(
                    "unit", ["id", "institution", "name", "custodian", "created_at"],
                    [[2.sqlValue, "P32".sqlValue, "Dinas Lain".sqlValue, false.sqlValue, db.at.sqlValue]])
            }
            var outsiders: [(name: String, person: Signed)] = []
            for role in [Role.agencyAdmin, .validator, .unit, .leader, .hubManager] {
                let grant = Grant(role, institution: "P32", unit: role == .unit ? 2 : nil)
                outsiders.append((role.rawValue, try await Signed(site, grant, office: "Kantor lain")))
            }
            for role in [Role.evaluator, .panelist] {
                outsiders.append((role.rawValue, try await Signed(site, Grant(role, edition: "2026"), office: "Juri")))
            }
            var calendars: [String] = []
            for (_, person) in outsiders {
                let page = try await person.post("/akun/kalender", [("token", person.token)]).text
                calendars.append(String(try #require(page.firstMatch(of: /\/kalender\/[A-Za-z0-9_-]+\.ics/)).0))
            }
            let before = try await everything(site, outsiders, calendars)
            _ = try await bureau.hide()
            // A row that waits for review is hidden too, with all that it says of a known institution.
            try await site.database.write(at: .now()) { db in
                var record = Innovation()
                record.title = "Antar dokumen \(Bureau.mark)"
                record.institution = "P33"
                record.sdgs = [3]
                record.yearStated = 2020
                let row = SourceRow(externalID: "w1", reference: nil, content: "{}", innovation: record)
                _ = try Innovations.take([(row, .wait)], from: 1, by: .system, reason: "impor", db)
            }
            let after = try await everything(site, outsiders, calendars)
            #expect(before.keys.sorted() == after.keys.sorted())
            for (request, without) in before {
                guard let with = after[request] else { continue }
                #expect(without == with, "\(request): \(without.difference(with))")
                #expect(!String(decoding: with.body, as: UTF8.self).contains("Komentar \(Bureau.mark)"), "\(request)")
            }
            // What is hidden is told to nobody outside either.
            let numbers = outsiders.map(\.person.account)
            #expect(
                try await site.database.read {
                    try $0.count("SELECT COUNT(*) FROM message WHERE account IN \(numbers)")
                }
                    == 0)
            let told = try await site.database.read { try $0.count("SELECT COUNT(*) FROM message") }
            #expect(told > 0)
            print("hidden: \(before.count) answers equal with and without hidden things on \(engine)")
        }
    }
}

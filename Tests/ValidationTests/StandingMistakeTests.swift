import Database
import Directory
import Kernel
import People
import Support
import Testing

@testable import Validation

struct StandingMistakeTests {
    private let now = StandingOffice.now

    @Test func `one network sends five reports an hour and twenty a day`() throws {
        let rate = ReportRate()
        for _ in 0..<5 { try rate.count(from: "192.0.2.7", at: now) }
        #expect(throws: MistakeRefusal.tooMany(again: Instant(milliseconds: now.milliseconds + 3_600_000))) {
            try rate.count(from: "192.0.2.7", at: now)
        }
        try rate.count(from: "192.0.2.8", at: now)
        for hour in 1...3 {
            for _ in 0..<5 {
                try rate.count(from: "192.0.2.7", at: Instant(milliseconds: now.milliseconds + Int64(hour) * 3_600_000))
            }
        }
        #expect(throws: MistakeRefusal.tooMany(again: now.adding(days: 1))) {
            try rate.count(from: "192.0.2.7", at: Instant(milliseconds: now.milliseconds + 5 * 3_600_000))
        }
        try rate.count(from: "192.0.2.7", at: now.adding(days: 1))
    }

    @Test func `addresses of one IPv6 network count together`() throws {
        let rate = ReportRate()
        for number in 0..<5 { try rate.count(from: "2001:db8:1:2::\(number)", at: now) }
        #expect(throws: MistakeRefusal.self) { try rate.count(from: "2001:0db8:0001:0002:ffff::1", at: now) }
        try rate.count(from: "2001:db8:1:3::1", at: now)
    }

    @Test func `a report needs ten characters, and a contact at most two hundred`() throws {
        #expect(throws: MistakeRefusal.self) { try MistakeNotice(text: "  singkat  ", contact: "") }
        #expect(throws: MistakeRefusal.self) {
            try MistakeNotice(text: "Tahunnya keliru", contact: String(repeating: "a", count: 201))
        }
        #expect(try MistakeNotice(text: " Tahunnya keliru ", contact: "  ").contact == nil)
        #expect(try MistakeNotice(text: " Tahunnya keliru ", contact: "").text == "Tahunnya keliru")
    }

    @Test(arguments: Engine.tested) func `the agency handles a report; its Hub sees it after 14 days open`(
        engine: Engine
    ) async throws {
        try await StandingOffice.with(engine) { office in
            let reports = MistakeReports(office.database, publicURL: StandingOffice.publicURL)
            let notice = try MistakeNotice(text: "Tahunnya keliru", contact: "warga@contoh.example")
            try await reports.report(notice, about: 1, at: now)
            try await reports.report(notice, about: 1, at: now)
            func seen(_ name: String, _ at: Instant) async throws -> Int {
                try await reports.list(for: try office.person(name), at: at).count
            }
            #expect(try await seen("admin", now) == 1)
            #expect(try await seen("validator", now) == 1)
            for name in ["hub", "sekretariat", "unit", "tetangga"] { #expect(try await seen(name, now) == 0) }
            let late = now.adding(days: 14)
            #expect(try await seen("hub", Instant(milliseconds: late.milliseconds - 1)) == 0)
            #expect(try await seen("hub", late) == 1)
            #expect(try await seen("sekretariat", late) == 1)
            #expect(try await seen("hubLain", late) == 0)
            await #expect(throws: DeskRefusal.notYours(.handleReports)) {
                try await reports.handle(
                    1, accepted: true, note: "Sudah diperbaiki", by: try office.actor("hub"), at: late)
            }
            try await reports.handle(
                1, accepted: true, note: "Sudah diperbaiki", by: try office.actor("admin"), at: late)
            await #expect(throws: MistakeRefusal.handled) {
                try await reports.handle(
                    1, accepted: false, note: "Sudah diperbaiki", by: try office.actor("admin"), at: late)
            }
            let handled = try #require(try await reports.list(for: try office.person("admin"), at: late).first?.report)
            #expect(handled.state == .accepted)
            #expect(handled.contact == nil)
            #expect(try await seen("hub", late) == 0)
            let sent = try await office.database.read {
                try $0.rows("SELECT address, body FROM message ORDER BY id") {
                    (address: try $0.text("address"), body: try $0.text("body"))
                }
            }
            #expect(sent.map(\.address) == ["admin@contoh.example", "validator@contoh.example"])
            #expect(!sent.contains { $0.body.contains("Tahunnya") || $0.body.contains("warga@") })
        }
    }

    @Test(arguments: Engine.tested)
    func `anybody reports with a token of the form's page; a program's trap keeps nothing`(
        engine: Engine
    ) async throws {
        try await StandingOffice.with(engine) { office in
            try await office.serve { client in
                let form = try await client.get("/inovasi/1/lapor")
                #expect(form.status == 200)
                let cookie = try #require(form["set-cookie"]?.split(separator: ";").first.map(String.init))
                let token = try #require(cookie.split(separator: "=").last.map(String.init))
                #expect(form.text.contains("name=\"token\" value=\"\(token)\""))
                func send(_ fields: [(String, String)], cookie: String = cookie) async throws -> HTTPClient.Response {
                    try await client.post("/inovasi/1/lapor", form: fields, headers: ["Cookie": cookie])
                }
                let good = [("token", token), ("isi", "Tahunnya keliru, seharusnya 2019")]
                #expect(try await send(good, cookie: "x=y").status == 403)
                let short = try await send([("token", token), ("isi", "a <b>")])
                #expect(short.status == 422)
                #expect(short.text.contains("a &lt;b&gt;</textarea>"))
                #expect(try await send(good + [("situs", "http://iklan.example")]).status == 303)
                #expect(try await count(office) == 0)
                let sent = try await send(good)
                #expect(sent["location"] == "/inovasi/1/lapor?terkirim=1")
                #expect(try await count(office) == 1)
                for number in 2...5 { #expect(try await send(good + [("kontak", "\(number)")]).status == 303) }
                #expect(try await send(good).status == 503)
                #expect(try await client.get("/inovasi/99/lapor").status == 404)
                #expect(try await client.get("/inovasi/1/lapor?terkirim=1").text.contains("<h1>Laporan diterima</h1>"))
            }
        }
    }

    private func count(_ office: StandingOffice) async throws -> Int {
        try await office.database.read { try $0.count("SELECT COUNT(*) FROM mistake_report") }
    }
}

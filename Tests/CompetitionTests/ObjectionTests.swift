import Database
import Kernel
import Messages
import Support
import Testing
import Web

@testable import Competition

@Suite struct ObjectionTests {
    private static let open = Season.noon("2027-07-22")
    private static let words = "Layanan ini tidak pernah berjalan di kecamatan kami, Pak Budi tahu."

    private static func with(_ engine: Engine, _ body: (Season, Objections) async throws -> Void) async throws {
        try await Season.with(engine) { season in
            try await season.announce(try await season.chose([1, 2, 4]))
            try await body(season, Objections(season.database, publicURL: "https://simpul.example"))
        }
    }

    @Test func `what is sent needs a kind, 20 characters, a name and a contact`() throws {
        #expect(
            throws: ObjectionRefusal.self,
            performing: { try ObjectionNotice(kind: nil, words: "", name: "", contact: "") }
        )
        do {
            _ = try ObjectionNotice(kind: nil, words: "pendek", name: "", contact: "")
        } catch {
            #expect(error.problems.map(\.field) == ["jenis", "isi", "nama", "kontak"])
        }
        #expect(
            try ObjectionNotice(kind: .support, words: Self.words, name: "Ani", contact: "0812").kind == .support)
    }

    @Test(arguments: Engine.tested)
    func `an objection is taken in its window only, answered once, mailed, and shown without names`(
        _ engine: Engine
    ) async throws {
        try await Self.with(engine) { season, objections in
            let notice = try ObjectionNotice(
                kind: .objection, words: Self.words, name: "Ani Rahasia", contact: "Ani@contoh.example")
            for moment in ["2027-07-20", "2027-07-26"] {
                await #expect(throws: ObjectionRefusal.self) {
                    try await objections.send(notice, about: 1, in: Season.code, at: Season.noon(moment))
                }
            }
            await #expect(throws: AnnouncementRefusal.notOut) {
                try await objections.send(notice, about: 3, in: Season.code, at: Self.open)
            }
            for _ in 1...2 { try await objections.send(notice, about: 1, in: Season.code, at: Self.open) }
            let office = try season.person("sekretariat")
            #expect(try await objections.list(in: Season.code, for: office).1.count == 1)

            let clock = SetClock(Self.open)
            try await season.publicly(clock) { client in
                let place = "/kompetisi/kipp-2027/finalis/1"
                #expect(!(try await client.get(place).text.contains("tidak pernah berjalan")))
                let desk = "/kerja/kompetisi/kipp-2027/sanggahan"
                for name in ["admin1", "penilai1", "hub"] {
                    #expect(try await client.get(desk, as: name).status == 403)
                }
                #expect(try await client.get(desk, as: "sekretariat").text.contains("Ani Rahasia"))
                let bare = try await client.post(desk + "/1", as: "sekretariat", [("hasil-1", "rejected")])
                #expect(bare.status == 422)
                #expect(try await client.post(desk + "/9", as: "sekretariat", []).status == 404)
                let answer = [
                    ("hasil-1", "rejected"), ("jawaban-1", "Kami datang pada 23 Juli 2027: layanan berjalan."),
                    ("terbit-1", "Layanan ini tidak pernah berjalan di kecamatan kami."),
                ]
                #expect(try await client.post(desk + "/1", as: "sekretariat", answer).status == 303)
                #expect(try await client.post(desk + "/1", as: "sekretariat", answer).status == 409)
                #expect(try await client.get(desk + "/1/bukti", as: "sekretariat").status == 404)
                let shown = try await client.get(place)
                #expect(shown.text.contains("tidak pernah berjalan di kecamatan kami."))
                #expect(shown.text.contains("layanan berjalan"))
                for secret in ["Ani", "Budi", "contoh.example"] { #expect(!shown.text.contains(secret)) }
            }
            #expect(
                try await season.messages().filter { $0[0] == "ani@contoh.example" }.map {
                    $0[1].hasSuffix(": sanggahan Anda dijawab")
                } == [true])
        }
    }

    @Test(arguments: Engine.tested)
    func `a stranger sends one with evidence; a program's flood, a closed window and bad files end well`(
        _ engine: Engine
    ) async throws {
        try await Self.with(engine) { season, objections in
            let clock = SetClock(Self.open)
            try await season.publicly(clock) { client in
                let place = "/kompetisi/kipp-2027/finalis/2/sanggah"
                let page = try await client.get(place)
                #expect(page.status == 200)
                let cookie = try #require(
                    page.fields.first { $0.name == "set-cookie" }?.value.split(separator: ";").first.map(String.init))
                func send(
                    _ fields: [(String, String)], _ file: [UInt8] = [], token: String? = nil
                ) async throws -> HTTPClient.Response {
                    let all = [("token", token ?? String(cookie.dropFirst(12)))] + fields
                    var body: [UInt8] = []
                    for (name, value) in all {
                        body += Array(
                            "--b\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8)
                    }
                    if !file.isEmpty {
                        body += Array(
                            "--b\r\nContent-Disposition: form-data; name=\"bukti\"; filename=\"b.pdf\"\r\n\r\n".utf8)
                        body += file + Array("\r\n".utf8)
                    }
                    return try await client.request(
                        "POST", place,
                        headers: ["Content-Type": "multipart/form-data; boundary=b", "Cookie": cookie],
                        body: body + Array("--b--\r\n".utf8))
                }
                let good = [
                    ("jenis", "support"), ("isi", Self.words), ("nama", "Ani"), ("kontak", "0812"), ("situs", ""),
                ]
                #expect(try await send(good, token: "salah").status == 403)
                let short = try await send([("jenis", "support"), ("isi", "pendek"), ("nama", "Ani <b>")])
                #expect(short.status == 422)
                #expect(short.text.contains("Ani &lt;b&gt;"))
                #expect(try await send(good, Array("bukan pdf".utf8)).status == 422)
                // Robots are told what people are told.
                #expect(try await send(good + [("situs", "http://x")]).status == 303)
                let office = try season.person("sekretariat")
                #expect(try await objections.list(in: Season.code, for: office).1.isEmpty)
                for number in 1...5 {
                    let one = good.map { $0.0 == "isi" ? ("isi", Self.words + String(number)) : $0 }
                    #expect(try await send(one).status == 303)
                }
                #expect(try await send(good).status == 503)
                #expect(try await objections.list(in: Season.code, for: office).1.count == 5)
                clock.set(Season.noon("2027-07-26"))
                let late = try await send(good)
                #expect(late.status == 409)
                #expect(
                    late.text.contains("Uji publik berlangsung 21 Juli 2027 00.00 WIB sampai 25 Juli 2027 24.00 WIB"))
                #expect(late.text.contains("Pak Budi tahu"))
            }
        }
    }
}

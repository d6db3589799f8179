import Database
import Foundation
import Kernel
import Publishing
import Support
import Testing

@Suite struct ArticlePageTests {
    @Test(arguments: Engine.tested)
    func `neither HTML nor a dangerous link survives Markdown, on the page or in the preview`(
        _ engine: Engine
    ) async throws {
        let body = """
            # Satu

            <script>alert(1)</script><img src=x onerror=alert(2)>

            [klik](javascript:alert(3)) [data](data:text/html;base64,xx) [aman](https://contoh.go.id)
            """
        try await Newsroom.with(engine) { room in
            _ = try await room.publish(.init(title: "Judul <b>tebal</b>", body: body))
            try await room.serve { client in
                let page = try await client.get("/berita/judul-b-tebal-b")
                #expect(page.status == 200)
                let preview = try await client.post(
                    "/kerja/tulis/berita", as: "hub", [("judul", "J"), ("isi", body), ("pratinjau", "1")])
                #expect(preview.status == 200)
                for text in [page.text, preview.text] {
                    let prose = try #require(text.components(separatedBy: "class=\"prose\"").dropFirst().first)
                    let end = try #require(prose.firstMatch(of: /<\/(article|section)>/)?.range.lowerBound)
                    let shown = prose[..<end]
                    for bad in ["<script>alert", "onerror", "javascript:", "data:text", "<img"] {
                        #expect(shown.components(separatedBy: bad).count == 1)
                    }
                    #expect(shown.contains("<h2>Satu</h2>"))
                    #expect(shown.contains("<a href=\"https://contoh.go.id\">aman</a>"))
                }
                #expect(page.text.contains("<h1>Judul &lt;b&gt;tebal&lt;/b&gt;</h1>"))
                #expect(try await room.articles.all().count == 1)
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `an English reader gets the English text, or the Indonesian one and is told so`(
        _ engine: Engine
    ) async throws {
        try await Newsroom.with(engine) { room in
            _ = try await room.publish(.init(title: "Hanya Indonesia", body: "Isi."), kind: .guide)
            _ = try await room.publish(
                .init(title: "Keduanya", titleEnglish: "Both", body: "Isi.", bodyEnglish: "Text."), kind: .guide)
            try await room.serve { client in
                let only = try await client.get("/en/panduan/hanya-indonesia")
                #expect(only.text.contains("<h1 lang=\"id\">Hanya Indonesia</h1>"))
                #expect(only.text.contains("This article is available in Indonesian only."))
                #expect(only.text.contains("<div lang=\"id\"><p>Isi.</p>"))
                let both = try await client.get("/en/panduan/keduanya")
                #expect(both.text.contains("<h1>Both</h1>"))
                #expect(both.text.contains("<div><p>Text.</p>"))
                #expect(!both.text.contains("Indonesian only"))
                #expect(try await client.get("/panduan/keduanya").text.contains("<h1>Keduanya</h1>"))
                let list = try await client.get("/en/panduan").text
                #expect(list.contains("<p class=\"name\"><a href=\"/en/panduan/keduanya\">Both</a>"))
                #expect(list.contains("<p class=\"name\" lang=\"id\"><a href=\"/en/panduan/hanya-indonesia\">"))
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `a page from the cache gives way at the moment of a timed publication and after a withdrawal`(
        _ engine: Engine
    ) async throws {
        try await Newsroom.with(engine) { room in
            let secretariat = try room.actor("sekretariat")
            let id = try await room.articles.write(
                .init(title: "Nanti", body: "Isi."), kind: .news, by: secretariat, at: .now())
            try await room.serve { client in
                let moment = Instant(milliseconds: Instant.now().milliseconds + 1500)
                try await room.articles.publish(id, from: moment, by: secretariat, at: .now())
                let link = "<a href=\"/berita/nanti\">Nanti</a>"
                let before = try await client.get("/berita").text
                let early = try await client.get("/berita/nanti").status
                if Instant.now() < moment {
                    #expect(!before.contains(link))
                    #expect(early == 404)
                }
                let again = try await client.get("/berita").text
                if Instant.now() < moment { #expect(again == before) }
                try await Task.sleep(for: .milliseconds(max(0, moment.milliseconds - Instant.now().milliseconds) + 20))
                #expect(try await client.get("/berita").text.contains(link))
                #expect(try await client.get("/berita/nanti").status == 200)
                try await room.articles.withdraw(id, by: secretariat, at: .now())
                #expect(try await client.get("/berita/nanti").status == 404)
                #expect(!(try await client.get("/berita").text.contains(link)))
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `news is written, looked at, published and corrected at the desk`(_ engine: Engine) async throws {
        try await Newsroom.with(engine) { room in
            try await room.serve { client in
                let wrong = try await client.post("/kerja/tulis/berita", as: "hub", [("judul", "Forum")])
                #expect(wrong.status == 422)
                #expect(wrong.text.contains("Tulis isinya."))
                let made = try await client.post("/kerja/tulis/berita", as: "hub", [("judul", "Forum"), ("isi", "A")])
                #expect(made["location"] == "/kerja/tulis/1")
                #expect(try await client.get("/berita/forum").status == 404)
                let badDate = try await client.post(
                    "/kerja/tulis/1/terbit", as: "hub", [("terbit", "besok"), ("terbitkan", "1")])
                #expect(badDate.status == 422)
                #expect(badDate.text.contains("Tulis tanggal seperti 2026-11-21."))
                #expect(
                    try await client.post("/kerja/tulis/1/terbit", as: "hubLain", [("terbitkan", "1")]).status == 403)
                #expect(try await client.post("/kerja/tulis/1/terbit", as: "hub", [("terbitkan", "1")]).status == 303)
                #expect(try await client.get("/berita/forum").status == 200)
                let noNote = try await client.post(
                    "/kerja/tulis/1", as: "hub", [("revisi", "1"), ("judul", "Forum"), ("isi", "B")])
                #expect(noNote.status == 422)
                #expect(noNote.text.contains("Tulis apa yang dikoreksi"))
                let noted = try await client.post(
                    "/kerja/tulis/1", as: "hub",
                    [("revisi", "1"), ("judul", "Forum"), ("isi", "B"), ("koreksi", "Huruf <b>")])
                #expect(noted.status == 303)
                let page = try await client.get("/berita/forum").text
                #expect(page.contains("Huruf &lt;b&gt;"))
                #expect(page.contains("<p>B</p>"))
                #expect(try await client.post("/kerja/tulis/1/terbit", as: "hub", [("tarik", "1")]).status == 303)
                #expect(try await client.get("/berita/forum").status == 404)
                #expect(try await client.get("/kerja/tulis", as: "admin").status == 403)
                #expect(try await client.get("/kerja/tulis").status == 303)
                #expect(try await client.get("/kerja/tulis/99", as: "hub").status == 404)
                let untold = try await client.post(
                    "/kerja/tulis/berita", form: [("judul", "X"), ("isi", "Y"), ("token", "lain")],
                    headers: ["Cookie": "sesi=hub"])
                #expect(untold.status == 403)
            }
        }
    }
}

import Database
import Kernel
import People
import Support
import Testing

@testable import Publishing

@Suite struct ArticleTests {
    private let news = Article.Content(title: "Forum Replikasi 2026", body: "Pendaftaran *dibuka*.")

    @Test func `an address is made of the title's first words in plain letters`() {
        #expect(Article.slug(of: "Forum Replikasi: Éra baru, 2026!") == "forum-replikasi-era-baru-2026")
        #expect(
            Article.slug(of: "satu dua tiga empat lima enam tujuh delapan sembilan")
                == "satu-dua-tiga-empat-lima-enam-tujuh-delapan")
        #expect(Article.slug(of: "!!!") == "tulisan")
        #expect(Article.slug(of: String(repeating: "a", count: 79) + " bc") == String(repeating: "a", count: 79))
    }

    @Test func `English is written whole or not at all, and lengths are bounded`() {
        #expect(Article.Content(title: "", body: "").problems.map(\.field) == ["judul", "isi"])
        #expect(Article.Content(title: "A", titleEnglish: "A", body: "b").problems.map(\.field) == ["isi_en"])
        #expect(Article.Content(title: "A", body: "b", bodyEnglish: "b").problems.map(\.field) == ["judul_en"])
        let long = Article.Content(
            title: String(repeating: "a", count: 161), body: String(repeating: "b", count: 60_001))
        #expect(long.problems.map(\.field) == ["judul", "isi"])
        #expect(Article.Content(title: String(repeating: "a", count: 160), body: "b").problems == [])
    }

    @Test(arguments: Engine.tested)
    func `what is written is public from the instant it is published at, and gone once it is taken back`(
        _ engine: Engine
    ) async throws {
        try await Newsroom.with(engine) { room in
            let articles = room.articles
            let (now, later) = (Newsroom.now, Newsroom.now.adding(days: 1))
            let secretariat = try room.actor("sekretariat")
            let id = try await articles.write(news, kind: .news, by: secretariat, at: now)
            let slug = "forum-replikasi-2026"
            #expect(try await articles.article(id).publishedAt == nil)
            await #expect(throws: ArticleRefusal.unknown(slug)) { try await articles.show(.news, slug, at: now) }

            try await articles.publish(id, from: later, by: secretariat, at: now)
            let before = try await articles.published(.news, at: now)
            #expect(before.articles == [])
            #expect(before.until == later)
            await #expect(throws: ArticleRefusal.unknown(slug)) {
                try await articles.show(.news, slug, at: Instant(milliseconds: later.milliseconds - 1))
            }
            let shown = try await articles.show(.news, slug, at: later)
            #expect(shown.content == news)
            #expect(shown.office == "Kantor sekretariat")
            let after = try await articles.published(.news, at: later)
            #expect(after.articles == [shown])
            #expect(after.until == nil)
            #expect(try await articles.published(.guide, at: later).articles == [])
            await #expect(throws: ArticleRefusal.unknown(slug)) { try await articles.show(.guide, slug, at: later) }

            try await articles.withdraw(id, by: secretariat, at: later)
            await #expect(throws: ArticleRefusal.unknown(slug)) { try await articles.show(.news, slug, at: later) }
            #expect(try await articles.published(.news, at: later).articles == [])
            #expect(try await articles.all().map(\.id) == [id])
            let acts = try await room.database.read {
                try Audit.entries(AuditFilter(), $0).map { "\($0.act) \($0.kind) \($0.key)" }
            }
            #expect(acts == ["withdraw article 1", "publish article 1", "write article 1"])
        }
    }

    @Test(arguments: Engine.tested)
    func `a correction after publication needs a note, which readers see; before it none is kept`(
        _ engine: Engine
    ) async throws {
        try await Newsroom.with(engine) { room in
            let articles = room.articles
            let (now, secretariat) = (Newsroom.now, try room.actor("sekretariat"))
            let id = try await articles.write(news, kind: .news, by: secretariat, at: now)
            var content = news
            content.body = "Pendaftaran ditutup."
            try await articles.change(id, to: content, note: "tak dipakai", basedOn: 1, by: secretariat, at: now)
            #expect(try await articles.article(id).corrections == [])
            try await articles.publish(id, from: now, by: secretariat, at: now)
            content.body = "Pendaftaran sampai Jumat."
            await #expect(throws: ArticleRefusal.noNote) {
                try await articles.change(id, to: content, note: nil, basedOn: 2, by: secretariat, at: now)
            }
            #expect(try await articles.article(id).revision == 2)
            try await articles.change(
                id, to: content, note: "Tanggal dibetulkan.", basedOn: 2, by: secretariat, at: now.adding(days: 1))
            let shown = try await articles.show(.news, "forum-replikasi-2026", at: now.adding(days: 1))
            #expect(shown.content == content)
            #expect(shown.revision == 3)
            #expect(shown.corrections == [.init(at: now.adding(days: 1), note: "Tanggal dibetulkan.")])
            // Nothing changed, nothing stored.
            try await articles.change(id, to: content, note: nil, basedOn: 3, by: secretariat, at: now)
            #expect(try await articles.article(id).revision == 3)
        }
    }

    @Test(arguments: Engine.tested)
    func `a hub changes only what it wrote, the secretariat all, others nothing`(_ engine: Engine) async throws {
        try await Newsroom.with(engine) { room in
            let articles = room.articles
            let now = Newsroom.now
            let theirs = try await articles.write(news, kind: .news, by: try room.actor("sekretariat"), at: now)
            let own = try await articles.write(news, kind: .guide, by: try room.actor("hub"), at: now)
            var content = news
            content.title = "Lain"
            for (article, name) in [(theirs, "hub"), (own, "hubLain")] {
                let actor = try room.actor(name)
                await #expect(throws: ArticleRefusal.notYours) {
                    try await articles.change(article, to: content, note: nil, basedOn: 1, by: actor, at: now)
                }
                await #expect(throws: ArticleRefusal.notYours) {
                    try await articles.publish(article, from: now, by: actor, at: now)
                }
                await #expect(throws: ArticleRefusal.notYours) {
                    try await articles.withdraw(article, by: actor, at: now)
                }
            }
            await #expect(throws: DeskRefusal.notYours(.publish)) {
                try await articles.write(news, kind: .news, by: try room.actor("admin"), at: now)
            }
            #expect(try await articles.all().map(\.content) == [news, news])
            try await articles.change(own, to: content, note: nil, basedOn: 1, by: try room.actor("hub"), at: now)
            try await articles.publish(own, from: now, by: try room.actor("sekretariat"), at: now)
            let shown = try await articles.published(.guide, at: now).articles
            #expect(shown.map(\.content.title) == ["Lain"])
            // A role that ended a moment ago gives nothing, whatever the page still showed.
            try await room.database.write(at: now) { db in
                try db.execute("UPDATE role_grant SET until_at = \(now) WHERE account = 2")
            }
            await #expect(throws: DeskRefusal.notYours(.publish)) {
                try await articles.withdraw(own, by: try room.actor("hub"), at: now)
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `articles of one title get addresses of their own, whatever was taken before`(_ engine: Engine) async throws {
        try await Newsroom.with(engine) { room in
            var slugs: [String] = []
            for (title, kind) in [
                ("Forum 4", Article.Kind.news), ("Forum", .news), ("Forum", .guide), ("Forum", .news),
                ("Forum!", .news),
                ("Forum 2", .news),
            ] {
                let id = try await room.articles.write(
                    .init(title: title, body: "b"), kind: kind, by: try room.actor("sekretariat"), at: Newsroom.now)
                slugs.append(try await room.articles.article(id).slug)
            }
            #expect(slugs == ["forum-4", "forum", "forum-2", "forum-3", "forum-5", "forum-2-2"])
        }
    }

    @Test(arguments: Engine.tested)
    func `the second of two people who change one article sees what the first stored`(_ engine: Engine) async throws {
        try await Newsroom.with(engine) { room in
            let id = try await room.articles.write(news, kind: .news, by: try room.actor("hub"), at: Newsroom.now)
            try await room.serve { client in
                let open = try await client.get("/kerja/tulis/\(id)", as: "hub")
                #expect(open.text.contains("<input type=\"hidden\" name=\"revisi\" value=\"1\">"))
                let first = try await client.post(
                    "/kerja/tulis/\(id)", as: "sekretariat", [("revisi", "1"), ("judul", "Satu"), ("isi", "Isi satu")])
                #expect(first.status == 303)
                let second = try await client.post(
                    "/kerja/tulis/\(id)", as: "hub", [("revisi", "1"), ("judul", "Dua"), ("isi", "Isi dua")])
                #expect(second.status == 409)
                #expect(second.text.contains("<h2>Satu</h2>\n<p>Isi satu</p>"))
                #expect(second.text.contains("name=\"judul\" value=\"Dua\""))
                #expect(second.text.contains("name=\"revisi\" value=\"2\""))
                #expect(try await room.articles.article(id).content.title == "Satu")
            }
        }
    }
}

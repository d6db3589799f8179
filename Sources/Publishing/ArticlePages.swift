import Hummingbird
import Kernel
import People
import Web

/// The addresses of news and guides: for everybody, and for those who write them.
package struct ArticlePages: Sendable {
    private let articles: Articles
    private let publicURL: String

    package init(_ articles: Articles, publicURL: String) {
        self.articles = articles
        self.publicURL = publicURL
    }

    package func add(to routes: Routes) {
        for kind in Article.Kind.allCases {
            routes.page("/\(kind.path)") { request, context in
                let frame = Frame(request, context, publicURL: publicURL)
                let found = try await articles.published(kind, at: .now())
                return .page(ArticleView.list(kind, found.articles, frame), until: found.until)
            }
            routes.page("/\(kind.path)/{slug}") { request, context in
                let frame = Frame(request, context, publicURL: publicURL)
                let article = try await articles.show(kind, context.part("slug"), at: .now())
                return .page(ArticleView.page(article, frame))
            }
        }
    }

    package func add(to desk: Desk) {
        desk.page("/kerja/tulis", .publish) { _, _, _, frame in
            .personal(ArticleDeskView.list(try await articles.all(), at: .now(), frame))
        }
        for kind in Article.Kind.allCases {
            desk.page("/kerja/tulis/\(kind.path)", .publish) { _, _, _, frame in
                let editing = ArticleDeskView.Editing(kind: kind, article: nil, content: .init(title: "", body: ""))
                return .personal(ArticleDeskView.edit(editing, at: .now(), frame))
            }
            desk.submit("/kerja/tulis/\(kind.path)", .publish) { form, _, context, person, frame in
                let editing = ArticleDeskView.Editing(kind: kind, article: nil, content: try content(form))
                return try await save(editing, form, frame) {
                    let actor = person.actor(from: context.clientAddress)
                    return try await articles.write(editing.content, kind: kind, by: actor, at: .now())
                }
            }
        }
        desk.page("/kerja/tulis/{id}", .publish) { _, context, _, frame in
            let article = try await articles.article(try number(context))
            let editing = ArticleDeskView.Editing(kind: article.kind, article: article, content: article.content)
            return .personal(ArticleDeskView.edit(editing, at: .now(), frame))
        }
        desk.submit("/kerja/tulis/{id}", .publish) { form, _, context, person, frame in
            let article = try await articles.article(try number(context))
            var editing = ArticleDeskView.Editing(kind: article.kind, article: article, content: try content(form))
            let note = try form.text("koreksi", limit: 500)
            let revision = try form.integer("revisi", in: 1...Int.max) ?? article.revision
            editing.note = note ?? ""
            editing.revision = revision
            return try await save(editing, form, frame) {
                let actor = person.actor(from: context.clientAddress)
                try await articles.change(
                    article.id, to: editing.content, note: note, basedOn: revision, by: actor, at: .now())
                return article.id
            }
        }
        desk.submit("/kerja/tulis/{id}/terbit", .publish) { form, _, context, person, frame in
            let id = try number(context)
            let actor = person.actor(from: context.clientAddress)
            do {
                if try form.one("tarik") != nil {
                    try await articles.withdraw(id, by: actor, at: .now())
                } else {
                    try await articles.publish(id, from: try day(form) ?? .now(), by: actor, at: .now())
                }
            } catch let refusal as ArticleRefusal where refusal.kind == .invalid {
                let article = try await articles.article(id)
                var editing = ArticleDeskView.Editing(kind: article.kind, article: article, content: article.content)
                editing.problems = FormProblems(refusal)
                return .personal(ArticleDeskView.edit(editing, at: .now(), frame), status: 422)
            }
            return .seeOther(frame.to(.path("kerja", "tulis", String(id))))
        }
    }

    /// Saves what was typed, or shows it again: as a preview when that was asked for, else with what is wrong.
    private func save(
        _ editing: ArticleDeskView.Editing, _ form: Query, _ frame: Frame, _ store: () async throws -> Int
    ) async throws -> Answer {
        var editing = editing
        if try form.one("pratinjau") != nil {
            editing.preview = true
            return .personal(ArticleDeskView.edit(editing, at: .now(), frame))
        }
        do {
            return .seeOther(frame.to(.path("kerja", "tulis", String(try await store()))))
        } catch let refusal as ArticleRefusal where refusal.kind == .invalid {
            editing.problems = FormProblems(refusal)
            return .personal(ArticleDeskView.edit(editing, at: .now(), frame), status: 422)
        } catch ArticleRefusal.changedMeanwhile {
            guard let id = editing.article?.id else { throw ArticleRefusal.changedMeanwhile }
            let stored = try await articles.article(id)
            var newer = ArticleDeskView.Editing(kind: stored.kind, article: stored, content: editing.content)
            newer.note = editing.note
            newer.stored = stored.content
            newer.problems = FormProblems(ArticleRefusal.changedMeanwhile)
            return .personal(ArticleDeskView.edit(newer, at: .now(), frame), status: 409)
        }
    }

    private func content(_ form: Query) throws -> Article.Content {
        Article.Content(
            title: try form.text("judul", limit: 2000) ?? "",
            titleEnglish: try form.text("judul_en", limit: 2000) ?? "",
            body: try form.text("isi", limit: 200_000) ?? "",
            bodyEnglish: try form.text("isi_en", limit: 200_000) ?? "")
    }

    /// The first moment of a day in western Indonesian time.
    private func day(_ form: Query) throws -> Instant? {
        guard let text = try form.text("terbit", limit: 20) else { return nil }
        guard let day = Day(iso: text) else { throw ArticleRefusal.badDate }
        return Instant(milliseconds: Int64(day.daysSince1970) * 86_400_000 - Int64(Zone.wib.hours) * 3_600_000)
    }

    private func number(_ context: Context) throws -> Int {
        try context.number("id") { ArticleRefusal.unknown($0) }
    }
}

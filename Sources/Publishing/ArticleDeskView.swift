import Kernel
import Web

/// The pages on which news and guides are written.
enum ArticleDeskView {
    static func list(_ articles: [Article], at now: Instant, _ frame: Frame) -> HTML {
        let title = frame.say("Berita dan panduan", "News and guides")
        let rows = articles.html { article in
            """
            <tr><th scope="row"><a href="\(frame.to(.path("kerja", "tulis", String(article.id))))">\
            \(article.content.title)</a></th>\
            <td data-label="\(frame.say("Jenis", "Kind"))">\(ArticleView.name(article.kind, frame))</td>\
            <td data-label="\(frame.say("Keadaan", "State"))">\(state(article, now, frame))</td>\
            <td data-label="\(frame.say("Kantor", "Office"))">\(article.office)</td></tr>

            """
        }
        let table: HTML =
            articles.isEmpty
            ? "<p class=\"missing\">\(frame.say("Belum ada tulisan.", "Nothing has been written yet."))</p>"
            : """
            <table class="stack"><caption class="sr">\(title)</caption><thead><tr>\
            <th scope="col">\(frame.say("Judul", "Title"))</th><th scope="col">\(frame.say("Jenis", "Kind"))</th>\
            <th scope="col">\(frame.say("Keadaan", "State"))</th><th scope="col">\(frame.say("Kantor", "Office"))</th>\
            </tr></thead><tbody>\(rows)</tbody></table>
            """
        return Layout.page(
            frame, PageHead(title, description: title, indexed: false),
            """
            <h1>\(title)</h1>
            <p><a class="button" href="\(frame.to(.path("kerja", "tulis", "berita")))">\(frame.say("Tulis berita", "Write news"))</a>
            <a class="button second" href="\(frame.to(.path("kerja", "tulis", "panduan")))">\(frame.say("Tulis panduan", "Write a guide"))</a></p>
            \(table)
            """)
    }

    /// What is being written: a new article or an old one, with what was wrong and, if asked for, how it will look.
    struct Editing {
        let kind: Article.Kind
        let article: Article?
        let content: Article.Content
        var note = ""
        var problems = FormProblems.none
        var preview = false
        /// The revision that the form began with; nil for the newest.
        var revision: Int?
        /// What somebody else stored meanwhile.
        var stored: Article.Content?
    }

    static func edit(_ editing: Editing, at now: Instant, _ frame: Frame) -> HTML {
        let form = FormView(frame, editing.problems)
        let name = ArticleView.name(editing.kind, frame)
        let title = editing.article?.content.title ?? frame.say("\(name) baru", "New: \(name)")
        let path = editing.article.map { String($0.id) } ?? editing.kind.path
        let isPublic = editing.article?.isPublic(at: now) ?? false
        let revision = editing.article.map { String(editing.revision ?? $0.revision) }
        let fields: HTML = """
            \(html(revision) { form.hidden("revisi", $0) })\(form.text("judul", label: frame.say("Judul", "Title (Indonesian)"), value: editing.content.title,
                required: true, limit: .characters(160)))
            \(form.area("isi", label: frame.say("Isi", "Text (Indonesian)"), value: editing.content.body,
                hint: frame.say(
                    "Markdown: ## subjudul, **tebal**, - butir, [teks](https://alamat).",
                    "Markdown: ## heading, **bold**, - item, [text](https://address)."), required: true))
            \(form.text("judul_en", label: frame.say("Judul bahasa Inggris", "Title (English)"),
                value: editing.content.titleEnglish, hint: frame.say("Boleh kosong.", "May be left empty."),
                limit: .characters(160)))
            \(form.area("isi_en", label: frame.say("Isi bahasa Inggris", "Text (English)"),
                value: editing.content.bodyEnglish))
            \(isPublic
                ? form.text("koreksi", label: frame.say("Apa yang dikoreksi?", "What was corrected?"),
                    value: editing.note, hint: frame.say("Pembaca melihat catatan ini.", "Readers see this note."))
                : .empty)
            \(form.actions(
                form.button(frame.say("Simpan", "Save")),
                form.button(frame.say("Pratinjau", "Preview"), .second, name: "pratinjau")))
            """
        return Layout.page(
            frame,
            PageHead(
                form.title(title), description: title,
                crumbs: [Crumb(frame.say("Berita dan panduan", "News and guides"), frame.to(.path("kerja", "tulis")))],
                indexed: false),
            """
            \(form.summary())<h1>\(title)</h1>
            \(html(editing.article) { standing($0, now, frame) })
            \(editing.preview ? preview(editing.content, frame) : .empty)
            \(html(editing.stored) { stored($0, frame) })
            \(form.form(to: .path("kerja", "tulis", path), fields))
            \(html(editing.article) { publication($0, form) })
            """)
    }

    private static func preview(_ content: Article.Content, _ frame: Frame) -> HTML {
        """
        \(NoticeView.notice(.plain, frame.say("Pratinjau.", "Preview."), "\(frame.say("Belum disimpan.", "Not saved yet."))"))
        \(text(content, frame.say("Pratinjau", "Preview")))
        """
    }

    private static func stored(_ content: Article.Content, _ frame: Frame) -> HTML {
        let title = frame.say("Yang tersimpan sekarang", "What is stored now")
        return "\(NoticeView.notice(.soon, "\(title):"))\(text(content, title))"
    }

    private static func text(_ content: Article.Content, _ label: String) -> HTML {
        """
        <section class="prose" aria-label="\(label)"><h2>\(content.title)</h2>
        \(markdown(content.body))
        \(content.isInEnglish
            ? "<div lang=\"en\"><h2>\(content.titleEnglish)</h2>\(markdown(content.bodyEnglish))</div>"
            : .empty)</section>
        """
    }

    private static func standing(_ article: Article, _ now: Instant, _ frame: Frame) -> HTML {
        let open: HTML =
            article.isPublic(at: now)
            ? "<p><a href=\"\(frame.to(.path(article.kind.path, article.slug)))\">\(frame.say("Lihat halaman publik", "See the public page"))</a></p>"
            : .empty
        return "<p>\(state(article, now, frame))</p>\(open)"
    }

    private static func publication(_ article: Article, _ form: FormView) -> HTML {
        let frame = form.frame
        let here = Address.path("kerja", "tulis", String(article.id), "terbit")
        let shown = article.publishedAt != nil && article.withdrawnAt == nil
        let controls: HTML =
            shown
            ? form.button(frame.say("Tarik dari publik", "Take back"), .danger, name: "tarik")
            : form.date(
                "terbit", label: frame.say("Terbit mulai (kosong: sekarang)", "Publish from (empty: now)"))
                + form.button(frame.say("Terbitkan", "Publish"), name: "terbitkan")
        return """
            <section aria-labelledby="terbit"><h2 id="terbit">\(frame.say("Penerbitan", "Publication"))</h2>
            \(form.form(to: here, controls))</section>
            """
    }

    private static func state(_ article: Article, _ now: Instant, _ frame: Frame) -> String {
        guard let publishedAt = article.publishedAt else { return frame.say("Rancangan", "Draft") }
        let day = publishedAt.day().long(frame.language)
        if article.withdrawnAt != nil { return frame.say("Ditarik", "Taken back") }
        return publishedAt <= now
            ? frame.say("Terbit \(day)", "Published \(day)") : frame.say("Akan terbit \(day)", "To appear \(day)")
    }
}

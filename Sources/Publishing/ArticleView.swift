import Kernel
import Web

/// News and guides as the public reads them.
enum ArticleView {
    static func list(_ kind: Article.Kind, _ articles: [Article], _ frame: Frame) -> HTML {
        let title = name(kind, frame)
        let head = PageHead(
            title,
            description: kind == .news
                ? frame.say("Kabar dari jaringan inovasi pelayanan publik.", "News of the innovation network.")
                : frame.say(
                    "Cara memakai Simpul dan merawat data inovasi.", "How to use Simpul and keep records true."),
            place: kind == .news ? .news : .guides)
        let content: HTML =
            articles.isEmpty
            ? "<p class=\"missing\">\(frame.say("Belum ada tulisan.", "Nothing has been published yet."))</p>"
            : "<ul class=\"plain\">\(articles.html { line($0, frame) })</ul>"
        return Layout.page(frame, head, "<h1>\(title)</h1>\n\(content)")
    }

    static func page(_ article: Article, _ frame: Frame) -> HTML {
        let english = frame.language == .english && article.content.isInEnglish
        let title = english ? article.content.titleEnglish : article.content.title
        let place: Layout.Place = article.kind == .news ? .news : .guides
        let head = PageHead(
            title, description: title, place: place,
            crumbs: [Crumb(name(article.kind, frame), frame.to(.path(article.kind.path)))])
        return Layout.page(frame, head, body(article, english: english, frame))
    }

    /// The article itself; also what a preview shows.
    static func body(_ article: Article, english: Bool, _ frame: Frame) -> HTML {
        let content = article.content
        let language: HTML = english || frame.language == .indonesian ? "" : " lang=\"id\""
        let only: HTML =
            frame.language == .english && !english
            ? "<p class=\"soft\">This article is available in Indonesian only.</p>" : .empty
        return """
            <article class="prose"><h1\(language)>\(english ? content.titleEnglish : content.title)</h1>
            <p class="from">\(html(article.publishedAt) { "\($0.day().long(frame.language)), " })\(article.office)</p>
            \(only)\(corrections(article, frame))
            <div\(language)>\(markdown(english ? content.bodyEnglish : content.body))</div></article>
            """
    }

    private static func corrections(_ article: Article, _ frame: Frame) -> HTML {
        article.corrections.html {
            NoticeView.notice(
                .plain,
                frame.say("Dikoreksi \($0.at.day().long(.indonesian)).", "Corrected \($0.at.day().long(.english))."),
                "\($0.note)")
        }
    }

    private static func line(_ article: Article, _ frame: Frame) -> HTML {
        let english = frame.language == .english && article.content.isInEnglish
        let language: HTML = english || frame.language == .indonesian ? "" : " lang=\"id\""
        return """
            <li><p class="name"\(language)><a href="\(frame.to(.path(article.kind.path, article.slug)))">\
            \(english ? article.content.titleEnglish : article.content.title)</a></p>
            <p class="from">\(html(article.publishedAt) { "\($0.day().long(frame.language)), " })\(article.office)</p></li>

            """
    }

    static func name(_ kind: Article.Kind, _ frame: Frame) -> String {
        switch kind {
        case .news: frame.say("Berita", "News")
        case .guide: frame.say("Panduan", "Guides")
        }
    }
}

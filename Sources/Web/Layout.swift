import Kernel

/// What the head of a page says, and where the page stands.
package struct PageHead: Sendable {
    package var title: String
    package var description: String
    package var place: Layout.Place?
    package var crumbs: [Crumb]
    /// schema.org data about the page's subject.
    package var jsonLD: String?
    /// False keeps search engines away: error pages, filtered lists.
    package var indexed: Bool
    /// True when the page draws its own full-width bands.
    package var banded: Bool
    /// True for pages with forms that the one script helps: it saves what is typed, counts words, sends once. Whoever
    /// is signed in has it on every page: when they leave, it deletes the copies it kept.
    package var script: Bool

    package init(
        _ title: String, description: String, place: Layout.Place? = nil, crumbs: [Crumb] = [], jsonLD: String? = nil,
        indexed: Bool = true, banded: Bool = false, script: Bool = false
    ) {
        self.title = title
        self.description = description
        self.place = place
        self.crumbs = crumbs
        self.jsonLD = jsonLD
        self.indexed = indexed
        self.banded = banded
        self.script = script
    }
}

/// The frame around every page: head, header, footer.
package enum Layout {
    /// A place in the site that the main navigation may point at.
    package enum Place: Sendable, CaseIterable {
        case innovations, institutions, regions, hubs, competitions, guides, news, data, about, signIn
    }

    package static func page(_ frame: Frame, _ head: PageHead, _ content: HTML) -> HTML {
        let language = frame.language
        return """
            <!doctype html>
            <html lang="\(language.rawValue)">
            \(headElement(frame, head))
            <body>
            <a class="skip button" href="#isi">\(frame.say("Langsung ke isi", "Skip to content"))</a>
            \(HeaderView.header(frame, head))
            \(crumbs(frame, head.crumbs))
            <main id="isi"\(head.banded ? "" : " class=\"wrap\"") tabindex="-1">
            \(content)
            </main>
            \(footer(frame))
            </body>
            </html>

            """
    }

    private static func headElement(_ frame: Frame, _ head: PageHead) -> HTML {
        let site = HTML(stringLiteral: "Simpul")
        let indonesian = absolute(frame, frame.here)
        let english = absolute(frame, frame.here.within(Language.english.prefix))
        let canonical = frame.language == .indonesian ? indonesian : english
        return """
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>\(head.title) – \(site)</title>
            <meta name="description" content="\(head.description)">
            \(head.indexed ? "" : "<meta name=\"robots\" content=\"noindex\">")
            \(html(head.indexed ? canonical : nil) { "<link rel=\"canonical\" href=\"\($0)\">" })
            \(html(indonesian) { "<link rel=\"alternate\" hreflang=\"id\" href=\"\($0)\">" })
            \(html(english) { "<link rel=\"alternate\" hreflang=\"en\" href=\"\($0)\">" })
            <link rel="icon" href="\(frame.asset("mark.svg"))" type="image/svg+xml">
            <link rel="stylesheet" href="\(frame.asset("simpul.css"))">
            <link rel="search" type="application/opensearchdescription+xml" title="Simpul" href="\(frame.openSearch)">
            <link rel="alternate" type="application/atom+xml" title="\(frame.say("Inovasi terbaru", "Newest innovations"))" \
            href="\(frame.feed)">
            \(html(head.jsonLD) { jsonLD($0) })
            \(head.script || !frame.formToken.isEmpty ? "<script src=\"\(frame.asset("simpul.js"))\" defer></script>" : "")
            </head>
            """
    }

    private static func absolute(_ frame: Frame, _ path: Address) -> Address? {
        Address(frame.publicURL + path.text)
    }

    /// `<` is written as an escape so that no text of a record can close the element.
    private static func jsonLD(_ json: String) -> HTML {
        let safe = json.replacing("<", with: "\\u003c")
        return "<script type=\"application/ld+json\">" + HTML(stringLiteral: safe) + "</script>"
    }

    private static func crumbs(_ frame: Frame, _ crumbs: [Crumb]) -> HTML {
        guard !crumbs.isEmpty else { return .empty }
        return """
            <div class="wrap"><nav class="crumbs" aria-label="\(frame.say("Jejak halaman", "Breadcrumbs"))"><ol>\
            \(crumbs.html { "<li><a href=\"\($0.address)\">\($0.name)</a></li>" })</ol></nav></div>
            """
    }

    private static func footer(_ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        func item(_ name: String, _ address: Address) -> HTML {
            "<li><a href=\"\(frame.to(address))\">\(name)</a></li>"
        }
        return """
            <footer class="foot"><div class="wrap">
            <nav aria-label="\(say("Kaki halaman", "Footer"))"><div class="grid">
            <ul>\(item(say("Semua inovasi", "All innovations"), .path("inovasi")))\
            \(item(say("Menurut instansi", "By institution"), .path("instansi")))\
            \(item(say("Menurut wilayah", "By region"), .path("wilayah")))</ul>
            <ul>\(item(say("Peta", "Map"), .path("peta")))\
            \(item(say("Menurut SDG", "By SDG"), .path("sdg")))\
            \(item(say("Kemutakhiran data", "How current the data are"), .path("kemutakhiran")))</ul>
            <ul>\(item(say("Unduh data terbuka", "Download open data"), .path("data")))\
            <li><a href="\(Address.path("api"))">API</a></li>\
            \(item(say("Cara angka dihitung", "How figures are computed"), .path("tentang", fragment: "angka")))</ul>
            <ul>\(item(say("Tentang Simpul", "About Simpul"), .path("tentang")))\
            \(item(say("Hub inovasi", "Innovation hubs"), .path("hub")))\
            \(item(say("Panduan", "Guides"), .path("panduan")))</ul>
            </div></nav>
            <p class="soft">\(say(
                "Simpul menghubungkan data inovasi pelayanan publik yang sudah terbuka. Bukan situs resmi pemerintah. Data mengikuti ketentuan sumbernya; kodenya berlisensi Apache-2.0.",
                "Simpul links data on public service innovation that is already public. Not an official government site. Data keep the terms of their sources; the code is licensed under Apache-2.0."))</p>
            </div></footer>
            """
    }
}

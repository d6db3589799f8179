import Kernel

/// The header: the same words on every page, and below them the work of whoever is signed in.
enum HeaderView {
    /// A word of the main navigation and the place it points at.
    private struct Word {
        let place: Layout.Place
        let name: Phrase
        let address: Address

        init(_ place: Layout.Place, _ name: Phrase, _ address: Address) {
            self.place = place
            self.name = name
            self.address = address
        }
    }

    private static let words = [
        Word(.innovations, Phrase("Inovasi", "Innovations"), .path("inovasi")),
        Word(.institutions, Phrase("Instansi", "Institutions"), .path("instansi")),
        Word(.hubs, Phrase("Hub", "Hubs"), .path("hub")),
        Word(.competitions, Phrase("Kompetisi", "Competitions"), .path("kompetisi")),
        Word(.guides, Phrase("Panduan", "Guides"), .path("panduan")),
        Word(.news, Phrase("Berita", "News"), .path("berita")),
        Word(.data, Phrase("Data terbuka", "Open data"), .path("data")),
    ]
    private static let signIn = Word(.signIn, Phrase("Masuk", "Sign in"), .path("masuk"))

    static func header(_ frame: Frame, _ head: PageHead) -> HTML {
        let other: Language = frame.language == .indonesian ? .english : .indonesian
        return """
            <header class="head"><div class="wrap">
            <a class="brand" href="\(frame.to(.path()))">\(Mark.small)<span>Simpul</span> \
            <small>\(frame.say("Jaringan Inovasi Pelayanan Publik", "Public Service Innovation Network"))</small></a>
            <button class="menu button second small" type="button" popovertarget="menu">Menu</button>
            <nav class="nav sheet" id="menu" popover aria-label="\(frame.say("Utama", "Main"))"><ul>
            \((frame.visitor == nil ? words + [signIn] : words).html { word($0, frame, head.place) })
            </ul><button class="menu button small" type="button" popovertarget="menu" popovertargetaction="hide">\
            \(frame.say("Tutup menu", "Close menu"))</button></nav>
            <a class="lang" href="\(frame.here.within(other.prefix))" hreflang="\(other.rawValue)" \
            lang="\(other.rawValue)">\(other == .english ? "English" : "Bahasa Indonesia")</a>
            \(html(frame.visitor) { desk($0, frame) })</div></header>
            """
    }

    private static func word(_ word: Word, _ frame: Frame, _ here: Layout.Place?) -> HTML {
        """
        <li><a href="\(frame.to(word.address))"\(word.place == here ? " aria-current=\"true\"" : "")>\
        \(frame.language.say(word.name))</a></li>

        """
    }

    private static func desk(_ visitor: any Visitor, _ frame: Frame) -> HTML {
        let work = visitor.desk(frame.language)
        // The nearest place above this page counts: `/kerja/inovasi/7` belongs to `/kerja/inovasi`, not to `/kerja`.
        let path = frame.here.text.prefix { $0 != "?" && $0 != "#" }
        let nearest = work.map(\.address.text).filter { path == $0 || path.hasPrefix($0 + "/") }.max {
            $0.count < $1.count
        }
        func current(_ address: Address) -> HTML {
            guard address.text == nearest else { return .empty }
            return path == address.text ? " aria-current=\"page\"" : " aria-current=\"true\""
        }
        return """
            <nav class="nav desk" aria-label="\(frame.say("Meja kerja", "Desk"))"><ul>
            \(work.html { "<li><a href=\"\(frame.to($0.address))\"\(current($0.address))>\($0.name)</a></li>\n" })\
            <li class="me"><a href="\(frame.to(.path("akun")))"\(path == "/akun" ? " aria-current=\"page\"" : "")>\
            \(visitor.name)</a></li>
            <li><form method="post" action="\(frame.to(.path("keluar")))" data-leave>\
            <input type="hidden" name="\(FormToken.field)" value="\(visitor.formToken)">\
            <button>\(frame.say("Keluar", "Sign out"))</button></form></li></ul></nav>

            """
    }
}

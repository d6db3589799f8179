import Institutions
import Kernel
import Web

/// What this portal itself holds, each count with its own denominator.
package struct Holdings: Sendable {
    package let innovations: Int
    package let sources: Int
    /// Of the 38 provinces, those with at least one innovation here.
    package let provinces: Int
    /// Of the 508 autonomous regencies and cities, those whose government has at least one innovation here.
    package let localGovernments: Int
    /// Innovations of which a source says whether they go on.
    package let continuityKnown: Int
    package let asOf: Instant

    package init(
        innovations: Int, sources: Int, provinces: Int, localGovernments: Int, continuityKnown: Int, asOf: Instant
    ) {
        self.innovations = innovations
        self.sources = sources
        self.provinces = provinces
        self.localGovernments = localGovernments
        self.continuityKnown = continuityKnown
        self.asOf = asOf
    }
}

package struct HomePage: Sendable {
    package let holdings: Holdings
    package let figures: [Figure]
    package let newest: [Entry]
    package let map: MapModel
    package let hubs: [HubLine]
    package let jsonLD: String?

    package init(
        holdings: Holdings, figures: [Figure], newest: [Entry], map: MapModel, hubs: [HubLine], jsonLD: String? = nil
    ) {
        self.holdings = holdings
        self.figures = figures
        self.newest = newest
        self.map = map
        self.hubs = hubs
        self.jsonLD = jsonLD
    }
}

package enum HomeView {
    private static let examples = ["akta kelahiran", "cegah stunting", "perizinan satu pintu", "perpustakaan keliling"]

    package static func page(_ model: HomePage, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let title = say(
            "Temukan inovasi pelayanan publik dari seluruh Indonesia",
            "Find public service innovations from all over Indonesia")
        let head = PageHead(
            title,
            description: say(
                "Direktori inovasi pelayanan publik Indonesia: apa, milik siapa, dan dari sumber mana diketahui.",
                "The directory of Indonesian public service innovations: what, whose, and by which source known."),
            jsonLD: model.jsonLD, banded: true)
        return Layout.page(
            frame, head,
            """
            \(hero(title, frame))
            <div class="wrap">
            <section aria-labelledby="isi-portal"><h2 id="isi-portal">\(say("Yang dapat Anda baca di sini", "What you can read here"))</h2>
            \(FiguresView.holdings(model.holdings, frame))</section>
            <section aria-labelledby="peta"><h2 id="peta">\(say("Lihat menurut provinsi", "Look by province"))</h2>
            \(MapView.figure(model.map, frame))</section>
            <div class="cols even">
            <section aria-labelledby="baru"><h2 id="baru">\(say("Baru dimuat", "Newest here"))</h2>
            \(EntryView.list(model.newest, level: 3, ordered: false, frame))
            <p><a href="\(frame.to(.path("inovasi", query: [("sort", "newest")])))">\(say("Semua inovasi, terbaru dahulu", "All innovations, newest first"))</a></p></section>
            <section aria-labelledby="hub"><h2 id="hub">\(say("Hub bertambah sejak 2020", "Hubs have grown since 2020"))</h2>
            \(HubView.timeline(model.hubs, frame))
            <p><a href="\(frame.to(.path("hub")))">\(say("Semua Hub yang diketahui namanya", "All hubs known by name"))</a></p></section>
            </div>
            <section aria-labelledby="angka"><h2 id="angka">\(say("Yang diumumkan pihak lain tentang jaringan ini", "What others have published about the network"))</h2>
            \(FiguresView.published(model.figures.filter(\.home), frame))
            <p class="soft">\(say("Angka di atas dikutip dari sumbernya dan tidak dihitung dari isi portal ini.", "These figures are quoted from their sources and not computed from what this portal holds."))</p></section>
            </div>
            """)
    }

    private static func hero(_ title: String, _ frame: Frame) -> HTML {
        let links = examples.html { words in
            "<a\(frame.record) href=\"\(frame.to(.path("inovasi", query: [("q", words)])))\">\(words)</a> "
        }
        return """
            <div class="band hero">\(Mark.rope)<div class="wrap">
            <h1>\(title)</h1>
            <form class="search" role="search" action="\(frame.to(.path("inovasi")))">\
            <label for="q">\(frame.say("Masalah apa yang ingin Anda atasi?", "Which problem do you want to solve?"))</label>\
            <div><input type="search" id="q" name="q" maxlength="500" autocomplete="off" enterkeyhint="search">\
            <button class="button">\(frame.say("Cari", "Search"))</button></div></form>
            <p class="row"><span class="soft">\(frame.say("Misalnya:", "For example:"))</span> \(links)</p>
            </div></div>
            """
    }
}

/// Numbers with what they count and where they come from. Published and own figures are never mixed.
package enum FiguresView {
    package static func holdings(_ holdings: Holdings, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let when = "\(holdings.asOf.day().long(frame.language)), \(holdings.asOf.clock()) WIB"
        let total = frame.number(holdings.innovations)
        let sources = frame.count(holdings.sources, "sumber", "source", "sources")
        let continuity =
            holdings.continuityKnown == 0
            ? .empty
            : figure(
                frame.number(holdings.continuityKnown),
                say("diketahui keberlanjutannya", "known to go on or to have stopped"),
                say(
                    "dari \(total) inovasi; selebihnya belum diketahui",
                    "of \(total) innovations; the rest is not known yet"))
        return """
            <dl class="figures">
            \(figure(total, say("inovasi dimuat", "innovations loaded"), say("dari \(sources)", "from \(sources)")))
            \(figure(frame.number(holdings.provinces), say("provinsi punya data", "provinces have data"), say("dari 38 provinsi", "of 38 provinces")))
            \(figure(frame.number(holdings.localGovernments), say("pemerintah kabupaten dan kota punya data", "regency and city governments have data"), say("dari 508 yang otonom", "of the 508 that are autonomous")))
            \(continuity)
            </dl>
            <p class="from">\(say("dihitung dari isi portal ini, \(when)", "counted from what this portal holds, \(when)"))</p>
            """
    }

    package static func published(_ figures: [Figure], _ frame: Frame) -> HTML {
        var order: [String] = []
        for figure in figures where !order.contains(figure.key) { order.append(figure.key) }
        return """
            <dl class="figures">
            \(order.html { key in rivals(figures.filter { $0.key == key }, frame) })
            </dl>
            """
    }

    /// One figure, or the same figure by several sources side by side.
    private static func rivals(_ figures: [Figure], _ frame: Frame) -> HTML {
        guard let first = figures.first else { return .empty }
        let numbers = figures.map { frame.number($0.value) }.joined(separator: " / ")
        let details = figures.html { figure in
            """
            <dd>\(frame.language.say(figure.detail))</dd><dd class="from">\(source(figure)), \
            \(figure.when(frame.language))</dd>
            """
        }
        return """
            <div><dt>\(frame.language.say(first.label))</dt><dd class="n">\(numbers)</dd>\(details)</div>

            """
    }

    private static func source(_ figure: Figure) -> HTML {
        guard let address = figure.address.flatMap({ Address($0) }) else { return "\(figure.source)" }
        return "<a href=\"\(address)\" rel=\"noopener\">\(figure.source)</a>"
    }

    private static func figure(_ number: String, _ label: String, _ detail: String) -> HTML {
        "<div><dt>\(label)</dt><dd class=\"n\">\(number)</dd><dd>\(detail)</dd></div>"
    }
}

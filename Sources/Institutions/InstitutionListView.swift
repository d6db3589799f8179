import Kernel
import Web

/// An institution in a list, with how many innovations of it are held here.
package struct InstitutionLine: Sendable {
    package let code: String
    package let name: String
    package let kind: Institution.Kind
    package let region: String?
    /// Nil: nothing of it has been loaded, which is not zero.
    package let count: Int?
    package let hub: Bool

    package init(code: String, name: String, kind: Institution.Kind, region: String?, count: Int?, hub: Bool) {
        self.code = code
        self.name = name
        self.kind = kind
        self.region = region
        self.count = count
        self.hub = hub
    }
}

/// The institutions of a kind or whose name contains a word, in alphabetical order.
package struct InstitutionListPage: Sendable {
    package let query: String
    package let kind: Institution.Kind?
    /// How many institutions of each kind there are.
    package let kinds: [(kind: Institution.Kind, count: Int)]
    package let lines: [InstitutionLine]
    package let pager: Pager
    /// Spellings in the sources that were not resolved to an institution.
    package let unresolved: Int

    package init(
        query: String, kind: Institution.Kind?, kinds: [(kind: Institution.Kind, count: Int)],
        lines: [InstitutionLine], pager: Pager, unresolved: Int = 0
    ) {
        self.query = query
        self.kind = kind
        self.kinds = kinds
        self.lines = lines
        self.pager = pager
        self.unresolved = unresolved
    }
}

package enum InstitutionListView {
    package static func page(_ model: InstitutionListPage, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let head = PageHead(
            say("Instansi", "Institutions"),
            description: say(
                "Kementerian, lembaga, pemerintah daerah, dan badan lain menurut abjad, dengan inovasinya.",
                "Ministries, agencies, local governments and other bodies in alphabetical order, with their innovations."
            ),
            place: .institutions, indexed: model.query.isEmpty)
        return Layout.page(
            frame, head,
            """
            <h1>\(say("Instansi menurut abjad", "Institutions in alphabetical order"))</h1>
            \(form(model, frame))
            <div class="cols left"><nav class="kinds" aria-label="\(say("Jenis instansi", "Kinds of institution"))">\
            <ul class="bare">\(everything(model, frame))\(model.kinds.html { kind($0.kind, $0.count, model, frame) })</ul></nav>
            <div>\(model.lines.isEmpty ? nothing(model, frame) : table(model, frame))
            \(model.pager.view(frame))</div></div>
            """)
    }

    private static func form(_ model: InstitutionListPage, _ frame: Frame) -> HTML {
        """
        <form class="search plain" role="search" action="\(frame.to(.path("instansi")))">\
        <label for="q">\(frame.say("Cari nama instansi", "Search by name"))</label><div>\
        <input type="search" id="q" name="q" value="\(model.query)" maxlength="200" enterkeyhint="search">\
        <button class="button">\(frame.say("Cari", "Search"))</button></div>\
        \(html(model.kind) { "<input type=\"hidden\" name=\"kind\" value=\"\($0.rawValue)\">" })</form>
        """
    }

    private static func everything(_ model: InstitutionListPage, _ frame: Frame) -> HTML {
        let total = model.kinds.map(\.count).reduce(0, +)
        return item(frame.say("Semua", "All"), total, nil, model, frame)
    }

    private static func kind(
        _ kind: Institution.Kind, _ count: Int, _ model: InstitutionListPage, _ frame: Frame
    ) -> HTML {
        item(frame.language.say(kind.name), count, kind, model, frame)
    }

    private static func item(
        _ name: String, _ count: Int, _ kind: Institution.Kind?, _ model: InstitutionListPage, _ frame: Frame
    ) -> HTML {
        var query: [(String, String)] = model.query.isEmpty ? [] : [("q", model.query)]
        if let kind { query.append(("kind", kind.rawValue)) }
        let here = kind == model.kind
        return """
            <li><a href="\(frame.to(.path("instansi", query: query)))"\(here ? " aria-current=\"true\"" : "")>\(name)</a> \
            <span class="n">\(frame.number(count))</span></li>

            """
    }

    private static func nothing(_ model: InstitutionListPage, _ frame: Frame) -> HTML {
        """
        <h2>\(frame.say("Tidak ada instansi bernama “\(model.query)”", "No institution called “\(model.query)”"))</h2>
        <p>\(frame.say("Coba sebagian namanya saja, misalnya “banyuwangi”.", "Try a part of the name, e.g. “banyuwangi”."))</p>
        """
    }

    private static func table(_ model: InstitutionListPage, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let unresolved = frame.number(model.unresolved)
        return """
            <table class="stack"><thead><tr><th scope="col">\(say("Instansi", "Institution"))</th>\
            <th scope="col">\(say("Wilayah", "Region"))</th>\
            <th scope="col" class="num">\(say("Inovasi di sini", "Innovations here"))</th></tr></thead><tbody>
            \(model.lines.html { row($0, region: true, frame) })</tbody></table>
            <p class="soft">\(say("“Belum dimuat” tidak berarti instansi itu tidak berinovasi.", "“Not loaded yet” does not mean that the institution has no innovations."))
            \(model.unresolved == 0 ? "" : say("\(unresolved) ejaan instansi dalam sumber belum dapat dikenali dan tidak masuk hitungan.", "\(unresolved) spellings in the sources are not recognised yet and are not counted."))</p>
            """
    }

    static func row(_ line: InstitutionLine, region: Bool, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let place: HTML = region ? "<td data-label=\"\(say("Wilayah", "Region"))\">\(line.region ?? "–")</td>" : ""
        return """
            <tr><th scope="row"><a href="\(frame.to(.path("instansi", line.code)))">\(line.name)</a>\
            \(line.hub ? " <span class=\"tag\">Hub</span>" : "")</th>\
            \(place)<td class="num" data-label="\(say("Inovasi", "Innovations"))">\
            \(CountView.cell(line.count, frame))</td></tr>

            """
    }
}

/// A count in a table; what has not been loaded is said so in words, never as a zero.
enum CountView {
    static func cell(_ count: Int?, _ frame: Frame) -> HTML {
        guard let count else { return "<span class=\"soft\">\(frame.say("belum dimuat", "not loaded yet"))</span>" }
        return "\(frame.number(count))"
    }
}

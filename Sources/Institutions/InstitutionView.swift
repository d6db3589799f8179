import Kernel
import Web

/// An institution before or after this one, and what happened.
package struct Kin: Sendable {
    package let code: String
    package let name: String
    package let year: Int?

    package init(code: String, name: String, year: Int?) {
        self.code = code
        self.name = name
        self.year = year
    }
}

/// One institution: its names through the years, its kin, whether it is a hub, and a slot for its innovations.
package struct InstitutionPage: Sendable {
    package var institution: Institution
    package var region: Region?
    package var province: Region?
    /// Other names with the years in which a source uses them, as far as known.
    package var otherNames: [(name: String, from: Int?, until: Int?)]
    package var predecessors: [Kin]
    package var successors: [Kin]
    package var hub: [HubLine]
    /// Innovations held here; nil when nothing of it has been loaded.
    package var count: Int?
    package var years: [(year: Int, count: Int)]
    /// The first of its innovations, drawn by the directory.
    package var innovations: HTML
    package var panels: [HTML]
    package var jsonLD: String?

    package init(
        institution: Institution, region: Region? = nil, province: Region? = nil,
        otherNames: [(name: String, from: Int?, until: Int?)] = [], predecessors: [Kin] = [], successors: [Kin] = [],
        hub: [HubLine] = [], count: Int?, years: [(year: Int, count: Int)] = [], innovations: HTML = .empty,
        panels: [HTML] = [], jsonLD: String? = nil
    ) {
        self.institution = institution
        self.region = region
        self.province = province
        self.otherNames = otherNames
        self.predecessors = predecessors
        self.successors = successors
        self.hub = hub
        self.count = count
        self.years = years
        self.innovations = innovations
        self.panels = panels
        self.jsonLD = jsonLD
    }
}

package enum InstitutionView {
    package static func page(_ model: InstitutionPage, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let institution = model.institution
        let head = PageHead(
            institution.name,
            description: say(
                "Inovasi pelayanan publik \(institution.name).", "Public service innovations of \(institution.name)."),
            place: .institutions, crumbs: crumbs(model, frame), jsonLD: model.jsonLD)
        return Layout.page(
            frame, head,
            """
            <h1>\(institution.name)</h1>
            <p class="lead">\(finding(model, frame))</p>
            <div class="cols"><div>
            \(html(model.count) { "<h2 id=\"inovasi\" class=\"sr\">\(say("Inovasi", "Innovations")) (\($0))</h2>" })
            \(model.innovations)
            \(more(model, frame))
            \(chart(model.years, institution.code, frame))
            \(model.panels)
            </div><aside aria-label="\(say("Sekilas", "At a glance"))"><div class="panel">\(facts(model, frame))</div>
            \(kin(model, frame))</aside></div>
            """)
    }

    private static func crumbs(_ model: InstitutionPage, _ frame: Frame) -> [Crumb] {
        var crumbs = [Crumb(frame.say("Instansi", "Institutions"), frame.to(.path("instansi")))]
        if let province = model.province {
            crumbs.append(Crumb(province.name, frame.to(.path("wilayah", province.code))))
        }
        return crumbs
    }

    private static func finding(_ model: InstitutionPage, _ frame: Frame) -> String {
        guard let count = model.count else {
            return frame.say(
                "Inovasinya belum dimuat di portal ini. Itu tidak berarti tidak ada.",
                "Its innovations are not loaded here yet. That does not mean there are none.")
        }
        let amount = frame.count(count, "inovasi", "innovation", "innovations")
        return frame.say("\(amount) di portal ini.", "\(amount) in this portal.")
    }

    private static func more(_ model: InstitutionPage, _ frame: Frame) -> HTML {
        guard let count = model.count, count > 0 else { return .empty }
        let all = Address.path("inovasi", query: [("institution", model.institution.code)])
        let amount = frame.count(count, "inovasi", "innovation", "innovations")
        return """
            <p class="screen"><a class="button second" href="\(frame.to(all))">\
            \(frame.say("Cari di antara \(amount)", "Search among the \(amount)"))</a></p>
            """
    }

    private static func chart(_ years: [(year: Int, count: Int)], _ code: String, _ frame: Frame) -> HTML {
        guard years.count > 1 else { return .empty }
        let rows = years.map { year, count in
            let address = Address.path("inovasi", query: [("institution", code), ("year", String(year))])
            return Chart.Row(String(year), count, frame.to(address))
        }
        return ChartView.table(
            Chart(
                caption: frame.say("Menurut tahun yang ditulis sumber", "By the year the sources state"),
                rowTitle: frame.say("Tahun", "Year"), numberTitle: frame.say("Inovasi", "Innovations"), rows: rows),
            frame)
    }

    private static func facts(_ model: InstitutionPage, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let institution = model.institution
        let unknown = say("belum diketahui", "not known yet")
        let region = model.region.map { region -> HTML in
            "<a href=\"\(frame.to(.path("wilayah", region.code)))\">\(region.name)</a>"
        }
        let since = institution.from.map(String.init) ?? unknown
        return """
            <dl class="facts"><dt>\(say("Jenis", "Kind"))</dt><dd>\(frame.language.say(institution.kind.name))</dd>\
            <dt>\(say("Wilayah", "Region"))</dt><dd>\(region ?? "\(unknown)")</dd>\
            <dt>\(say("Kode", "Code"))</dt><dd>\(institution.code)</dd>\
            <dt>\(say("Ada sejak", "Exists since"))</dt><dd>\(since)</dd>\
            \(html(institution.until) { "<dt>\(say("Sampai", "Until"))</dt><dd>\($0)</dd>" })\
            \(model.hub.html { hub($0, frame) })\
            <dt>\(say("Sumber", "Source"))</dt><dd class="from">\(institution.source)</dd></dl>
            """
    }

    private static func hub(_ line: HubLine, _ frame: Frame) -> HTML {
        let basis =
            line.decree ?? line.remark.map(frame.language.say)
            ?? frame.say("keputusannya belum diketahui", "decree not known yet")
        let year = line.byThen ? frame.say("paling lambat \(line.year)", "by \(line.year)") : String(line.year)
        return "<dt>Hub</dt><dd>\(year)<br><span class=\"from\">\(basis)</span></dd>"
    }

    private static func kin(_ model: InstitutionPage, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        var knots = model.predecessors.html { knot($0, say("sebelumnya", "before"), frame) }
        knots += model.otherNames.html { name in
            "<li><strong>\(name.name)</strong><br><span class=\"soft\">\(span(name.from, name.until, frame))</span></li>"
        }
        knots += model.successors.html { knot($0, say("sesudahnya", "after"), frame) }
        guard !knots.text.isEmpty else { return .empty }
        return """
            <h2>\(say("Nama lain dan kaitannya", "Other names and kin"))</h2><ol class="thread tight">\(knots)</ol>
            """
    }

    private static func knot(_ kin: Kin, _ role: String, _ frame: Frame) -> HTML {
        """
        <li class="tied"><a href="\(frame.to(.path("instansi", kin.code)))">\(kin.name)</a><br>\
        <span class="soft">\(role)\(html(kin.year) { ", \($0)" })</span></li>
        """
    }

    private static func span(_ from: Int?, _ until: Int?, _ frame: Frame) -> String {
        switch (from, until) {
        case (nil, nil): frame.say("tahunnya belum diketahui", "years not known yet")
        case (let from?, nil): frame.say("sejak \(from)", "since \(from)")
        case (nil, let until?): frame.say("sampai \(until)", "until \(until)")
        case (let from?, let until?): "\(from)–\(until)"
        }
    }
}

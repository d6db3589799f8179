import Kernel
import Web

/// The list of the 38 provinces with what each holds.
package struct RegionListPage: Sendable {
    package struct Line: Sendable {
        package let region: Region
        /// Of its autonomous regencies and cities, how many have data here, and how many there are.
        package let governments: (with: Int, of: Int)
        /// Innovations placed in the province; nil when nothing has been loaded.
        package let count: Int?

        package init(region: Region, governments: (with: Int, of: Int), count: Int?) {
            self.region = region
            self.governments = governments
            self.count = count
        }
    }

    package let lines: [Line]
    package let map: MapModel

    package init(lines: [Line], map: MapModel) {
        self.lines = lines
        self.map = map
    }
}

/// One province, regency or city.
package struct RegionPage: Sendable {
    package var region: Region
    /// The province it lies in; nil for a province.
    package var province: Region?
    /// Its governments in alphabetical order: for a province its own and those of its regencies and cities.
    package var governments: [InstitutionLine]
    /// Units in it that have no government of their own (DKI Jakarta).
    package var units: [Region]
    /// Innovations placed in it; nil when nothing has been loaded.
    package var count: Int?
    package var hub: [HubLine]
    package var innovations: HTML
    package var panels: [HTML]

    package init(
        region: Region, province: Region? = nil, governments: [InstitutionLine], units: [Region] = [], count: Int?,
        hub: [HubLine] = [], innovations: HTML = .empty, panels: [HTML] = []
    ) {
        self.region = region
        self.province = province
        self.governments = governments
        self.units = units
        self.count = count
        self.hub = hub
        self.innovations = innovations
        self.panels = panels
    }
}

package enum RegionView {
    package static func list(_ model: RegionListPage, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let held = model.lines.count { $0.count != nil }
        let title = say("\(held) dari 38 provinsi sudah punya data di sini", "\(held) of 38 provinces have data here")
        let head = PageHead(
            say("Wilayah", "Regions"),
            description: say("Inovasi menurut 38 provinsi.", "Innovations by the 38 provinces."), place: .regions)
        return Layout.page(
            frame, head,
            """
            <h1>\(title)</h1>
            \(MapView.figure(model.map, frame))
            <h2>\(say("Provinsi menurut kode wilayah", "Provinces by region code"))</h2>
            <table class="stack"><thead><tr><th scope="col">\(say("Provinsi", "Province"))</th>\
            <th scope="col">\(say("Kabupaten dan kota dengan data", "Regencies and cities with data"))</th>\
            <th scope="col" class="num">\(say("Inovasi di sini", "Innovations here"))</th></tr></thead><tbody>
            \(model.lines.html { row($0, frame) })</tbody></table>
            """)
    }

    private static func row(_ line: RegionListPage.Line, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let share =
            line.governments.of == 0
            ? say("tidak punya kabupaten atau kota otonom", "has no autonomous regency or city")
            : say(
                "\(line.governments.with) dari \(line.governments.of)",
                "\(line.governments.with) of \(line.governments.of)")
        return """
            <tr><th scope="row"><a href="\(frame.to(.path("wilayah", line.region.code)))">\(line.region.name)</a></th>\
            <td data-label="\(say("Kab./kota", "Governments"))">\(share)</td>\
            <td class="num" data-label="\(say("Inovasi", "Innovations"))">\
            \(CountView.cell(line.count, frame))</td></tr>

            """
    }

    package static func page(_ model: RegionPage, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let region = model.region
        var crumbs = [Crumb(say("Wilayah", "Regions"), frame.to(.path("wilayah")))]
        if let province = model.province {
            crumbs.append(Crumb(province.name, frame.to(.path("wilayah", province.code))))
        }
        let head = PageHead(
            region.name,
            description: say(
                "Inovasi pelayanan publik di \(region.name).", "Public service innovations in \(region.name)."),
            place: .regions, crumbs: crumbs)
        return Layout.page(
            frame, head,
            """
            <h1>\(region.level == .province ? say("Provinsi \(region.name)", "\(region.name) Province") : region.name)</h1>
            <p class="lead">\(finding(model, frame))</p>
            \(model.hub.html { "<p><span class=\"tag\">Hub</span> <span class=\"from\">\($0.decree ?? $0.source)</span></p>" })
            \(html(model.count) { _ in "<h2 id=\"inovasi\" class=\"sr\">\(say("Inovasi", "Innovations"))</h2>" })
            \(model.innovations)
            \(more(model, frame))
            \(governments(model, frame))
            \(model.panels)
            """)
    }

    private static func finding(_ model: RegionPage, _ frame: Frame) -> String {
        guard let count = model.count else {
            return frame.say(
                "Inovasi dari wilayah ini belum dimuat. Itu tidak berarti tidak ada.",
                "Innovations from this region are not loaded yet. That does not mean there are none.")
        }
        let amount = frame.count(count, "inovasi", "innovation", "innovations")
        guard model.region.level == .province else {
            return frame.say("\(amount) di portal ini.", "\(amount) in this portal.")
        }
        let with = model.governments.count { $0.count != nil }
        let of = model.governments.count
        return frame.say(
            "\(amount) di portal ini. \(with) dari \(of) pemerintah daerah di provinsi ini sudah punya data di sini.",
            "\(amount) in this portal. \(with) of the \(of) governments in this province have data here.")
    }

    private static func more(_ model: RegionPage, _ frame: Frame) -> HTML {
        guard model.region.level == .province, let count = model.count, count > 0 else { return .empty }
        let all = Address.path("inovasi", query: [("province", model.region.code)])
        let amount = frame.count(count, "inovasi", "innovation", "innovations")
        return """
            <p class="screen"><a class="button second" href="\(frame.to(all))">\
            \(frame.say("Cari di antara \(amount)", "Search among the \(amount)"))</a></p>
            """
    }

    private static func governments(_ model: RegionPage, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        guard !model.governments.isEmpty || !model.units.isEmpty else { return .empty }
        let units: HTML =
            model.units.isEmpty
            ? ""
            : """
            <p class="soft">\(say("Wilayah administrasi tanpa pemerintah otonom:", "Administrative units without a government of their own:")) \
            \(model.units.map(\.name).joined(separator: ", ")).</p>
            """
        return """
            <h2>\(say("Pemerintah daerah, menurut abjad", "Governments, in alphabetical order"))</h2>
            <table class="stack"><thead><tr><th scope="col">\(say("Instansi", "Institution"))</th>\
            <th scope="col" class="num">\(say("Inovasi di sini", "Innovations here"))</th></tr></thead><tbody>
            \(model.governments.html { InstitutionListView.row($0, region: false, frame) })</tbody></table>
            \(units)
            """
    }
}

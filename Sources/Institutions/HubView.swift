import Kernel
import Web

/// One designation of a hub as a source states it.
package struct HubLine: Sendable {
    package let name: String
    /// The institution's code where the name was resolved.
    package let code: String?
    package let year: Int
    /// True when the source says only "by this year".
    package let byThen: Bool
    /// The decree that names it; nil when no source gives one.
    package let decree: String?
    /// What else the source says of the step, e.g. that it was a commitment or an announcement.
    package let remark: Phrase?
    package let source: String

    package init(
        name: String, code: String?, year: Int, byThen: Bool, decree: String?, remark: Phrase? = nil, source: String
    ) {
        self.name = name
        self.code = code
        self.year = year
        self.byThen = byThen
        self.decree = decree
        self.remark = remark
        self.source = source
    }
}

/// The hubs known by name, and the counts that were published.
package struct HubsPage: Sendable {
    package let lines: [HubLine]
    package let map: MapModel?

    package init(lines: [HubLine], map: MapModel? = nil) {
        self.lines = lines
        self.map = map
    }
}

package enum HubView {
    package static func page(_ model: HubsPage, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let known = frame.number(model.lines.count)
        let head = PageHead(
            say("Hub inovasi pelayanan publik", "Public service innovation hubs"),
            description: say(
                "Hub Jaringan Inovasi Pelayanan Publik yang namanya diketahui, dengan tahun dan dasar penetapannya.",
                "Hubs of the public service innovation network that are known by name, with year and decree."),
            place: .hubs)
        return Layout.page(
            frame, head,
            """
            <h1>\(say("\(known) Hub diketahui namanya; jumlah seluruhnya berbeda antarsumber", "\(known) hubs are known by name; sources differ on how many there are"))</h1>
            <p class="lead">\(say(
                "Hub mendampingi instansi lain, mempertemukan yang berpengalaman dengan yang membutuhkan, dan memperkenalkan inovasi.",
                "A hub coaches other institutions, brings those with experience together with those in need, and makes innovations known."))</p>
            <div class="cols"><div>
            <h2 id="benang">\(say("Sejak kapan, atas dasar apa", "Since when, on what basis"))</h2>
            \(timeline(model.lines, frame))
            <h2 id="daftar">\(say("Menurut abjad", "In alphabetical order"))</h2>
            \(table(model.lines, frame))
            </div><aside aria-label="\(say("Jumlah menurut sumber", "Counts by source"))"><div class="panel">
            <h2>\(say("20 atau 54?", "20 or 54?"))</h2>
            <p>\(say("Satu pemberitaan menyebut 20 Hub pada Oktober 2024. Hitungan dari keputusan sejak 2020 memberi 54: 36 pemerintah daerah dan 18 kementerian atau lembaga.", "One report names 20 hubs in October 2024. Counting the decrees since 2020 gives 54: 36 local governments and 18 ministries or agencies."))</p>
            <p class="from">INDUSTRY.co.id, \(say("8 Oktober 2024", "8 October 2024"))</p>
            <p class="from">mamujupos.com, 2024</p>
            <p>\(say("Nama Hub lainnya belum kami temukan.", "We have not found the names of the others."))</p></div></aside></div>
            """)
    }

    /// The designations by year on one thread; the last years hang loose because sources disagree.
    package static func timeline(_ lines: [HubLine], _ frame: Frame) -> HTML {
        let years = Dictionary(grouping: lines, by: \.year).sorted { $0.key < $1.key }
        var sum = 0
        let knots = years.html { year, lines in
            sum += lines.count
            return knot(year, lines, sum, frame)
        }
        return "<ol class=\"thread\">\n\(knots)</ol>"
    }

    private static func knot(_ year: Int, _ lines: [HubLine], _ sum: Int, _ frame: Frame) -> HTML {
        let count = frame.count(lines.count, "nama", "name", "names")
        let by = lines.allSatisfy(\.byThen) ? frame.say("Sampai ", "By ") : ""
        let sofar = sum == lines.count ? "" : frame.say("; seluruhnya \(sum)", "; \(sum) in all")
        let decreed = lines.contains { $0.decree != nil }
        let bases = Set(lines.map { basis($0, frame) }).sorted()
        return """
            <li class="\(decreed ? "tied" : "loose")"><h3>\(by)\(year): \(count)\(sofar)</h3>
            <p>\(names(lines, frame))</p>
            \(bases.html { "<p class=\"from\">\($0)</p>" })</li>

            """
    }

    private static func basis(_ line: HubLine, _ frame: Frame) -> String {
        line.decree ?? line.remark.map(frame.language.say)
            ?? frame.say("keputusannya belum diketahui", "decree not known yet")
    }

    private static func names(_ lines: [HubLine], _ frame: Frame) -> HTML {
        lines.sorted { $0.name < $1.name }.enumerated().html { n, line in
            "\(n == 0 ? "" : ", ")\(link(line, frame))"
        }
    }

    private static func link(_ line: HubLine, _ frame: Frame) -> HTML {
        guard let code = line.code else { return "\(line.name)" }
        return "<a href=\"\(frame.to(.path("instansi", code)))\">\(line.name)</a>"
    }

    private static func table(_ lines: [HubLine], _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        return """
            <table class="stack"><thead><tr><th scope="col">Hub</th><th scope="col">\(say("Tahun", "Year"))</th>\
            <th scope="col">\(say("Dasar dan sumber", "Basis and source"))</th></tr></thead><tbody>
            \(lines.sorted { $0.name < $1.name }.html { row($0, frame) })
            </tbody></table>
            """
    }

    private static func row(_ line: HubLine, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let year = line.byThen ? say("paling lambat \(line.year)", "by \(line.year)") : "\(line.year)"
        return """
            <tr><th scope="row">\(link(line, frame))</th><td data-label="\(say("Tahun", "Year"))">\(year)</td>\
            <td data-label="\(say("Dasar", "Basis"))">\(basis(line, frame))<br>\
            <span class="from">\(line.source)</span></td></tr>

            """
    }
}

import Kernel
import Web

/// What the tile map shows: how many innovations each province holds here, and which have a hub.
package struct MapModel: Sendable {
    package struct Province: Sendable {
        package let code: String
        package let name: String
        /// Nil: nothing about it has been loaded, which is not zero.
        package let count: Int?
        package let hub: Bool

        package init(code: String, name: String, count: Int?, hub: Bool) {
            self.code = code
            self.name = name
            self.count = count
            self.hub = hub
        }
    }

    package let provinces: [Province]
    /// Innovations whose province is known, and all innovations.
    package let placed: Int
    package let total: Int
    package let asOf: Day

    package init(provinces: [Province], placed: Int, total: Int, asOf: Day) {
        self.provinces = provinces
        self.placed = placed
        self.total = total
        self.asOf = asOf
    }
}

package enum MapView {
    /// The page of its own: the map and, below it, the same as a list.
    package static func page(_ map: MapModel, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let held = map.provinces.count { $0.count != nil }
        let title = say(
            "Inovasi dari \(held) dari 38 provinsi sudah dimuat", "Innovations from \(held) of 38 provinces are loaded")
        let head = PageHead(
            say("Peta inovasi", "Map of innovations"),
            description: say(
                "Peta petak 38 provinsi dengan jumlah inovasi yang dimuat.",
                "A tile map of the 38 provinces with the number of innovations loaded."),
            place: .regions, crumbs: [Crumb(say("Wilayah", "Regions"), frame.to(.path("wilayah")))])
        return Layout.page(
            frame, head,
            """
            <h1>\(title)</h1>
            \(figure(map, frame))
            <h2>\(say("Angka yang sama sebagai daftar", "The same numbers as a list"))</h2>
            \(list(map, frame))
            """)
    }

    /// Select box, tiles, key and source.
    package static func figure(_ map: MapModel, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let provinces = Dictionary(map.provinces.map { ($0.code, $0) }, uniquingKeysWith: { a, _ in a })
        return """
            \(selector(map, frame))
            <svg class="tilemap" viewBox="0 0 1140 420" role="group" \
            aria-label="\(say("Peta petak 38 provinsi", "Tile map of the 38 provinces"))">\
            \(Tile.all.html { tile in html(provinces[tile.province]) { link(tile, $0, frame) } })</svg>
            \(key(frame))
            <p class="from">\(source(map, frame))</p>
            """
    }

    private static func selector(_ map: MapModel, _ frame: Frame) -> HTML {
        """
        <form class="row" action="\(frame.to(.path("wilayah")))"><span class="with">\
        <label for="kode">\(frame.say("Provinsi", "Province"))</label>\
        <select class="auto" id="kode" name="kode">\
        \(map.provinces.html { "<option value=\"\($0.code)\">\($0.name) (\(amount($0, frame, short: true)))</option>" })\
        </select></span> <button class="button second">\(frame.say("Lihat", "Show"))</button></form>
        """
    }

    private static func amount(_ province: MapModel.Province, _ frame: Frame, short: Bool = false) -> String {
        guard let count = province.count else { return frame.say("belum dimuat", "not loaded yet") }
        return short ? frame.number(count) : frame.count(count, "inovasi", "innovation", "innovations")
    }

    private static func link(_ tile: Tile, _ province: MapModel.Province, _ frame: Frame) -> HTML {
        let x = (tile.column - 1) * 60 + 1
        let y = (tile.row - 1) * 60 + 1
        let hub = province.hub ? frame.say(", punya Hub", ", has a hub") : ""
        return """
            <a href="\(frame.to(.path("wilayah", province.code)))" \
            aria-label="\(province.name): \(amount(province, frame))\(hub)">\
            <rect class="m\(bath(province.count))" x="\(x)" y="\(y)" width="57" height="57"/>\
            <text class="k\(tile.short.count > 6 ? " t" : "")" x="\(x + 28)" y="\(y + 20)">\(tile.short)</text>\
            <text class="v" x="\(x + 28)" y="\(y + 44)">\(province.count.map(frame.number) ?? "–")</text>\
            \(province.hub ? "<circle class=\"knot\" cx=\"\(x + 56)\" cy=\"\(y + 1)\" r=\"5.5\"/>" : "")</a>
            """
    }

    /// How many times the tile is dipped: 0 not loaded, then 1–4, 5–19, 20–79 and 80 or more innovations.
    static func bath(_ count: Int?) -> Int {
        switch count {
        case nil: 0
        case .some(..<5): 1
        case .some(..<20): 2
        case .some(..<80): 3
        default: 4
        }
    }

    private static func key(_ frame: Frame) -> HTML {
        let words = [
            frame.say("belum dimuat", "not loaded yet"), frame.say("1–4 inovasi", "1–4 innovations"), "5–19", "20–79",
            frame.say("80 atau lebih", "80 or more"),
        ]
        let tiles = words.enumerated().html { n, word in
            """
            <li><svg class="tilemap" viewBox="0 0 20 20" aria-hidden="true" focusable="false">\
            <rect class="m\(n)" x="1" y="1" width="18" height="18"/></svg>\(word)</li>
            """
        }
        return """
            <ul class="key">\(tiles)<li><svg class="tilemap" viewBox="0 0 20 20" aria-hidden="true" focusable="false">\
            <circle class="knot" cx="10" cy="10" r="6"/></svg>\
            \(frame.say("provinsi yang disebut sebagai Hub", "province named as a hub"))</li></ul>
            """
    }

    private static func source(_ map: MapModel, _ frame: Frame) -> String {
        let placed = frame.number(map.placed)
        let total = frame.number(map.total)
        let day = map.asOf.long(frame.language)
        return frame.say(
            """
            \(placed) dari \(total) inovasi di portal ini yang provinsinya dikenali, \(day). Tanda – berarti belum \
            dimuat, bukan nol. Satu petak, satu provinsi; besar petak tidak berarti luas.
            """,
            """
            \(placed) of the \(total) innovations in this portal whose province is known, \(day). A – means not loaded \
            yet, not zero. One tile, one province; its size does not mean area.
            """)
    }

    private static func list(_ map: MapModel, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        return """
            <table class="stack"><thead><tr><th scope="col">\(say("Provinsi", "Province"))</th>\
            <th scope="col">\(say("Inovasi di portal ini", "Innovations in this portal"))</th>\
            <th scope="col">Hub</th></tr></thead><tbody>
            \(map.provinces.html { row($0, frame) })
            </tbody></table>
            """
    }

    private static func row(_ province: MapModel.Province, _ frame: Frame) -> HTML {
        let count = province.count.map(frame.number) ?? frame.say("belum dimuat", "not loaded yet")
        let hub =
            province.hub ? frame.say("disebut sebagai Hub", "named as a hub") : frame.say("tidak disebut", "not named")
        return """
            <tr><th scope="row"><a href="\(frame.to(.path("wilayah", province.code)))">\(province.name)</a></th>\
            <td data-label="\(frame.say("Inovasi", "Innovations"))">\(count)</td><td data-label="Hub">\(hub)</td></tr>

            """
    }
}

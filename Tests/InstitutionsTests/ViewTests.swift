import Kernel
import Testing
import Web

@testable import Institutions

private func frame(_ language: Language = .indonesian) -> Frame {
    Frame(
        language: language, here: .path("wilayah"), publicURL: "https://simpul.example",
        asset: { .path("aset", "1", $0) })
}

struct MapViewTests {
    @Test func `the map has 38 tiles, each province and each place once`() {
        #expect(Tile.all.count == 38)
        #expect(Set(Tile.all.map(\.province)).count == 38)
        #expect(Set(Tile.all.map { [$0.column, $0.row] }).count == 38)
    }

    @Test(arguments: [(nil, 0), (1, 1), (4, 1), (5, 2), (19, 2), (20, 3), (79, 3), (80, 4), (5000, 4)])
    func `a tile is as dark as its number`(count: Int?, bath: Int) {
        #expect(MapView.bath(count) == bath)
    }

    @Test func `a province without data shows a dash and says that it is not loaded`() throws {
        let day = try #require(Day(2026, 11, 21))
        let map = MapModel(
            provinces: [
                .init(code: "17", name: "Bengkulu", count: nil, hub: false),
                .init(code: "33", name: "Jawa Tengah", count: 1189, hub: true),
            ], placed: 1189, total: 1200, asOf: day)
        let text = MapView.figure(map, frame()).text
        #expect(text.contains("<a href=\"/wilayah/17\" aria-label=\"Bengkulu: belum dimuat\"><rect class=\"m0\""))
        #expect(text.contains("aria-label=\"Jawa Tengah: 1.189 inovasi, punya Hub\""))
        #expect(text.contains("1.189 dari 1.200 inovasi di portal ini yang provinsinya dikenali, 21 November 2026."))
    }
}

struct HubViewTests {
    @Test func `the timeline adds up the names and says where no decree is known`() {
        let lines = [
            HubLine(name: "Bali", code: "P51", year: 2021, byThen: false, decree: "Kepmen 359/2021", source: "a"),
            HubLine(name: "Aceh", code: nil, year: 2020, byThen: false, decree: "Kepmen 94/2020", source: "a"),
            HubLine(name: "Banten", code: nil, year: 2022, byThen: true, decree: nil, source: "a"),
        ]
        let text = HubView.timeline(lines, frame()).text
        #expect(text.contains("<li class=\"tied\"><h3>2020: 1 nama</h3>\n<p>Aceh</p>"))
        #expect(text.contains("<h3>2021: 1 nama; seluruhnya 2</h3>\n<p><a href=\"/instansi/P51\">Bali</a></p>"))
        #expect(text.contains("<li class=\"loose\"><h3>Sampai 2022: 1 nama; seluruhnya 3</h3>"))
        #expect(text.contains("<p class=\"from\">keputusannya belum diketahui</p>"))
    }
}

struct RegionViewTests {
    @Test func `a province counts its own governments and names the units without one`() {
        let jakarta = Region(code: "31", name: "Daerah Khusus Ibukota Jakarta", level: .province, autonomous: true)
        let unit = Region(code: "31.71", name: "Kota Administrasi Jakarta Pusat", level: .city, autonomous: false)
        let own = InstitutionLine(
            code: "P31", name: "Pemerintah DKI Jakarta", kind: .province, region: nil, count: 4, hub: true)
        let text = RegionView.page(RegionPage(region: jakarta, governments: [own], units: [unit], count: 4), frame())
            .text
        #expect(
            text.contains(
                "4 inovasi di portal ini. 1 dari 1 pemerintah daerah di provinsi ini sudah punya data di sini."))
        #expect(text.contains("Wilayah administrasi tanpa pemerintah otonom: Kota Administrasi Jakarta Pusat."))
    }

    @Test func `a region without data says not loaded, never zero`() {
        let region = Region(code: "17", name: "Bengkulu", level: .province, autonomous: true)
        let text = RegionView.page(RegionPage(region: region, governments: [], count: nil), frame()).text
        #expect(text.contains("Inovasi dari wilayah ini belum dimuat. Itu tidak berarti tidak ada."))
        #expect(!text.contains("0 inovasi"))
    }
}

struct InstitutionListViewTests {
    @Test func `the kinds keep the words searched for and the chosen one is current`() {
        let model = InstitutionListPage(
            query: "banyu", kind: .city, kinds: [(.regency, 2), (.city, 1)], lines: [],
            pager: Pager(from: 0, to: 0, total: 0, previous: nil, next: nil))
        let text = InstitutionListView.page(model, frame(.english)).text
        #expect(text.contains("<a href=\"/en/instansi?q=banyu&amp;kind=regency\">Regency government</a>"))
        #expect(
            text.contains("<a href=\"/en/instansi?q=banyu&amp;kind=city\" aria-current=\"true\">City government</a>"))
        #expect(text.contains("<h2>No institution called “banyu”</h2>"))
    }
}

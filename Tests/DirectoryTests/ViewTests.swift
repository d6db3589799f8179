import Foundation
import Institutions
import Kernel
import Testing
import Web

@testable import Directory

struct NameTests {
    @Test(arguments: [
        ("AKTE KELAHIRAN JEMPUT BOLA", "Akte Kelahiran Jemput Bola"),
        (
            "SISPEDAP: SISTEM PENGELOLAAN DATA PEGAWAI BERBASIS WEB",
            "SISPEDAP: Sistem Pengelolaan Data Pegawai Berbasis Web"
        ),
        ("UNIT PELAYANAN INFORMASI DAN KELUHAN (UPIK)", "Unit Pelayanan Informasi dan Keluhan (UPIK)"),
        ("PELAYANAN KTP DI RSUD", "Pelayanan KTP di RSUD"),
        ("PINTER MELATIH ANAK (Pendidikan Karakter)", "Pinter Melatih Anak (Pendidikan Karakter)"),
        ("Satu Jam AJA", "Satu Jam AJA"),
        ("JAMILA", "JAMILA"),
        ("", ""),
    ])
    func `a title in capitals is set in title case and keeps its acronyms`(given: String, shown: String) {
        #expect(titleCased(given) == shown)
    }

    @Test func `a short name stands first and its expansion beside it`() {
        var record = Innovation()
        record.title = "UPIK (UNIT PELAYANAN INFORMASI DAN KELUHAN)"
        record.shortName = "UPIK"
        record.expansion = "UNIT PELAYANAN INFORMASI DAN KELUHAN"
        #expect(ShownName(record) == ShownName(name: "UPIK", stands: "Unit Pelayanan Informasi dan Keluhan"))
    }

    @Test func `a long text is cut at a word and a short one is not`() {
        #expect(shortened("satu dua tiga", to: 10) == "satu dua…")
        #expect(shortened("satu dua", to: 10) == "satu dua")
    }
}

struct WordDifferenceTests {
    @Test func `a comparison marks only the words that changed`() {
        let difference = WordDifference(from: "makanan kepada ibu hamil", to: "makanan dan gizi kepada ibu menyusui")
        #expect(
            difference.runs == [
                .same("makanan"), .added("dan gizi"), .same("kepada ibu"), .removed("hamil"), .added("menyusui"),
            ])
    }

    @Test func `equal texts have no change and very long ones are shown whole`() {
        #expect(WordDifference(from: "a b", to: "a b").runs == [.same("a b")])
        let long = String(repeating: "kata ", count: 3001)
        #expect(WordDifference(from: long, to: "b").runs == [.removed(long), .added("b")])
    }
}

struct SelectionTests {
    @Test func `a selection's address carries words, filters and an unusual order, and dropping a filter drops it`() {
        let java = Selection.Choice(.province, "33", label: "Jawa Tengah")
        let year = Selection.Choice(.year, "2015", label: "2015")
        let selection = Selection(query: "akta & kelahiran", choices: [java, year], order: .newest)
        #expect(
            selection.address.text == "/inovasi?q=akta%20%26%20kelahiran&province=33&year=2015&sort=newest")
        #expect(selection.without(java).choices == [year])
        #expect(Selection(order: .newest).address.text == "/inovasi")
    }
}

struct FigureTests {
    @Test func `a published figure says its day, its month or what is known`() throws {
        var row = [
            "key": "k", "value": "20", "label_id": "Hub", "label_en": "hubs", "detail_id": "a", "detail_en": "b",
            "source": "s", "address": "", "date": "2024-10-08", "home": "1",
        ]
        #expect(try #require(Figure(row: row)).when(.indonesian) == "8 Oktober 2024")
        #expect(try #require(Figure(row: row)).address == nil)
        row["date"] = "2024-10"
        #expect(try #require(Figure(row: row)).when(.english) == "October 2024")
        row["date"] = "2024"
        #expect(try #require(Figure(row: row)).when(.english) == "2024")
        row["value"] = "dua puluh"
        #expect(Figure(row: row) == nil)
    }
}

struct InnovationViewTests {
    private func frame(_ language: Language = .indonesian) -> Frame {
        Frame(
            language: language, here: .path("inovasi", "7"), publicURL: "https://simpul.example",
            asset: { .path("aset", "1", $0) })
    }

    private func model(_ record: Innovation) -> InnovationPage {
        let line = RevisionLine(number: 1, at: Instant(milliseconds: 0), by: "impor: A", why: "dimuat")
        return InnovationPage(
            id: "7", record: record, sources: [], provenance: [], revision: line, revisions: 1, bibTeX: "")
    }

    @Test func `what a record says cannot become markup`() {
        var record = Innovation()
        record.title = "<script>alert(1)</script>"
        record.texts[.background] = "a\n<img src=x onerror=y>"
        record.links = [.init(kind: .page, address: "javascript:alert(1)")]
        var page = model(record)
        page.jsonLD = "{\"name\":\"</script><b>\"}"
        let text = InnovationView.page(page, frame()).text
        #expect(text.components(separatedBy: "<script").count == 2)
        #expect(text.contains("{\"name\":\"\\u003c/script>\\u003cb>\"}"))
        #expect(text.contains("<p>a</p><p>&lt;img src=x onerror=y&gt;</p>"))
        #expect(!text.contains("javascript:"))
        #expect(!text.contains("id=\"tautan\""))
    }

    @Test func `what no source says is named as not known`() {
        var record = Innovation()
        record.title = "Contoh"
        let text = InnovationView.page(model(record), frame()).text
        #expect(text.contains("<span>instansi belum diketahui</span>"))
        #expect(text.contains("Keberlanjutan belum diketahui"))
        #expect(text.contains("Belum ada uraian dari sumber mana pun."))
        #expect(
            text.contains(
                "NRI, tahun menurut sumber, tahun gagasan, tahun uji coba, tahun mulai, tahap, bentuk, kategori, "
                    + "urusan, SDG, kelengkapan."))
    }

    @Test func `where sources differ both values stand and the one in use comes first`() throws {
        let rows = [
            ProvenanceRow(
                field: "yearOfStart",
                values: [
                    .init(text: "2021", source: "B", on: nil, used: false),
                    .init(text: "2019", source: "A", on: nil, used: true),
                ])
        ]
        let text = ProvenanceView.table(rows, of: "1", frame()).text
        let used = try #require(text.range(of: "<strong>2019</strong></span> (dipakai)"))
        let other = try #require(text.range(of: "2021</span> (tidak dipakai)"))
        #expect(used.lowerBound < other.lowerBound)
        #expect(text.contains("Dari mana tiap nilai; 1 berbeda antarsumber"))
    }

    @Test func `an English page links below en and says that the record speaks Indonesian`() {
        var record = Innovation()
        record.title = "Contoh"
        var page = model(record)
        page.institution = Named(code: "R33.72", name: "Pemerintah Kota Surakarta")
        let text = InnovationView.page(page, frame(.english)).text
        #expect(text.contains("<html lang=\"en\">"))
        #expect(text.contains("<h1 class=\"name big\" lang=\"id\">Contoh</h1>"))
        #expect(text.contains("href=\"/en/instansi/R33.72\""))
        #expect(text.contains("<link rel=\"canonical\" href=\"https://simpul.example/en/inovasi/7\">"))
        #expect(text.contains("<a class=\"lang\" href=\"/inovasi/7\" hreflang=\"id\" lang=\"id\">"))
    }
}

struct ResultsViewTests {
    private let frame = Frame(
        language: .indonesian, here: .path("inovasi"), publicURL: "https://simpul.example",
        asset: { .path("aset", "1", $0) })

    @Test func `words found are marked and the rest is escaped`() {
        let name = "Akta <b>"
        let entry = Entry(id: "7", name: Marked(name, marking: [name.startIndex..<name.firstIndex(of: " ")!]))
        let text = EntryView.list([entry], frame).text
        #expect(text.contains("<a href=\"/inovasi/7\"><mark>Akta</mark> &lt;b&gt;</a>"))
    }

    @Test func `an active filter is a chip whose address drops only that filter`() {
        let java = Selection.Choice(.province, "33", label: "Jawa Tengah")
        let year = Selection.Choice(.year, "2015", label: "2015")
        let text = FacetView.chips(Selection(query: "akta", choices: [java, year]), frame).text
        #expect(
            text.contains("href=\"/inovasi?q=akta&amp;year=2015\"><span class=\"sr\">Hapus saringan </span>Jawa Tengah")
        )
        #expect(text.contains("<a href=\"/inovasi?q=akta\">Hapus semua</a>"))
    }

    @Test func `a search without result offers the other spelling and what dropping a filter would find`() {
        let papua = Selection.Choice(.province, "94", label: "Papua Tengah")
        let model = ResultsPage(
            selection: Selection(query: "akte", choices: [papua]), entries: [], facets: [],
            pager: Pager(from: 0, to: 0, total: 0, previous: nil, next: nil),
            suggestion: Suggestion(query: "akta", total: 9), ways: [(papua, 3)])
        let text = ResultsView.page(model, frame).text
        #expect(text.contains("<a href=\"/inovasi?q=akta&amp;province=94\"><strong>akta</strong></a>? Ada 9 inovasi."))
        #expect(text.contains("<a href=\"/inovasi?q=akte\">3 inovasi</a>"))
    }
}

import Foundation
import Testing

@testable import Documents

@Suite struct WorkbookTests {
    @Test func `the first visible sheet is read with dates, formulas by value, merged cells and gaps`() throws {
        let path = try #require(
            Bundle.module.url(forResource: "formats", withExtension: "xlsx", subdirectory: "Workbooks"))
        let rows = try Workbook(file: path.path).rows
        #expect(rows.count == 6)
        #expect(rows[0] == ["Judul", "Mulai", "Anggaran", "Rumus", "Digital"])
        #expect(rows[1] == ["Antar Akta & <Kartu>", "2019-03-12", "27500000", "55000000", "ya"])
        #expect(rows[2] == ["Gabungan", nil, "27.5"])
        #expect(rows[3] == [])
        #expect(rows[4].count == 28)
        #expect(rows[4][0] == "Sesudah baris kosong" && rows[4][27] == "jauh")
        #expect(rows[5] == ["Teks tebal lagi"])
    }

    @Test func `what is written can be read`() async throws {
        let sheet = try Spreadsheet(header: ["Nama", "Jumlah"])
        try await sheet.append([[.text("=1+1"), .number(3)], [.none, .number(-4)]])
        let bytes = Bytes()
        try await sheet.finish { await bytes.add($0) }
        let all = await bytes.all
        let rows = try onDisk(all) { try Workbook(file: $0).rows }
        #expect(rows == [["Nama", "Jumlah"], ["=1+1", "3"], [nil, "-4"]])
    }

    @Test func `a bomb, an entity bomb, a hidden book and something else are each refused for what they are`() throws {
        let book = """
            <workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>\
            <sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>
            """
        let relations = "<Relationships><Relationship Id=\"r1\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
        func refusal(_ sheet: String, book: String = book) throws -> WorkbookRefusal? {
            try onDisk(
                zipped([
                    ("xl/workbook.xml", book), ("xl/_rels/workbook.xml.rels", relations),
                    ("xl/worksheets/sheet1.xml", sheet),
                ])
            ) { path in #expect(throws: WorkbookRefusal.self) { try Workbook(file: path) } }
        }
        let bomb = "<worksheet>" + String(repeating: " ", count: Workbook.mostBytes) + "</worksheet>"
        #expect(try refusal(bomb) == .tooLarge)
        #expect(try refusal("<worksheet><sheetData><row r=\"30000\"></row></sheetData></worksheet>") == .tooLarge)
        let laughs = "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]><worksheet>&b;</worksheet>"
        #expect(try refusal(laughs) == .unreadable)
        #expect(try refusal("<worksheet><row>") == .unreadable)
        let hidden = book.replacingOccurrences(of: "sheetId", with: "state=\"hidden\" sheetId")
        #expect(try refusal("<worksheet/>", book: hidden) == .noSheet)
        try onDisk(Array("bukan zip".utf8)) { path in
            _ = #expect(throws: WorkbookRefusal.unreadable) { try Workbook(file: path) }
        }
    }
}

actor Bytes {
    private(set) var all: [UInt8] = []
    func add(_ more: [UInt8]) { all += more }
}

func onDisk<T>(_ bytes: [UInt8], _ body: (String) throws -> T) throws -> T {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("dokumen-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: url) }
    try Data(bytes).write(to: url)
    return try body(url.path)
}

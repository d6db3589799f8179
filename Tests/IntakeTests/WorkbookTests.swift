import Database
import Files
import Foundation
import Kernel
import Support
import Testing

@testable import Documents
@testable import Intake

@Suite struct DeliveredWorkbookTests {
    private static func book(_ sheet: String, head: String = "") throws -> [UInt8] {
        let types = """
            <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" \
            ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/\
            vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>
            """
        let book = """
            <workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>\
            <sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>
            """
        let relations = "<Relationships><Relationship Id=\"r1\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
        return try zipped([
            ("[Content_Types].xml", types), ("_rels/.rels", "<Relationships/>"), ("xl/workbook.xml", book),
            ("xl/_rels/workbook.xml.rels", relations), ("xl/worksheets/sheet1.xml", head + sheet),
        ])
    }

    @Test func `formulas, merged cells, dates and hidden sheets are read as they look`() throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("DocumentsTests/Workbooks/formats.xlsx")
        var reader = try TableReader(file: file.path)
        #expect(reader.header == ["Judul", "Mulai", "Anggaran", "Rumus", "Digital"])
        #expect(
            try reader.next()
                == TableRow(line: 2, cells: ["Antar Akta & <Kartu>", "2019-03-12", "27500000", "55000000", "ya"]))
        #expect(try reader.next() == TableRow(line: 3, cells: ["Gabungan", "", "27.5", "", ""]))
        #expect(try reader.next()?.cells.count == 28)
        #expect(try reader.next() == TableRow(line: 6, cells: ["Teks tebal lagi", "", "", "", ""]))
        #expect(try reader.next() == nil)
    }

    @Test(arguments: Engine.tested)
    func `a bomb is not taken in, and laughs by the billion end a delivery with a reason`(engine: Engine) async throws {
        try await Counter.with(engine) { counter in
            let source = try await counter.source("daftar")
            let bomb = try Self.book("<worksheet>" + String(repeating: " ", count: 300 << 20) + "</worksheet>")
            #expect(bomb.count < 1 << 20)
            await #expect(throws: FileRefusal.inflatesTooFar) { try await counter.hand(bomb, for: source) }
            let laughs = try Self.book(
                "<worksheet>&b;</worksheet>", head: "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]>")
            let file = try await counter.hand(laughs, for: source)
            let header = ["id", "title"]
            try await counter.mappings.save(
                .suggest(header), for: source, header: header, by: Counter.clerk, at: .now())
            let run = try await counter.runs.start(
                file, name: "a.xlsx", for: source, by: Counter.clerk, at: .now())
            let ended = try await counter.worker().finish(run)
            #expect(ended.state == .failed && ended.reason == WorkbookRefusal.unreadable.message)
        }
    }

    @Test func `a sheet of a few far cells does not fill the memory`() throws {
        let row = "<row><c r=\"GR1\"><v>1</v></c></row>"
        let bytes = try Self.book(
            "<worksheet><sheetData>" + String(repeating: row, count: 41_000) + "</sheetData></worksheet>")
        let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(bytes).write(to: file)
        #expect(throws: TableRefusal.tooLargeWorkbook) { try TableReader(file: file.path) }
    }
}

import Database
import Directory
import Documents
import Files
import Kernel
import People
import Support
import Testing

@testable import Validation

@Suite struct SpreadsheetTests {
    private func table(_ rows: [[String?]]) throws -> SpreadsheetTable {
        try SpreadsheetTable(rows.enumerated().map { ($0.offset + 1, $0.element) })
    }

    @Test func `columns are known by the export's names, Indonesian words and the form's labels, in any order`() throws
    {
        let table = try table([
            [], ["TAHAPAN", "Nama  Inovasi", "description", "instansi", "Year put into service", nil, "SDG"],
            ["uji coba", " Antar Akta ", "Satu\nDua", "Kota Surakarta", "2023", "x", "3; 16"],
        ])
        #expect(table.unknown == ["instansi"])
        #expect(
            table.headings == [
                .stage: "TAHAPAN", .title: "Nama Inovasi", .summary: "description",
                .yearOfStart: "Year put into service",
                .sdgs: "SDG",
            ])
        let drafts = table.drafts(besides: [], published: [])
        #expect(drafts.map(\.line) == [3])
        #expect(drafts[0].problems == [])
        #expect(drafts[0].outcome == .draft)
        #expect(
            drafts[0].fields == [
                .stage: "trial", .title: " Antar Akta ", .summary: "Satu\nDua", .yearOfStart: "2023", .sdgs: "3; 16",
            ])
    }

    @Test func `a cell that cannot be read is left out and named, the rest of its row is taken`() throws {
        let drafts = try table([
            ["judul", "tahap", "tahun mulai", "kategori", "digital", "bentuk", "status keberlanjutan", "sdgs"],
            ["A", "besok", "23", "Sihir", "mungkin", "Inovasi masyarakat", "Berhenti", "18"],
            ["B", "Penerapan", "2023", "Kesehatan", "Ya", "Temuan warga", "berlanjut dengan pengembangan", "1"],
        ]).drafts(besides: [], published: [])
        #expect(drafts[0].problems.map(\.field) == ["tahun mulai", "tahap", "digital", "kategori", "sdgs"])
        #expect(drafts[0].fields == [.title: "A", .form: "citizen", .continuity: "stopped"])
        #expect(drafts[1].problems == [])
        #expect(
            drafts[1].fields == [
                .title: "B", .stage: "implementation", .yearOfStart: "2023", .category: "kesehatan", .digital: "true",
                .form: "citizen", .continuity: "developing", .sdgs: "1",
            ])
    }

    @Test func `what the institution has already, a repeated row and one without a name are passed over`() throws {
        let drafts = try table([
            ["judul", "tujuan"], ["Petik Pagi", nil], ["PETIK  PAGI!", nil], [nil, "x"], ["Lama", nil],
            ["Terbit", nil],
        ]).drafts(besides: [("lama", 7)], published: [("TERBIT", 9), ("Petik", 10)])
        #expect(
            drafts.map(\.outcome) == [.draft, .repeats(line: 2), .noTitle, .isDraft(7), .isPublished(9)])
    }

    @Test func `a table without names, with two columns for one thing, without rows or with too many is refused`()
        throws
    {
        #expect(throws: SpreadsheetRefusal.noTitleColumn(found: ["tahun mulai", "x"])) {
            try table([["tahun mulai", nil, "x"], ["2020", nil, "y"]])
        }
        #expect(throws: SpreadsheetRefusal.repeatedColumn("judul", "Nama inovasi")) {
            try table([["judul", "Nama inovasi"], ["a", "b"]])
        }
        #expect(throws: SpreadsheetRefusal.empty) { try table([]) }
        #expect(throws: SpreadsheetRefusal.empty) { try table([["judul"], [nil], ["  "]]) }
        #expect(throws: SpreadsheetRefusal.tooManyRows) {
            try table([["judul"]] + (1...201).map { ["Baris \($0)"] })
        }
        #expect(try table([["judul"]] + (1...200).map { ["Baris \($0)"] }).rows.count == 200)
    }

    @Test func `every column of the template means its own field, and its line of help is no row`() throws {
        let columns = SpreadsheetColumn.template
        #expect(columns.map { SpreadsheetColumn.field($0.heading) } == Innovation.Field.written)
        #expect(throws: SpreadsheetRefusal.empty) { try table([columns.map(\.heading), columns.map(\.help)]) }
    }

    @Test func `the columns of the directory's export that a draft holds are read`() {
        let known = Dictionary(
            uniqueKeysWithValues: ImportColumn.allCases.map { ($0, SpreadsheetColumn.field($0.rawValue)) })
        let unread = ImportColumn.allCases.filter { known[$0] == .some(.none) }
        #expect(unread == [.id, .agency, .region, .year, .award, .source, .note, .nri, .video])
    }

    @Test(arguments: Engine.tested)
    func `nothing is stored until it is confirmed, and confirming twice makes nothing twice`(
        _ engine: Engine
    ) async throws {
        try await StandingOffice.with(engine) { office in
            try await LetterOffice.with(office) { desk in
                let file = Array(
                    "\u{FEFF}Judul;Unit;Tahap\r\nAntar Akta;dinas kesehatan;Penerapan\r\nInovasi 1;;\r\n\"Petik; Pagi\";Entah;kapan\r\n"
                        .utf8)
                let (admin, actor) = (try office.person("admin"), try office.actor("admin"))
                let id = try await desk.sheets.keep(
                    try desk.sent(file), name: "inovasi.csv", at: StandingOffice.surakarta, by: actor,
                    at: StandingOffice.now)
                let (sheet, _, rows) = try await desk.sheets.look(id, for: admin)
                #expect(sheet.madeAt == nil)
                #expect(rows.map(\.outcome) == [.draft, .isPublished(1), .draft])
                #expect(rows.map(\.line) == [2, 3, 4])
                #expect(rows.map { $0.problems.map(\.field) } == [[], [], ["Tahap"]])
                #expect(try await desk.count("draft") == 0)

                await #expect(throws: SpreadsheetRefusal.missing) {
                    try await desk.sheets.look(id, for: try office.person("unit"))
                }
                await #expect(throws: SpreadsheetRefusal.missing) {
                    try await desk.sheets.make(id, by: try office.actor("tetangga"), at: StandingOffice.now)
                }
                #expect(try await desk.sheets.make(id, by: actor, at: StandingOffice.now) == 2)
                #expect(try await desk.sheets.make(id, by: actor, at: StandingOffice.now) == 0)
                #expect(try await desk.sheets.look(id, for: admin).sheet.drafts == 2)
                let drafts = Drafts(office.database)
                let (first, _) = try await drafts.open(1, for: admin, at: StandingOffice.now)
                #expect(first.title == "Antar Akta")
                #expect(first.unit == 1)
                #expect(first.content.unit == "Dinas Kesehatan")
                #expect(first.content.stage == .implementation)
                #expect(first.state == .draft)
                let (second, _) = try await drafts.open(2, for: admin, at: StandingOffice.now)
                #expect(second.title == "Petik; Pagi")
                #expect(second.unit == nil)
                #expect(second.content.unit == "Entah")
                #expect(second.content.stage == nil)

                // The same file sent again finds its own drafts.
                let again = try await desk.sheets.keep(
                    try desk.sent(file), name: "salinan.csv", at: StandingOffice.surakarta, by: actor,
                    at: StandingOffice.now)
                #expect(
                    try await desk.sheets.look(again, for: admin).rows.map(\.outcome)
                        == [.isDraft(1), .isPublished(1), .isDraft(2)])
                #expect(try await desk.sheets.make(again, by: actor, at: StandingOffice.now) == 0)
                #expect(try await desk.count("draft") == 2)
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `a workbook of two hundred rows is uploaded, looked at and confirmed over HTTP`(_ engine: Engine) async throws
    {
        try await StandingOffice.with(engine) { office in
            try await LetterOffice.with(office) { desk in
                let sheet = try Spreadsheet(header: ["Nama inovasi", "Tahun mulai diterapkan", "Anggaran"])
                try await sheet.append((1...200).map { [.text("Layanan \($0)"), .number(2020), .number(5)] })
                let file = Collected()
                try await sheet.finish { await file.add($0) }
                let bytes = await file.bytes
                try await desk.serve { client in
                    let there = "/kerja/inovasi/unggah"
                    let fields = [("instansi", "R33.72")]
                    let sent = try await client.upload(there, as: "unit", fields, file: bytes, named: "kami.xlsx")
                    #expect(sent.status == 303)
                    #expect(sent["location"] == "/kerja/inovasi/unggah/1")
                    let look = try await client.get("\(there)/1", as: "unit")
                    #expect(look.text.contains("<h1 id=\"baris\">200 dari 200 baris akan menjadi draf</h1>"))
                    #expect(look.text.contains("<strong>Kolom yang tidak dipakai:</strong> Anggaran."))
                    #expect(try await desk.count("draft") == 0)
                    #expect(try await client.get("\(there)/1", as: "admin").status == 404)
                    #expect(try await client.post("\(there)/1", as: "admin", []).status == 404)
                    #expect(
                        try await client.post(
                            "\(there)/1", form: [("token", "lain")], headers: ["Cookie": "sesi=unit"]
                        ).status == 403)
                    #expect(try await client.post("\(there)/1", as: "unit", []).status == 303)
                    #expect(try await client.post("\(there)/1", as: "unit", []).status == 303)
                    #expect(try await client.get("\(there)/1", as: "unit").text.contains("<h1>200 draf dibuat</h1>"))
                    #expect(try await desk.count("draft") == 200)
                    let units = try await office.database.read { db in
                        try db.count("SELECT COUNT(*) FROM draft WHERE unit = 1")
                    }
                    #expect(units == 200)

                    for name in ["hub", "validator", "sekretariat"] {
                        #expect(try await client.get(there, as: name).status == 403)
                    }
                    #expect(
                        try await client.upload(there, as: "tetangga", fields, file: bytes, named: "k.xlsx").status
                            == 403)
                    let bad = try await client.upload(
                        there, as: "unit", fields, file: Array("tahun;unit\r\n2020;x\r\n".utf8), named: "k.csv")
                    #expect(bad.status == 422)
                    #expect(bad.text.contains("Kolom judul tidak ada di baris pertama. Kolom yang ada: tahun, unit."))
                    let picture = try await client.upload(
                        there, as: "unit", fields, file: [0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10], named: "k.xlsx")
                    #expect(picture.status == 422)
                    #expect(try await desk.count("draft_sheet") == 1)

                    let template = try await client.get("\(there)/templat.xlsx", as: "unit")
                    #expect(template["content-disposition"] == "attachment; filename=\"templat-inovasi.xlsx\"")
                    let empty = try await client.upload(there, as: "unit", fields, file: template.body, named: "t.xlsx")
                    #expect(empty.status == 422)
                    #expect(empty.text.contains("Tidak ada baris berisi data."))
                }
            }
        }
    }
}

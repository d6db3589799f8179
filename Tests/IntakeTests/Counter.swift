import Database
import Directory
import Documents
import Files
import Foundation
import Institutions
import Kernel
import Messages
import People
import Support
import Text

@testable import Intake

/// The counter where deliveries come in: an empty directory with the shipped institutions, gone afterwards.
struct Counter {
    let database: Database
    let files: FileStore
    let folder: String

    static let slices = [
        Files.schema, Messages.schema, Institutions.schema, People.schema, Directory.schema, Intake.schema,
    ]
    static let clerk = Actor(name: "tester")

    var sources: Sources { Sources(database) }
    var mappings: Mappings { Mappings(database, files: files) }
    var runs: Runs { Runs(database) }
    var rows: StagedRows { StagedRows(database) }

    static func with(_ engine: Engine, _ body: (Counter) async throws -> Void) async throws {
        try await TestDatabase.with(engine, slices) { database in
            try await ReferenceFiles.load(into: database)
            let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
            defer { try? FileManager.default.removeItem(atPath: folder) }
            let files = try FileStore(folder: folder, database: database, scanner: nil)
            try await body(Counter(database: database, files: files, folder: folder))
        }
    }

    func worker(_ set: (inout RunWorker.Settings) -> Void = { _ in }) -> RunWorker {
        var settings = RunWorker.Settings()
        set(&settings)
        return RunWorker(database, files: files, settings: settings)
    }

    /// Declares a source.
    func source(_ name: String, complete: Bool = false, trust: Int = 100) async throws -> Int {
        try await sources.declare(
            .init(name: name, trust: trust, isComplete: complete), by: Self.clerk, at: .now())
    }

    /// Hands a file in and returns its digest.
    func hand(_ bytes: [UInt8], for source: Int, name: String = "data") async throws -> String {
        let path = files.temporaryFolder + "/" + UUID().uuidString
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        let admitted = try await files.admit(path, name: name, kind: .delivery)
        return try await runs.receive(admitted, for: source, by: Self.clerk, at: .now())
    }

    /// Hands a file in, maps it by its names where the source has no mapping, and works on it until it ends or asks.
    @discardableResult
    func deliver(
        _ bytes: [UInt8], to source: Int, name: String = "data", mapping: Mapping? = nil
    ) async throws -> Run {
        let file = try await hand(bytes, for: source, name: name)
        let newest = try await mappings.newest(of: source)
        if newest == nil || mapping != nil {
            let header = try await mappings.table(file).header
            try await mappings.save(
                mapping ?? .suggest(header), for: source, header: header, by: Self.clerk, at: .now())
        }
        let run = try await runs.start(file, name: name, for: source, by: Self.clerk, at: .now())
        return try await worker().finish(run)
    }

    @discardableResult
    func deliver(_ text: String, to source: Int) async throws -> Run { try await deliver(Array(text.utf8), to: source) }

    /// The titles of the directory by external id, with what became of the record.
    func titles(of source: Int) async throws -> [String] {
        try await database.read { db in
            try db.rows(
                """
                SELECT k.external_id, i.title, i.state, i.absence, k.missing_since FROM source_record k
                JOIN innovation i ON i.id = k.innovation WHERE k.source = \(source) ORDER BY k.external_id
                """
            ) {
                let absence = try $0.textOrNil("absence") ?? $0.text("state")
                let missing = try $0.intOrNil("missing_since") == nil ? "" : " missing"
                return "\(try $0.text("external_id")) \(try $0.text("title")) \(absence)\(missing)"
            }
        }
    }

    func count(_ table: String, _ sql: SQL) async throws -> Int { try await database.read { try $0.count(sql) } }
}

/// Files as offices send them.
enum Sheets {
    /// `id;title;agency;year` and so on, in lines.
    static func csv(_ header: [String], _ rows: [[String]]) -> [UInt8] {
        var out: [UInt8] = []
        for row in [header] + rows { DelimitedText.append(row.map { Documents.Cell($0) }, to: &out) }
        return out
    }

    static func xlsx(_ header: [String], _ rows: [[String]]) async throws -> [UInt8] {
        let sheet = try Spreadsheet(header: header)
        try await sheet.append(rows.map { $0.map { Documents.Cell($0.isEmpty ? nil : $0) } })
        let bytes = Pile()
        try await sheet.finish { await bytes.add($0) }
        return await bytes.all
    }

    private actor Pile {
        private(set) var all: [UInt8] = []
        func add(_ more: [UInt8]) { all += more }
    }

    /// Rows of the shipped sample by where they come from: awards of KIPP, LAN's collection, and local lists.
    static func shipped() throws -> (kipp: [[String: String]], lan: [[String: String]], local: [[String: String]]) {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Sources/Directory/Reference/innovations.csv")
        let rows = try CSVReader(file: file.path).table()
        let lan = rows.filter { $0["source", default: ""].contains("inovasi-lan") }
        let rest = rows.filter { !$0["source", default: ""].contains("inovasi-lan") }
        let isKIPP: ([String: String]) -> Bool = {
            let award = $0["award", default: ""]
            return award.contains("KIPP") || award.contains("Top ") || award.contains("Sinovik")
        }
        return (rest.filter(isKIPP), lan, rest.filter { !isKIPP($0) })
    }

    /// KIPP's awards as a workbook with its own names of columns.
    static func kipp(_ rows: [[String: String]]) async throws -> [UInt8] {
        let fields = ["id", "title", "agency", "unit", "region", "year", "award", "category", "description", "source"]
        let header = [
            "No Registrasi", "Judul Inovasi", "Instansi", "UPP", "Wilayah", "Tahun", "Penghargaan", "Kategori",
            "Ringkasan", "Sumber",
        ]
        return try await xlsx(header, rows.map { row in fields.map { row[$0, default: ""] } })
    }

    /// LAN's collection as CSV with semicolons.
    static func lan(_ rows: [[String: String]]) -> [UInt8] {
        let fields = ["id", "title", "agency", "region", "year", "category", "description", "note"]
        var text = "Nomor;Nama Inovasi;Instansi;Daerah;Tahun;Kategori;Deskripsi;Catatan\n"
        for row in rows {
            let cells = fields.map { "\"" + row[$0, default: ""].replacing("\"", with: "\"\"") + "\"" }
            text += cells.joined(separator: ";") + "\n"
        }
        return Array(text.utf8)
    }

    /// Local lists as JSON Lines with names of nobody's choosing.
    static func local(_ rows: [[String: String]]) throws -> [UInt8] {
        var out: [UInt8] = []
        for row in rows {
            let object: [String: Any] = [
                "kode": row["id", default: ""],
                "inovasi": ["nama": row["title", default: ""], "tahun": row["year", default: ""]],
                "pemda": row["agency", default: ""], "daerah": row["region", default: ""],
                "penghargaan": [row["award", default: ""]],
            ]
            out += try JSONSerialization.data(withJSONObject: object, options: [.sortedKeys])
            out.append(10)
        }
        return out
    }

    static let localMapping = Mapping(columns: [
        "kode": .id, "inovasi.nama": .title, "inovasi.tahun": .year, "pemda": .agency, "daerah": .region,
        "penghargaan": .award,
    ])
}

import Database
import Directory
import Foundation
import Intake
import Kernel
import People
import Support
import Testing
import Text

@testable import App

/// From an empty database: the sample's records as three institutions would send them, each in its own shape, go in
/// through the pages.
@Suite struct IntakeJourneyTests {
    private struct Shape {
        let source: String
        let name: String
        let bytes: [UInt8]
        /// The fields of the columns, in the file's order.
        let columns: [String]
        let rows: Int
    }

    @Test(arguments: Engine.tested)
    func `three real files in three shapes go in through the pages, and every row is accounted for`(
        engine: Engine
    ) async throws {
        try await Served.with(engine) { site in
            let clerk = try await Signed(site, Grant(.secretariat), office: "Sekretariat")
            let worker = RunWorker(site.database, files: site.portal.files)
            var read = 0
            for (number, shape) in try Self.shapes().enumerated() {
                let made = try await clerk.send(
                    "/kerja/sumber/baru", [("name", shape.source), ("kind", "file"), ("complete", "1")])
                let source = try #require(made["location"])
                let place = try #require(
                    try await clerk.upload(
                        "\(source)/berkas", from: source, field: "berkas", name: shape.name, shape.bytes)["location"])
                #expect(place.hasPrefix("\(source)/pemetaan?berkas="))
                let digest = try #require(place.firstMatch(of: /berkas=([0-9a-f]{64})/)).1
                let fields =
                    [("berkas", String(digest)), ("nama", shape.name)]
                    + shape.columns.enumerated().map { ("kolom\($0.offset)", $0.element) }
                let tried = try await clerk.send("\(source)/pemetaan", from: place, fields + [("coba", "1")])
                #expect(tried.text.contains("Semua \(shape.rows) baris terbaca"))
                let begun = try await clerk.send("\(source)/pemetaan", from: place, fields + [("jalankan", "1")])
                #expect(begun["location"] == "/kerja/kiriman/\(number + 1)")
                #expect(try await clerk.get("/kerja/kiriman/\(number + 1)").text.contains("Kiriman sedang diproses"))
                while try await worker.workOnce() {}
                let page = try await clerk.get("/kerja/kiriman/\(number + 1)").text
                let numbers = page.matches(of: /class="num">([0-9.]+)</).map {
                    Int($0.1.replacing(".", with: "")) ?? -1
                }
                #expect(numbers.count == 7)
                #expect(numbers.dropLast().reduce(0, +) == shape.rows)
                #expect(numbers.last == shape.rows)
                read += shape.rows
            }
            try await site.portal.catalogue.catchUp()
            let (records, review) = try await site.database.read { db in
                (
                    try db.count("SELECT COUNT(*) FROM source_record"),
                    try db.count("SELECT COUNT(*) FROM innovation WHERE absence = 'waiting'")
                )
            }
            #expect(records == read)
            let list = try await clerk.get("/kerja/sumber").text
            #expect(list.contains("3 sumber data"))
            // A row that waits is no page of the public yet; one that was taken is.
            let stranger = HTTPClient(port: site.port)
            let shown = try await site.database.read {
                try $0.count("SELECT MIN(id) FROM innovation WHERE state = 'published'")
            }
            #expect(try await stranger.get("/inovasi/\(shown)").status == 200)
            if review > 0 {
                let waiting = try await site.database.read {
                    try $0.count("SELECT MIN(id) FROM innovation WHERE absence = 'waiting'")
                }
                #expect(try await stranger.get("/inovasi/\(waiting)").status == 404)
            }
            // The same file again changes nothing.
            let again = try await clerk.upload(
                "/kerja/sumber/1/berkas", from: "/kerja/sumber/1", field: "berkas", name: "kipp.csv",
                try Self.shapes()[0].bytes)
            #expect(again["location"] == "/kerja/kiriman/4")
            while try await worker.workOnce() {}
            let unchanged = try await clerk.get("/kerja/kiriman/4").text
            #expect(unchanged.contains("tidak ada yang berubah"))
        }
    }

    private static func shapes() throws -> [Shape] {
        let rows = try CSVReader(Data(try Served.sample.utf8)).table()
        func of(_ row: [String: String], _ name: String) -> String { row[name, default: ""] }
        let lan = rows.filter { of($0, "source").contains("inovasi-lan") }
        let rest = rows.filter { !of($0, "source").contains("inovasi-lan") }
        let awarded = rest.filter { of($0, "award").contains("KIPP") || of($0, "award").contains("Top ") }
        let local = rest.filter { row in !awarded.contains { of($0, "id") == of(row, "id") } }

        let kipp = ["id", "title", "agency", "unit", "region", "year", "award", "category", "description"]
        var csv = "Nomor;Nama Inovasi;Instansi;UPP;Daerah;Tahun;Penghargaan;Kategori;Ringkasan\n"
        for row in awarded {
            csv += kipp.map { "\"\(of(row, $0).replacing("\"", with: "\"\""))\"" }.joined(separator: ";") + "\n"
        }
        let list = lan.map { row in
            [
                "id_inovasi": of(row, "id"), "nama_inovasi": of(row, "title"), "instansi": of(row, "agency"),
                "wilayah": of(row, "region"), "tahun": of(row, "year"), "deskripsi": of(row, "description"),
            ]
        }
        let json = try JSONSerialization.data(withJSONObject: ["data": list], options: [.sortedKeys])
        var lines = Data()
        for row in local {
            let object: [String: Any] = [
                "a_kode": of(row, "id"), "b_judul": of(row, "title"),
                "c_pemda": ["nama": of(row, "agency"), "daerah": of(row, "region")], "d_tahun": of(row, "year"),
            ]
            lines += try JSONSerialization.data(withJSONObject: object, options: [.sortedKeys]) + Data([10])
        }
        return [
            Shape(
                source: "KIPP", name: "kipp.csv", bytes: Array(csv.utf8),
                columns: kipp.map { $0 }, rows: awarded.count),
            Shape(
                source: "LAN", name: "lan.json", bytes: Array(json),
                columns: ["description", "id", "agency", "title", "year", "region"], rows: lan.count),
            Shape(
                source: "Daftar daerah", name: "daerah.jsonl", bytes: Array(lines),
                columns: ["id", "title", "region", "agency", "year"], rows: local.count),
        ]
    }
}

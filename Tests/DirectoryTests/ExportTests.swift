import Database
import Documents
import Foundation
import Institutions
import Kernel
import Support
import Synchronization
import Testing
import Text

@testable import Directory

@Suite struct ExportTests {
    @Test(arguments: ["=1+1", "+62", "-poin", "@nama", "\tx", "\rx", "\nx", "＝1", "－1"])
    func `a cell that a spreadsheet would run gets an apostrophe`(text: String) throws {
        var bytes: [UInt8] = []
        DelimitedText.append([.text(text), .number(-1), .none], to: &bytes)
        var csv = try CSVReader(Data(bytes))
        #expect(try csv.next()?.fields == ["'" + text, "-1", ""])
    }

    @Test func `quotes, separators and line breaks are kept within a cell`() throws {
        var bytes: [UInt8] = []
        DelimitedText.append([.text("a \"b\", c; d\ne"), .text("f")], to: &bytes)
        #expect(String(decoding: bytes, as: UTF8.self) == "\"a \"\"b\"\", c; d\ne\",f\r\n")
    }

    @Test func `no extra column has a name that an import would read as another`() {
        let extra = ExportColumn.all.dropFirst(ImportColumn.allCases.count).map { fold($0.name) }
        let known = Set(ImportColumn.allCases.flatMap(\.names).map { fold($0) })
        #expect(extra.filter(known.contains) == [])
        #expect(Set(extra).count == extra.count)
    }

    @Test(arguments: Engine.tested) func `all records are one line each in every form, the same as one by one`(
        engine: Engine
    ) async throws {
        try await Portal.with(engine) { portal in
            let csv = try await portal.client.get("/inovasi.csv")
            #expect(csv["content-type"] == "text/csv; charset=utf-8")
            #expect(csv["content-disposition"] == "attachment; filename=\"inovasi.csv\"")
            #expect(Array(csv.body.prefix(3)) == [0xEF, 0xBB, 0xBF])
            let table = try CSVReader(Data(csv.body)).table()
            #expect(table.map { $0["id"] } == ["1", "2", "3"])
            #expect(table[0]["description"] == "'=Ringkasan; dengan \"kutip\"\ndan baris")
            #expect(table[0]["sources"] == "contoh A1")
            #expect(table[0]["award"] == "Top 99 KIPP 2019")
            let lines = try await portal.client.get("/inovasi.jsonl").text.split(separator: "\n")
            #expect(lines.count == 3)
            for (number, line) in lines.enumerated() {
                // The file has everything but provenance and history.
                let one = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
                let whole = try await portal.json("/api/v1/innovations/\(number + 1)") as? [String: Any] ?? [:]
                #expect(
                    NSDictionary(dictionary: one)
                        == NSDictionary(dictionary: whole.filter { one[$0.key] != nil }))
                #expect(Set(whole.keys).subtracting(one.keys) == ["created_at", "provenance", "revisions"])
                #expect(one["id"] as? Int == number + 1)
            }
            let filtered = try await portal.client.get("/inovasi.jsonl?province=51")
            #expect(filtered.text.split(separator: "\n").map(String.init) == [String(lines[1])])
            #expect(try await portal.client.get("/inovasi.csv?province=99").status == 422)
            #expect(try await portal.client.get("/inovasi.csv?provinsi=33").status == 422)
            let one = try await CSVReader(Data(portal.client.get("/inovasi/1/data.csv").body)).table()
            #expect(one == [table[0]])
        }
    }

    @Test(arguments: Engine.tested) func `an XLSX is a whole archive`(
        engine: Engine
    ) async throws {
        try await Portal.with(engine) { portal in
            let answer = try await portal.client.get("/inovasi.xlsx")
            #expect(answer.status == 200)
            #expect(Array(answer.body.prefix(4)) == [0x50, 0x4B, 3, 4])
            #expect(answer.body.suffix(22).prefix(4) == [0x50, 0x4B, 5, 6])
        }
    }

    @Test(arguments: Engine.tested) func `an exported file is imported into an empty directory as the same records`(
        engine: Engine
    ) async throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString + ".csv")
        defer { try? FileManager.default.removeItem(at: file) }
        var before: [Innovation] = []
        try await Portal.with(engine) { portal in
            try await Data(portal.client.get("/inovasi.csv").body).write(to: file)
            before = try await portal.innovations.listed([1, 2, 3]).map(\.innovation)
        }
        // A guarded cell keeps its apostrophe, and what no column of an import means is not taken.
        before[0].texts[.summary] = "'=Ringkasan; dengan \"kutip\"\ndan baris"
        before[0].criteria = [:]
        before[0].digital = nil
        before[0].continuityOn = nil
        before[1].regionAsGiven = "Bali"
        before[2].title = "'-Inovasi tanpa apa pun"
        try await TestDatabase.with(engine, Portal.slices) { database in
            try await ReferenceFiles.load(into: database)
            let innovations = Innovations(database)
            let importer = Importer(innovations, register: try await Register.load(database))
            let report = try await importer.take(file: file.path, source: "salinan", by: .system)
            #expect(report.json == #"{"read":3,"created":3,"updated":0,"unchanged":0,"rejected":0}"#)
            let after = try await innovations.listed([1, 2, 3]).map(\.innovation)
            for (one, other) in zip(before, after) {
                for field in Innovation.Field.allCases { #expect(one[field] == other[field], "\(field)") }
            }
        }
    }

    @Test(arguments: Engine.tested) func `more records than a batch are all there, once, in order`(
        engine: Engine
    ) async throws {
        let rows = (1...499).map { number in
            var innovation = Innovation()
            innovation.title = "Inovasi \(number)"
            innovation.yearStated = 2000 + number % 20
            return SourceRow(externalID: "\(number)", reference: nil, content: "{}", innovation: innovation)
        }
        try await Portal.with(engine, rows: rows) { portal in
            let more = (500...1200).map { number in
                var innovation = Innovation()
                innovation.title = "Inovasi \(number)"
                return SourceRow(externalID: "\(number)", reference: nil, content: "{}", innovation: innovation)
            }
            _ = try await portal.innovations.take(
                Array(more.prefix(500)), from: "contoh", by: .system, reason: "", at: Portal.moment)
            _ = try await portal.innovations.take(
                Array(more.dropFirst(500)), from: "contoh", by: .system, reason: "", at: Portal.moment)
            try await portal.catalogue.catchUp()
            let all = try await CSVReader(Data(portal.client.get("/inovasi.csv").body)).table()
            #expect(all.compactMap { $0["id"].flatMap { Int($0) } } == Array(1...1200))
            let found = try await CSVReader(Data(portal.client.get("/inovasi.csv?q=inovasi").body)).table()
            #expect(found.compactMap { $0["id"].flatMap { Int($0) } } == Array((1...1200).reversed()))
            #expect(try await portal.client.get("/inovasi.xlsx").status == 200)
        }
    }

    @Test func `a finished and an abandoned spreadsheet both leave no temporary file`() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: folder) }
        let rows: [[ExportColumn.Cell]] = [[.text(String(repeating: "😀", count: 40_000)), .number(1), .none]]
        let size = Mutex(0)
        do {
            let file = try Spreadsheet(header: ["a", "b", "c"], folder: folder)
            try await file.append(rows)
            try await file.finish { bytes in size.withLock { $0 += bytes.count } }
            let abandoned = try Spreadsheet(header: ["a"], folder: folder)
            try await abandoned.append(rows)
        }
        #expect(size.withLock { $0 } > 1000)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
    }
}

import Database
import Directory
import Foundation
import Institutions
import Kernel
import Support
import Testing
import Text

@testable import App

@Suite struct ImportJourneyTests {
    private let header = "id,title,agency,unit,region,year,award,category,description,source,note\n"

    @Test(arguments: Engine.tested)
    func `the real sample goes in whole, and a second time changes nothing`(engine: Engine) async throws {
        try await TestDatabase.with(engine, slices) { database in
            try await ReferenceFiles.load(into: database)
            let first = try await Served.take(try Served.sample, into: database)
            #expect(first.read == 736)
            #expect(first.created + first.updated + first.unchanged + first.rejected.count == first.read)
            #expect(first.rejected == [])
            let version = database.version
            let again = try await Served.take(try Served.sample, into: database)
            #expect(again.unchanged == 736)
            #expect(database.version == version)
            #expect(try await database.check() == [])
        }
    }

    @Test(arguments: Engine.tested)
    func `a changed row makes a revision that keeps what was before`(engine: Engine) async throws {
        try await TestDatabase.with(engine, slices) { database in
            try await ReferenceFiles.load(into: database)
            try await Served.take(header + "A1,Satu Jam AJA,Kabupaten Natuna,,,2019,,Adminduk,,,\n", into: database)
            let report = try await Served.take(
                header + "A1,Satu Jam AJA,Kabupaten Natuna,,,2020,Top 99 2019,Adminduk,,,\n", into: database)
            #expect(report.updated == 1)
            let innovations = Innovations(database)
            let shown = try await innovations.show(1)
            #expect(shown.revision == 2)
            #expect(shown.innovation.yearStated == 2020)
            #expect(shown.innovation.institution == "R21.03")
            #expect(shown.innovation.awards == [.init(programme: "KIPP", year: 2019, rank: "Top 99")])
            #expect(try await innovations.content(of: 1, revision: 1).yearStated == 2019)
            #expect(try await innovations.revisions(of: 1).map(\.number) == [2, 1])
            #expect(try await database.check() == [])
        }
    }

    @Test func `each rejected row is named with its line, column and what to do, and the sums match`() async throws {
        try await TestDatabase.with(.sqlite, slices) { database in
            try await ReferenceFiles.load(into: database)
            let csv =
                header + "A1,Judul satu,,,,2019,,,,,\n" + "A2,,,,,2019,,,,,\n" + "A3,Judul tiga,,,,dua ribu,,,,,\n"
                + "A1,Judul lain,,,,2019,,,,,\n" + "A4,\"Judul\nempat\",,,,2019,,,,,\n" + "A5,Judul lima\n"
                + "A6,Judul \u{202E}enam,,,,2019,,,,,\n"
            let report = try await Served.take(csv, into: database)
            #expect(report.read == 7)
            #expect(report.created == 2)
            #expect(report.rejected.map(\.line) == [3, 4, 5, 8, 9])
            #expect(report.rejected.map { $0.problems.map(\.field) } == [["title"], ["year"], ["id"], [""], ["title"]])
            #expect(
                report.rejected[1].problems[0].message.indonesian == "Tulis tahun dengan empat angka, misalnya 2019.")
            #expect(report.rejected[2].problems[0].message.indonesian.contains("baris 2"))
        }
    }

    private static let bom = Data([0xEF, 0xBB, 0xBF])
    private static let officeFiles: [(String, Data)] = [
        ("utf-8 with BOM, semicolons, CRLF", bom + Data("title;id\r\nKafé Belajar;A1\r\n".utf8)),
        ("tabs", Data("id\ttitle\nA1\tKafé Belajar\n".utf8)),
        ("windows-1252", Data("id,title\nA1,Kaf\u{1}".utf8.map { $0 == 1 ? 0xE9 : $0 }) + Data(" Belajar\n".utf8)),
        ("another order, no last line break", Data("JUDUL INOVASI,Instansi,No Registrasi\nKafé Belajar,,A1".utf8)),
        ("quotes", Data("id,title\nA1,\"Kafé Belajar\"\n".utf8)),
    ]

    @Test(arguments: officeFiles)
    func `files as offices make them are read alike`(name: String, file: Data) async throws {
        try await TestDatabase.with(.sqlite, slices) { database in
            try await ReferenceFiles.load(into: database)
            let report = try await temporary(file) { path in
                try await Importer(Innovations(database), register: try await Register.load(database))
                    .take(file: path, source: "uji", by: .system)
            }
            #expect(report.created == 1, "\(name)")
            #expect(try await Innovations(database).show(1).innovation.title == "Kafé Belajar")
        }
    }

    @Test func `a file that is no table is refused as a whole, and nothing is written`() async throws {
        try await folder { folder in
            let png = Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13])
            let many = (1...500).map { "k\($0)" }.joined(separator: ",")
            let files: [(String, Data, String)] = [
                ("gambar.csv", png, "bukan CSV"),
                ("kosong.csv", Data(), "kosong"),
                (
                    "panjang.csv", Data("id,title\nA1,\"".utf8) + Data(repeating: 65, count: 50_000_000),
                    "lebih panjang dari 1 MB"
                ),
                ("kutip.csv", Data("id,title\nA1,Baik\nA2,\"Buka\nA3,Baik\n".utf8), "baris 3 tidak ditutup"),
                ("dua.csv", Data("nama,alamat\nx,y\n".utf8), "Kolom id tidak ada"),
                ("lima-ratus.csv", Data((many + "\n" + many + "\n").utf8), "Kolom id tidak ada"),
                ("kembar.csv", Data("id,title,Title\nA1,x,y\n".utf8), "lebih dari sekali"),
            ]
            for (name, content, words) in files {
                try content.write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
                let result = try await Command.run([
                    "import", "\(folder)/\(name)", "--source", "uji", "--json", "--database",
                    "sqlite:\(folder)/a.sqlite",
                ])
                #expect(result.status == 1, "\(name)")
                #expect(result.errors.contains(words), "\(name): \(result.errors)")
                #expect(result.output == "")
            }
            let directory = try await Command.run([
                "import", folder, "--source", "uji", "--database", "sqlite:\(folder)/a.sqlite",
            ])
            #expect(directory.status == 1)
            #expect(directory.errors.contains("adalah folder"))
            let database = try await Database(.sqlite("\(folder)/a.sqlite"), slices: slices)
            #expect(try await database.read { try $0.count("SELECT COUNT(*) FROM innovation") } == 0)
            await database.close()
        }
    }

    @Test func `two hundred extra columns are kept and said to be unused`() async throws {
        try await TestDatabase.with(.sqlite, slices) { database in
            try await ReferenceFiles.load(into: database)
            let names = (1...200).map { "k\($0)" }.joined(separator: ",")
            let report = try await Served.take("id,title,\(names)\nA1,Judul,\(names)\n", into: database)
            #expect(report.created == 1)
            #expect(report.unusedColumns.count == 200)
            #expect(try await Innovations(database).show(1).sources[0].content.contains("\"k200\":\"k200\""))
        }
    }

    @Test(arguments: Engine.tested)
    func `killed half way and run again, an import ends as one clean run`(engine: Engine) async throws {
        let rounds = ProcessInfo.processInfo.environment["SIMPUL_SOAK"] == nil ? 3 : 50
        var csv = header
        for i in 1...4000 {
            csv += "A\(i),Inovasi nomor \(i) untuk layanan,Kota Bogor,,,20\(10 + i % 10),,Kesehatan,Ringkasan \(i),,\n"
        }
        try await temporary(csv) { file in
            try await TestDatabase.at(engine) { address in
                let name = address.commandLine
                var killed = 0
                for round in 0..<rounds {
                    let result = try await Command.run(
                        ["import", file, "--source", "uji", "--database", name],
                        killAfter: 0.4 + Double(round % 10) * 0.15)
                    killed += result.status == -9 ? 1 : 0
                }
                #expect(killed > 0)
                let finished = try await Command.run(["import", file, "--source", "uji", "--json", "--database", name])
                #expect(finished.status == 0)
                let check = try await Command.run(["check", "--database", name])
                #expect(check.status == 0, "\(check.output)")
                let database = try await Database(address, slices: slices)
                let interrupted = try await content(database)
                await database.close()
                try await TestDatabase.with(engine, slices) { clean in
                    try await ReferenceFiles.load(into: clean)
                    try await Served.take(csv, into: clean)
                    #expect(try await content(clean) == interrupted)
                    #expect(interrupted.count == 4000)
                }
            }
        }
    }

    /// What a database says of its innovations, without instants.
    private func content(_ database: Database) async throws -> [[Value]] {
        try await database.read { db in
            try db.rows(
                """
                SELECT i.id, i.state, i.revision, i.title, i.institution, i.year, r.content, r.origin, s.id AS record,
                    s.external_id, s.content AS raw, c.seq
                FROM innovation i JOIN revision r ON r.innovation = i.id JOIN source_record s ON s.innovation = i.id
                JOIN change c ON c.kind = 'innovation' AND c.key = CAST(i.id AS TEXT) ORDER BY i.id
                """
            ).map(\.values)
        }
    }

    @Test(.enabled(if: getuid() == 0, "only root may mount a small disk"))
    func `a full disk ends with words, and what was saved is whole`() async throws {
        try await folder { folder in
            let disk = folder + "/disk"
            try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: true)
            guard try await shell("mount -t tmpfs -o size=3m none \(disk)") == 0 else { return }
            defer { _ = Task { try await shell("umount -l \(disk)") } }
            var csv = header
            for i in 1...20_000 {
                csv +=
                    "A\(i),Inovasi nomor \(i),Kota Bogor,,,2019,,Kesehatan,\(String(repeating: "panjang ", count: 30)),,\n"
            }
            let file = folder + "/banyak.csv"
            try Data(csv.utf8).write(to: URL(fileURLWithPath: file))
            let result = try await Command.run([
                "import", file, "--source", "uji", "--database", "sqlite:\(disk)/a.sqlite", "--data", folder + "/d",
            ])
            #expect(result.status == 1)
            #expect(result.errors.contains("Ruang simpan penuh"), "\(result.errors)")
            _ = try await shell("cp \(disk)/a.sqlite* \(folder)/")
            let check = try await Command.run(["check", "--database", "sqlite:\(folder)/a.sqlite"])
            #expect(check.status == 0, "\(check.output) \(check.errors)")
        }
    }
}

func shell(_ command: String) async throws -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", command]
    process.standardError = FileHandle.nullDevice
    return try await withCheckedThrowingContinuation { done in
        process.terminationHandler = { done.resume(returning: $0.terminationStatus) }
        do { try process.run() } catch {
            process.terminationHandler = nil
            done.resume(throwing: error)
        }
    }
}

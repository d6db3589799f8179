import Database
import Directory
import Foundation
import Institutions
import Kernel
import Support
import Testing

@testable import App

@Suite struct OperationTests {
    @Test(arguments: Engine.tested)
    func `a backup taken while serving is restored equal, into either engine`(engine: Engine) async throws {
        try await Served.with(engine, csv: tenRecords) { site in
            try await folder { folder in
                try FileManager.default.createDirectory(
                    atPath: folder + "/data/files/ab", withIntermediateDirectories: true)
                try Data("bukti".utf8).write(to: URL(fileURLWithPath: folder + "/data/files/ab/cd"))
                let backup = try await Command.run([
                    "backup", "--to", folder + "/cadangan", "--database", site.database.address.commandLine, "--data",
                    folder + "/data",
                ])
                #expect(backup.status == 0, "\(backup.errors)")
                #expect(try await site.client.get("/inovasi/1").status == 200)
                let restore = try await Command.run([
                    "restore", folder + "/cadangan", "--database", "sqlite:\(folder)/baru.sqlite", "--data",
                    folder + "/data2",
                ])
                #expect(restore.status == 0, "\(restore.errors)")
                let restored = try await Database(.sqlite(folder + "/baru.sqlite"), slices: slices)
                for id in 1...10 {
                    let before = try await Innovations(site.database).show(id)
                    let after = try await Innovations(restored).show(id)
                    #expect(
                        before.innovation == after.innovation && before.origin == after.origin
                            && before.updatedAt == after.updatedAt)
                }
                #expect(restored.version == site.database.version)
                #expect(try await restored.check() == [])
                await restored.close()
                #expect(FileManager.default.contents(atPath: folder + "/data2/files/ab/cd") == Data("bukti".utf8))

                let again = try await Command.run([
                    "restore", folder + "/cadangan", "--database", "sqlite:\(folder)/baru.sqlite",
                ])
                #expect(again.status == 1 && again.errors.contains("sudah berisi data"))
            }
        }
    }

    @Test func `a damaged, newer or false backup is refused and nothing is changed`() async throws {
        try await folder { folder in
            let source = "sqlite:\(folder)/a.sqlite"
            try await temporary(tenRecords) {
                _ = try await Command.run(["import", $0, "--source", "uji", "--database", source])
            }
            #expect(try await Command.run(["backup", "--to", folder + "/c", "--database", source]).status == 0)
            let manifest = URL(fileURLWithPath: folder + "/c/manifest.json")
            let original = try String(contentsOf: manifest, encoding: .utf8)

            try original.replacing("\"directory-1\"", with: "\"directory-99\"").write(
                to: manifest, atomically: true, encoding: .utf8)
            let newer = try await Command.run(["restore", folder + "/c", "--database", "sqlite:\(folder)/b.sqlite"])
            #expect(newer.status == 1 && newer.errors.contains("lebih baru"), "\(newer.errors)")
            try original.write(to: manifest, atomically: true, encoding: .utf8)

            let file = folder + "/c/database.sqlite"
            var bytes = try Data(contentsOf: URL(fileURLWithPath: file))
            bytes[bytes.count / 2] ^= 1
            try bytes.write(to: URL(fileURLWithPath: file))
            let damaged = try await Command.run(["restore", folder + "/c", "--database", "sqlite:\(folder)/b.sqlite"])
            #expect(damaged.status == 1 && damaged.errors.contains("rusak"), "\(damaged.errors)")

            let none = try await Command.run(["restore", folder, "--database", "sqlite:\(folder)/b.sqlite"])
            #expect(none.status == 1 && none.errors.contains("bukan cadangan"), "\(none.errors)")
            let empty = try await Database(.sqlite(folder + "/b.sqlite"), slices: slices)
            #expect(try await empty.read { try $0.count("SELECT COUNT(*) FROM innovation") } == 0)
            await empty.close()
        }
    }

    @Test(arguments: Engine.tested, Engine.tested)
    func `copy moves everything to either engine and says what it copied`(from: Engine, to: Engine) async throws {
        try await TestDatabase.with(from, slices) { source in
            try await ReferenceFiles.load(into: source)
            try await Served.take(try Served.sample, into: source)
            try await TestDatabase.at(to) { target in
                let result = try await Command.run([
                    "copy", "--from", source.address.commandLine, "--to", target.commandLine,
                ])
                #expect(result.status == 0, "\(result.errors)")
                #expect(result.output.contains("innovation\t736\t"))
                let check = try await Command.run(["check", "--database", target.commandLine])
                #expect(check.status == 0, "\(check.output)")
            }
        }
    }

    @Test func `check names the rows that break a rule and exits 1`() async throws {
        try await folder { folder in
            let address = "sqlite:\(folder)/a.sqlite"
            try await temporary(tenRecords) {
                _ = try await Command.run(["import", $0, "--source", "uji", "--database", address])
            }
            #expect(try await Command.run(["check", "--database", address]).status == 0)
            let database = try await Database(.sqlite(folder + "/a.sqlite"), slices: slices)
            try await database.write { try $0.execute("UPDATE revision SET origin = '{}' WHERE innovation = 4") }
            await database.close()
            let result = try await Command.run(["check", "--database", address])
            #expect(result.status == 1)
            #expect(result.output.contains("every value has a source") && result.output.contains("id=4"))
        }
    }

    @Test func `a port in use, a newer database and a server that is down are told at start`() async throws {
        try await folder { folder in
            try await Served.with(.sqlite, csv: tenRecords) { site in
                let used = try await Command.run([
                    "serve", "--port", String(site.port), "--database", "sqlite:\(folder)/a.sqlite", "--data", folder,
                ])
                #expect(used.status == 1 && used.errors.contains("sudah dipakai"), "\(used.errors)")
            }
            let database = try await Database(.sqlite(folder + "/a.sqlite"), slices: slices)
            try await database.write { try $0.execute("INSERT INTO migration (id, at) VALUES ('directory-99', 0)") }
            await database.close()
            let newer = try await Command.run(["check", "--database", "sqlite:\(folder)/a.sqlite"])
            #expect(newer.status == 1 && newer.errors.contains("directory-99"), "\(newer.errors)")
            let down = try await Command.run([
                "serve", "--port", "0", "--database", "postgres://x@127.0.0.1:1/x", "--data", folder,
            ])
            #expect(down.status == 1 && down.errors.contains("tidak dapat dihubungi"), "\(down.errors)")
        }
    }

    @Test func `a PostgreSQL that goes away is a 503 with Retry-After, and comes back by itself`() async throws {
        try #require(Engine.tested.contains(.postgres), "needs SIMPUL_TEST_POSTGRES")
        try await Served.with(.postgres, csv: tenRecords, checked: false) { site in
            guard case .postgres(let url) = site.database.address else { return }
            let name = url.split(separator: "/").last.map(String.init) ?? ""
            let server = String(url.dropLast(name.count + 1)) + "/postgres"
            #expect(try await site.client.get("/inovasi/1").status == 200)
            try TestDatabase.run("ALTER DATABASE \(name) ALLOW_CONNECTIONS false", on: server)
            try TestDatabase.run(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '\(name)'", on: server)
            for _ in 0..<3 {
                let away = try await site.client.get("/inovasi/2")
                #expect(away.status == 503)
                #expect(away["retry-after"] != nil)
                #expect(away.text.contains("Yang sudah tersimpan aman"))
            }
            #expect(try await site.client.get("/inovasi/1").status == 200, "a finished page is still served")
            #expect(try await site.client.get("/healthz").status == 200)
            #expect(try await site.client.get("/readyz").status == 503)
            try TestDatabase.run("ALTER DATABASE \(name) ALLOW_CONNECTIONS true", on: server)
            #expect(try await site.client.get("/inovasi/2").status == 200)
            #expect(try await site.client.get("/readyz").status == 200)
        }
    }

    @Test func `SIGTERM ends the server with 0 and leaves a saved index`() async throws {
        try await folder { folder in
            let address = "sqlite:\(folder)/a.sqlite"
            try await temporary(tenRecords) {
                _ = try await Command.run(["import", $0, "--source", "uji", "--database", address])
            }
            let status = try await shell(
                """
                \(Command.binary) serve --port 0 --database \(address) --data \(folder)/d > \(folder)/log 2> \(folder)/err & pid=$!
                for i in $(seq 100); do grep -q http \(folder)/err && break; sleep 0.1; done
                kill -TERM $pid; wait $pid
                """)
            #expect(status == 0)
            #expect(FileManager.default.fileExists(atPath: folder + "/d/search.index"))
        }
    }

    @Test func `a damaged index is rebuilt, and one of another database is not believed`() async throws {
        try await folder { folder in
            try await TestDatabase.with(.sqlite, slices) { database in
                try await ReferenceFiles.load(into: database)
                try await Served.take(tenRecords, into: database)
                let file = folder + "/search.index"
                let first = try await Catalogue(database, file: file)
                try first.save()
                let loaded = try await Catalogue(database, file: file)
                #expect(loaded.count == 10)
                var bytes = try Data(contentsOf: URL(fileURLWithPath: file))
                bytes[bytes.count / 2] ^= 0xFF
                try bytes.write(to: URL(fileURLWithPath: file))
                let rebuilt = try await Catalogue(database, file: file)
                #expect(rebuilt.count == 10)
                try first.save()
                try await TestDatabase.with(.sqlite, slices) { empty in
                    let other = try await Catalogue(empty, file: file)
                    #expect(other.count == 0)
                }
            }
        }
    }
}

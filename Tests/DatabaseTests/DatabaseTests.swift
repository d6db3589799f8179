import Foundation
import Kernel
import Support
import Testing

@testable import Database

private let things = Schema(
    migrations: [
        Migration(
            "things-1",
            """
            CREATE TABLE thing (
                id {key},
                name {text} NOT NULL UNIQUE,
                weight DOUBLE PRECISION,
                picture {bytes},
                parent BIGINT REFERENCES thing (id),
                CHECK (name <> '')
            );
            """)
    ],
    invariants: [Invariant("no thing weighs less than nothing", "SELECT id, name FROM thing WHERE weight < 0")])

@Suite struct DatabaseTests {
    @Test(arguments: Engine.tested)
    func `a value comes back as it went in`(engine: Engine) async throws {
        try await TestDatabase.with(engine, [things]) { db in
            let name = "O'Brien \"é\" 🇮🇩 \\ % \n"
            try await db.write {
                try $0.insert(
                    "thing", ["id", "name", "weight", "picture"],
                    [
                        [1.sqlValue, name.sqlValue, 2.5.sqlValue, .bytes([0, 1, 254, 255])],
                        [2.sqlValue, .text("b"), .null, .null],
                    ])
            }
            let rows = try await db.read { try $0.rows("SELECT id, name, weight, picture FROM thing ORDER BY id") }
            #expect(
                rows.map(\.values) == [
                    [.integer(1), .text(name), .real(2.5), .bytes([0, 1, 254, 255])],
                    [.integer(2), .text("b"), .null, .null],
                ])
        }
    }

    @Test(arguments: Engine.tested)
    func `an interpolated value is bound, whatever it says`(engine: Engine) async throws {
        try await TestDatabase.with(engine, [things]) { db in
            let name = "x'); DROP TABLE thing; --"
            try await db.write { try $0.execute("INSERT INTO thing (id, name) VALUES (\(1), \(name))") }
            let found = try await db.read { try $0.count("SELECT COUNT(*) FROM thing WHERE name = \(name)") }
            #expect(found == 1)
            let listed = try await db.read { try $0.count("SELECT COUNT(*) FROM thing WHERE name IN \(["a", name])") }
            #expect(listed == 1)
            let none = try await db.read { try $0.count("SELECT COUNT(*) FROM thing WHERE name IN \([String]())") }
            #expect(none == 0)
        }
    }

    @Test(arguments: Engine.tested)
    func `a write that fails leaves nothing, and the next one works`(engine: Engine) async throws {
        try await TestDatabase.with(engine, [things]) { db in
            await #expect(throws: DatabaseFault.self) {
                try await db.write {
                    try $0.execute("INSERT INTO thing (id, name) VALUES (1, 'a')")
                    $0.changed("thing", "1")
                    try $0.execute("INSERT INTO thing (id, name) VALUES (2, 'a')")
                }
            }
            #expect(try await db.read { try $0.count("SELECT COUNT(*) FROM thing") } == 0)
            #expect(try await db.read { try Changes.latest($0) } == 0)
            try await db.write { try $0.execute("INSERT INTO thing (id, name) VALUES (1, 'a')") }
            #expect(try await db.read { try $0.count("SELECT COUNT(*) FROM thing") } == 1)
        }
    }

    @Test(arguments: Engine.tested)
    func `the engine's refusals are told apart`(engine: Engine) async throws {
        try await TestDatabase.with(engine, [things]) { db in
            try await db.write { try $0.execute("INSERT INTO thing (id, name) VALUES (1, 'a')") }
            let statements: [(SQL, DatabaseFault.Kind)] = [
                ("INSERT INTO thing (id, name) VALUES (2, 'a')", .unique),
                ("INSERT INTO thing (id, name, parent) VALUES (2, 'b', 99)", .foreignKey),
                ("INSERT INTO thing (id, name) VALUES (2, '')", .check),
                ("INSERT INTO nothing VALUES (1)", .other),
            ]
            for (statement, kind) in statements {
                let fault = await #expect(throws: DatabaseFault.self) {
                    try await db.write { try $0.execute(statement) }
                }
                #expect(fault?.kind == kind)
                #expect(fault?.statement.contains("INSERT INTO") == true)
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `text with NUL is refused at the door`(engine: Engine) async throws {
        try await TestDatabase.with(engine, [things]) { db in
            await #expect(throws: DatabaseRefusal.self) {
                try await db.write { try $0.execute("INSERT INTO thing (id, name) VALUES (1, \("a\0b"))") }
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `the change feed numbers commits without gaps, also after a rollback`(engine: Engine) async throws {
        try await TestDatabase.with(engine, [things]) { db in
            await withTaskGroup(of: Void.self) { group in
                for i in 1...20 {
                    group.addTask {
                        try? await db.write {
                            try $0.execute("INSERT INTO thing (id, name) VALUES (\(i % 10 + 1), \(String(i % 10)))")
                            $0.changed("thing", String(i % 10 + 1))
                        }
                    }
                }
            }
            let changes = try await db.read { try Changes.after(0, limit: 100, $0) }
            #expect(changes.map(\.seq) == Array(1...10))
            #expect(Set(changes.map(\.key)).count == 10)
            #expect(db.version == 10)
        }
    }

    @Test(arguments: Engine.tested)
    func `a reader keeps its view while others write`(engine: Engine) async throws {
        try await TestDatabase.with(engine, [things]) { db in
            try await db.write { try $0.execute("INSERT INTO thing (id, name) VALUES (1, 'a')") }
            let (started, go) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
            async let counts = db.read { reader in
                let before = try reader.count("SELECT COUNT(*) FROM thing")
                started.signal()
                go.wait()
                return (before, try reader.count("SELECT COUNT(*) FROM thing"))
            }
            await wait(for: started)
            try await db.write { try $0.execute("INSERT INTO thing (id, name) VALUES (2, 'b')") }
            go.signal()
            #expect(try await counts == (1, 1))
        }
    }

    @Test(arguments: Engine.tested)
    func `migrations run once and a newer database is refused`(engine: Engine) async throws {
        try await TestDatabase.at(engine) { address in
            let first = try await Database(address, slices: [things])
            try await first.write { try $0.execute("INSERT INTO thing (id, name) VALUES (1, 'a')") }
            await first.close()
            let again = try await Database(address, slices: [things])
            #expect(try await again.read { try $0.count("SELECT COUNT(*) FROM thing") } == 1)
            await again.close()
            let refusal = await #expect(throws: DatabaseRefusal.self) { _ = try await Database(address, slices: []) }
            #expect(refusal?.message.english.contains("things-1") == true)
        }
    }

    @Test(arguments: Engine.tested)
    func `an invariant names the rows that break it`(engine: Engine) async throws {
        try await TestDatabase.with(engine, [things]) { db in
            #expect(try await db.check() == [])
            try await db.write { try $0.execute("INSERT INTO thing (id, name, weight) VALUES (7, 'a', -1)") }
            #expect(
                try await db.check() == [
                    .init(invariant: "no thing weighs less than nothing", rows: ["id=7 name=a"])
                ])
        }
    }

    @Test(arguments: Engine.tested, Engine.tested)
    func `a copy is equal, and a target with data is refused`(from: Engine, to: Engine) async throws {
        try await TestDatabase.with(from, [things]) { source in
            try await source.write { db in
                try db.insert(
                    "thing", ["id", "name", "weight", "picture", "parent"],
                    (1...1203).map {
                        [
                            $0.sqlValue, "n\($0)".sqlValue, (Double($0) / 7).sqlValue, .bytes([UInt8($0 % 256)]),
                            .integer(1),
                        ]
                    })
                db.changed("thing", "all")
            }
            try await TestDatabase.with(to, [things]) { target in
                let sums = try await source.copy(to: target)
                #expect(sums.map(\.table) == ["change", "thing"])
                #expect(sums.map(\.rows) == [1, 1203])
                #expect(target.version == 1)
                let refusal = await #expect(throws: CopyRefusal.self) { try await source.copy(to: target) }
                #expect(refusal == .targetNotEmpty("change"))
            }
        }
    }

    @Test func `what is no database is refused with its path`() async throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        try Data("Bukan basis data, hanya teks yang cukup panjang untuk dibaca sebagai kepala berkas.".utf8)
            .write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        await #expect(throws: DatabaseRefusal.self) { _ = try await Database(.sqlite(path), slices: []) }
        #expect(throws: DatabaseRefusal.self) { try DatabaseAddress("mysql://x") }
        #expect(try DatabaseAddress("postgres://u:secret@h/d").description == "postgres://u@h/d")
    }

    @Test func `a server that is down is named, not a crash`() async throws {
        let refusal = await #expect(throws: DatabaseRefusal.self) {
            _ = try await Database(.postgres("postgres://nobody@127.0.0.1:1/none"), slices: [])
        }
        #expect(refusal?.kind == .unavailable)
    }
}

private func wait(for semaphore: DispatchSemaphore) async {
    await withCheckedContinuation { done in
        Thread.detachNewThread {
            semaphore.wait()
            done.resume()
        }
    }
}

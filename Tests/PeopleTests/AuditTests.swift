import Database
import Foundation
import Kernel
import Support
import Testing

@testable import People

@Suite struct AuditTests {
    /// Seven entries over three days in western Indonesian time.
    private func trail(_ engine: Engine, _ body: (Database) async throws -> Void) async throws {
        try await TestDatabase.with(engine, Office.slices) { database in
            for n in 1...7 {
                let at = Instant(milliseconds: 1_780_000_000_000 + Int64(n / 3) * 86_400_000)
                try await database.write(at: at) { db in
                    try Audit.note(
                        n.isMultiple(of: 2) ? "validate" : "submit", "draft", String(n), [("round", "\(n)")],
                        by: Actor(name: "account:\(n % 3)", account: n % 3, address: "10.0.0.\(n)"), db)
                }
            }
            try await body(database)
        }
    }

    @Test(arguments: Engine.tested)
    func `an untouched trail holds, an empty one too`(engine: Engine) async throws {
        try await TestDatabase.with(engine, Office.slices) { database in
            let empty = try await Audit.verify(database)
            #expect(empty == nil)
        }
        try await trail(engine) { database in
            let broken = try await Audit.verify(database)
            #expect(broken == nil)
            #expect(try await database.check() == [])
        }
    }

    private static let changes: [(String, SQL)] = [
        ("at", "UPDATE audit SET at = at + 1 WHERE id = 4"),
        ("account", "UPDATE audit SET account = 9 WHERE id = 4"),
        ("no account", "UPDATE audit SET account = NULL WHERE id = 4"),
        ("actor", "UPDATE audit SET actor = 'account:9' WHERE id = 4"),
        ("address", "UPDATE audit SET address = NULL WHERE id = 4"),
        ("act", "UPDATE audit SET act = 'return' WHERE id = 4"),
        ("kind", "UPDATE audit SET kind = 'drafts' WHERE id = 4"),
        ("key", "UPDATE audit SET key = '5' WHERE id = 4"),
        ("detail", "UPDATE audit SET detail = 'round=5' WHERE id = 4"),
        ("a part moved to its neighbour", "UPDATE audit SET kind = 'draf', key = 't4' WHERE id = 4"),
        ("hash", "UPDATE audit SET hash = (SELECT hash FROM audit WHERE id = 5) WHERE id = 4"),
    ]

    @Test(arguments: Engine.tested)
    func `a change to any part of an entry names the entry`(engine: Engine) async throws {
        for (name, change) in AuditTests.changes {
            try await trail(engine) { database in
                try await database.write { db in try db.execute(change) }
                #expect(try await Audit.verify(database) == .changed(4), "\(name)")
                #expect(try await database.check().map(\.invariant) == ["the audit chain holds"])
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `a removed entry is named, wherever it was`(engine: Engine) async throws {
        for id in 1...6 {
            try await trail(engine) { database in
                try await database.write { db in try db.execute("DELETE FROM audit WHERE id = \(id)") }
                #expect(try await Audit.verify(database) == .removed(id))
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `entries that changed places are named with the place they had`(engine: Engine) async throws {
        try await trail(engine) { database in
            try await database.write { db in
                for (from, to) in [(3, 100), (4, 3), (100, 4)] {
                    try db.execute("UPDATE audit SET id = \(to) WHERE id = \(from)")
                }
            }
            #expect(try await Audit.verify(database) == .moved(3, from: 4))
        }
        try await trail(engine) { database in
            try await database.write { db in
                for (from, to) in [(6, 100), (5, 6), (4, 5), (3, 4), (2, 3), (100, 2)] {
                    try db.execute("UPDATE audit SET id = \(to) WHERE id = \(from)")
                }
            }
            #expect(try await Audit.verify(database) == .moved(2, from: 6))
        }
        try await trail(engine) { database in
            try await database.write { db in
                for (from, to) in [(1, 100), (2, 1), (100, 2)] {
                    try db.execute("UPDATE audit SET id = \(to) WHERE id = \(from)")
                }
            }
            #expect(try await Audit.verify(database) == .moved(1, from: 2))
        }
    }

    @Test(arguments: Engine.tested)
    func `an entry put in between is named, with a hash of its own or without`(engine: Engine) async throws {
        for forged in [true, false] {
            try await trail(engine) { database in
                try await database.write { db in
                    for id in stride(from: 7, through: 4, by: -1) {
                        try db.execute("UPDATE audit SET id = \(id + 1) WHERE id = \(id)")
                    }
                    let before = try db.first("SELECT hash FROM audit WHERE id = 3")?.text("hash")
                    let entry = AuditEntry(
                        id: 4, at: db.at, account: nil, actor: "system", address: nil, act: "validate", kind: "draft",
                        key: "9", detail: "")
                    try db.insert(
                        "audit", ["id", "at", "actor", "act", "kind", "key", "detail", "hash"],
                        [
                            [
                                .integer(4), db.at.sqlValue, .text("system"), .text("validate"), .text("draft"),
                                .text("9"), .text(""),
                                .text(forged ? entry.hash(after: before) : String(repeating: "0", count: 64)),
                            ]
                        ])
                }
                // With a right hash the entry itself fits the chain; what stood there before does not follow it.
                #expect(try await Audit.verify(database) == (forged ? .moved(5, from: 4) : .changed(4)))
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `a trail cut short or written anew is found by the published head`(engine: Engine) async throws {
        var heads: [AuditHead] = []
        try await trail(engine) { database in
            heads = try await Audit.heads(database)
            #expect(heads.map(\.day.iso) == ["2026-05-29", "2026-05-30", "2026-05-31"])
            #expect(heads.map(\.entry) == [2, 5, 7])
            #expect(heads.map(\.count) == [2, 3, 2])
            #expect(try await Audit.heads(database, before: heads[2].day) == Array(heads.prefix(2)))
            for head in heads {
                #expect(try await Audit.verify(database, anchor: head.day, head.hash) == nil)
                #expect(try await Audit.verify(database, anchor: head.day, head.hash.uppercased()) == nil)
            }
            #expect(
                try await Audit.verify(database, anchor: heads[1].day, heads[0].hash)
                    == .anchor(heads[1].day, entry: 5))
            try await database.write { db in try db.execute("DELETE FROM audit WHERE id >= 5") }
            #expect(try await Audit.verify(database) == nil)
            #expect(
                try await Audit.verify(database, anchor: heads[1].day, heads[1].hash)
                    == .anchor(heads[1].day, entry: 4))
            #expect(
                try await Audit.verify(database, anchor: heads[2].day, heads[2].hash)
                    == .anchor(heads[2].day, entry: nil))
        }
        try await trail(engine) { database in
            // Somebody with the database in hand changes an entry and makes every later hash anew.
            try await database.write { db in
                try db.execute("UPDATE audit SET detail = 'round=9' WHERE id = 2")
                var last: String?
                for row in try db.rows("SELECT \(Audit.columns) FROM audit ORDER BY id") {
                    let hash = try AuditEntry(row).hash(after: last)
                    try db.execute("UPDATE audit SET hash = \(hash) WHERE id = \(try row.int("id"))")
                    last = hash
                }
            }
            #expect(try await Audit.verify(database) == nil)
            for head in heads {
                #expect(
                    try await Audit.verify(database, anchor: head.day, head.hash)
                        == .anchor(head.day, entry: head.entry))
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `entries are listed by filter, the latest first, page by page, and exported in order`(engine: Engine)
        async throws
    {
        try await trail(engine) { database in
            func ids(_ filter: AuditFilter, before: Int? = nil, limit: Int = 50) async throws -> [Int] {
                try await database.read { db in
                    try Audit.entries(filter, before: before, limit: limit, db).map(\.id)
                }
            }
            #expect(try await ids(AuditFilter()) == [7, 6, 5, 4, 3, 2, 1])
            #expect(try await ids(AuditFilter(), limit: 3) == [7, 6, 5])
            #expect(try await ids(AuditFilter(), before: 5, limit: 3) == [4, 3, 2])
            #expect(try await ids(AuditFilter(account: 1)) == [7, 4, 1])
            #expect(try await ids(AuditFilter(act: "validate")) == [6, 4, 2])
            #expect(try await ids(AuditFilter(kind: "draft", key: "3")) == [3])
            #expect(try await ids(AuditFilter(kind: "account")) == [])
            #expect(try await ids(AuditFilter(from: Day(2026, 5, 30), until: Day(2026, 5, 30))) == [5, 4, 3])
            #expect(try await ids(AuditFilter(until: Day(2026, 5, 29))) == [2, 1])
            let words = try await database.read { db in
                let words = try Audit.words(db)
                return words.acts + words.kinds
            }
            #expect(words == ["submit", "validate", "draft"])
            let exported = try await database.read { db in
                var lines: [String] = []
                try Audit.export(AuditFilter(account: 2), db) { entry, hash in
                    lines.append("\(entry.id) \(entry.facts.map { "\($0.name)=\($0.value)" }) \(hash.count)")
                }
                return lines
            }
            #expect(exported == ["2 [\"round=2\"] 64", "5 [\"round=5\"] 64"])
        }
    }
}

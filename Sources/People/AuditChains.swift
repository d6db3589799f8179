import Database
import Kernel

/// Proving that the audit trail is what was written.
extension Audit {
    /// The first entry that was changed, removed or reordered; nil when the chain holds. Reads entry by entry.
    package static func verify(_ database: Database) async throws -> AuditBreak? {
        try await database.read { db in try broken(db) }
    }

    /// The same, and that a day's last entry is the published one.
    package static func verify(_ database: Database, anchor day: Day, _ hash: String) async throws -> AuditBreak? {
        try await database.read { db in
            if let broken = try broken(db) { return broken }
            let head = try heads("\(dayNumber) = \(day.daysSince1970)", db).first
            return head?.hash == hash.lowercased() ? nil : .anchor(day, entry: head?.entry)
        }
    }

    /// The last entry of each day, oldest first; days that are over before `before`, all without it.
    package static func heads(_ database: Database, before: Day? = nil) async throws -> [AuditHead] {
        try await database.read { db in
            try heads(before.map { "\(dayNumber) < \($0.daysSince1970)" } ?? "1 = 1", db)
        }
    }

    static func broken(_ db: Reader) throws -> AuditBreak? {
        var last: String?
        var expected = 1
        var found: AuditBreak?
        var suspect: (entry: AuditEntry, hash: String)?
        do {
            try db.stream("SELECT \(columns) FROM audit ORDER BY id") { row in
                let (entry, hash) = (try AuditEntry(row), try row.text("hash"))
                if entry.id != expected {
                    found = .removed(expected)
                } else if entry.hash(after: last) != hash {
                    found = .changed(expected)
                    suspect = (entry, hash)
                }
                guard found == nil else { throw Enough() }
                last = hash
                expected += 1
            }
        } catch is Enough {}
        guard let suspect else { return found }
        // Its hash tells where it stood: after an entry whose hash, with the number it had, gives this one.
        var origin: Int?
        try db.stream("SELECT id, hash FROM audit ORDER BY id") { row in
            let (id, hash) = (try row.int("id"), try row.text("hash"))
            for number in [id, id + 1] where number != suspect.entry.id && origin == nil {
                if suspect.entry.numbered(number).hash(after: hash) == suspect.hash { origin = number }
            }
        }
        if origin == nil, suspect.entry.id != 1, suspect.entry.numbered(1).hash(after: nil) == suspect.hash {
            origin = 1
        }
        return origin.map { .moved(suspect.entry.id, from: $0) } ?? found
    }

    private struct Enough: Error {}

    // Days in western Indonesian time since 1970; the engines divide whole numbers alike.
    private static let dayNumber: SQL = "((at + 25200000) / 86400000)"

    private static func heads(_ condition: SQL, _ db: Reader) throws -> [AuditHead] {
        try db.rows(
            """
            SELECT d.day, d.count, a.id, a.hash FROM (
                SELECT \(dayNumber) AS day, COUNT(*) AS count, MAX(id) AS last FROM audit WHERE \(condition) GROUP BY 1
            ) AS d JOIN audit a ON a.id = d.last ORDER BY d.day
            """
        ) {
            AuditHead(
                day: Day(daysSince1970: try $0.int("day")), entry: try $0.int("id"), count: try $0.int("count"),
                hash: try $0.text("hash"))
        }
    }
}

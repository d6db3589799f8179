import Database
import Files
import Kernel

/// The record of who did what to what, when and from where: append-only, each entry chained to the one before by SHA-256.
package enum Audit {
    /// Adds an entry in the transaction of the act itself.
    ///
    /// - Parameters:
    ///   - act: a verb of the domain, e.g. `validate`, `sign-in`.
    ///   - kind, key: what it was done to, e.g. `draft` and its number.
    ///   - detail: further facts by name, without personal data: it can never be removed.
    package static func note(
        _ act: StaticString, _ kind: StaticString, _ key: String, _ detail: [(String, String)] = [], by actor: Actor,
        _ db: Writer
    ) throws {
        let last = try db.first("SELECT hash FROM audit ORDER BY id DESC LIMIT 1").map { try $0.text("hash") }
        let id = try db.nextID("audit")
        let entry = AuditEntry(
            id: id, at: db.at, account: actor.account, actor: actor.name, address: actor.address, act: "\(act)",
            kind: "\(kind)", key: key, detail: detail.map { "\($0.0)=\($0.1)" }.joined(separator: "\n"))
        try db.insert(
            "audit", ["id", "at", "account", "actor", "address", "act", "kind", "key", "detail", "hash"],
            [
                [
                    id.sqlValue, db.at.sqlValue, entry.account.sqlValue, entry.actor.sqlValue, entry.address.sqlValue,
                    entry.act.sqlValue, entry.kind.sqlValue, entry.key.sqlValue, entry.detail.sqlValue,
                    entry.hash(after: last).sqlValue,
                ]
            ])
    }

    /// Entries, the latest first, before a number; at most `limit`.
    package static func entries(
        _ filter: AuditFilter = AuditFilter(), before: Int? = nil, limit: Int = 50, _ db: Reader
    ) throws -> [AuditEntry] {
        let older: SQL = before.map { "id < \($0)" } ?? "1 = 1"
        return try db.rows(
            "SELECT \(columns) FROM audit WHERE \(condition(filter)) AND \(older) ORDER BY id DESC LIMIT \(limit)"
        ) { try AuditEntry($0) }
    }

    /// Hands out the entries with their hashes one by one, oldest first, so that memory stays flat.
    package static func export(
        _ filter: AuditFilter = AuditFilter(), _ db: Reader, _ each: (AuditEntry, _ hash: String) throws -> Void
    ) throws {
        try db.stream("SELECT \(columns) FROM audit WHERE \(condition(filter)) ORDER BY id") {
            try each(AuditEntry($0), try $0.text("hash"))
        }
    }

    /// Entries with their hashes, oldest first, after a number; at most `limit`.
    static func page(
        _ filter: AuditFilter, after: Int, limit: Int, _ db: Reader
    ) throws -> [(entry: AuditEntry, hash: String)] {
        try db.rows(
            "SELECT \(columns) FROM audit WHERE \(condition(filter)) AND id > \(after) ORDER BY id LIMIT \(limit)"
        ) { (try AuditEntry($0), try $0.text("hash")) }
    }

    /// The acts and kinds that occur, for the choices of a filter.
    package static func words(_ db: Reader) throws -> (acts: [String], kinds: [String]) {
        (
            try db.rows("SELECT DISTINCT act FROM audit ORDER BY act") { try $0.text("act") },
            try db.rows("SELECT DISTINCT kind FROM audit ORDER BY kind") { try $0.text("kind") }
        )
    }

    /// How many entries there are.
    package static func count(_ db: Reader) throws -> Int { try db.count("SELECT COUNT(*) FROM audit") }

    static let columns: SQL = "id, at, account, actor, address, act, kind, key, detail, hash"

    private static func condition(_ filter: AuditFilter) -> SQL {
        func start(_ day: Day) -> Int { (day.daysSince1970 * 24 - Zone.wib.hours) * 3_600_000 }
        var all: SQL = "1 = 1"
        if let account = filter.account { all = "\(all) AND account = \(account)" }
        if let act = filter.act { all = "\(all) AND act = \(act)" }
        if let kind = filter.kind { all = "\(all) AND kind = \(kind)" }
        if let key = filter.key { all = "\(all) AND key = \(key)" }
        if let from = filter.from { all = "\(all) AND at >= \(start(from))" }
        if let until = filter.until { all = "\(all) AND at < \(start(until) + 86_400_000)" }
        return all
    }
}

extension AuditEntry {
    init(_ row: Row) throws {
        self.init(
            id: try row.int("id"), at: try row.instant("at"), account: try row.intOrNil("account"),
            actor: try row.text("actor"), address: try row.textOrNil("address"), act: try row.text("act"),
            kind: try row.text("kind"), key: try row.text("key"), detail: try row.text("detail"))
    }
}

import Database
import Kernel

extension Accounts {
    /// The people of an institution whose role did not end, by name; those of other institutions' Hubs are not among
    /// them.
    package func people(at institution: String, at: Instant) async throws -> [Colleague] {
        try await database.read { db in
            try Accounts.colleagues(
                "id IN (SELECT account FROM role_grant WHERE institution = \(institution) AND until_at IS NULL)",
                "g.institution = \(institution)", limit: 1000, at: at, db)
        }
    }

    /// Every account that did not leave, after a number, in the order of numbers; optionally only those of a role.
    package func people(role: Role? = nil, after: Int = 0, limit: Int = 100, at: Instant) async throws -> [Colleague] {
        let condition: SQL =
            role.map { "id IN (SELECT account FROM role_grant WHERE role = \($0) AND until_at IS NULL)" } ?? "1 = 1"
        return try await database.read { db in
            try Accounts.colleagues("id > \(after) AND \(condition)", "1 = 1", limit: limit, at: at, db)
        }
    }

    /// One account as those who manage it see it. Throws `AccountRefusal.unknown`.
    package func colleague(_ account: Int, at: Instant) async throws -> Colleague {
        try await database.read { db in try Accounts.colleague(account, at: at, db) }
    }

    static func colleague(_ account: Int, at: Instant, _ db: Reader) throws -> Colleague {
        guard let found = try colleagues("id = \(account)", "1 = 1", limit: 1, at: at, db).first else {
            throw AccountRefusal.unknown
        }
        return found
    }

    private static func colleagues(
        _ condition: SQL, _ scope: SQL, limit: Int, at: Instant, _ db: Reader
    ) throws -> [Colleague] {
        let rows = try db.rows(
            """
            SELECT id, email, name, office, phone, state, CASE WHEN totp IS NULL THEN 0 ELSE 1 END AS has_code,
                (SELECT MAX(seen_at) FROM session s WHERE s.account = account.id) AS seen_at
            FROM account WHERE state <> 'left' AND \(condition) ORDER BY id LIMIT \(limit)
            """)
        let accounts = try rows.map { try $0.int("id") }
        let grants = Dictionary(
            grouping: try Grants.held(
                "g.until_at IS NULL AND \(scope) AND g.account IN \(accounts)", at: at, db), by: \.account)
        return try rows.map { row in
            let account = try row.int("id")
            return Colleague(
                account: account, email: try row.textOrNil("email"), name: try row.textOrNil("name"),
                office: try row.textOrNil("office"), phone: try row.textOrNil("phone"),
                state: try row.choice("state"), hasCode: try row.bool("has_code"),
                seen: try row.instantOrNil("seen_at"), grants: grants[account] ?? [])
        }
    }
}

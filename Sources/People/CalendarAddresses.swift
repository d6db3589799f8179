import Database
import Kernel

/// The private addresses under which people read their deadlines in a calendar; only the digest of the token is stored.
package struct CalendarAddresses: Sendable {
    private let database: Database

    package init(_ database: Database) { self.database = database }

    /// Makes a new token for an account; the one before is void from then on.
    package func make(for account: Int, by actor: Actor, at now: Instant) async throws -> String {
        let token = Token.fresh()
        try await database.write(at: now) { db in
            try db.execute(
                "UPDATE account SET calendar = \(Token.digest(token)) WHERE id = \(account) AND state = 'active'")
            try Audit.note("make-calendar", "account", String(account), by: actor, db)
        }
        return token
    }

    /// Whether an account has one.
    package func exists(for account: Int) async throws -> Bool {
        try await database.read { db in
            try db.count("SELECT COUNT(*) FROM account WHERE id = \(account) AND calendar IS NOT NULL") == 1
        }
    }

    /// The active account whose deadlines a token shows, with its live grants and language; nil for a token that is
    /// void.
    package func holder(of token: String, at now: Instant) async throws -> (
        account: Int, grants: [Grant], language: Language
    )? {
        try await database.read { db in
            let row = try db.first(
                "SELECT id, language FROM account WHERE calendar = \(Token.digest(token)) AND state = 'active'")
            return try row.map { row in
                let account = try row.int("id")
                return (account, try Grants.live(of: account, at: now, db), try row.choice("language"))
            }
        }
    }
}

import Database
import Kernel

extension Accounts {
    /// Removes a person: name, address, phone, password, codes, sessions, identities, and their address in what was
    /// sent. The office, the roles they held and the record of decisions stay with the account's number, since the
    /// network must be able to say who decided what (UU 27/2022, article 50); drafts are the unit's.
    ///
    /// - Throws: `AccountRefusal.lastSecretariat`; `.notYours` when it is someone else's and not the actor's to end.
    package func leave(_ account: Int, by actor: Actor, at: Instant) async throws {
        try await database.write(at: at) { db in
            let colleague = try Accounts.colleague(account, at: at, db)
            if actor.account != account { try Grants.require(.manageNetwork, by: actor, db) }
            for held in colleague.grants { try Grants.end(held, by: actor, db) }
            let email = colleague.email ?? ""
            try db.execute("DELETE FROM session WHERE account = \(account)")
            try db.execute("DELETE FROM identity WHERE account = \(account)")
            try db.execute("DELETE FROM recovery_code WHERE account = \(account)")
            try db.execute("DELETE FROM familiar WHERE account = \(account)")
            try db.execute("DELETE FROM one_time_link WHERE account = \(account)")
            try Attempts.forget([.account(email), .code(account), .mail(email)], db)
            // Bodies may greet by name or hold a link.
            try db.execute(
                """
                UPDATE message SET address = 'left:' || CAST(id AS TEXT), body = '',
                    state = CASE WHEN state = 'waiting' THEN 'dropped' ELSE state END
                WHERE account = \(account) OR address = \(email)
                """)
            try db.execute(
                """
                UPDATE account SET state = 'left', left_at = \(at), email = NULL, name = NULL, phone = NULL,
                    password = NULL, totp = NULL, totp_pending = NULL, calendar = NULL
                WHERE id = \(account)
                """)
            try Audit.note("leave", "account", String(account), by: actor, db)
        }
    }
}

import Database
import Kernel

/// Which account a provider's name for a person belongs to.
package struct Identities: Sendable {
    /// The account that a provider's word leads to.
    package struct Match: Sendable, Hashable {
        package let account: Int
        /// True while the invitation has not been taken up: the profile is still missing.
        package let invited: Bool
    }

    private let database: Database

    package init(_ database: Database) { self.database = database }

    /// The account bound to this issuer and subject; at the first time the one that was invited by the e-mail that the
    /// provider checked, which is bound from then on. Throws `OpenIDRefusal.stranger`.
    package func account(
        for token: IDToken, trustingEmail: Bool, from address: String, at now: Instant
    ) async throws -> Match {
        try await database.write(at: now) { db in
            if let row = try db.first(
                """
                SELECT a.id, a.state FROM identity i JOIN account a ON a.id = i.account
                WHERE i.issuer = \(token.issuer) AND i.subject = \(token.subject)
                """)
            {
                return try match(row)
            }
            guard let email = token.provenEmail(trusting: trustingEmail),
                let row = try db.first("SELECT id, state FROM account WHERE email = \(email)")
            else { throw OpenIDRefusal.stranger }
            let found = try match(row)
            // Whoever gets an address of someone before them does not get their account.
            guard
                try db.count(
                    "SELECT COUNT(*) FROM identity WHERE issuer = \(token.issuer) AND account = \(found.account)") == 0
            else { throw OpenIDRefusal.stranger }
            try db.insert(
                "identity", ["issuer", "subject", "account", "at"],
                [[token.issuer.sqlValue, token.subject.sqlValue, found.account.sqlValue, now.sqlValue]])
            try Audit.note(
                "bind-identity", "account", String(found.account), [("issuer", token.issuer)],
                by: Actor(name: "account:\(found.account)", account: found.account, address: address), db)
            return found
        }
    }

    /// A fresh link to the invitation of someone whom the provider knows: its first step, the profile, is still to do.
    package func renewInvitation(_ account: Int, from address: String, at now: Instant) async throws -> String {
        try await database.write(at: now) { db in
            try Audit.note(
                "renew-invitation", "account", String(account),
                by: Actor(name: "account:\(account)", account: account, address: address), db)
            return try Links.make(.invitation, for: account, db)
        }
    }

    private func match(_ row: Row) throws -> Match {
        let state = try row.text("state")
        guard state == "active" || state == "invited" else { throw OpenIDRefusal.stranger }
        return Match(account: try row.int("id"), invited: state == "invited")
    }
}

import Database
import Kernel

/// The accounts of the network's people: how they begin, what they say about themselves, how they end.
package struct Accounts: Sendable {
    let database: Database
    let passwords: Passwords
    /// Scheme and host of the portal, without a slash at the end; links in mails begin with it.
    let publicURL: String

    package init(_ database: Database, passwords: Passwords, publicURL: String) {
        self.database = database
        self.passwords = passwords
        self.publicURL = publicURL.hasSuffix("/") ? String(publicURL.dropLast()) : publicURL
    }

    /// Someone's own account, for the page where they see and correct it.
    package struct Own: Sendable, Hashable {
        package let account: Int
        package let email: String
        package let name: String
        package let office: String
        package let phone: String?
        package let language: Language
        package let digest: Bool
        package let hasPassword: Bool
        package let hasCode: Bool
        package let recoveryCodesLeft: Int
        package let grants: [HeldGrant]
    }

    /// Throws `AccountRefusal.unknown` for an account that left.
    package func own(_ account: Int, at: Instant) async throws -> Own {
        try await database.read { db in
            let row = try Accounts.row(account, db)
            return Own(
                account: account, email: try row.text("email"), name: try row.textOrNil("name") ?? "",
                office: try row.textOrNil("office") ?? "", phone: try row.textOrNil("phone"),
                language: try row.choice("language"), digest: try row.bool("digest"),
                hasPassword: try row.textOrNil("password") != nil, hasCode: try row.value("totp") != .null,
                recoveryCodesLeft: try db.count(
                    "SELECT COUNT(*) FROM recovery_code WHERE account = \(account) AND used_at IS NULL"),
                grants: try Grants.held("g.account = \(account) AND g.until_at IS NULL", at: at, db))
        }
    }

    /// Corrects what a person says about themselves.
    package func correct(_ profile: Profile, of account: Int, by actor: Actor, at: Instant) async throws {
        try await database.write(at: at) { db in
            _ = try Accounts.row(account, db)
            try Accounts.set(profile, of: account, db)
            try Audit.note("correct-profile", "account", String(account), by: actor, db)
        }
    }

    /// Whether messages that can wait come once a day.
    package func setDigest(_ on: Bool, of account: Int, by actor: Actor, at: Instant) async throws {
        try await database.write(at: at) { db in
            _ = try Accounts.row(account, db)
            try db.execute("UPDATE account SET digest = \(on) WHERE id = \(account)")
            try Audit.note("set-digest", "account", String(account), [("on", on ? "1" : "0")], by: actor, db)
        }
    }

    package func setLanguage(_ language: Language, of account: Int, by actor: Actor, at: Instant) async throws {
        try await database.write(at: at) { db in
            _ = try Accounts.row(account, db)
            try db.execute("UPDATE account SET language = \(language) WHERE id = \(account)")
            try Audit.note("set-language", "account", String(account), [("language", language.rawValue)], by: actor, db)
        }
    }

    /// Changes the password of someone who knows the present one; their other sessions end.
    ///
    /// - Throws: `PasswordRefusal.wrong` and what `Password.check` throws, `SignInRefusal.slowDown` after many failures.
    package func changePassword(
        from current: String, to new: String, of account: Int, keeping session: Int, by actor: Actor, at: Instant
    ) async throws {
        let guessing = [Attempts.Subject.familiar("change", String(account))]
        let (email, stored) = try await database.write(at: at) { db in
            let row = try Accounts.row(account, db)
            try Attempts.begin(guessing, db)
            return (try row.text("email"), try row.textOrNil("password"))
        }
        do {
            try Password.check(new, email: email)
            guard try await passwords.verify(current, stored) else { throw PasswordRefusal.wrong }
        } catch let refusal as PasswordRefusal where refusal != .wrong {
            try await database.write(at: at) { db in try Attempts.takeBack(guessing, db) }
            throw refusal
        }
        let hash = try await passwords.hash(new)
        try await database.write(at: at) { db in
            try db.execute("UPDATE account SET password = \(hash) WHERE id = \(account) AND state = 'active'")
            try db.execute("DELETE FROM session WHERE account = \(account) AND id <> \(session)")
            try Attempts.forget(guessing, db)
            try Audit.note("change-password", "account", String(account), by: actor, db)
        }
    }

    static func row(_ account: Int, _ db: Reader) throws -> Row {
        guard
            let row = try db.first(
                """
                SELECT id, email, name, office, phone, language, state, password, totp, digest FROM account
                WHERE id = \(account) AND state <> 'left'
                """)
        else { throw AccountRefusal.unknown }
        return row
    }

    static func set(_ profile: Profile, of account: Int, _ db: Writer) throws {
        try db.execute(
            """
            UPDATE account SET name = \(profile.name), office = \(profile.office), phone = \(profile.phone),
                language = \(profile.language) WHERE id = \(account)
            """)
    }
}

import Database
import Kernel

/// One-time codes: setting them up, asking for them at sign-in, and the recovery codes for when the telephone is lost.
package struct SecondFactors: Sendable {
    let database: Database
    let limits: Sessions.Limits

    package init(_ database: Database, limits: Sessions.Limits = Sessions.Limits()) {
        self.database = database
        self.limits = limits
    }

    /// What someone types into an authenticator app.
    package struct Setup: Sendable, Hashable {
        package let secret: String
        package let uri: String
    }

    /// Finishes a sign-in with a one-time or a recovery code. The session gets a new token.
    ///
    /// - Throws: `SignInRefusal.code`, `.slowDown`, `.noSession`.
    package func enter(_ code: String, _ token: String, from origin: SignIns.Origin, at: Instant) async throws
        -> SignIns.Opened
    {
        let limits = limits
        // A refusal would undo the count of the failure: it is thrown after the commit.
        let opened = try await database.write(at: at) { db -> SignIns.Opened? in
            guard let pending = try Sessions.pending(token, limits, at: at, db), pending.step == .code else {
                throw SignInRefusal.noSession
            }
            let guessing = [Attempts.Subject.code(pending.account)]
            try Attempts.begin(guessing, db)
            guard let how = try SecondFactors.accept(code, pending.account, db) else { return nil }
            try Attempts.forget(guessing, db)
            return try SecondFactors.finish(pending, how, origin, db)
        }
        guard let opened else { throw SignInRefusal.code(at) }
        return opened
    }

    /// The secret to be confirmed; a new one each time it is asked for without one waiting.
    package func prepare(_ account: Int, issuer: String, at: Instant) async throws -> Setup {
        try await database.write(at: at) { db in
            let row = try Accounts.row(account, db)
            let secret: [UInt8]
            if case .bytes(let waiting)? = try db.first("SELECT totp_pending FROM account WHERE id = \(account)")?
                .value("totp_pending")
            {
                secret = waiting
            } else {
                secret = OneTimeCode.secret()
                try db.execute("UPDATE account SET totp_pending = \(Value.bytes(secret)) WHERE id = \(account)")
            }
            return Setup(
                secret: OneTimeCode.base32(secret),
                uri: OneTimeCode.uri(secret, email: try row.text("email"), issuer: issuer))
        }
    }

    /// Confirms the secret with a first code during a sign-in at step `setup`. Returns the session, whole now, and the
    /// ten recovery codes, which are never shown again.
    package func confirm(_ code: String, _ token: String, from origin: SignIns.Origin, at: Instant) async throws
        -> (opened: SignIns.Opened, recovery: [String])
    {
        let limits = limits
        return try await database.write(at: at) { db in
            guard let pending = try Sessions.pending(token, limits, at: at, db), pending.step == .setup else {
                throw SignInRefusal.noSession
            }
            let recovery = try SecondFactors.confirm(
                code, pending.account, Accounts.holder(pending.account, origin.address), db)
            return (try SecondFactors.finish(pending, "setup", origin, db), recovery)
        }
    }

    /// The same for someone who is signed in and wants one-time codes, or a new secret.
    package func confirm(_ code: String, of account: Int, by actor: Actor, at: Instant) async throws -> [String] {
        try await database.write(at: at) { db in try SecondFactors.confirm(code, account, actor, db) }
    }

    /// Ten new recovery codes; the old ones are void.
    package func renewRecovery(of account: Int, by actor: Actor, at: Instant) async throws -> [String] {
        try await database.write(at: at) { db in
            guard try Accounts.row(account, db).value("totp") != .null else { throw AccountRefusal.unknown }
            try Audit.note("renew-recovery-codes", "account", String(account), by: actor, db)
            return try SecondFactors.writeRecovery(account, db)
        }
    }

    /// Gives up one-time codes. Throws `AccountRefusal.codeStillNeeded` where a role asks for them.
    package func remove(of account: Int, by actor: Actor, at: Instant) async throws {
        try await database.write(at: at) { db in
            let needed = try Grants.live(of: account, at: at, db).contains { $0.role.needsSecondFactor }
            guard !needed || actor.account != account else { throw AccountRefusal.codeStillNeeded }
            try SecondFactors.clear(account, db)
            try Audit.note("remove-code", "account", String(account), by: actor, db)
        }
    }

    static func clear(_ account: Int, _ db: Writer) throws {
        try db.execute("UPDATE account SET totp = NULL, totp_pending = NULL, totp_step = 0 WHERE id = \(account)")
        try db.execute("DELETE FROM recovery_code WHERE account = \(account)")
    }

    /// How a code was right; nil when it was not. A code works once.
    private static func accept(_ code: String, _ account: Int, _ db: Writer) throws -> String? {
        guard let row = try db.first("SELECT totp, totp_step FROM account WHERE id = \(account)"),
            case .bytes(let secret) = try row.value("totp")
        else { return nil }
        if let step = OneTimeCode.accepts(code, secret, after: Int64(try row.int("totp_step")), at: db.at) {
            try db.execute("UPDATE account SET totp_step = \(step) WHERE id = \(account)")
            return "code"
        }
        guard let digest = OneTimeCode.recoveryDigest(code, account: account) else { return nil }
        let used = try db.execute(
            """
            UPDATE recovery_code SET used_at = \(db.at)
            WHERE account = \(account) AND code = \(digest) AND used_at IS NULL
            """)
        return used == 1 ? "recovery-code" : nil
    }

    private static func confirm(_ code: String, _ account: Int, _ actor: Actor, _ db: Writer) throws -> [String] {
        guard let row = try db.first("SELECT totp_pending FROM account WHERE id = \(account)"),
            case .bytes(let secret) = try row.value("totp_pending"),
            let step = OneTimeCode.accepts(code, secret, after: 0, at: db.at)
        else { throw SignInRefusal.code(db.at) }
        try db.execute(
            """
            UPDATE account SET totp = \(Value.bytes(secret)), totp_pending = NULL, totp_step = \(step)
            WHERE id = \(account)
            """)
        try Audit.note("set-code", "account", String(account), by: actor, db)
        return try writeRecovery(account, db)
    }

    private static func writeRecovery(_ account: Int, _ db: Writer) throws -> [String] {
        let codes = OneTimeCode.recoveryCodes()
        try db.execute("DELETE FROM recovery_code WHERE account = \(account)")
        try db.insert(
            "recovery_code", ["account", "code"],
            codes.compactMap { code in
                OneTimeCode.recoveryDigest(code, account: account).map { [account.sqlValue, $0.sqlValue] }
            })
        return codes
    }

    private static func finish(
        _ pending: Sessions.Pending, _ how: String, _ origin: SignIns.Origin, _ db: Writer
    ) throws -> SignIns.Opened {
        let token = Token.fresh()
        try db.execute(
            """
            UPDATE session SET token = \(Token.digest(token)), step = 'full', seen_at = \(db.at)
            WHERE id = \(pending.session)
            """)
        try Audit.note(
            "finish-sign-in", "account", String(pending.account), [("how", how)],
            by: Accounts.holder(pending.account, origin.address), db)
        return SignIns.Opened(
            account: pending.account, token: token, step: .full,
            language: try Accounts.row(pending.account, db).choice("language"),
            device: try SignIns.remember(pending.account, origin, db))
    }
}

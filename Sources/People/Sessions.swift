import Database
import Kernel
import Synchronization

/// Who is signed in. A session is known by a random token of which only the SHA-256 is stored.
package final class Sessions: Sendable {
    /// How long a session lasts.
    package struct Limits: Sendable {
        /// Seconds without a page.
        package let idle: Int64
        /// Seconds since the sign-in.
        package let absolute: Int64
        /// Seconds for the second step of a sign-in.
        package let step: Int64

        package init(idle: Int64 = 8 * 3600, absolute: Int64 = 14 * 86_400, step: Int64 = 600) {
            self.idle = idle
            self.absolute = absolute
            self.step = step
        }
    }

    /// How far a sign-in has come.
    package enum Step: String, Sendable, Hashable {
        /// The one-time code is asked for.
        case code
        /// The role asks for one-time codes and none are set up.
        case setup
        case full
    }

    /// A session as its owner sees it in the list.
    package struct Listed: Sendable, Hashable {
        package let id: Int
        package let made: Instant
        package let seen: Instant
        package let address: String
        /// The browser as it names itself, at most 200 characters.
        package let agent: String
    }

    /// Someone between the password and the second step.
    package struct Pending: Sendable, Hashable {
        package let account: Int
        package let session: Int
        package let email: String
        package let step: Step
    }

    private let database: Database
    package let limits: Limits
    private let touches = Mutex<[Int: Task<Void, Never>]>([:])

    package init(_ database: Database, limits: Limits = Limits()) {
        self.database = database
        self.limits = limits
    }

    /// Who a session belongs to, with what they may do at this moment; nil for a forged, ended or expired one, and for
    /// one that has a step to go. Two statements; that the session was seen is written beside, once a minute.
    package func person(_ token: String, at: Instant) async throws -> Person? {
        let limits = limits
        let found = try await database.read { db -> (Person, Instant)? in
            guard let row = try Sessions.row(token, limits, at: at, db), try row.choice("step", Step.self) == .full
            else { return nil }
            let account = try row.int("account")
            let grants = try Grants.held("g.account = \(account) AND g.until_at IS NULL", at: at, db).filter(\.isLive)
                .map(\.grant)
            // A role that came after the sign-in may ask for a second factor: then they sign in anew and set it up.
            guard try row.bool("has_code") || row.bool("vouched") || !grants.contains(where: \.role.needsSecondFactor)
            else { return nil }
            let person = Person(
                account: account, session: try row.int("id"), name: try row.textOrNil("name") ?? "",
                office: try row.textOrNil("office") ?? "", email: try row.text("email"),
                language: try row.choice("language"), grants: grants, formToken: Token.form(token))
            return (person, try row.instant("seen_at"))
        }
        guard let (person, seen) = found else { return nil }
        if at.milliseconds - seen.milliseconds >= 60_000 { touch(person.session, at: at) }
        return person
    }

    /// Who is between the password and the second step.
    package func pending(_ token: String, at: Instant) async throws -> Pending? {
        let limits = limits
        return try await database.read { db in try Sessions.pending(token, limits, at: at, db) }
    }

    /// The sessions of an account that still last, the latest first.
    package func list(_ account: Int, at: Instant) async throws -> [Listed] {
        let limits = limits
        return try await database.read { db in
            try db.rows(
                """
                SELECT id, made_at, seen_at, address, agent FROM session
                WHERE account = \(account) AND step = 'full'
                    AND seen_at > \(at.milliseconds - limits.idle * 1000)
                    AND made_at > \(at.milliseconds - limits.absolute * 1000)
                ORDER BY seen_at DESC, id DESC
                """
            ) {
                Listed(
                    id: try $0.int("id"), made: try $0.instant("made_at"), seen: try $0.instant("seen_at"),
                    address: try $0.text("address"), agent: try $0.text("agent"))
            }
        }
    }

    /// Ends one session of an account; one of somebody else is left alone.
    package func end(_ session: Int, of account: Int, by actor: Actor, at: Instant) async throws {
        try await database.write(at: at) { db in
            let ended = try db.execute("DELETE FROM session WHERE id = \(session) AND account = \(account)")
            guard ended > 0 else { return }
            try Audit.note("end-session", "account", String(account), by: actor, db)
        }
    }

    /// Ends every session of an account but one.
    package func endOthers(than session: Int, of account: Int, by actor: Actor, at: Instant) async throws {
        try await database.write(at: at) { db in
            try db.execute("DELETE FROM session WHERE account = \(account) AND id <> \(session)")
            try Audit.note("end-other-sessions", "account", String(account), by: actor, db)
        }
    }

    /// Ends the session of a token, whichever step it has reached.
    package func signOut(_ token: String, from address: String, at: Instant) async throws {
        try await database.write(at: at) { db in
            let digest = Token.digest(token)
            guard let row = try db.first("SELECT account FROM session WHERE token = \(digest)") else { return }
            let account = try row.int("account")
            try db.execute("DELETE FROM session WHERE token = \(digest)")
            try Audit.note("sign-out", "account", String(account), by: Accounts.holder(account, address), db)
        }
    }

    /// Waits for what is being written beside.
    func settle() async {
        for task in touches.withLock({ Array($0.values) }) { await task.value }
    }

    private func touch(_ session: Int, at: Instant) {
        touches.withLock { running in
            guard running[session] == nil else { return }
            running[session] = Task { [database] in
                // Lost when the database is busy or closing: the next page writes it.
                _ = try? await database.write(at: at) { db in
                    try db.execute("UPDATE session SET seen_at = \(at) WHERE id = \(session) AND seen_at < \(at)")
                }
                self.touches.withLock { $0[session] = nil }
            }
        }
    }

    static func pending(_ token: String, _ limits: Limits, at: Instant, _ db: Reader) throws -> Pending? {
        guard let row = try row(token, limits, at: at, db) else { return nil }
        let step = try row.choice("step", Step.self)
        guard step != .full, at.milliseconds - (try row.instant("seen_at")).milliseconds < limits.step * 1000 else {
            return nil
        }
        return Pending(
            account: try row.int("account"), session: try row.int("id"), email: try row.text("email"), step: step)
    }

    private static func row(_ token: String, _ limits: Limits, at: Instant, _ db: Reader) throws -> Row? {
        try db.first(
            """
            SELECT s.id, s.account, s.step, s.vouched, s.seen_at, a.name, a.office, a.email, a.language,
                CASE WHEN a.totp IS NULL THEN 0 ELSE 1 END AS has_code
            FROM session s JOIN account a ON a.id = s.account
            WHERE s.token = \(Token.digest(token)) AND a.state = 'active'
                AND s.seen_at > \(at.milliseconds - limits.idle * 1000)
                AND s.made_at > \(at.milliseconds - limits.absolute * 1000)
            """)
    }
}

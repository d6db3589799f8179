import Database
import Kernel

/// Signing in: the password, or an identity that another house vouches for, then the one-time code where it is needed.
package struct SignIns: Sendable {
    let database: Database
    let passwords: Passwords
    let limits: Sessions.Limits

    package init(_ database: Database, passwords: Passwords, limits: Sessions.Limits = Sessions.Limits()) {
        self.database = database
        self.passwords = passwords
        self.limits = limits
    }

    /// A sign-in that came this far.
    package struct Opened: Sendable, Hashable {
        package let account: Int
        /// The session's token, for its cookie; every step gives a new one.
        package let token: String
        package let step: Sessions.Step
        package let language: Language
        /// What the browser keeps for a year so that it is familiar next time; nil when it keeps what it has.
        package let device: String?
    }

    /// Where a request comes from.
    package struct Origin: Sendable {
        package let address: String
        package let agent: String
        /// The browser's device cookie, if it has one.
        package let device: String?
        /// The session's cookie, if it has one; that session ends with the new sign-in.
        package let session: String?

        package init(address: String, agent: String, device: String? = nil, session: String? = nil) {
            self.address = address
            self.agent = String(agent.filter { $0.unicodeScalars.allSatisfy { $0.value >= 0x20 } }.prefix(200))
            self.device = device.flatMap { (20...80).contains($0.utf8.count) ? $0 : nil }
            self.session = session
        }
    }

    /// Signs in with a password.
    ///
    /// - Throws: `SignInRefusal.wrong` in the same time whether the account exists or not; `.slowDown` after many
    ///   failures; `.suspended` for the right password of an account at rest; `PasswordRefusal.busy`.
    package func signIn(email: String, password: String, from origin: Origin, at: Instant) async throws -> Opened {
        let email = EmailAddress.folded(String(email.prefix(300)))
        let (known, subjects) = try await database.write(at: at) { db -> (Known?, [Attempts.Subject]) in
            let known = try Known.find(email, origin, db)
            let subjects =
                known?.mark.map { [Attempts.Subject.familiar($0, email)] }
                ?? [.account(email), .address(origin.address)]
            try Attempts.begin(subjects, db)
            return (known, subjects)
        }
        let right: Bool
        do {
            right = try await passwords.verify(password, known?.password)
        } catch {
            try await database.write(at: at) { db in try Attempts.takeBack(subjects, db) }
            throw error
        }
        guard right, let known, let stored = known.password else { throw SignInRefusal.wrong }
        guard known.state == .active else { throw SignInRefusal.suspended }
        let renewed = passwords.isOutdated(stored) ? try? await passwords.hash(password) : nil
        return try await database.write(at: at) { db in
            // An office's address is not made free by one who can sign in.
            try Attempts.forget(subjects.filter { $0.rule == .account }, db)
            try Attempts.takeBack(subjects.filter { $0.rule == .address }, db)
            if let renewed {
                try db.execute(
                    "UPDATE account SET password = \(renewed) WHERE id = \(known.account) AND password = \(stored)")
            }
            return try SignIns.open(known.account, origin, how: "password", db)
        }
    }

    /// Signs in someone for whom another house vouches, or who just set a password by a one-time link.
    ///
    /// - Parameter vouched: whether that house says it asked for a second factor; then none is asked for here.
    package func open(
        _ account: Int, how: StaticString, vouched: Bool = false, from origin: Origin, at: Instant
    ) async throws -> Opened {
        try await database.write(at: at) { db in
            try SignIns.open(account, origin, how: "\(how)", vouched: vouched, db)
        }
    }

    private struct Known: Sendable {
        let account: Int
        let state: Colleague.State
        let password: String?
        /// What makes the origin familiar.
        let mark: String?

        static func find(_ email: String, _ origin: Origin, _ db: Writer) throws -> Known? {
            let row = try db.first("SELECT id, state, password FROM account WHERE email = \(email)")
            guard let row else { return nil }
            let account = try row.int("id")
            let marks = SignIns.marks(account, origin)
            let familiar = Set(
                try db.rows(
                    """
                    SELECT mark FROM familiar WHERE account = \(account) AND mark IN \(marks)
                        AND at > \(db.at.adding(days: -90))
                    """
                ) { try $0.text("mark") })
            return Known(
                account: account, state: try row.choice("state"), password: try row.textOrNil("password"),
                mark: marks.first(where: familiar.contains))
        }
    }

    private static func open(
        _ account: Int, _ origin: Origin, how: String, vouched: Bool = false, _ db: Writer
    ) throws -> Opened {
        let row = try Accounts.row(account, db)
        guard try row.choice("state", Colleague.State.self) == .active else { throw SignInRefusal.suspended }
        let grants = try Grants.live(of: account, at: db.at, db)
        let step: Sessions.Step =
            vouched
            ? .full
            : try row.value("totp") != .null ? .code : grants.contains(where: \.role.needsSecondFactor) ? .setup : .full
        if let old = origin.session {
            try db.execute("DELETE FROM session WHERE token = \(Token.digest(old))")
        }
        try db.execute("DELETE FROM session WHERE account = \(account) AND made_at < \(db.at.adding(days: -30))")
        let token = Token.fresh()
        try db.insert(
            "session", ["id", "token", "account", "step", "vouched", "made_at", "seen_at", "address", "agent"],
            [
                [
                    try db.nextID("session").sqlValue, Token.digest(token).sqlValue, account.sqlValue, step.sqlValue,
                    vouched.sqlValue, db.at.sqlValue, db.at.sqlValue, origin.address.sqlValue, origin.agent.sqlValue,
                ]
            ])
        let actor = Accounts.holder(account, origin.address)
        try Audit.note("sign-in", "account", String(account), [("how", how), ("step", step.rawValue)], by: actor, db)
        let device = step == .full ? try remember(account, origin, db) : nil
        return Opened(
            account: account, token: token, step: step, language: try row.choice("language"), device: device)
    }

    /// Notes that an account signed in whole from here; returns the device cookie when the browser has none.
    static func remember(_ account: Int, _ origin: Origin, _ db: Writer) throws -> String? {
        let fresh = origin.device == nil ? Token.fresh() : nil
        let from = Origin(address: origin.address, agent: "", device: origin.device ?? fresh)
        for mark in marks(account, from) {
            try db.execute("DELETE FROM familiar WHERE account = \(account) AND mark = \(mark)")
            try db.insert(
                "familiar", ["account", "mark", "at"], [[account.sqlValue, mark.sqlValue, db.at.sqlValue]])
        }
        // The latest twenty are enough for one person's places.
        try db.execute(
            """
            DELETE FROM familiar WHERE account = \(account) AND mark NOT IN (
                SELECT mark FROM familiar WHERE account = \(account) ORDER BY at DESC, mark LIMIT 20)
            """)
        return fresh
    }

    /// What a place is remembered by at an account: the browser first, else the address.
    private static func marks(_ account: Int, _ origin: Origin) -> [String] {
        let device = origin.device.map { Token.digest("device\0\(account)\0\($0)") }
        return [device, Token.digest("address\0\(account)\0\(SlowDown.network(origin.address))")].compactMap(\.self)
    }
}

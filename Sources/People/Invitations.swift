import Database
import Kernel
import Messages

extension Accounts {
    /// Invites someone to a role and sends them a one-time link, good for 7 days; someone who has an account gets the
    /// role besides, and a link only if they never signed in.
    ///
    /// - Throws: `AccountRefusal` for a bad address, scope or right; `.suspended` for an account at rest.
    package func invite(_ invitee: Invitee, by actor: Actor, at: Instant) async throws -> Invited {
        let publicURL = publicURL
        return try await database.write(at: at) { db in
            try Grants.requireManaging(invitee.grant, by: actor, db)
            return try Accounts.invite([invitee.grant], invitee, by: actor, publicURL: publicURL, db)
        }
    }

    /// The invitation behind a link. Throws `LinkRefusal`.
    package func invitation(_ token: String, at: Instant) async throws -> Invitation {
        try await database.read { db in
            let account = try Links.open(token, .invitation, at: at, db)
            let row = try Accounts.row(account, db)
            let grants = try Grants.held("g.account = \(account) AND g.until_at IS NULL", at: at, db)
            let (name, office) = (try row.textOrNil("name"), try row.textOrNil("office"))
            let suggested = grants.first.map { held in
                [held.unitName, held.institutionName].compactMap(\.self).joined(separator: ", ")
            }
            return Invitation(
                account: account, email: try row.text("email"), name: name ?? "", office: office ?? suggested ?? "",
                phone: try row.textOrNil("phone"), language: try row.choice("language"),
                hasProfile: name != nil && office != nil, grants: grants)
        }
    }

    /// The first step of the first sign-in.
    package func completeProfile(_ token: String, _ profile: Profile, from address: String, at: Instant) async throws {
        try await database.write(at: at) { db in
            let account = try Links.open(token, .invitation, at: at, db)
            try Accounts.set(profile, of: account, db)
            try Audit.note(
                "complete-profile", "account", String(account), by: Accounts.holder(account, address), db)
        }
    }

    /// The second step: sets the password and uses the link up. Returns the account.
    ///
    /// - Throws: `LinkRefusal`, `PasswordRefusal`, `AccountRefusal.profileFirst`.
    package func accept(_ token: String, password: String, from address: String, at: Instant) async throws -> Int {
        let known = try await invitation(token, at: at)
        guard known.hasProfile else { throw AccountRefusal.profileFirst }
        return try await setPassword(
            token, .invitation, password, email: known.email, "accept-invitation", from: address, at: at)
    }

    /// Sets the password that a link asks for; every session of the account ends.
    func setPassword(
        _ token: String, _ purpose: Links.Purpose, _ password: String, email: String, _ act: StaticString,
        from address: String, at: Instant
    ) async throws -> Int {
        try Password.check(password, email: email)
        let hash = try await passwords.hash(password)
        return try await database.write(at: at) { db in
            let account = try Links.open(token, purpose, at: at, db)
            try Links.use(token, db)
            try db.execute("UPDATE account SET password = \(hash), state = 'active' WHERE id = \(account)")
            try db.execute("DELETE FROM session WHERE account = \(account)")
            try Audit.note(act, "account", String(account), by: Accounts.holder(account, address), db)
            return account
        }
    }

    /// Whoever holds a link sent to an account's address.
    static func holder(_ account: Int, _ address: String) -> Actor {
        Actor(name: "account:\(account)", account: account, address: address)
    }

    /// The address that an invitation's token opens.
    package func link(_ token: String, _ language: Language) -> String {
        Accounts.link(token, language, publicURL)
    }

    private static func link(_ token: String, _ language: Language, _ publicURL: String) -> String {
        "\(publicURL)\(language.prefix)/undangan/\(token)"
    }

    static func invite(
        _ grants: [Grant], _ invitee: Invitee, by actor: Actor, publicURL: String, _ db: Writer
    ) throws -> Invited {
        guard let email = EmailAddress(invitee.email) else { throw AccountRefusal.notAnEmail }
        for grant in grants { try Grants.check(grant, db) }
        let known = try db.first("SELECT id, state, language FROM account WHERE email = \(email.text)")
        let state = try known.map { try $0.choice("state", Colleague.State.self) } ?? .invited
        guard state != .suspended else { throw AccountRefusal.suspended }
        let account = try known.map { try $0.int("id") } ?? db.nextID("account")
        let language = try known.map { try $0.choice("language") } ?? invitee.language
        if known == nil {
            try db.insert(
                "account", ["id", "email", "name", "office", "language", "state", "created_at"],
                [
                    [
                        account.sqlValue, email.text.sqlValue, invitee.name.sqlValue, invitee.office.sqlValue,
                        language.sqlValue, .text("invited"), db.at.sqlValue,
                    ]
                ])
            try Audit.note("invite", "account", String(account), by: actor, db)
        }
        for grant in grants { try Grants.give(grant, to: account, letter: invitee.letter, by: actor, db) }
        let token = state == .invited ? try Links.make(.invitation, for: account, db) : nil
        let roles = try Grants.held("g.account = \(account) AND g.until_at IS NULL", at: db.at, db)
            .filter { grants.contains($0.grant) }
        let letter = InvitationLetter(
            roles: roles, link: token.map { Accounts.link($0, language, publicURL) }, site: publicURL)
        let fact =
            token.map { "invitation:\(Token.digest($0).prefix(16))" }
            ?? "grant:\(account):\(roles.map { String($0.id) }.joined(separator: ","))"
        try Messages.add(
            [
                Message(
                    fact: fact, account: account, address: email.text, language: language, subject: letter.subject,
                    body: letter.body)
            ], db)
        return Invited(account: account, token: token)
    }
}

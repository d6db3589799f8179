import Database
import Kernel
import Messages

extension Accounts {
    /// Sends a link for a new password, good for an hour, to an address that an active account has. The answer is the
    /// same for every address; asked too often, nothing more is sent.
    package func requestReset(_ email: String, from address: String, at: Instant) async throws {
        let publicURL = publicURL
        let email = EmailAddress.folded(String(email.prefix(300)))
        try await database.write(at: at) { db in
            do {
                try Attempts.begin([.mail(email), .mail("from " + SlowDown.network(address))], db)
            } catch is SignInRefusal {
                return
            }
            let row = try db.first("SELECT id, language FROM account WHERE email = \(email) AND state = 'active'")
            guard let row else { return }
            let (account, language) = (try row.int("id"), try row.choice("language", Language.self))
            let token = try Links.make(.reset, for: account, db)
            let letter = InvitationLetter.reset("\(publicURL)\(language.prefix)/sandi/\(token)")
            try Messages.add(
                [
                    Message(
                        fact: "reset:\(Token.digest(token).prefix(16))", account: account, address: email,
                        language: language, subject: letter.subject, body: letter.body)
                ], db)
            try Audit.note(
                "request-reset", "account", String(account), by: Actor(name: "visitor", address: address), db)
        }
    }

    /// The address of the account that a reset link opens. Throws `LinkRefusal`.
    package func reset(_ token: String, at: Instant) async throws -> String {
        try await database.read { db in
            try Accounts.row(Links.open(token, .reset, at: at, db), db).text("email")
        }
    }

    /// Sets the new password and uses the link up; every session ends. Returns the account, which still signs in with its
    /// one-time code where it has one.
    package func reset(_ token: String, to password: String, from address: String, at: Instant) async throws -> Int {
        let email = try await reset(token, at: at)
        return try await setPassword(
            token, .reset, password, email: email, "reset-password", from: address, at: at)
    }
}

import Database
import Kernel

extension Accounts {
    /// Asks for the password once more before something that cannot be undone. An account without a password, which signs
    /// in elsewhere, has proved itself by its session.
    ///
    /// - Throws: `PasswordRefusal.wrong`, `.busy`, `SignInRefusal.slowDown` after many failures.
    package func confirm(_ password: String, of account: Int, at now: Instant) async throws {
        let guessing = [Attempts.Subject.familiar("confirm", String(account))]
        let stored = try await database.write(at: now) { db in
            let stored = try Accounts.row(account, db).textOrNil("password")
            if stored != nil { try Attempts.begin(guessing, db) }
            return stored
        }
        guard let stored else { return }
        guard try await passwords.verify(password, stored) else { throw PasswordRefusal.wrong }
        try await database.write(at: now) { db in try Attempts.forget(guessing, db) }
    }
}

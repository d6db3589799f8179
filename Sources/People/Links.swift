import Database
import Kernel

/// One-time links sent by mail; only their SHA-256 is stored.
enum Links {
    enum Purpose: String {
        case invitation, reset

        /// How long a link is good, in milliseconds.
        var lasts: Int64 { self == .invitation ? 7 * 86_400_000 : 3_600_000 }
    }

    /// Makes one; those made before for the same purpose are void from then on.
    static func make(_ purpose: Purpose, for account: Int, _ db: Writer) throws -> String {
        try db.execute(
            """
            UPDATE one_time_link SET used_at = \(db.at) WHERE account = \(account) AND purpose = \(purpose)
                AND used_at IS NULL
            """)
        let token = Token.fresh()
        try db.insert(
            "one_time_link", ["token", "account", "purpose", "made_at", "expires_at"],
            [
                [
                    Token.digest(token).sqlValue, account.sqlValue, purpose.sqlValue, db.at.sqlValue,
                    Instant(milliseconds: db.at.milliseconds + purpose.lasts).sqlValue,
                ]
            ])
        return token
    }

    /// The account a link opens. Throws `LinkRefusal`.
    static func open(_ token: String, _ purpose: Purpose, at: Instant, _ db: Reader) throws -> Int {
        let row = try db.first(
            """
            SELECT l.account, l.expires_at, l.used_at FROM one_time_link l JOIN account a ON a.id = l.account
            WHERE l.token = \(Token.digest(token)) AND l.purpose = \(purpose) AND a.state IN ('invited', 'active')
            """)
        guard let row else { throw LinkRefusal.unknown }
        guard try row.instantOrNil("used_at") == nil else { throw LinkRefusal.used }
        guard try row.instant("expires_at") > at else { throw LinkRefusal.expired }
        return try row.int("account")
    }

    static func use(_ token: String, _ db: Writer) throws {
        try db.execute("UPDATE one_time_link SET used_at = \(db.at) WHERE token = \(Token.digest(token))")
    }
}

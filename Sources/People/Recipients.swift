import Database
import Kernel

/// Someone a message goes to.
package struct Recipient: Sendable, Hashable {
    package let account: Int
    package let email: String
    package let name: String
    package let language: Language
    /// Whether messages that can wait come once a day.
    package let digest: Bool
}

/// Who is to be told of something.
package enum Recipients {
    /// The active accounts with a right at an institution at a moment, each once; with `unit`, of those who write only
    /// the ones of that unit.
    package static func of(
        _ right: Right, at institution: String, unit: Int? = nil, on at: Instant, _ db: Reader
    ) throws -> [Recipient] {
        let roles = right.roles.map(\.rawValue).sorted()
        // A province's Hub serves its regencies: its own code is found by theirs.
        let hub = "P" + (institution.dropFirst().split(separator: ".").first ?? "")
        let accounts = try Grants.held(
            """
            g.until_at IS NULL AND g.role IN \(roles)
                AND (g.institution IS NULL OR g.institution = \(institution) OR g.institution = \(hub))
            """, at: at, db
        ).filter { held in
            held.isLive && held.grant.reaches(institution)
                && (unit == nil || held.grant.role != .unit || held.grant.unit == unit)
        }.map(\.account)
        return try recipients("id IN \(Array(Set(accounts)).sorted())", db)
    }

    /// An active account; nil for one that is not.
    package static func account(_ account: Int, _ db: Reader) throws -> Recipient? {
        try recipients("id = \(account)", db).first
    }

    private static func recipients(_ condition: SQL, _ db: Reader) throws -> [Recipient] {
        try db.rows(
            """
            SELECT id, email, name, language, digest FROM account WHERE state = 'active' AND \(condition) ORDER BY id
            """
        ) {
            Recipient(
                account: try $0.int("id"), email: try $0.text("email"), name: try $0.textOrNil("name") ?? "",
                language: try $0.choice("language"), digest: try $0.bool("digest"))
        }
    }
}

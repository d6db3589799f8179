import Database
import Kernel
import People

/// Who holds which right at this moment, read inside the transaction that relies on it: a grant that ended a second ago
/// gives nothing.
enum Offices {
    /// The person behind an actor with the grants of this moment; throws `DraftRefusal.notYours` when there is none.
    static func person(_ actor: Actor, at: Instant, _ db: Reader) throws -> Person {
        guard let account = actor.account,
            let row = try db.first(
                "SELECT name, office, email, language FROM account WHERE id = \(account) AND state = 'active'")
        else { throw DraftRefusal.notYours }
        let grants = try db.rows(
            """
            SELECT role, institution, unit, edition FROM role_grant
            WHERE account = \(account) AND from_at <= \(at) AND (until_at IS NULL OR until_at > \(at)) ORDER BY id
            """
        ) {
            Grant(
                try $0.choice("role"), institution: try $0.textOrNil("institution"), unit: try $0.intOrNil("unit"),
                edition: try $0.textOrNil("edition"))
        }
        return Person(
            account: account, session: 0, name: try row.textOrNil("name") ?? "",
            office: try row.textOrNil("office") ?? "", email: try row.textOrNil("email") ?? "",
            language: try row.choice("language"), grants: grants, formToken: "")
    }

    /// What took whose place up to the year of an instant.
    static func succession(at: Instant, _ db: Reader) throws -> Succession {
        Succession(
            try db.rows("SELECT institution, successor, year FROM institution_succession ORDER BY year, successor") {
                (try $0.text("institution"), try $0.text("successor"), try $0.intOrNil("year"))
            }, until: at.day().year)
    }

    /// Somebody to tell of something.
    struct Holder: Sendable, Hashable {
        let account: Int
        let email: String
        let language: Language
    }

    /// The active people who hold a right at one of several institutions by a grant of that very institution; for a
    /// unit's people only those of the unit.
    static func holders(
        of right: Right, at institutions: [String], unit: Int?? = nil, on at: Instant, _ db: Reader
    ) throws -> [Holder] {
        var found: [Holder] = []
        try db.each(
            """
            SELECT DISTINCT a.id, a.email, a.language, g.role, g.unit FROM role_grant g JOIN account a ON a.id = g.account
            WHERE g.institution IN \(institutions) AND g.role IN \(right.roles.map(\.rawValue).sorted())
                AND g.from_at <= \(at) AND (g.until_at IS NULL OR g.until_at > \(at))
                AND a.state = 'active' AND a.email IS NOT NULL
            ORDER BY a.id
            """
        ) { row in
            let role: Role = try row.choice("role")
            if let unit, role.scope == .unit, try row.intOrNil("unit") != unit { return }
            let holder = Holder(
                account: try row.int("id"), email: try row.text("email"), language: try row.choice("language"))
            if !found.contains(holder) { found.append(holder) }
        }
        return found
    }

    /// The office's people who can validate a draft: with the right and not among its writers.
    static func reviewers(of draft: Draft, at: Instant, _ db: Reader) throws -> [Holder] {
        try holders(of: .validate, at: draft.offices, on: at, db).filter { !draft.writers.contains($0.account) }
    }

    /// The institutions whose Hub reaches an institution: itself and its province.
    static func hubs(of institution: String) -> [String] {
        guard institution.hasPrefix("R"), let dot = institution.firstIndex(of: ".") else { return [institution] }
        return [institution, "P" + institution[institution.index(after: institution.startIndex)..<dot]]
    }
}

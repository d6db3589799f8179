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
        let grants = try Grants.live(of: account, at: at, db)
        return Person(
            account: account, session: 0, name: try row.textOrNil("name") ?? "",
            office: try row.textOrNil("office") ?? "", email: try row.textOrNil("email") ?? "",
            language: try row.choice("language"), grants: grants, formToken: "")
    }

    /// The office's people who can validate a draft: with the right and not among its writers.
    static func reviewers(of draft: Draft, at: Instant, _ db: Reader) throws -> [Recipient] {
        try holders(of: .validate, draft, unit: nil, at: at, db).filter { !draft.writers.contains($0.account) }
    }

    /// The people who hold a right over a draft, each once.
    ///
    /// - Parameter unit: of a unit's own people only those of this one; nil for all.
    static func holders(
        of right: Right, _ draft: Draft, unit: Int?, at: Instant, _ db: Reader
    ) throws -> [Recipient] {
        var found: [Recipient] = []
        for office in draft.offices {
            let more = try Recipients.of(right, at: office, unit: unit, on: at, db)
            found += more.filter { !found.contains($0) }
        }
        return found
    }
}

import Database
import Kernel
import People

/// The stored evaluators and panelists of editions.
package struct Evaluators: Sendable {
    let database: Database
    /// Scheme and host of the portal; links in invitations begin with it.
    let publicURL: String

    package init(_ database: Database, publicURL: String = "") {
        self.database = database
        self.publicURL = publicURL
    }

    /// Those that a condition on `v` (evaluator) chooses, by number.
    static func read(_ condition: SQL, _ db: Reader) throws -> [Evaluator] {
        try db.rows(
            """
            SELECT v.id, v.edition, v.account, v.role, a.name, a.email, v.expertise, v.languages, v.region, v.least,
                v.most, v.declared_at, v.removed_at
            FROM evaluator v JOIN account a ON a.id = v.account WHERE \(condition) ORDER BY v.id
            """
        ) {
            Evaluator(
                id: try $0.int("id"), edition: try $0.int("edition"), account: try $0.int("account"),
                seat: try $0.choice("role"), name: try $0.textOrNil("name") ?? $0.textOrNil("email") ?? "–",
                expertise: codes(try $0.text("expertise")), languages: codes(try $0.text("languages")),
                region: try $0.textOrNil("region"), least: try $0.int("least"), most: try $0.int("most"),
                declaredAt: try $0.instantOrNil("declared_at"), removedAt: try $0.instantOrNil("removed_at"))
        }
    }

    /// Those of an edition who were not removed.
    static func active(_ seat: Evaluator.Seat, in edition: Int, _ db: Reader) throws -> [Evaluator] {
        try read("v.edition = \(edition) AND v.role = \(seat) AND v.removed_at IS NULL", db)
    }

    /// What an account is in an edition now; nil when it holds no such seat, or was removed.
    static func of(_ account: Int, _ seat: Evaluator.Seat, in edition: Int, _ db: Reader) throws -> Evaluator? {
        try active(seat, in: edition, db).first { $0.account == account }
    }

    /// One of an edition, removed or not; throws `EvaluatorRefusal.missing`.
    static func one(_ id: Int, in edition: Int, _ db: Reader) throws -> Evaluator {
        guard let found = try read("v.id = \(id) AND v.edition = \(edition)", db).first else {
            throw EvaluatorRefusal.missing(id)
        }
        return found
    }

    private static func codes(_ text: String) -> [String] { text.split(separator: ",").map(String.init) }
}

import Database
import Files
import Kernel

/// The record of who did what to what, when and from where: append-only, each entry chained to the one before by SHA-256.
package enum Audit {
    /// Adds an entry in the transaction of the act itself.
    ///
    /// - Parameters:
    ///   - act: a verb of the domain, e.g. `validate`, `sign-in`.
    ///   - kind, key: what it was done to, e.g. `draft` and its number.
    ///   - detail: further facts by name, without personal data: it can never be removed.
    package static func note(
        _ act: StaticString, _ kind: StaticString, _ key: String, _ detail: [(String, String)] = [], by actor: Actor,
        _ db: Writer
    ) throws {
        let last = try db.first("SELECT hash FROM audit ORDER BY id DESC LIMIT 1").map { try $0.text("hash") }
        let id = try db.nextID("audit")
        let entry = AuditEntry(
            id: id, at: db.at, account: actor.account, actor: actor.name, address: actor.address, act: "\(act)",
            kind: "\(kind)", key: key, detail: detail.map { "\($0.0)=\($0.1)" }.joined(separator: "\n"))
        try db.insert(
            "audit", ["id", "at", "account", "actor", "address", "act", "kind", "key", "detail", "hash"],
            [
                [
                    id.sqlValue, db.at.sqlValue, entry.account.sqlValue, entry.actor.sqlValue, entry.address.sqlValue,
                    entry.act.sqlValue, entry.kind.sqlValue, entry.key.sqlValue, entry.detail.sqlValue,
                    entry.hash(after: last).sqlValue,
                ]
            ])
    }
}

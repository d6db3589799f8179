import Database
import Kernel

/// What takes an admission or a relation back, for a decision that somebody regrets at once.
extension Innovations {
    /// Makes a record that was let into the directory wait for review again, as it did before.
    ///
    /// Throws `DirectoryRefusal.unknownInnovation`, `.withdrawn`, `.alreadyOne` when it was merged since.
    package static func holdBack(_ id: Int, by actor: Actor, reason: String, _ db: Writer) throws {
        let found = try joinable(id, db)
        guard found.id == id else { throw DirectoryRefusal.alreadyOne(found.id) }
        guard !found.waiting else { return }
        try note(id, actor.publicName, reason, db)
        try db.execute(
            """
            UPDATE innovation SET state = 'withdrawn', absence = 'waiting', withdrawn_reason = \(waitingReason)
            WHERE id = \(id)
            """)
    }

    /// Takes back that two records are related; nothing happens when they are not.
    package static func unrelate(_ a: Int, _ b: Int, _ db: Writer) throws {
        let gone = try db.execute(
            "DELETE FROM relation WHERE innovation = \(min(a, b)) AND other = \(max(a, b))")
        guard gone > 0 else { return }
        for id in [a, b] { db.changed("innovation", String(try root(of: id, db))) }
    }
}

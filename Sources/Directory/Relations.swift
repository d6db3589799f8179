import Database
import Kernel

/// Records that are related but not the same: a service and its copy elsewhere, a successor, a part.
extension Innovations {
    /// Notes that two records are related but not the same, e.g. a service and its copy elsewhere.
    ///
    /// Throws `DirectoryRefusal.alreadyOne`, `.unknownInnovation`.
    package static func relate(_ a: Int, _ b: Int, by actor: Actor, _ db: Writer) throws {
        let roots = [try root(of: a, db), try root(of: b, db)]
        guard roots[0] != roots[1] else { throw DirectoryRefusal.alreadyOne(roots[0]) }
        for id in [a, b] where try db.count("SELECT COUNT(*) FROM innovation WHERE id = \(id)") == 0 {
            throw DirectoryRefusal.unknownInnovation(String(id))
        }
        try db.execute(
            """
            INSERT INTO relation (innovation, other, at, actor)
            VALUES (\(min(a, b)), \(max(a, b)), \(db.at), \(actor.publicName)) ON CONFLICT DO NOTHING
            """)
        for root in roots { db.changed("innovation", String(root)) }
    }

    /// The records that are related to one or to what was merged into it, ascending; only those in the directory.
    package func related(to id: Int) async throws -> [Int] {
        try await database.read { db in
            let members = try Self.members(of: id, db)
            return try db.rows(
                """
                SELECT DISTINCT i.id FROM relation r
                LEFT JOIN belonging b ON b.innovation = CASE WHEN r.innovation IN \(members) THEN r.other
                    ELSE r.innovation END
                JOIN innovation i ON i.id = COALESCE(b.belongs_to, CASE WHEN r.innovation IN \(members) THEN r.other
                    ELSE r.innovation END)
                WHERE (r.innovation IN \(members) OR r.other IN \(members)) AND i.state = 'published' ORDER BY i.id
                """
            ) { try $0.int("id") }.filter { !members.contains($0) }
        }
    }
}

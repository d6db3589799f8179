import Database
import Kernel

extension Innovations {
    /// Computes anew every record of which two sources state something, after one of them overtook the other in the
    /// order of trust; in the transaction that changed the order, so that no record ever rests on another one.
    package static func settle(between one: Int, and other: Int, by actor: Actor, reason: String, _ db: Writer) throws {
        let roots = try db.rows(
            """
            SELECT COALESCE(b.belongs_to, s.innovation) AS root FROM source_record s
            LEFT JOIN belonging b ON b.innovation = s.innovation WHERE s.source IN \([one, other])
            GROUP BY COALESCE(b.belongs_to, s.innovation) HAVING COUNT(DISTINCT s.source) = 2 ORDER BY root
            """
        ) { try $0.int("root") }
        for root in roots { try settle(root, nil, actor.publicName, reason, db) }
    }
}

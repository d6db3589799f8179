import Database
import Directory
import Kernel

/// The records that wait for a person, seen from the pairs that hold them back.
enum PairQuestions {
    /// Whether a pair of it is still to be decided.
    static func isOpen(_ record: Int, _ db: Reader) throws -> Bool {
        try db.first(
            """
            SELECT p.id FROM \(Pairs.joined)
            WHERE p.state IN ('open', 'proposed') AND (a.id = \(record) OR b.id = \(record)) AND \(Pairs.live) LIMIT 1
            """) != nil
    }

    /// The records to which it was called related.
    static func related(to record: Int, _ db: Reader) throws -> [Int] {
        try db.rows(
            """
            SELECT CASE WHEN p.innovation = \(record) THEN b.id ELSE a.id END AS related FROM \(Pairs.joined)
            WHERE p.state = 'related' AND (p.innovation = \(record) OR p.other = \(record))
            """
        ) { try $0.int("related") }
    }

    /// Lets it into the directory, beside what it is related to.
    static func admit(_ record: Int, reason: String, by actor: Actor, _ db: Writer) throws {
        try Innovations.admit(record, by: actor, reason: reason, db)
        try settled(record, as: "created", db)
        for other in try related(to: record, db) where other != record {
            try Innovations.relate(record, other, by: actor, db)
        }
    }

    /// What became of the row that brought it, so that the sums of its delivery still match.
    static func settled(_ record: Int, as outcome: String, _ db: Writer) throws {
        try db.execute("UPDATE staged SET outcome = \(outcome) WHERE innovation = \(record) AND outcome = 'review'")
    }

    /// Whether nothing was written to it, and nothing joined it, since a decision let it in.
    static func isUntouched(_ record: Int, since: Instant, _ db: Reader) throws -> Bool {
        try db.count(
            """
            SELECT (SELECT COUNT(*) FROM revision WHERE innovation = \(record) AND at > \(since) AND at < \(now(db)))
                + (SELECT COUNT(*) FROM merge WHERE survivor = \(record) AND at > \(since) AND undone_at IS NULL)
            """) == 0
    }

    /// Makes it wait again.
    static func holdBack(_ record: Int, by actor: Actor, _ db: Writer) throws {
        for other in try related(to: record, db) { try Innovations.unrelate(record, other, db) }
        try Innovations.holdBack(record, by: actor, reason: "Keputusan diurungkan", db)
        try db.execute(
            "UPDATE staged SET outcome = 'review' WHERE innovation = \(record) AND outcome IN ('created', 'merged')")
    }

    // What taking a decision back writes itself is no work of others.
    private static func now(_ db: Reader) -> Instant { (db as? Writer)?.at ?? Instant.now() }
}

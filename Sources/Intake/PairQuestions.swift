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

    /// The records to which it was called related, by the numbers that were decided on.
    static func related(to record: Int, _ db: Reader) throws -> [Int] {
        try db.rows(
            """
            SELECT innovation, other FROM pair
            WHERE state = 'related' AND (innovation = \(record) OR other = \(record)) ORDER BY id
            """
        ) { row in
            let first = try row.int("innovation")
            return first == record ? try row.int("other") : first
        }
    }

    /// Lets it into the directory, beside what it is related to.
    static func admit(_ record: Int, reason: String, by actor: Actor, _ db: Writer) throws {
        try Innovations.admit(record, by: actor, reason: reason, db)
        try settled(record, as: "created", db)
        for other in try related(to: record, db) where try Innovations.root(of: other, db) != record {
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
        try Innovations.holdBack(record, by: actor, reason: "Keputusan diurungkan", db)
        try waitsAgain(record, db)
    }

    /// Whether a merge took a record that waited, so that its undoing makes it wait again.
    static func waited(_ merge: Int, _ db: Reader) throws -> Bool {
        try db.count("SELECT COUNT(*) FROM merge WHERE id = \(merge) AND waiting = 1") == 1
    }

    /// Notes for the sums of its delivery that a record waits again, if it does. What waits is related to nothing yet.
    static func waitsAgain(_ record: Int, _ db: Writer) throws {
        guard try db.count("SELECT COUNT(*) FROM innovation WHERE id = \(record) AND absence = 'waiting'") == 1 else {
            return
        }
        for other in try related(to: record, db) { try Innovations.unrelate(record, other, db) }
        try db.execute(
            "UPDATE staged SET outcome = 'review' WHERE innovation = \(record) AND outcome IN ('created', 'merged')")
    }

    // What taking a decision back writes itself is no work of others.
    private static func now(_ db: Reader) -> Instant { (db as? Writer)?.at ?? Instant.now() }
}

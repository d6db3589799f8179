import Kernel

/// The spine: every write of a public fact appends here, in its own transaction. The search index, the page cache,
/// outgoing feeds and live progress read it and need not be told otherwise.
package enum Changes {
    package static let schema = Schema(
        migrations: [
            Migration(
                "change-1",
                """
                CREATE TABLE change (
                    seq {key},
                    kind {text} NOT NULL,
                    key {text} NOT NULL,
                    at BIGINT NOT NULL
                );
                """)
        ],
        invariants: [])

    /// The number of the last change; 0 when nothing ever changed. Numbers rise in the order of commits.
    package static func latest(_ db: Reader) throws -> Int {
        try db.count("SELECT COALESCE(MAX(seq), 0) FROM change")
    }

    package struct Change: Sendable, Hashable {
        package let seq: Int
        package let kind: String
        package let key: String
        package let at: Instant
    }

    /// What changed after a number, oldest first, at most `limit`.
    package static func after(_ seq: Int, limit: Int, _ db: Reader) throws -> [Change] {
        try db.rows("SELECT seq, kind, key, at FROM change WHERE seq > \(seq) ORDER BY seq LIMIT \(limit)") {
            Change(seq: try $0.int("seq"), kind: try $0.text("kind"), key: try $0.text("key"), at: try $0.instant("at"))
        }
    }
}

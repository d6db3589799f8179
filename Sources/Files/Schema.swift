import Database

/// Files that people hand in: stored once by content, checked by content, never at a path that a person chose.
///
/// What a file proves and who may see it is the business of the slice that refers to it.
package enum Files {
    package static let schema = Schema(
        migrations: [
            Migration(
                "files-1",
                """
                CREATE TABLE file (
                    digest {text} PRIMARY KEY CHECK (LENGTH(digest) = 64),
                    size BIGINT NOT NULL CHECK (size > 0),
                    type {text} NOT NULL,
                    pages BIGINT,
                    at BIGINT NOT NULL,
                    scan {text} NOT NULL CHECK (scan IN ('waiting', 'clean', 'infected')),
                    scanned_at BIGINT,
                    CHECK ((scan = 'waiting') = (scanned_at IS NULL))
                );
                """)
        ],
        invariants: [])
}

import Database

/// Competitions: editions with rules of their own, and who proposes what in them.
///
/// An edition is a handful of small tables (`EditionTables`), kept version by version. Assignment and calibration are
/// rules of this slice; what an innovation is, and what it was awarded, is known by Directory.
package enum Competition {
    package static let schema = Schema(
        migrations: [
            Migration(
                "competition-1",
                """
                CREATE TABLE edition (
                    id {key},
                    code {text} NOT NULL UNIQUE CHECK (code <> ''),
                    state {text} NOT NULL CHECK (state IN ('archive', 'draft', 'open', 'closed')),
                    version BIGINT NOT NULL CHECK (version >= 1),
                    created_at BIGINT NOT NULL,
                    opened_at BIGINT,
                    CHECK ((state IN ('open', 'closed')) = (opened_at IS NOT NULL))
                );
                CREATE TABLE edition_version (
                    edition BIGINT NOT NULL REFERENCES edition (id),
                    number BIGINT NOT NULL CHECK (number >= 1),
                    at BIGINT NOT NULL,
                    office {text} NOT NULL,
                    reason {text},
                    content {text} NOT NULL,
                    PRIMARY KEY (edition, number)
                ) {rowless};
                """)
        ],
        invariants: [
            Invariant(
                "an edition points to its newest version",
                """
                SELECT e.id FROM edition e WHERE e.version <>
                    COALESCE((SELECT MAX(number) FROM edition_version v WHERE v.edition = e.id), 0)
                """),
            Invariant(
                "an amendment of an open edition has a reason",
                """
                SELECT v.edition, v.number FROM edition_version v JOIN edition e ON e.id = v.edition
                WHERE e.opened_at IS NOT NULL AND v.at > e.opened_at AND v.reason IS NULL
                """),
        ])
}

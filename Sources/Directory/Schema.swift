import Database

/// Innovations: the record, its revisions, where each value comes from, and how it is found and read.
///
/// The content of a record lives in its revisions, which are never changed; `innovation` points to the newest and holds
/// what constraints, lists and joins need. Provenance is stored with the revision it describes.
package enum Directory {
    package static let schema = Schema(
        migrations: [
            Migration(
                "directory-1",
                """
                CREATE TABLE source (
                    id {key},
                    name {text} NOT NULL UNIQUE CHECK (name <> ''),
                    at BIGINT NOT NULL
                );
                CREATE TABLE innovation (
                    id {key},
                    state {text} NOT NULL CHECK (state IN ('published', 'withdrawn')),
                    revision BIGINT NOT NULL CHECK (revision >= 1),
                    created_at BIGINT NOT NULL,
                    updated_at BIGINT NOT NULL,
                    nri {text},
                    title {text} NOT NULL CHECK (title <> ''),
                    short_name {text},
                    expansion {text},
                    institution {text} REFERENCES institution (code),
                    institution_as_given {text},
                    unit {text},
                    region {text} REFERENCES region (code),
                    year BIGINT CHECK (year BETWEEN 1900 AND 2999),
                    stage {text} CHECK (stage IN ('initiative', 'trial', 'implementation')),
                    form {text} CHECK (form IN ('service', 'governance', 'citizen', 'other')),
                    digital BIGINT CHECK (digital IN (0, 1)),
                    category {text},
                    affair {text},
                    continuity {text} CHECK (continuity IN ('developing', 'continuing', 'stopped')),
                    summary {text},
                    withdrawn_reason {text},
                    CHECK ((state = 'withdrawn') = (withdrawn_reason IS NOT NULL))
                );
                CREATE INDEX innovation_institution ON innovation (institution);
                CREATE INDEX innovation_region ON innovation (region);
                CREATE TABLE innovation_sdg (
                    innovation BIGINT NOT NULL REFERENCES innovation (id),
                    sdg BIGINT NOT NULL CHECK (sdg BETWEEN 1 AND 17),
                    PRIMARY KEY (innovation, sdg)
                ) {rowless};
                CREATE TABLE innovation_award (
                    innovation BIGINT NOT NULL REFERENCES innovation (id),
                    number BIGINT NOT NULL,
                    programme {text} NOT NULL,
                    year BIGINT CHECK (year BETWEEN 1900 AND 2999),
                    rank {text},
                    decree {text},
                    PRIMARY KEY (innovation, number)
                ) {rowless};
                CREATE TABLE source_record (
                    id {key},
                    source BIGINT NOT NULL REFERENCES source (id),
                    external_id {text} NOT NULL CHECK (external_id <> ''),
                    innovation BIGINT NOT NULL REFERENCES innovation (id),
                    reference {text},
                    content {text} NOT NULL,
                    first_seen_at BIGINT NOT NULL,
                    changed_at BIGINT NOT NULL,
                    UNIQUE (source, external_id)
                );
                CREATE INDEX source_record_innovation ON source_record (innovation);
                CREATE TABLE revision (
                    innovation BIGINT NOT NULL REFERENCES innovation (id),
                    number BIGINT NOT NULL CHECK (number >= 1),
                    at BIGINT NOT NULL,
                    actor {text} NOT NULL,
                    reason {text} NOT NULL,
                    content {text} NOT NULL,
                    origin {text} NOT NULL,
                    PRIMARY KEY (innovation, number)
                );
                """),
            Migration(
                "directory-2",
                """
                ALTER TABLE innovation ADD COLUMN validated_at BIGINT;
                ALTER TABLE innovation ADD COLUMN validated_by {text};
                ALTER TABLE innovation ADD COLUMN validated_instead {text} CHECK (validated_instead IN ('leader', 'hub'));
                ALTER TABLE innovation ADD COLUMN valid_until BIGINT;
                ALTER TABLE innovation ADD COLUMN clarifying_since BIGINT;
                CREATE INDEX innovation_valid_until ON innovation (valid_until);
                DROP INDEX innovation_institution;
                CREATE INDEX innovation_standing ON innovation (institution, state, continuity, validated_at, valid_until,
                    created_at, updated_at);
                """),
            Migration(
                "directory-3",
                """
                ALTER TABLE source ADD COLUMN owner {text};
                ALTER TABLE source ADD COLUMN licence {text};
                ALTER TABLE source ADD COLUMN trust BIGINT NOT NULL DEFAULT 100;
                ALTER TABLE source_record ADD COLUMN record {text};
                ALTER TABLE source_record ADD COLUMN fields {text};
                ALTER TABLE source_record ADD COLUMN missing_since BIGINT;
                ALTER TABLE innovation ADD COLUMN absence {text} CHECK (absence IN ('merged', 'waiting'));
                CREATE INDEX innovation_absence ON innovation (absence) WHERE absence IS NOT NULL;
                CREATE TABLE merge (
                    id {key},
                    innovation BIGINT NOT NULL REFERENCES innovation (id),
                    survivor BIGINT NOT NULL REFERENCES innovation (id),
                    at BIGINT NOT NULL,
                    actor {text} NOT NULL,
                    reason {text} NOT NULL,
                    probability DOUBLE PRECISION,
                    waiting BIGINT NOT NULL DEFAULT 0 CHECK (waiting IN (0, 1)),
                    undone_at BIGINT,
                    undone_by {text},
                    undone_reason {text},
                    CHECK (innovation <> survivor),
                    CHECK ((undone_at IS NULL) = (undone_by IS NULL)),
                    CHECK ((undone_at IS NULL) = (undone_reason IS NULL))
                );
                CREATE UNIQUE INDEX merge_standing ON merge (innovation) WHERE undone_at IS NULL;
                CREATE INDEX merge_survivor ON merge (survivor);
                CREATE TABLE belonging (
                    innovation BIGINT PRIMARY KEY REFERENCES innovation (id),
                    belongs_to BIGINT NOT NULL REFERENCES innovation (id),
                    CHECK (innovation <> belongs_to)
                ) {rowless};
                CREATE INDEX belonging_belongs_to ON belonging (belongs_to);
                CREATE TABLE relation (
                    innovation BIGINT NOT NULL REFERENCES innovation (id),
                    other BIGINT NOT NULL REFERENCES innovation (id),
                    at BIGINT NOT NULL,
                    actor {text} NOT NULL,
                    PRIMARY KEY (innovation, other),
                    CHECK (innovation < other)
                ) {rowless};
                CREATE INDEX relation_other ON relation (other);
                """),
        ],
        invariants: [
            Invariant(
                "an innovation points to its newest revision",
                """
                SELECT i.id, i.revision FROM innovation i
                WHERE i.revision <> COALESCE((SELECT MAX(number) FROM revision r WHERE r.innovation = i.id), 0)
                """),
            Invariant(
                "revisions are numbered without gaps",
                """
                SELECT innovation FROM revision GROUP BY innovation HAVING COUNT(*) <> MAX(number) OR MIN(number) <> 1
                """),
            Invariant(
                "every innovation is in the change feed",
                """
                SELECT i.id FROM innovation i
                LEFT JOIN (SELECT DISTINCT key FROM change WHERE kind = 'innovation') c ON c.key = CAST(i.id AS TEXT)
                WHERE c.key IS NULL AND (i.absence IS NULL OR i.absence <> 'waiting')
                """),
            Invariant(
                "every innovation has a source",
                """
                SELECT i.id FROM innovation i WHERE NOT EXISTS
                    (SELECT 1 FROM source_record s WHERE s.innovation = i.id)
                """),
            Invariant(
                "a validation says by whom, when and until when",
                """
                SELECT id FROM innovation WHERE (validated_at IS NULL) <> (validated_by IS NULL)
                    OR (validated_at IS NULL) <> (valid_until IS NULL) OR valid_until <= validated_at
                """),
        ] + identities)
}

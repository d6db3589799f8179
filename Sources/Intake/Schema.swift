import Database

/// Other institutions' data in: sources and their deliveries, each row staged with its raw content, linked with what is
/// known, and applied; pairs that a person decides; differences that an agency answers.
///
/// What a record is, what its values rest on, and what merging does to it is the business of Directory.
package enum Intake {
    package static let schema = Schema(
        migrations: [
            Migration(
                "intake-1",
                """
                CREATE TABLE feed (
                    source BIGINT PRIMARY KEY REFERENCES source (id),
                    kind {text} NOT NULL CHECK (kind IN ('file', 'address', 'oai')),
                    address {text},
                    local BIGINT NOT NULL DEFAULT 0 CHECK (local IN (0, 1)),
                    hours BIGINT CHECK (hours BETWEEN 1 AND 8784),
                    next_at BIGINT,
                    etag {text},
                    modified {text},
                    complete BIGINT NOT NULL CHECK (complete IN (0, 1)),
                    paused BIGINT NOT NULL DEFAULT 0 CHECK (paused IN (0, 1)),
                    at BIGINT NOT NULL,
                    CHECK (kind = 'file' OR address IS NOT NULL)
                );
                CREATE TABLE mapping (
                    source BIGINT NOT NULL REFERENCES source (id),
                    version BIGINT NOT NULL CHECK (version >= 1),
                    at BIGINT NOT NULL,
                    actor {text} NOT NULL,
                    content {text} NOT NULL,
                    PRIMARY KEY (source, version)
                ) {rowless};
                CREATE TABLE run (
                    id {key},
                    source BIGINT NOT NULL REFERENCES source (id),
                    mapping BIGINT,
                    file {text} REFERENCES file (digest),
                    name {text} NOT NULL,
                    state {text} NOT NULL CHECK (state IN
                        ('waiting', 'fetching', 'reading', 'linking', 'asking', 'applying', 'done', 'stopped', 'failed')),
                    at BIGINT NOT NULL,
                    actor {text} NOT NULL,
                    worker {text},
                    lease_until BIGINT,
                    attempts BIGINT NOT NULL DEFAULT 0,
                    done BIGINT NOT NULL DEFAULT 0,
                    total BIGINT,
                    doubts {text},
                    approved_by {text},
                    missing BIGINT,
                    etag {text},
                    modified {text},
                    ended_at BIGINT,
                    reason {text},
                    CHECK ((state IN ('done', 'stopped', 'failed')) = (ended_at IS NOT NULL)),
                    CHECK ((worker IS NULL) = (lease_until IS NULL))
                );
                CREATE UNIQUE INDEX run_live ON run (source) WHERE ended_at IS NULL;
                CREATE INDEX run_source ON run (source, id);
                CREATE TABLE staged (
                    run BIGINT NOT NULL REFERENCES run (id),
                    line BIGINT NOT NULL CHECK (line >= 1),
                    external_id {text},
                    content {text} NOT NULL,
                    record {text},
                    reference {text},
                    problems {text},
                    twin BIGINT REFERENCES innovation (id),
                    twin_line BIGINT,
                    probability DOUBLE PRECISION,
                    weight DOUBLE PRECISION,
                    steps {text},
                    decision {text} CHECK (decision IN ('automatic', 'review', 'reused')),
                    outcome {text} CHECK (outcome IN
                        ('created', 'updated', 'unchanged', 'merged', 'review', 'rejected')),
                    innovation BIGINT REFERENCES innovation (id),
                    PRIMARY KEY (run, line)
                );
                CREATE INDEX staged_outcome ON staged (run, outcome, line);
                CREATE INDEX staged_innovation ON staged (innovation);
                CREATE INDEX staged_external ON staged (run, external_id);
                CREATE TABLE pair (
                    id {key},
                    innovation BIGINT NOT NULL REFERENCES innovation (id),
                    other BIGINT NOT NULL REFERENCES innovation (id),
                    kind {text} NOT NULL CHECK (kind IN ('twin', 'reused')),
                    run BIGINT REFERENCES run (id),
                    line BIGINT,
                    at BIGINT NOT NULL,
                    probability DOUBLE PRECISION NOT NULL,
                    weight DOUBLE PRECISION NOT NULL,
                    steps {text} NOT NULL,
                    value DOUBLE PRECISION NOT NULL,
                    state {text} NOT NULL CHECK (state IN ('open', 'proposed', 'same', 'different', 'related')),
                    proposed_by BIGINT REFERENCES account (id),
                    decided_by BIGINT REFERENCES account (id),
                    decided_at BIGINT,
                    reason {text},
                    merge BIGINT REFERENCES merge (id),
                    admitted BIGINT NOT NULL DEFAULT 0 CHECK (admitted BETWEEN 0 AND 3),
                    CHECK (innovation <> other),
                    CHECK ((state IN ('same', 'different', 'related')) = (decided_at IS NOT NULL)),
                    CHECK (state <> 'proposed' OR proposed_by IS NOT NULL),
                    CHECK ((state = 'same') = (merge IS NOT NULL))
                );
                CREATE UNIQUE INDEX pair_innovations ON pair (innovation, other);
                CREATE INDEX pair_other ON pair (other);
                CREATE INDEX pair_queue ON pair (state, value, id);
                CREATE TABLE difference (
                    id {key},
                    innovation BIGINT NOT NULL REFERENCES innovation (id),
                    source_record BIGINT NOT NULL REFERENCES source_record (id),
                    field {text} NOT NULL,
                    ours {text},
                    theirs {text},
                    at BIGINT NOT NULL,
                    answer {text} CHECK (answer IN ('keep', 'take', 'passed')),
                    answered_at BIGINT,
                    answered_by BIGINT REFERENCES account (id),
                    CHECK ((answer IS NULL) = (answered_at IS NULL))
                );
                CREATE UNIQUE INDEX difference_open ON difference (source_record, field) WHERE answer IS NULL;
                CREATE INDEX difference_innovation ON difference (innovation);
                """)
        ],
        invariants: [
            Invariant(
                "every row of a finished delivery has exactly one outcome",
                """
                SELECT s.run, s.line FROM staged s JOIN run r ON r.id = s.run
                WHERE r.state = 'done' AND s.outcome IS NULL
                """),
            Invariant(
                "a row that was taken names its innovation, a rejected one says why",
                """
                SELECT run, line, outcome FROM staged WHERE outcome IS NOT NULL
                    AND ((outcome = 'rejected') <> (innovation IS NULL) OR (outcome = 'rejected' AND problems IS NULL))
                """),
            Invariant(
                "a finished delivery has as many rows as it read",
                """
                SELECT r.id, r.total FROM run r WHERE r.state = 'done'
                    AND r.total <> (SELECT COUNT(*) FROM staged s WHERE s.run = r.id)
                """),
        ])
}

import Database

/// Validation: innovations written by units, checked by their agency's own people, published for as long as somebody
/// stands by them.
///
/// A draft holds what is being written and becomes, once validated, a revision of the directory's record; its claims and
/// their evidence stay with it and are what the public page shows. Who validated what until when is kept act by act; the
/// directory's record carries the newest.
package enum Validation {
    package static let schema = Schema(
        migrations: [
            Migration(
                "validation-1",
                """
                CREATE TABLE draft (
                    id {key},
                    institution {text} NOT NULL REFERENCES institution (code),
                    unit BIGINT REFERENCES unit (id),
                    innovation BIGINT REFERENCES innovation (id),
                    base_revision BIGINT,
                    state {text} NOT NULL CHECK (state IN ('draft', 'submitted', 'returned', 'published', 'abandoned')),
                    title {text} NOT NULL,
                    content {text} NOT NULL,
                    version BIGINT NOT NULL CHECK (version >= 1),
                    round BIGINT NOT NULL CHECK (round >= 0),
                    created_at BIGINT NOT NULL,
                    created_by BIGINT NOT NULL REFERENCES account (id),
                    updated_at BIGINT NOT NULL,
                    updated_by BIGINT NOT NULL REFERENCES account (id),
                    submitted_at BIGINT,
                    decided_at BIGINT,
                    CHECK ((innovation IS NULL) = (base_revision IS NULL)),
                    CHECK (state <> 'submitted' OR (round >= 1 AND submitted_at IS NOT NULL)),
                    CHECK (state <> 'published' OR innovation IS NOT NULL)
                );
                CREATE INDEX draft_institution ON draft (institution, state, submitted_at, unit);
                CREATE INDEX draft_submitted ON draft (submitted_at, id) WHERE state = 'submitted';
                CREATE INDEX draft_updated ON draft (institution, updated_at, id);
                CREATE INDEX draft_innovation ON draft (innovation);
                CREATE UNIQUE INDEX draft_open ON draft (innovation) WHERE state IN ('draft', 'submitted', 'returned');
                CREATE TABLE draft_writer (
                    draft BIGINT NOT NULL REFERENCES draft (id),
                    account BIGINT NOT NULL REFERENCES account (id),
                    PRIMARY KEY (draft, account)
                ) {rowless};
                CREATE TABLE draft_field (
                    draft BIGINT NOT NULL REFERENCES draft (id),
                    field {text} NOT NULL,
                    version BIGINT NOT NULL CHECK (version >= 1),
                    PRIMARY KEY (draft, field)
                ) {rowless};
                CREATE TABLE claim (
                    id {key},
                    draft BIGINT NOT NULL REFERENCES draft (id),
                    copy_of BIGINT REFERENCES claim (id),
                    version BIGINT NOT NULL CHECK (version >= 1),
                    kind {text} NOT NULL CHECK (kind IN ('legal', 'indicator', 'testimony', 'photo', 'video', 'budget',
                        'procedure')),
                    content {text} NOT NULL,
                    at BIGINT NOT NULL
                );
                CREATE INDEX claim_draft ON claim (draft);
                CREATE TABLE evidence (
                    id {key},
                    claim BIGINT NOT NULL REFERENCES claim (id),
                    file {text} NOT NULL REFERENCES file (digest),
                    name {text} NOT NULL CHECK (name <> ''),
                    at BIGINT NOT NULL,
                    UNIQUE (claim, file)
                );
                CREATE TABLE submission (
                    draft BIGINT NOT NULL REFERENCES draft (id),
                    round BIGINT NOT NULL CHECK (round >= 1),
                    at BIGINT NOT NULL,
                    account BIGINT NOT NULL REFERENCES account (id),
                    content {text} NOT NULL,
                    claims {text} NOT NULL,
                    outcome {text} CHECK (outcome IN ('withdrawn', 'returned', 'validated')),
                    decided_at BIGINT,
                    decided_by BIGINT REFERENCES account (id),
                    PRIMARY KEY (draft, round),
                    CHECK ((outcome IS NULL) = (decided_at IS NULL)),
                    CHECK ((outcome IS NULL) = (decided_by IS NULL))
                );
                CREATE TABLE review_comment (
                    draft BIGINT NOT NULL REFERENCES draft (id),
                    round BIGINT NOT NULL,
                    field {text} NOT NULL,
                    text {text} NOT NULL CHECK (text <> ''),
                    account BIGINT NOT NULL REFERENCES account (id),
                    at BIGINT NOT NULL,
                    PRIMARY KEY (draft, round, field),
                    FOREIGN KEY (draft, round) REFERENCES submission (draft, round)
                );
                CREATE TABLE validation (
                    id {key},
                    innovation BIGINT NOT NULL REFERENCES innovation (id),
                    revision BIGINT NOT NULL,
                    draft BIGINT REFERENCES draft (id),
                    act {text} NOT NULL CHECK (act IN ('validated', 'renewed', 'stopped')),
                    at BIGINT NOT NULL,
                    valid_until BIGINT NOT NULL,
                    institution {text} NOT NULL REFERENCES institution (code),
                    unit BIGINT REFERENCES unit (id),
                    office {text} NOT NULL CHECK (office <> ''),
                    account BIGINT NOT NULL REFERENCES account (id),
                    instead {text} CHECK (instead IN ('leader', 'hub')),
                    continuity {text} CHECK (continuity IN ('developing', 'continuing', 'stopped')),
                    reason {text},
                    CHECK (valid_until > at),
                    CHECK (act <> 'stopped' OR (continuity = 'stopped' AND reason IS NOT NULL))
                );
                CREATE INDEX validation_innovation ON validation (innovation, id);
                CREATE INDEX validation_institution ON validation (institution, at);
                CREATE INDEX validation_then ON validation (innovation, at, valid_until, act);
                CREATE TABLE question (
                    id {key},
                    innovation BIGINT NOT NULL REFERENCES innovation (id),
                    institution {text} NOT NULL REFERENCES institution (code),
                    asked_at BIGINT NOT NULL,
                    asked_by BIGINT NOT NULL REFERENCES account (id),
                    office {text} NOT NULL,
                    text {text} NOT NULL CHECK (text <> ''),
                    answered_at BIGINT,
                    answered_by BIGINT REFERENCES account (id),
                    answer {text},
                    shown_at BIGINT,
                    closed_at BIGINT,
                    CHECK ((answered_at IS NULL) = (answer IS NULL))
                );
                CREATE INDEX question_innovation ON question (innovation);
                CREATE INDEX question_institution ON question (institution, closed_at);
                CREATE TABLE mistake_report (
                    id {key},
                    innovation BIGINT NOT NULL REFERENCES innovation (id),
                    institution {text} REFERENCES institution (code),
                    at BIGINT NOT NULL,
                    text {text} NOT NULL CHECK (text <> ''),
                    contact {text},
                    state {text} NOT NULL CHECK (state IN ('open', 'accepted', 'declined')),
                    note {text},
                    handled_at BIGINT,
                    handled_by BIGINT REFERENCES account (id),
                    CHECK ((state = 'open') = (handled_at IS NULL))
                );
                CREATE INDEX mistake_report_institution ON mistake_report (institution, state);
                CREATE TABLE collection (
                    id {key},
                    institution {text} NOT NULL REFERENCES institution (code),
                    title {text} NOT NULL CHECK (title <> ''),
                    due_on {text} NOT NULL,
                    made_at BIGINT NOT NULL,
                    made_by BIGINT NOT NULL REFERENCES account (id),
                    closed_at BIGINT
                );
                CREATE INDEX collection_institution ON collection (institution);
                CREATE TABLE reminder (
                    innovation BIGINT NOT NULL REFERENCES innovation (id),
                    valid_until BIGINT NOT NULL,
                    stage BIGINT NOT NULL CHECK (stage IN (0, 1, 7, 30)),
                    at BIGINT NOT NULL,
                    PRIMARY KEY (innovation, valid_until, stage)
                ) {rowless};
                CREATE TABLE letter (
                    id {key},
                    kind {text} NOT NULL CHECK (kind IN ('account-request', 'assignment', 'minutes')),
                    institution {text} NOT NULL REFERENCES institution (code),
                    subject {text} NOT NULL,
                    content {text} NOT NULL,
                    made_at BIGINT NOT NULL,
                    made_by BIGINT NOT NULL REFERENCES account (id),
                    signed {text} REFERENCES file (digest),
                    signed_at BIGINT,
                    CHECK ((signed IS NULL) = (signed_at IS NULL))
                );
                CREATE INDEX letter_institution ON letter (institution);
                CREATE TABLE draft_sheet (
                    id {key},
                    institution {text} NOT NULL REFERENCES institution (code),
                    account BIGINT NOT NULL REFERENCES account (id),
                    file {text} NOT NULL REFERENCES file (digest),
                    name {text} NOT NULL,
                    at BIGINT NOT NULL,
                    made_at BIGINT,
                    drafts BIGINT NOT NULL CHECK (drafts >= 0),
                    CHECK (drafts = 0 OR made_at IS NOT NULL)
                );
                """)
        ],
        invariants: [
            Invariant(
                "the directory's validation is the newest act",
                """
                SELECT i.id FROM innovation i
                LEFT JOIN validation v ON v.id = (SELECT MAX(id) FROM validation WHERE innovation = i.id)
                WHERE COALESCE(i.validated_at, 0) <> COALESCE(v.at, 0)
                    OR COALESCE(i.valid_until, 0) <> COALESCE(v.valid_until, 0)
                    OR COALESCE(i.validated_by, '') <> COALESCE(v.office, '')
                """),
            Invariant(
                "a submitted draft waits for one answer, any other for none",
                """
                SELECT d.id FROM draft d
                LEFT JOIN (SELECT draft, COUNT(*) AS waiting, MAX(round) AS round FROM submission
                    WHERE outcome IS NULL GROUP BY draft) s ON s.draft = d.id
                WHERE COALESCE(s.waiting, 0) <> CASE WHEN d.state = 'submitted' THEN 1 ELSE 0 END
                    OR (d.state = 'submitted' AND s.round <> d.round)
                """),
            Invariant(
                "a published draft was validated once",
                """
                SELECT d.id FROM draft d
                LEFT JOIN (SELECT draft, COUNT(*) AS acts FROM validation WHERE act = 'validated' AND draft IS NOT NULL
                    GROUP BY draft) v ON v.draft = d.id
                WHERE COALESCE(v.acts, 0) <> CASE WHEN d.state = 'published' THEN 1 ELSE 0 END
                """),
            Invariant(
                "whoever began a draft is one of its writers",
                """
                SELECT d.id FROM draft d LEFT JOIN draft_writer w ON w.draft = d.id AND w.account = d.created_by
                WHERE w.draft IS NULL
                """),
            Invariant(
                "nobody validated what they wrote",
                """
                SELECT v.id FROM validation v JOIN draft_writer w ON w.draft = v.draft AND w.account = v.account
                WHERE v.act = 'validated'
                """),
            Invariant(
                "an innovation has at most one open draft",
                """
                SELECT innovation FROM draft WHERE innovation IS NOT NULL AND state IN ('draft', 'submitted', 'returned')
                GROUP BY innovation HAVING COUNT(*) > 1
                """),
        ])
}

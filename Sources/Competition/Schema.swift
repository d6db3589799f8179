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
                """),
            Migration(
                "competition-2",
                """
                CREATE TABLE proposal (
                    id {key},
                    edition BIGINT NOT NULL REFERENCES edition (id),
                    innovation BIGINT NOT NULL REFERENCES innovation (id),
                    revision BIGINT NOT NULL,
                    institution {text} NOT NULL REFERENCES institution (code),
                    unit BIGINT REFERENCES unit (id),
                    state {text} NOT NULL CHECK (state IN ('draft', 'registered', 'submitted', 'passed', 'failed',
                        'withdrawn')),
                    title {text} NOT NULL,
                    title_key {text} NOT NULL,
                    group_code {text},
                    category {text},
                    content {text} NOT NULL,
                    version BIGINT NOT NULL CHECK (version >= 1),
                    priority BIGINT,
                    remark {text},
                    created_at BIGINT NOT NULL,
                    created_by BIGINT NOT NULL REFERENCES account (id),
                    updated_at BIGINT NOT NULL,
                    updated_by BIGINT NOT NULL REFERENCES account (id),
                    registered_at BIGINT,
                    submitted_at BIGINT,
                    submitted_by BIGINT REFERENCES account (id),
                    rules_version BIGINT,
                    verdicts {text},
                    decided_at BIGINT,
                    decided_by BIGINT REFERENCES account (id),
                    reason {text},
                    CHECK (state IN ('draft', 'withdrawn') OR registered_at IS NOT NULL),
                    CHECK (state NOT IN ('submitted', 'passed', 'failed')
                        OR (submitted_at IS NOT NULL AND verdicts IS NOT NULL AND rules_version IS NOT NULL)),
                    CHECK ((state IN ('passed', 'failed')) = (decided_at IS NOT NULL)),
                    CHECK (state <> 'failed' OR reason IS NOT NULL)
                );
                CREATE INDEX proposal_edition ON proposal (edition, state, institution);
                CREATE INDEX proposal_institution ON proposal (institution, edition);
                CREATE INDEX proposal_innovation ON proposal (innovation, edition);
                CREATE INDEX proposal_title ON proposal (edition, title_key);
                CREATE TABLE proposal_field (
                    proposal BIGINT NOT NULL REFERENCES proposal (id),
                    field {text} NOT NULL,
                    version BIGINT NOT NULL,
                    PRIMARY KEY (proposal, field)
                ) {rowless};
                CREATE TABLE proposal_document (
                    proposal BIGINT NOT NULL REFERENCES proposal (id),
                    code {text} NOT NULL,
                    file {text} NOT NULL REFERENCES file (digest),
                    name {text} NOT NULL,
                    at BIGINT NOT NULL,
                    PRIMARY KEY (proposal, code)
                ) {rowless};
                CREATE INDEX proposal_document_file ON proposal_document (file);
                """),
            evaluation,
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
            Invariant(
                "no field of a proposal is newer than the proposal",
                """
                SELECT f.proposal, f.field FROM proposal_field f JOIN proposal p ON p.id = f.proposal
                WHERE f.version > p.version
                """),
            Invariant(
                "what was asked for in the administrative check has a time, and was asked of something submitted",
                """
                SELECT id FROM proposal WHERE (cure_asked IS NULL) <> (cure_until IS NULL)
                    OR (cure_asked IS NULL AND (cure_answer IS NOT NULL OR cured_at IS NOT NULL))
                    OR (cure_asked IS NOT NULL AND submitted_at IS NULL)
                """),
            Invariant(
                "what was appealed has failed, or passed by an appeal that was upheld",
                """
                SELECT a.id FROM appeal a JOIN proposal p ON p.id = a.proposal
                WHERE (a.outcome = 'upheld' AND p.state <> 'passed')
                    OR (COALESCE(a.outcome, 'rejected') <> 'upheld' AND p.state <> 'failed')
                """),
            Invariant(
                "nothing is submitted to an edition that was never opened",
                """
                SELECT p.id FROM proposal p JOIN edition e ON e.id = p.edition
                WHERE p.submitted_at IS NOT NULL AND e.opened_at IS NULL
                """),
            Invariant(
                "who reads a proposal is an evaluator of its edition",
                """
                SELECT r.id FROM reading r JOIN proposal p ON p.id = r.proposal JOIN evaluator v ON v.id = r.evaluator
                WHERE p.edition <> r.edition OR v.edition <> r.edition OR v.role <> 'evaluator'
                """),
            Invariant(
                "a finished reading has a score for every section it speaks of",
                """
                SELECT r.id FROM reading r JOIN score s ON s.reading = r.id
                WHERE r.state = 'done' AND s.value IS NULL
                """),
            Invariant(
                "who sits before a presentation is a panelist of its edition",
                """
                SELECT t.slot, t.evaluator FROM slot_panelist t JOIN slot s ON s.id = t.slot
                JOIN evaluator v ON v.id = t.evaluator WHERE v.edition <> s.edition OR v.role <> 'panelist'
                """),
            Invariant(
                "a room holds one presentation at a time",
                """
                SELECT a.id, b.id AS other FROM slot a JOIN slot b ON b.edition = a.edition AND b.room = a.room
                    AND b.id > a.id AND b.starts < a.ends AND a.starts < b.ends
                """),
            Invariant(
                "a panelist sits in one room at a time",
                """
                SELECT x.evaluator, a.id, b.id AS other FROM slot_panelist x JOIN slot_panelist y
                    ON y.evaluator = x.evaluator AND y.slot > x.slot
                JOIN slot a ON a.id = x.slot JOIN slot b ON b.id = y.slot AND b.starts < a.ends AND a.starts < b.ends
                """),
            Invariant(
                "a panel's score is given by a panelist of the proposal's edition",
                """
                SELECT c.proposal, c.evaluator FROM panel_score c JOIN proposal p ON p.id = c.proposal
                JOIN evaluator v ON v.id = c.evaluator WHERE v.edition <> p.edition OR v.role <> 'panelist'
                """),
            Invariant(
                "what a sitting decided concerns proposals of its edition",
                """
                SELECT d.sitting, d.proposal FROM decision d JOIN sitting s ON s.id = d.sitting
                JOIN proposal p ON p.id = d.proposal WHERE p.edition <> s.edition
                """),
            Invariant(
                "every signature under minutes is of the text that they closed with",
                """
                SELECT g.sitting, g.account FROM sitting_signature g JOIN sitting s ON s.id = g.sitting
                WHERE s.digest IS NULL OR g.digest <> s.digest
                """),
            Invariant(
                "one key signs at a time",
                """
                SELECT id FROM signing_key WHERE retired_at IS NULL
                    AND (SELECT COUNT(*) FROM signing_key WHERE retired_at IS NULL) > 1
                """),
            Invariant(
                "an award rests on a result of its edition",
                """
                SELECT a.serial FROM award a WHERE NOT EXISTS
                    (SELECT 1 FROM result r WHERE r.edition = a.edition AND r.number = a.result)
                """),
        ])
}

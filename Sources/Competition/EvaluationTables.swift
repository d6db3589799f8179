import Database

extension Competition {
    /// What an edition needs after the administrative check: evaluators and their reads, the panel, what was decided and
    /// announced, results and awards.
    static let evaluation = Migration(
        "competition-3",
        """
        ALTER TABLE proposal ADD COLUMN cure_until BIGINT;
        ALTER TABLE proposal ADD COLUMN cure_asked {text};
        ALTER TABLE proposal ADD COLUMN cure_answer {text};
        ALTER TABLE proposal ADD COLUMN cured_at BIGINT;
        CREATE TABLE proposal_print (
            edition BIGINT NOT NULL REFERENCES edition (id),
            kind {text} NOT NULL CHECK (kind IN ('title', 'word', 'passage')),
            print BIGINT NOT NULL,
            proposal BIGINT NOT NULL REFERENCES proposal (id),
            PRIMARY KEY (edition, kind, print, proposal)
        ) {rowless};
        CREATE INDEX proposal_print_proposal ON proposal_print (proposal);
        CREATE TABLE appeal (
            id {key},
            proposal BIGINT NOT NULL UNIQUE REFERENCES proposal (id),
            against {text} NOT NULL,
            words {text} NOT NULL,
            at BIGINT NOT NULL,
            by_account BIGINT NOT NULL REFERENCES account (id),
            outcome {text} CHECK (outcome IN ('upheld', 'rejected')),
            answer {text},
            decided_at BIGINT,
            decided_by BIGINT REFERENCES account (id),
            CHECK ((outcome IS NULL) = (decided_at IS NULL)),
            CHECK ((outcome IS NULL) = (answer IS NULL))
        );
        CREATE TABLE evaluator (
            id {key},
            edition BIGINT NOT NULL REFERENCES edition (id),
            account BIGINT NOT NULL REFERENCES account (id),
            role {text} NOT NULL CHECK (role IN ('evaluator', 'panelist')),
            expertise {text} NOT NULL,
            languages {text} NOT NULL,
            region {text} REFERENCES region (code),
            least BIGINT NOT NULL CHECK (least >= 0),
            most BIGINT NOT NULL CHECK (most >= least),
            declared_at BIGINT,
            removed_at BIGINT,
            removal {text},
            UNIQUE (edition, account, role),
            CHECK ((removed_at IS NULL) = (removal IS NULL))
        );
        CREATE TABLE tie (
            id {key},
            evaluator BIGINT NOT NULL REFERENCES evaluator (id),
            kind {text} NOT NULL CHECK (kind IN ('works', 'worked', 'mentor', 'trainer', 'author', 'other')),
            institution {text} REFERENCES institution (code),
            unit BIGINT REFERENCES unit (id),
            innovation BIGINT REFERENCES innovation (id),
            proposal BIGINT REFERENCES proposal (id),
            words {text},
            at BIGINT NOT NULL,
            by_account BIGINT NOT NULL REFERENCES account (id),
            CHECK (institution IS NOT NULL OR unit IS NOT NULL OR innovation IS NOT NULL
                OR proposal IS NOT NULL)
        );
        CREATE INDEX tie_evaluator ON tie (evaluator);
        CREATE TABLE plan (
            id {key},
            edition BIGINT NOT NULL REFERENCES edition (id),
            at BIGINT NOT NULL,
            by_account BIGINT NOT NULL REFERENCES account (id),
            objective {text} NOT NULL CHECK (objective IN ('cost', 'floor')),
            seed BIGINT NOT NULL,
            draw BIGINT NOT NULL,
            instance {text} NOT NULL,
            readers {text} NOT NULL,
            report {text} NOT NULL,
            released_at BIGINT
        );
        CREATE INDEX plan_edition ON plan (edition);
        CREATE TABLE reading (
            id {key},
            edition BIGINT NOT NULL REFERENCES edition (id),
            proposal BIGINT NOT NULL REFERENCES proposal (id),
            evaluator BIGINT NOT NULL REFERENCES evaluator (id),
            origin {text} NOT NULL CHECK (origin IN ('plan', 'manual', 'extra')),
            state {text} NOT NULL CHECK (state IN ('due', 'begun', 'done', 'abstained', 'removed')),
            version BIGINT NOT NULL CHECK (version >= 1),
            given_at BIGINT NOT NULL,
            opened_at BIGINT,
            ended_at BIGINT,
            words {text},
            UNIQUE (proposal, evaluator),
            CHECK ((state IN ('done', 'abstained', 'removed')) = (ended_at IS NOT NULL))
        );
        CREATE INDEX reading_evaluator ON reading (evaluator, state);
        CREATE INDEX reading_edition ON reading (edition, state);
        CREATE TABLE score (
            reading BIGINT NOT NULL REFERENCES reading (id),
            section {text} NOT NULL,
            value BIGINT CHECK (value BETWEEN 0 AND 100),
            words {text},
            cleared {text},
            version BIGINT NOT NULL DEFAULT 1,
            at BIGINT NOT NULL,
            PRIMARY KEY (reading, section)
        ) {rowless};
        CREATE TABLE inquiry (
            id {key},
            reading BIGINT NOT NULL REFERENCES reading (id),
            words {text} NOT NULL,
            at BIGINT NOT NULL,
            answer {text},
            answered_at BIGINT,
            answered_by BIGINT REFERENCES account (id),
            CHECK ((answer IS NULL) = (answered_at IS NULL))
        );
        CREATE INDEX inquiry_reading ON inquiry (reading);
        CREATE TABLE redaction (
            proposal BIGINT PRIMARY KEY REFERENCES proposal (id),
            content {text} NOT NULL,
            at BIGINT NOT NULL,
            by_account BIGINT NOT NULL REFERENCES account (id)
        ) {rowless};
        CREATE TABLE slot (
            id {key},
            edition BIGINT NOT NULL REFERENCES edition (id),
            proposal BIGINT NOT NULL REFERENCES proposal (id),
            room {text} NOT NULL,
            starts BIGINT NOT NULL,
            ends BIGINT NOT NULL,
            presenter {text},
            office {text},
            is_leader BIGINT CHECK (is_leader IN (0, 1)),
            delegation {text} REFERENCES file (digest),
            minutes {text},
            began_at BIGINT,
            UNIQUE (edition, proposal),
            CHECK (ends > starts)
        );
        CREATE TABLE slot_panelist (
            slot BIGINT NOT NULL REFERENCES slot (id),
            evaluator BIGINT NOT NULL REFERENCES evaluator (id),
            PRIMARY KEY (slot, evaluator)
        ) {rowless};
        CREATE TABLE panel_score (
            proposal BIGINT NOT NULL REFERENCES proposal (id),
            evaluator BIGINT NOT NULL REFERENCES evaluator (id),
            part {text} NOT NULL,
            value BIGINT CHECK (value BETWEEN 0 AND 100),
            words {text},
            at BIGINT NOT NULL,
            PRIMARY KEY (proposal, evaluator, part)
        ) {rowless};
        CREATE TABLE visit (
            id {key},
            edition BIGINT NOT NULL REFERENCES edition (id),
            proposal BIGINT NOT NULL REFERENCES proposal (id),
            evaluator BIGINT NOT NULL REFERENCES evaluator (id),
            planned {text} NOT NULL,
            content {text},
            latitude {text},
            longitude {text},
            accuracy BIGINT,
            seen_at BIGINT,
            received_at BIGINT,
            version BIGINT NOT NULL CHECK (version >= 1),
            cancelled_at BIGINT,
            CHECK (cancelled_at IS NULL OR content IS NULL)
        );
        CREATE UNIQUE INDEX visit_pair ON visit (proposal, evaluator) WHERE cancelled_at IS NULL;
        CREATE TABLE visit_photo (
            visit BIGINT NOT NULL REFERENCES visit (id),
            key {text} NOT NULL,
            file {text} NOT NULL REFERENCES file (digest),
            name {text} NOT NULL,
            taken_at BIGINT,
            received_at BIGINT NOT NULL,
            PRIMARY KEY (visit, key)
        ) {rowless};
        CREATE INDEX visit_photo_file ON visit_photo (file);
        CREATE TABLE rating (
            edition BIGINT NOT NULL REFERENCES edition (id),
            proposal BIGINT NOT NULL REFERENCES proposal (id),
            voter {text} NOT NULL,
            network {text} NOT NULL,
            value BIGINT NOT NULL CHECK (value BETWEEN 1 AND 5),
            at BIGINT NOT NULL,
            PRIMARY KEY (edition, proposal, voter)
        ) {rowless};
        CREATE INDEX rating_voter ON rating (edition, voter);
        CREATE INDEX rating_network ON rating (edition, network, at);
        CREATE TABLE rating_key (
            edition BIGINT PRIMARY KEY REFERENCES edition (id),
            key {text} NOT NULL,
            made_at BIGINT NOT NULL
        ) {rowless};
        CREATE TABLE objection (
            id {key},
            edition BIGINT NOT NULL REFERENCES edition (id),
            proposal BIGINT NOT NULL REFERENCES proposal (id),
            kind {text} NOT NULL CHECK (kind IN ('objection', 'support')),
            words {text} NOT NULL,
            name {text} NOT NULL,
            contact {text} NOT NULL,
            evidence {text} REFERENCES file (digest),
            at BIGINT NOT NULL,
            outcome {text} CHECK (outcome IN ('upheld', 'rejected', 'noted')),
            answer {text},
            published {text},
            answered_at BIGINT,
            answered_by BIGINT REFERENCES account (id),
            CHECK ((outcome IS NULL) = (answered_at IS NULL)),
            CHECK ((outcome IS NULL) = (answer IS NULL)),
            CHECK ((outcome IS NULL) = (published IS NULL))
        );
        CREATE INDEX objection_edition ON objection (edition, proposal);
        CREATE INDEX objection_evidence ON objection (evidence);
        CREATE TABLE sitting (
            id {key},
            edition BIGINT NOT NULL REFERENCES edition (id),
            body {text} NOT NULL CHECK (body IN ('team', 'evaluators', 'panel', 'secretariat')),
            subject {text} NOT NULL CHECK (subject IN ('consolidation', 'finalists', 'awards', 'other')),
            title {text} NOT NULL,
            place {text} NOT NULL,
            held_at BIGINT NOT NULL,
            attendance {text} NOT NULL,
            tabled {text} NOT NULL,
            decided {text} NOT NULL,
            why {text} NOT NULL,
            version BIGINT NOT NULL CHECK (version >= 1),
            made_by BIGINT NOT NULL REFERENCES account (id),
            closed_at BIGINT,
            digest {text},
            CHECK ((closed_at IS NULL) = (digest IS NULL))
        );
        CREATE INDEX sitting_edition ON sitting (edition, subject);
        CREATE TABLE decision (
            sitting BIGINT NOT NULL REFERENCES sitting (id),
            proposal BIGINT NOT NULL REFERENCES proposal (id),
            verdict {text} NOT NULL CHECK (verdict IN ('chosen', 'reserve', 'not')),
            award {text},
            score BIGINT CHECK (score BETWEEN 0 AND 10000),
            why {text},
            PRIMARY KEY (sitting, proposal)
        ) {rowless};
        CREATE INDEX decision_proposal ON decision (proposal);
        CREATE TABLE sitting_signature (
            sitting BIGINT NOT NULL REFERENCES sitting (id),
            account BIGINT NOT NULL REFERENCES account (id),
            name {text} NOT NULL,
            office {text} NOT NULL,
            digest {text} NOT NULL,
            at BIGINT NOT NULL,
            PRIMARY KEY (sitting, account)
        ) {rowless};
        CREATE TABLE announcement (
            id {key},
            edition BIGINT NOT NULL REFERENCES edition (id),
            subject {text} NOT NULL CHECK (subject IN ('administrative', 'finalists', 'awards')),
            sitting BIGINT REFERENCES sitting (id),
            result BIGINT,
            decree {text},
            decree_on {text},
            words {text},
            publish_at BIGINT NOT NULL,
            at BIGINT NOT NULL,
            by_account BIGINT NOT NULL REFERENCES account (id),
            cancelled_at BIGINT,
            cancelled_for {text},
            told_at BIGINT,
            CHECK ((cancelled_at IS NULL) = (cancelled_for IS NULL)),
            CHECK (cancelled_at IS NULL OR told_at IS NULL)
        );
        CREATE INDEX announcement_edition ON announcement (edition, subject);
        CREATE TABLE result (
            edition BIGINT NOT NULL REFERENCES edition (id),
            number BIGINT NOT NULL CHECK (number >= 1),
            at BIGINT NOT NULL,
            by_account BIGINT NOT NULL REFERENCES account (id),
            reason {text},
            method {text} NOT NULL,
            seed BIGINT NOT NULL,
            inputs {text} NOT NULL,
            content {text} NOT NULL,
            digest {text} NOT NULL,
            key {text} NOT NULL,
            signature {text} NOT NULL,
            PRIMARY KEY (edition, number),
            CHECK (number = 1 OR reason IS NOT NULL)
        ) {rowless};
        CREATE TABLE signing_key (
            id {text} PRIMARY KEY,
            public {text} NOT NULL,
            made_at BIGINT NOT NULL,
            retired_at BIGINT
        ) {rowless};
        CREATE TABLE award (
            serial {text} PRIMARY KEY,
            edition BIGINT NOT NULL REFERENCES edition (id),
            proposal BIGINT NOT NULL REFERENCES proposal (id),
            innovation BIGINT NOT NULL REFERENCES innovation (id),
            tier {text} NOT NULL,
            result BIGINT NOT NULL,
            statement {text} NOT NULL,
            key {text} NOT NULL REFERENCES signing_key (id),
            signature {text} NOT NULL,
            at BIGINT NOT NULL,
            revoked_at BIGINT,
            revocation {text},
            CHECK ((revoked_at IS NULL) = (revocation IS NULL))
        ) {rowless};
        CREATE UNIQUE INDEX award_standing ON award (edition, proposal, tier) WHERE revoked_at IS NULL;
        CREATE INDEX award_innovation ON award (innovation);
        """)
}

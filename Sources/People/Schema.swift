import Database

/// People: accounts and what they may do, signing in, and the record of who did what.
///
/// An account is a person in an office. What it may do comes from grants, each scoped to an institution, a unit or an
/// edition. The audit trail keeps decisions by account number, so that a person's details can be removed from `account`
/// while the decisions stay.
package enum People {
    package static let schema = Schema(
        migrations: [
            Migration(
                "people-1",
                """
                CREATE TABLE account (
                    id {key},
                    email {text} UNIQUE,
                    name {text},
                    office {text},
                    phone {text},
                    language {text} NOT NULL CHECK (language IN ('id', 'en')),
                    state {text} NOT NULL CHECK (state IN ('invited', 'active', 'suspended', 'left')),
                    password {text},
                    totp {bytes},
                    totp_pending {bytes},
                    totp_step BIGINT NOT NULL DEFAULT 0,
                    digest BIGINT NOT NULL DEFAULT 0 CHECK (digest IN (0, 1)),
                    calendar {text} UNIQUE,
                    created_at BIGINT NOT NULL,
                    left_at BIGINT,
                    CHECK ((state = 'left') = (left_at IS NOT NULL)),
                    CHECK (state = 'left' OR email IS NOT NULL),
                    CHECK (state <> 'left' OR (email IS NULL AND name IS NULL AND phone IS NULL AND password IS NULL
                        AND totp IS NULL))
                );
                CREATE TABLE role_grant (
                    id {key},
                    account BIGINT NOT NULL REFERENCES account (id),
                    role {text} NOT NULL CHECK (role IN ('secretariat', 'hub-manager', 'agency-admin', 'validator',
                        'unit', 'leader', 'evaluator', 'panelist', 'auditor')),
                    institution {text} REFERENCES institution (code),
                    unit BIGINT REFERENCES unit (id),
                    edition {text},
                    letter {text} REFERENCES file (digest),
                    granted_by BIGINT REFERENCES account (id),
                    from_at BIGINT NOT NULL,
                    certified_at BIGINT NOT NULL,
                    until_at BIGINT,
                    CHECK ((role IN ('hub-manager', 'agency-admin', 'validator', 'unit', 'leader'))
                        = (institution IS NOT NULL)),
                    CHECK (role <> 'unit' OR unit IS NOT NULL),
                    CHECK ((role IN ('evaluator', 'panelist')) = (edition IS NOT NULL))
                );
                CREATE INDEX role_grant_account ON role_grant (account);
                CREATE INDEX role_grant_institution ON role_grant (institution, role);
                CREATE TABLE one_time_link (
                    token {text} PRIMARY KEY,
                    account BIGINT NOT NULL REFERENCES account (id),
                    purpose {text} NOT NULL CHECK (purpose IN ('invitation', 'reset')),
                    made_at BIGINT NOT NULL,
                    expires_at BIGINT NOT NULL,
                    used_at BIGINT
                );
                CREATE INDEX one_time_link_account ON one_time_link (account);
                CREATE TABLE session (
                    id {key},
                    token {text} NOT NULL UNIQUE,
                    account BIGINT NOT NULL REFERENCES account (id),
                    step {text} NOT NULL CHECK (step IN ('code', 'setup', 'full')),
                    vouched BIGINT NOT NULL CHECK (vouched IN (0, 1)),
                    made_at BIGINT NOT NULL,
                    seen_at BIGINT NOT NULL,
                    address {text} NOT NULL,
                    agent {text} NOT NULL
                );
                CREATE INDEX session_account ON session (account);
                CREATE TABLE familiar (
                    account BIGINT NOT NULL REFERENCES account (id),
                    mark {text} NOT NULL,
                    at BIGINT NOT NULL,
                    PRIMARY KEY (account, mark)
                ) {rowless};
                CREATE TABLE recovery_code (
                    account BIGINT NOT NULL REFERENCES account (id),
                    code {text} NOT NULL,
                    used_at BIGINT,
                    PRIMARY KEY (account, code)
                ) {rowless};
                CREATE TABLE attempt (
                    subject {text} PRIMARY KEY,
                    failures BIGINT NOT NULL,
                    last_at BIGINT NOT NULL
                ) {rowless};
                CREATE TABLE identity (
                    issuer {text} NOT NULL,
                    subject {text} NOT NULL,
                    account BIGINT NOT NULL REFERENCES account (id),
                    at BIGINT NOT NULL,
                    PRIMARY KEY (issuer, subject)
                );
                CREATE TABLE sign_in_flow (
                    state {text} PRIMARY KEY,
                    nonce {text} NOT NULL,
                    verifier {text} NOT NULL,
                    target {text} NOT NULL,
                    made_at BIGINT NOT NULL
                );
                CREATE TABLE audit (
                    id {key},
                    at BIGINT NOT NULL,
                    account BIGINT,
                    actor {text} NOT NULL,
                    address {text},
                    act {text} NOT NULL,
                    kind {text} NOT NULL,
                    key {text} NOT NULL,
                    detail {text} NOT NULL,
                    hash {text} NOT NULL CHECK (LENGTH(hash) = 64)
                );
                CREATE INDEX audit_subject ON audit (kind, key);
                CREATE INDEX audit_account ON audit (account);
                CREATE INDEX audit_at ON audit (at);
                """)
        ],
        invariants: [
            Invariant("the audit chain holds") { db in
                try Audit.broken(db).map { [$0.message.english] } ?? []
            },
            Invariant(
                "a role at a unit is at the unit's institution",
                "SELECT g.id FROM role_grant g JOIN unit u ON u.id = g.unit WHERE u.institution <> g.institution"),
            Invariant(
                "an account that was left holds no session, role, code or identity",
                """
                SELECT a.id FROM account a WHERE a.state = 'left' AND (
                    EXISTS (SELECT 1 FROM session s WHERE s.account = a.id)
                    OR EXISTS (SELECT 1 FROM role_grant g WHERE g.account = a.id AND g.until_at IS NULL)
                    OR EXISTS (SELECT 1 FROM identity i WHERE i.account = a.id)
                    OR EXISTS (SELECT 1 FROM familiar f WHERE f.account = a.id)
                    OR EXISTS (SELECT 1 FROM recovery_code r WHERE r.account = a.id))
                """),
        ])
}

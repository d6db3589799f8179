import Database

package enum Institutions {
    package static let schema = Schema(
        migrations: [
            Migration(
                "institutions-1",
                """
                CREATE TABLE reference (
                    name {text} PRIMARY KEY,
                    digest {text} NOT NULL
                );
                CREATE TABLE region (
                    code {text} PRIMARY KEY,
                    name {text} NOT NULL,
                    level {text} NOT NULL CHECK (level IN ('province', 'regency', 'city')),
                    province {text} NOT NULL REFERENCES region (code),
                    autonomous BIGINT NOT NULL CHECK (autonomous IN (0, 1)),
                    source {text} NOT NULL
                );
                CREATE TABLE institution (
                    code {text} PRIMARY KEY,
                    name {text} NOT NULL,
                    kind {text} NOT NULL CHECK (kind IN ('ministry', 'agency', 'province', 'regency', 'city',
                        'state-enterprise', 'regional-enterprise', 'university', 'other')),
                    region {text} REFERENCES region (code),
                    from_year BIGINT,
                    until_year BIGINT,
                    source {text} NOT NULL,
                    CHECK (from_year IS NULL OR until_year IS NULL OR from_year <= until_year)
                );
                CREATE INDEX institution_region ON institution (region);
                CREATE TABLE institution_name (
                    institution {text} NOT NULL REFERENCES institution (code),
                    name {text} NOT NULL,
                    kind {text} NOT NULL CHECK (kind IN ('official', 'former', 'short', 'spelling')),
                    from_year BIGINT,
                    until_year BIGINT,
                    source {text} NOT NULL,
                    PRIMARY KEY (institution, name)
                );
                CREATE TABLE institution_succession (
                    institution {text} NOT NULL REFERENCES institution (code),
                    successor {text} NOT NULL REFERENCES institution (code),
                    year BIGINT,
                    source {text} NOT NULL,
                    UNIQUE (institution, successor, year),
                    CHECK (institution <> successor)
                );
                CREATE TABLE hub (
                    institution {text} NOT NULL REFERENCES institution (code),
                    year BIGINT,
                    decree {text} NOT NULL,
                    source {text} NOT NULL,
                    PRIMARY KEY (institution, decree)
                );
                """),
            Migration(
                "institutions-2",
                """
                CREATE TABLE unit (
                    id {key},
                    institution {text} NOT NULL REFERENCES institution (code),
                    name {text} NOT NULL CHECK (name <> ''),
                    custodian BIGINT NOT NULL CHECK (custodian IN (0, 1)),
                    created_at BIGINT NOT NULL,
                    closed_at BIGINT,
                    UNIQUE (institution, name)
                );
                """),
        ],
        invariants: [
            Invariant(
                "a province is its own province",
                "SELECT code FROM region WHERE (level = 'province') <> (province = code)"),
            Invariant(
                "a regency or city lies in a province",
                """
                SELECT r.code FROM region r JOIN region p ON p.code = r.province WHERE p.level <> 'province'
                """),
        ])
}

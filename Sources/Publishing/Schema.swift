import Database

/// Publishing: news and guides, written in Markdown in both languages, dated, corrected with a note.
package enum Publishing {
    package static let schema = Schema(
        migrations: [
            Migration(
                "publishing-1",
                """
                CREATE TABLE article (
                    id {key},
                    kind {text} NOT NULL CHECK (kind IN ('news', 'guide')),
                    slug {text} NOT NULL UNIQUE CHECK (slug <> ''),
                    published_at BIGINT,
                    withdrawn_at BIGINT,
                    revision BIGINT NOT NULL CHECK (revision >= 1),
                    created_at BIGINT NOT NULL
                );
                CREATE INDEX article_published ON article (kind, published_at);
                CREATE TABLE article_revision (
                    article BIGINT NOT NULL REFERENCES article (id),
                    number BIGINT NOT NULL CHECK (number >= 1),
                    at BIGINT NOT NULL,
                    account BIGINT NOT NULL REFERENCES account (id),
                    office {text} NOT NULL,
                    title_id {text} NOT NULL CHECK (title_id <> ''),
                    title_en {text} NOT NULL,
                    body_id {text} NOT NULL,
                    body_en {text} NOT NULL,
                    correction {text},
                    PRIMARY KEY (article, number)
                );
                """)
        ],
        invariants: [
            Invariant(
                "an article points to its newest revision",
                """
                SELECT a.id FROM article a
                WHERE a.revision <> COALESCE((SELECT MAX(number) FROM article_revision r WHERE r.article = a.id), 0)
                """)
        ])
}

import Database
import Kernel
import People

/// The stored news and guides.
package struct Articles: Sendable {
    private let database: Database

    package init(_ database: Database) { self.database = database }

    /// What the public sees of a kind, newest first, and the instant at which that changes by itself.
    package func published(_ kind: Article.Kind, at now: Instant, limit: Int = 100) async throws -> (
        articles: [Article], until: Instant?
    ) {
        try await database.read { db in
            let found = try Self.read(
                """
                a.kind = \(kind.rawValue) AND a.published_at <= \(now) AND a.withdrawn_at IS NULL
                ORDER BY a.published_at DESC, a.id DESC LIMIT \(limit)
                """, db)
            return (found, try Self.next(now, db))
        }
    }

    /// The next moment at which something appears by itself.
    private static func next(_ now: Instant, _ db: Reader) throws -> Instant? {
        let row = try db.first(
            """
            SELECT MIN(published_at) AS next FROM article WHERE published_at > \(now) AND withdrawn_at IS NULL
            """)
        return try row?.intOrNil("next").map { Instant(milliseconds: Int64($0)) }
    }

    /// A public article by its address; throws `unknown`.
    package func show(_ kind: Article.Kind, _ slug: String, at now: Instant) async throws -> Article {
        let found = try await database.read { try Self.read("a.kind = \(kind.rawValue) AND a.slug = \(slug)", $0) }
        guard let article = found.first, article.isPublic(at: now) else { throw ArticleRefusal.unknown(slug) }
        return article
    }

    /// Every article, drafts first, for those who write.
    package func all(limit: Int = 200) async throws -> [Article] {
        try await database.read {
            try Self.read(
                "1 = 1 ORDER BY CASE WHEN a.published_at IS NULL THEN 0 ELSE 1 END, a.id DESC LIMIT \(limit)", $0)
        }
    }

    /// One article by its number, for those who write; throws `unknown`.
    package func article(_ id: Int) async throws -> Article {
        guard let article = try await database.read({ try Self.read("a.id = \(id)", $0) }).first else {
            throw ArticleRefusal.unknown(String(id))
        }
        return article
    }

    /// Stores a new article as a draft; returns its number. Throws `incomplete`.
    package func write(_ content: Article.Content, kind: Article.Kind, by actor: Actor, at now: Instant) async throws
        -> Int
    {
        try Self.check(content)
        return try await database.write(at: now) { db in
            try Grants.require(.publish, by: actor, db)
            let id = try db.nextID("article")
            let slug = try Self.freeSlug(content.title, db)
            try db.insert(
                "article", ["id", "kind", "slug", "revision", "created_at"],
                [[id.sqlValue, kind.sqlValue, slug.sqlValue, 1.sqlValue, now.sqlValue]])
            try Self.store(content, of: id, revision: 1, correction: nil, by: actor, db)
            try Audit.note("write", "article", String(id), by: actor, db)
            return id
        }
    }

    /// Changes an article; once public, with a note of what was corrected. Throws `notYours`, `incomplete`, `noNote`,
    /// and `changedMeanwhile` when somebody stored another revision than the one these changes were based on.
    package func change(
        _ id: Int, to content: Article.Content, note: String?, basedOn revision: Int, by actor: Actor, at now: Instant
    ) async throws {
        try Self.check(content)
        try await database.write(at: now) { db in
            let article = try Self.toEdit(id, by: actor, db)
            guard content != article.content else { return }
            guard article.revision == revision else { throw ArticleRefusal.changedMeanwhile }
            let isPublic = article.isPublic(at: now)
            if isPublic, note == nil { throw ArticleRefusal.noNote }
            let revision = article.revision + 1
            try db.execute("UPDATE article SET revision = \(revision) WHERE id = \(id)")
            try Self.store(content, of: id, revision: revision, correction: isPublic ? note : nil, by: actor, db)
            try Audit.note("change", "article", String(id), [("revision", String(revision))], by: actor, db)
            if article.publishedAt != nil { db.changed("article", article.slug) }
        }
    }

    /// Shows an article to the public from an instant on. Throws `notYours`.
    package func publish(_ id: Int, from: Instant, by actor: Actor, at now: Instant) async throws {
        try await database.write(at: now) { db in
            let article = try Self.toEdit(id, by: actor, db)
            try db.execute("UPDATE article SET published_at = \(from), withdrawn_at = NULL WHERE id = \(id)")
            try Audit.note("publish", "article", String(id), [("from", from.rfc3339)], by: actor, db)
            db.changed("article", article.slug)
        }
    }

    /// Takes an article from the public; it stays with those who write. Throws `notYours`.
    package func withdraw(_ id: Int, by actor: Actor, at now: Instant) async throws {
        try await database.write(at: now) { db in
            let article = try Self.toEdit(id, by: actor, db)
            try db.execute("UPDATE article SET withdrawn_at = \(now) WHERE id = \(id)")
            try Audit.note("withdraw", "article", String(id), by: actor, db)
            db.changed("article", article.slug)
        }
    }

    private static func check(_ content: Article.Content) throws {
        guard content.problems.isEmpty else { throw ArticleRefusal.incomplete(content.problems) }
    }

    /// The article, which the actor may edit now: the secretariat edits all, a hub what it wrote itself.
    private static func toEdit(_ id: Int, by actor: Actor, _ db: Writer) throws -> Article {
        try Grants.require(.publish, by: actor, db)
        guard let article = try read("a.id = \(id)", db).first else { throw ArticleRefusal.unknown(String(id)) }
        guard let account = actor.account, account != article.author else { return article }
        let roles = Right.manageNetwork.roles
        guard try Grants.live(of: account, at: db.at, db).contains(where: { roles.contains($0.role) }) else {
            throw ArticleRefusal.notYours
        }
        return article
    }

    /// The title's slug, or where it is taken the first of its numbered forms that is free.
    private static func freeSlug(_ title: String, _ db: Reader) throws -> String {
        let base = Article.slug(of: title)
        let taken = Set(
            try db.rows("SELECT slug FROM article WHERE slug = \(base) OR slug LIKE \(base + "-%")") {
                try $0.text("slug")
            })
        var slug = base
        var number = 2
        while taken.contains(slug) {
            slug = "\(base)-\(number)"
            number += 1
        }
        return slug
    }

    private static func store(
        _ content: Article.Content, of id: Int, revision: Int, correction: String?, by actor: Actor, _ db: Writer
    ) throws {
        try db.insert(
            "article_revision",
            [
                "article", "number", "at", "account", "office", "title_id", "title_en", "body_id", "body_en",
                "correction",
            ],
            [
                [
                    id.sqlValue, revision.sqlValue, db.at.sqlValue, actor.account.sqlValue,
                    actor.publicName.sqlValue, content.title.sqlValue, content.titleEnglish.sqlValue,
                    content.body.sqlValue, content.bodyEnglish.sqlValue, correction.sqlValue,
                ]
            ])
    }

    private static func read(_ condition: SQL, _ db: Reader) throws -> [Article] {
        let rows = try db.rows(
            """
            SELECT a.id, a.kind, a.slug, a.revision, a.published_at, a.withdrawn_at, r.at, r.office, r.title_id,
                r.title_en, r.body_id, r.body_en, f.account AS author
            FROM article a JOIN article_revision r ON r.article = a.id AND r.number = a.revision
            JOIN article_revision f ON f.article = a.id AND f.number = 1 WHERE \(condition)
            """)
        let ids = try rows.map { try $0.int("id") }
        var corrections: [Int: [Article.Correction]] = [:]
        try db.each(
            """
            SELECT article, at, correction FROM article_revision
            WHERE correction IS NOT NULL AND article IN \(ids) ORDER BY number DESC
            """
        ) {
            corrections[try $0.int("article"), default: []].append(
                .init(at: try $0.instant("at"), note: try $0.text("correction")))
        }
        return try rows.map { row in
            let id = try row.int("id")
            return Article(
                id: id, kind: try row.choice("kind"), slug: try row.text("slug"),
                content: .init(
                    title: try row.text("title_id"), titleEnglish: try row.text("title_en"),
                    body: try row.text("body_id"), bodyEnglish: try row.text("body_en")),
                office: try row.text("office"), author: try row.int("author"), revision: try row.int("revision"),
                updatedAt: try row.instant("at"), publishedAt: try row.instantOrNil("published_at"),
                withdrawnAt: try row.instantOrNil("withdrawn_at"), corrections: corrections[id] ?? [])
        }
    }
}

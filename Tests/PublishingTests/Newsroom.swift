import Database
import Files
import Institutions
import Kernel
import People
import Publishing
import Support
import Testing
import Web

/// People who write news: the secretariat and two hubs; and a server in front of what they write.
struct Newsroom {
    let database: Database
    let articles: Articles
    let people: [String: Person]

    static let now = Instant(milliseconds: 1_700_000_000_000)

    static func with(_ engine: Engine, _ body: (Newsroom) async throws -> Void) async throws {
        let slices = [Files.schema, Institutions.schema, People.schema, Publishing.schema]
        try await TestDatabase.with(engine, slices) { database in
            try await body(Newsroom(database))
            #expect(try await database.check() == [])
        }
    }

    private init(_ database: Database) async throws {
        self.database = database
        articles = Articles(database)
        let held: [(String, Grant)] = [
            ("sekretariat", Grant(.secretariat)), ("hub", Grant(.hubManager, institution: "P33")),
            ("hubLain", Grant(.hubManager, institution: "P33")), ("admin", Grant(.agencyAdmin, institution: "P33")),
        ]
        people = try await database.write(at: Self.now) { db in
            try db.insert(
                "institution", ["code", "name", "kind", "source"],
                [[.text("P33"), .text("Pemerintah Provinsi Jawa Tengah"), .text("province"), .text("uji")]])
            var people: [String: Person] = [:]
            for (number, (name, grant)) in held.enumerated() {
                let account = number + 1
                try db.insert(
                    "account", ["id", "email", "name", "office", "language", "state", "created_at"],
                    [
                        [
                            account.sqlValue, "\(name.lowercased())@contoh.example".sqlValue, name.sqlValue,
                            "Kantor \(name)".sqlValue, "id".sqlValue, "active".sqlValue, Self.now.sqlValue,
                        ]
                    ])
                try db.insert(
                    "role_grant", ["id", "account", "role", "institution", "from_at", "certified_at"],
                    [
                        [
                            account.sqlValue, account.sqlValue, grant.role.sqlValue, grant.institution.sqlValue,
                            Self.now.sqlValue, Self.now.adding(days: 30_000).sqlValue,
                        ]
                    ])
                people[name] = Person(
                    account: account, session: account, name: name, office: "Kantor \(name)",
                    email: "\(name)@contoh.example", language: .indonesian, grants: [grant],
                    formToken: "token-\(name)")
            }
            return people
        }
    }

    func actor(_ name: String) throws -> Actor { try #require(people[name]).actor(from: "192.0.2.1") }

    /// News that is public since `Newsroom.now`; returns its number.
    func publish(_ content: Article.Content, kind: Article.Kind = .news, by name: String = "sekretariat") async throws
        -> Int
    {
        let id = try await articles.write(content, kind: kind, by: try actor(name), at: Self.now)
        try await articles.publish(id, from: Self.now, by: try actor(name), at: Self.now)
        return id
    }

    /// The pages on a free port, told of every write as the portal is; `sesi=NAME` as a cookie signs in.
    func serve(_ body: (HTTPClient) async throws -> Void) async throws {
        let routes = Routes()
        let pages = ArticlePages(articles, publicURL: "https://simpul.example")
        let (database, people) = (database, people)
        pages.add(to: routes)
        pages.add(to: Desk(routes, publicURL: "https://simpul.example"))
        let server = Server(
            settings: Server.Settings(port: 0, sessionCookie: "sesi"), routes: routes, assets: try Assets(),
            metrics: Metrics(), log: RequestLog { _ in }, isReady: { true },
            dataVersion: { Int64(database.version) }, signedIn: { people[$0] },
            errorPage: { notice, _ in "<title>\(notice.status)</title>" })
        try await server.serving(body)
    }
}

import Database
import Directory
import Files
import Institutions
import Kernel
import People
import Support
import Testing
import Web

@testable import Competition

/// People who hold editions, the shipped editions, and a server in front of them.
struct Secretariat {
    let database: Database
    let editions: Editions
    let people: [String: Person]

    static let now = Instant(milliseconds: 1_745_000_000_000)

    static func with(_ engine: Engine, _ body: (Secretariat) async throws -> Void) async throws {
        let slices = [Files.schema, Institutions.schema, People.schema, Directory.schema, Competition.schema]
        try await TestDatabase.with(engine, slices) { database in
            try await body(Secretariat(database))
            #expect(try await database.check() == [])
        }
    }

    private init(_ database: Database) async throws {
        self.database = database
        editions = Editions(database)
        let held: [(String, Grant)] = [
            ("sekretariat", Grant(.secretariat)), ("hub", Grant(.hubManager, institution: "P33")),
            ("admin", Grant(.agencyAdmin, institution: "P33")),
        ]
        people = try await database.write(at: Self.now) { db in
            for (code, name) in [("P33", "Pemerintah Provinsi Jawa Tengah"), ("K-KEMENPANRB", "Kementerian PANRB")] {
                try db.insert(
                    "institution", ["code", "name", "kind", "source"],
                    [[code.sqlValue, name.sqlValue, .text(code == "P33" ? "province" : "ministry"), .text("uji")]])
            }
            var people: [String: Person] = [:]
            for (number, (name, grant)) in held.enumerated() {
                let account = number + 1
                try db.insert(
                    "account", ["id", "email", "name", "office", "language", "state", "created_at"],
                    [
                        [
                            account.sqlValue, "\(name)@contoh.example".sqlValue, name.sqlValue,
                            "Kantor \(name)".sqlValue,
                            "id".sqlValue, "active".sqlValue, Self.now.sqlValue,
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
                    email: "\(name)@contoh.example", language: .indonesian, grants: [grant], formToken: "token-\(name)")
            }
            return people
        }
        try await editions.loadShipped(at: Self.now)
    }

    func actor(_ name: String) throws -> Actor { try #require(people[name]).actor(from: "192.0.2.1") }

    /// A draft of 2027 with the dates and the rule that the shipped edition lacks.
    func draft(_ code: String = "kipp-2027", by name: String = "sekretariat", at organiser: String = "K-KEMENPANRB")
        async throws
    {
        try await editions.copy(
            "kipp-2025", as: code, year: 2027, organiser: organiser, by: try actor(name), at: Self.now)
        var stages = try await editions.show(code, draft: true).tables[.stages]
        stages[0]["opens"] = "2027-04-08 00.00"
        stages[0]["closes"] = "2027-06-03 24.00"
        try await editions.change(
            code, .stages, to: stages, reason: nil, basedOn: 1, by: try actor(name), at: Self.now)
    }

    /// The pages on a free port; `sesi=NAME` as a cookie signs in.
    func serve(_ body: (HTTPClient) async throws -> Void) async throws {
        let routes = Routes()
        let register = try await Register.load(database)
        let (database, people) = (database, people)
        let pages = EditionPages(
            editions, Proposals(database), register: { register }, publicURL: "https://simpul.example")
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

import Database
import Directory
import Files
import Foundation
import Institutions
import Kernel
import Logging
import Messages
import People
import Support
import Testing
import Validation
import Web

/// A directory with records of two cities, people of every role, and a server in front of them.
struct StandingOffice {
    let database: Database
    let innovations: Innovations
    let catalogue: Catalogue
    let people: [String: Person]

    static let publicURL = "https://simpul.example"
    static let slices = [
        Files.schema, Messages.schema, Institutions.schema, People.schema, Directory.schema, Validation.schema,
    ]
    /// 21 November 2026, 12.00 WIB.
    static let now = Instant(milliseconds: Instant(startOf: Day(2026, 11, 21)!).milliseconds + 43_200_000)
    static let surakarta = "R33.72"
    static let cilacap = "R33.01"

    static func with(
        _ engine: Engine, surakarta count: Int = 3, made: Instant = now.adding(days: -800),
        _ body: (StandingOffice) async throws -> Void
    ) async throws {
        try await TestDatabase.with(engine, slices) { database in
            try await ReferenceFiles.load(into: database)
            let innovations = Innovations(database)
            let rows = (1...(count + 1)).map { number -> SourceRow in
                var record = Innovation()
                record.title = "Inovasi \(number)"
                record.institution = number <= count ? StandingOffice.surakarta : StandingOffice.cilacap
                record.yearStated = 2020
                return SourceRow(externalID: "A\(number)", reference: nil, content: "{}", innovation: record)
            }
            for start in stride(from: 0, to: rows.count, by: 500) {
                _ = try await innovations.take(
                    Array(rows[start..<min(start + 500, rows.count)]), from: "contoh",
                    by: Actor(name: "import:contoh"), reason: "Impor", at: made)
            }
            let office = StandingOffice(
                database: database, innovations: innovations,
                catalogue: try await Catalogue(database, file: nil), people: try await people(database, made))
            try await body(office)
            #expect(try await database.check() == [])
        }
    }

    private static func people(_ database: Database, _ at: Instant) async throws -> [String: Person] {
        let held: [(String, Grant)] = [
            ("admin", Grant(.agencyAdmin, institution: surakarta)),
            ("validator", Grant(.validator, institution: surakarta)),
            ("tetangga", Grant(.agencyAdmin, institution: cilacap)),
            ("hub", Grant(.hubManager, institution: "P33")),
            ("hubLain", Grant(.hubManager, institution: "P35")),
            ("sekretariat", Grant(.secretariat)),
            ("unit", Grant(.unit, institution: surakarta, unit: 1)),
        ]
        return try await database.write(at: at) { db in
            try db.insert(
                "unit", ["id", "institution", "name", "custodian", "created_at"],
                [
                    [1.sqlValue, surakarta.sqlValue, "Dinas Kesehatan".sqlValue, 0.sqlValue, at.sqlValue],
                    [2.sqlValue, surakarta.sqlValue, "Dinas Sosial".sqlValue, 0.sqlValue, at.sqlValue],
                    [3.sqlValue, surakarta.sqlValue, "Bagian Organisasi".sqlValue, 1.sqlValue, at.sqlValue],
                ])
            var people: [String: Person] = [:]
            for (number, (name, grant)) in held.enumerated() {
                let account = number + 1
                let email = "\(name.lowercased())@contoh.example"
                try db.insert(
                    "account", ["id", "email", "name", "office", "language", "state", "created_at"],
                    [
                        [
                            account.sqlValue, email.sqlValue, name.sqlValue, "Kantor \(name)".sqlValue, "id".sqlValue,
                            "active".sqlValue, at.sqlValue,
                        ]
                    ])
                try db.insert(
                    "role_grant", ["id", "account", "role", "institution", "unit", "from_at", "certified_at"],
                    [
                        [
                            account.sqlValue, account.sqlValue, grant.role.rawValue.sqlValue,
                            grant.institution.sqlValue,
                            grant.unit.sqlValue, at.sqlValue, now.adding(days: 3000).sqlValue,
                        ]
                    ])
                people[name] = Person(
                    account: account, session: account, name: name, office: "Kantor \(name)", email: email,
                    language: .indonesian, grants: [grant], formToken: "token-\(name)")
            }
            return people
        }
    }

    func person(_ name: String) throws -> Person { try #require(people[name]) }
    func actor(_ name: String) throws -> Actor { try person(name).actor(from: "192.0.2.1") }

    /// Puts somebody's word behind a record, as validating does.
    func validate(_ id: Int, at: Instant, until: Instant, by name: String = "admin") async throws {
        let person = try person(name)
        try await database.write(at: at) { db in
            let row = try #require(try db.first("SELECT institution, revision FROM innovation WHERE id = \(id)"))
            try db.insert(
                "validation",
                ["id", "innovation", "revision", "act", "at", "valid_until", "institution", "office", "account"],
                [
                    [
                        try db.nextID("validation").sqlValue, id.sqlValue, try row.value("revision"),
                        "validated".sqlValue, at.sqlValue, until.sqlValue, try row.value("institution"),
                        person.office.sqlValue, person.account.sqlValue,
                    ]
                ])
            try Innovations.vouch(id, at: at, by: person.office, until: until, db)
        }
    }

    /// Every page of standing and of the directory on a free port; `sesi=NAME` as a cookie signs in.
    func serve(port: Int = 0, _ body: (HTTPClient) async throws -> Void) async throws {
        let routes = Routes()
        let desk = Desk(routes, publicURL: Self.publicURL)
        let register: @Sendable () -> Register = { [catalogue] in catalogue.register }
        DirectoryPages(
            innovations, catalogue, try DirectorySite(publicURL: Self.publicURL, version: "1"),
            panels: [{ StandingSite.panel($0, $1) }]
        ).add(to: routes)
        InnovationAPI(innovations: innovations, catalogue: catalogue, publicURL: Self.publicURL, version: "1").add(
            to: routes)
        ExportAPI(innovations: innovations, catalogue: catalogue, publicURL: Self.publicURL).add(to: routes)
        AtomFeed(innovations: innovations, catalogue: catalogue, publicURL: Self.publicURL).add(to: routes)
        let standing = StandingSite(database, innovations, register: register, publicURL: Self.publicURL)
        standing.add(to: routes)
        standing.add(to: desk)
        let people = people
        let server = Server(
            settings: Server.Settings(port: port, sessionCookie: "sesi"), routes: routes, assets: try Assets(),
            metrics: Metrics(), log: RequestLog(descriptor: -1),
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }),
            isReady: { true }, dataVersion: { [catalogue] in Int64(catalogue.change) },
            signedIn: { people[$0] },
            errorPage: { notice, _ in "<!doctype html><title>\(notice.status)</title>" })
        try await server.serving(body)
    }
}

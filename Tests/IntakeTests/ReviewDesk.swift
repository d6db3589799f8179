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
import Web

@testable import Intake

/// A directory of one city's records, rows that wait, two people of the secretariat, agencies, and a server.
struct ReviewDesk {
    let database: Database
    let people: [String: Person]

    static let publicURL = "https://simpul.example"
    static let slices = [
        Files.schema, Messages.schema, Institutions.schema, People.schema, Directory.schema, Intake.schema,
    ]
    static let now = Instant(milliseconds: 1_795_237_200_000)
    static let surakarta = "R33.72"
    static let cilacap = "R33.01"

    /// Records 1 to 3 are published, by Surakarta; 4 is Cilacap's. 5 and 6 wait; 5 for 1 and 2, 6 for 3.
    static func with(_ engine: Engine, _ body: (ReviewDesk) async throws -> Void) async throws {
        try await TestDatabase.with(engine, slices) { database in
            try await ReferenceFiles.load(into: database)
            let people = try await people(database)
            let desk = ReviewDesk(database: database, people: people)
            try await desk.fill()
            try await body(desk)
            #expect(try await database.check() == [])
        }
    }

    private static func people(_ database: Database) async throws -> [String: Person] {
        let held: [(String, Grant)] = [
            ("sari", Grant(.secretariat)), ("budi", Grant(.secretariat)),
            ("admin", Grant(.agencyAdmin, institution: surakarta)),
            ("tetangga", Grant(.agencyAdmin, institution: cilacap)),
        ]
        let at = now.adding(days: -30)
        return try await database.write(at: at) { db in
            var people: [String: Person] = [:]
            for (number, (name, grant)) in held.enumerated() {
                let account = number + 1
                let email = "\(name)@contoh.example"
                try db.insert(
                    "account", ["id", "email", "name", "office", "language", "state", "created_at"],
                    [
                        [
                            account.sqlValue, email.sqlValue, name.sqlValue, "Kantor \(name)".sqlValue, "id".sqlValue,
                            "active".sqlValue, at.sqlValue,
                        ]
                    ])
                try db.insert(
                    "role_grant", ["id", "account", "role", "institution", "from_at", "certified_at"],
                    [
                        [
                            account.sqlValue, account.sqlValue, grant.role.rawValue.sqlValue,
                            grant.institution.sqlValue, at.sqlValue, now.adding(days: 300).sqlValue,
                        ]
                    ])
                people[name] = Person(
                    account: account, session: account, name: name, office: "Kantor \(name)", email: email,
                    language: .indonesian, grants: [grant], formToken: "token-\(name)")
            }
            return people
        }
    }

    static func record(_ title: String, at institution: String = surakarta, year: Int = 2020) -> Innovation {
        var record = Innovation()
        record.title = title
        record.institution = institution
        record.yearStated = year
        return record
    }

    private static func row(_ id: String, _ record: Innovation) -> SourceRow {
        SourceRow(externalID: id, reference: nil, content: "{\"Judul\":\"\(record.title)\"}", innovation: record)
    }

    private func fill() async throws {
        let known = [
            Self.record("Antar Obat"), Self.record("Antar Jemput Obat"), Self.record("Kartu Ibu"),
            Self.record("Jemput Bola", at: Self.cilacap),
        ]
        var waiting = [Self.record("Antar Obat ke Rumah"), Self.record("Kartu Ibu Sehat", year: 2021)]
        waiting[0].texts[.summary] = "Obat diantar petugas."
        let incoming = waiting
        try await database.write(at: Self.now.adding(days: -20)) { db in
            let by = Actor(name: "import:uji")
            for (id, name) in [(1, "uji"), (2, "sinovik")] {
                try db.insert("source", ["id", "name", "at"], [[id.sqlValue, name.sqlValue, db.at.sqlValue]])
            }
            _ = try Innovations.take(
                known.enumerated().map { (Self.row("A\($0 + 1)", $1), .publish) }, from: 1, by: by, reason: "Kiriman",
                db)
            try db.execute(
                """
                INSERT INTO run (id, source, name, state, at, actor, total, ended_at)
                VALUES (1, 2, 'sinovik.csv', 'done', \(db.at), 'import:sinovik', 2, \(db.at))
                """)
            let taken = try Innovations.take(
                incoming.enumerated().map { (Self.row("S\($0 + 1)", $1), .wait) }, from: 2,
                by: Actor(name: "import:sinovik"), reason: "Kiriman", db)
            for (line, taken) in taken.enumerated() {
                try db.execute(
                    """
                    INSERT INTO staged (run, line, external_id, content, outcome, innovation)
                    VALUES (1, \(line + 1), \("S\(line + 1)"), '{}', 'review', \(taken.innovation))
                    """)
            }
            let steps = [
                LinkStep(name: "prior", level: "", weight: -7.8),
                LinkStep(name: "title", level: "several words", weight: 7.8),
            ]
            for (a, b, line, p) in [(5, 1, 1, 0.5), (5, 2, 1, 0.3), (6, 3, 2, 0.9)] {
                try Pairs.add(a, b, run: 1, line: line, probability: p, weight: 0, steps: steps, db)
            }
        }
    }

    var pairs: Pairs { Pairs(database) }

    func person(_ name: String) throws -> Person { try #require(people[name]) }
    func actor(_ name: String) throws -> Actor { try person(name).actor(from: "192.0.2.1") }

    /// Decides as somebody who just opened the page.
    @discardableResult
    func decide(
        _ id: Int, _ decision: Pair.Decision, by name: String = "sari", at: Instant = now
    ) async throws -> Pairs.Outcome {
        let shown = try await pairs.show(id)
        return try await pairs.decide(
            id, decision, seen: Pairs.Seen(shown.state, shown.left.name.id, shown.right.name.id),
            by: try actor(name), at: at)
    }

    /// How an innovation stands: its state, why it is absent, and what it belongs to.
    func standing(_ id: Int) async throws -> [String] {
        try await database.read { db in
            let row = try #require(try db.first("SELECT state, absence FROM innovation WHERE id = \(id)"))
            return [
                try row.text("state"), try row.textOrNil("absence") ?? "-", String(try Innovations.root(of: id, db)),
            ]
        }
    }

    /// What became of the delivery's rows, in their order.
    func outcomes() async throws -> [String] {
        try await database.read { db in
            try db.rows("SELECT outcome FROM staged ORDER BY line") { try $0.text("outcome") }
        }
    }

    /// All that a decision may touch but the ledgers: what exactly undone means.
    func world() async throws -> [[Value]] {
        try await database.read { db in
            try db.rows("SELECT id, state, absence, title, year, summary FROM innovation ORDER BY id").map(\.values)
                + db.rows("SELECT * FROM belonging ORDER BY innovation").map(\.values)
                + db.rows("SELECT * FROM relation ORDER BY innovation, other").map(\.values)
                + db.rows("SELECT * FROM staged ORDER BY line").map(\.values)
                + db.rows("SELECT * FROM pair ORDER BY id").map(\.values)
                + db.rows(
                    """
                    SELECT i.id, r.content FROM innovation i
                    JOIN revision r ON r.innovation = i.id AND r.number = i.revision ORDER BY i.id
                    """
                ).map(\.values)
        }
    }

    func serve(_ body: (HTTPClient) async throws -> Void) async throws {
        let routes = Routes()
        let desk = Desk(routes, publicURL: Self.publicURL)
        let loaded = try await Register.load(database)
        let register: @Sendable () -> Register = { loaded }
        PairPages(pairs, register: register).add(to: desk)
        MergePages(Merges(database), pairs, register: register).add(to: desk)
        DifferencePages(Differences(database), register: register).add(to: desk)
        let people = people
        let server = Server(
            settings: Server.Settings(port: 0, sessionCookie: "sesi"), routes: routes, assets: try Assets(),
            metrics: Metrics(), log: RequestLog(descriptor: -1),
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }),
            isReady: { true }, dataVersion: { 1 }, signedIn: { people[$0] },
            errorPage: { notice, _ in "<!doctype html><title>\(notice.status)</title>" })
        try await server.serving(body)
    }
}

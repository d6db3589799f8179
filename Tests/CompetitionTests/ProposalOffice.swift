import Database
import Directory
@testable import Files
import Foundation
import Institutions
import Kernel
import Messages
import People
import Support
import Testing
import Web

@testable import Competition

/// An open edition with two places for each agency, two provinces with their people, and innovations to propose.
struct ProposalOffice {
    let database: Database
    let proposals: Proposals
    let editions: Editions
    let files: FileStore
    let people: [String: Person]

    /// While registration is open: 8 April 2027 00.00 to 3 June 2027 24.00, western time.
    static let opens = Instant(milliseconds: 1_807_117_200_000)
    static let closes = Instant(milliseconds: 1_812_042_000_000)
    static let now = closes.adding(days: -10)

    /// - Parameter cureDays: days that the edition grants to complete a proposal; 0 for none.
    static func with(
        _ engine: Engine, cureDays: Int = 0, _ body: (ProposalOffice) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let slices = [
            Files.schema, Institutions.schema, Messages.schema, People.schema, Directory.schema, Competition.schema,
        ]
        try await TestDatabase.with(engine, slices) { database in
            try await body(ProposalOffice(database, folder, cureDays))
            #expect(try await database.check() == [])
        }
    }

    private init(_ database: Database, _ folder: String, _ cureDays: Int) async throws {
        self.database = database
        proposals = Proposals(database, publicURL: "https://simpul.example")
        editions = Editions(database)
        files = try FileStore(folder: folder, database: database, scanner: nil)
        people = try await database.write(at: Self.now) { db in
            try Self.institutions(db)
            return try Self.accounts(db)
        }
        try await database.write(at: Self.now) { db in
            try db.insert("source", ["id", "name", "at"], [[1.sqlValue, .text("uji"), Self.now.sqlValue]])
            for number in 1...4 { try Self.deliver(number, db) }
        }
        try await editions.loadShipped(at: Self.now)
        try await openEdition("kipp-2027", year: 2027, cureDays: cureDays)
    }

    private static func institutions(_ db: Writer) throws {
        let all = [
            ("P33", "Provinsi Jawa Tengah", "province"), ("P34", "Provinsi DI Yogyakarta", "province"),
            ("K-KEMENPANRB", "Kementerian PANRB", "ministry"),
        ]
        for (code, name, kind) in all {
            try db.insert(
                "institution", ["code", "name", "kind", "source"],
                [[.text(code), .text(name), .text(kind), .text("uji")]])
        }
        try db.insert(
            "unit", ["id", "institution", "name", "custodian", "created_at"],
            [
                [1.sqlValue, .text("P33"), .text("Dinas Kesehatan"), false.sqlValue, now.sqlValue],
                [2.sqlValue, .text("P33"), .text("Dinas Sosial"), false.sqlValue, now.sqlValue],
            ])
    }

    private static func accounts(_ db: Writer) throws -> [String: Person] {
        let held: [(String, Grant)] = [
            ("unit", Grant(.unit, institution: "P33", unit: 1)), ("lain", Grant(.unit, institution: "P33", unit: 2)),
            ("admin", Grant(.agencyAdmin, institution: "P33")), ("admin2", Grant(.agencyAdmin, institution: "P33")),
            ("tetangga", Grant(.agencyAdmin, institution: "P34")), ("sekretariat", Grant(.secretariat)),
        ]
        var people: [String: Person] = [:]
        for (place, (name, grant)) in held.enumerated() {
            let id = place + 1
            let email = "\(name)@contoh.example"
            try db.insert(
                "account", ["id", "email", "name", "office", "language", "state", "created_at"],
                [[id.sqlValue, .text(email), .text(name), .text("Kantor"), .text("id"), .text("active"), now.sqlValue]])
            try db.insert(
                "role_grant", ["id", "account", "role", "institution", "unit", "from_at", "certified_at"],
                [
                    [
                        id.sqlValue, id.sqlValue, grant.role.sqlValue, grant.institution.sqlValue,
                        grant.unit.sqlValue, now.sqlValue, now.sqlValue,
                    ]
                ])
            people[name] = Person(
                account: id, session: id, name: name, office: "Kantor", email: email, language: .indonesian,
                grants: [grant], formToken: "token-\(name)")
        }
        return people
    }

    /// Delivers innovation `number`, for the first time or changed; the fourth is the neighbour's.
    static func deliver(_ number: Int, _ db: Writer, _ change: (inout Innovation) -> Void = { _ in }) throws {
        var record = Innovation()
        record.title = "Layanan \(number)"
        record.institution = number == 4 ? "P34" : "P33"
        record.yearOfStart = 2020
        record.sdgs = [3]
        record.texts = [.summary: "Ringkasan dari data.", .novelty: "Kebaruan dari data."]
        change(&record)
        let row = SourceRow(
            externalID: String(number), reference: nil, content: "{\"isi\":\"\(record.yearOfStart ?? 0)\"}",
            innovation: record)
        let taken = try Innovations.take([(row, .publish)], from: 1, by: Actor(name: "uji"), reason: "uji", db)
        #expect(taken.map(\.innovation) == [number])
    }

    /// Opens an edition whose registration lasts from 8 April to 3 June of a year.
    func openEdition(
        _ code: String, year: Int, cureDays: Int = 0, _ change: (inout EditionTables) -> Void = { _ in }
    ) async throws {
        let office = try actor("sekretariat")
        try await editions.copy(
            "kipp-2025", as: code, year: year, organiser: "K-KEMENPANRB", by: office, at: Self.now)
        var tables = try await editions.show(code, draft: true).tables
        tables[.stages][0]["opens"] = "\(year)-04-08 00.00"
        tables[.stages][0]["closes"] = "\(year)-06-03 24.00"
        if cureDays > 0 {
            tables[.facts][0]["cure_days"] = String(cureDays)
            tables[.stages].insert(
                ["code": "perbaikan", "kind": "cure", "name_id": "Perbaikan", "name_en": "Cure"], at: 2)
        }
        tables[.quotas] = [["most": "2", "scope": "agency"]]
        // One section and one document keep the tests short; the others are of the same kind.
        tables[.sections] = tables[.sections].filter { ["ringkasan", "kebaruan"].contains($0["code"]) }
        tables[.documents] = tables[.documents].filter { $0["code"] == "kesediaan" }
        change(&tables)
        for part in [EditionPart.facts, .stages, .quotas, .sections, .documents] {
            let version = try await editions.show(code, draft: true).version
            try await editions.change(
                code, part, to: tables[part], reason: nil, basedOn: version, by: office, at: Self.now)
        }
        try await editions.open(code, by: office, at: Self.now)
    }

    func person(_ name: String) throws -> Person { try #require(people[name]) }

    func actor(_ name: String) throws -> Actor { try person(name).actor(from: "192.0.2.1") }

    func sheet(_ id: Int, as name: String = "admin") async throws -> Proposals.Sheet {
        try await proposals.open(id, for: try person(name), at: Self.now)
    }

    /// Who was written to, with the subject, in the order in which it was written.
    func mail() async throws -> [String] {
        try await database.read { db in
            try db.rows("SELECT address, subject FROM message ORDER BY id") {
                "\(try $0.text("address").prefix { $0 != "@" }): \(try $0.text("subject"))"
            }
        }
    }

    /// A checked letter, as an upload leaves it.
    func letter(_ fill: String = "a") throws -> AdmittedFile {
        AdmittedFile(
            digest: String(repeating: fill, count: 64), size: 340_000, type: .pdf, pages: 1, scan: .waiting,
            name: "kesediaan.pdf")
    }

    /// A proposal that nothing is missing of, up to a state.
    func ready(_ innovation: Int, to state: Proposal.State = .registered, by name: String = "admin") async throws -> Int
    {
        let actor = try actor(name)
        let id = try await proposals.start(innovation, in: "kipp-2027", by: actor, at: Self.now)
        let category = try await editions.show("kipp-2027").edition.categories[0].code
        _ = try await proposals.save(
            id, [Proposal.groupField: "umum", Proposal.categoryField: category], basedOn: 1, by: actor, at: Self.now)
        try await proposals.attach(try letter(), as: "kesediaan", to: id, by: actor, at: Self.now)
        if state == .draft { return id }
        try await proposals.register(id, by: actor, at: Self.now)
        if state == .submitted { try await proposals.submit(id, by: actor, at: Self.now) }
        return id
    }

    /// The pages on a free port; `sesi=NAME` as a cookie signs in.
    func serve(_ body: (HTTPClient) async throws -> Void) async throws {
        let routes = Routes()
        let desk = Desk(routes, publicURL: "https://simpul.example")
        let register = try await Register.load(database)
        let pages = EditionPages(editions, proposals, register: { register }, publicURL: "https://simpul.example")
        pages.add(to: routes)
        ProposalPages(proposals, editions, files: files).add(to: desk)
        ProposalLetterPages(proposals, register: { register }).add(to: desk)
        SubmissionPages(proposals, register: { register }).add(to: desk)
        let (database, people) = (database, people)
        let server = Server(
            settings: Server.Settings(port: 0, sessionCookie: "sesi"), routes: routes, assets: try Assets(),
            metrics: Metrics(), log: RequestLog { _ in }, isReady: { true }, dataVersion: { Int64(database.version) },
            signedIn: { people[$0] }, errorPage: { notice, _ in "<title>\(notice.status)</title>" })
        try await server.serving(body)
    }
}

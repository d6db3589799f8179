import Database
import Directory
@testable import Files
import Institutions
import Kernel
import Messages
import People
import Support

@testable import Validation

/// An invented regency with two units and its people, for tests of writing and validating.
struct Office: Sendable {
    static let slices = [
        Institutions.schema, Files.schema, Messages.schema, People.schema, Directory.schema, Validation.schema,
    ]
    static let code = "R99.01"
    /// 22 November 2026, 09.00 WIB.
    static let start = Instant(milliseconds: 1_795_312_800_000)

    static func minute(_ n: Int) -> Instant { Instant(milliseconds: start.milliseconds + Int64(n) * 60_000) }

    let database: Database
    let writer: Actor
    let colleague: Actor
    let otherUnit: Actor
    let admin: Actor
    let validator: Actor
    let second: Actor
    let leader: Actor
    let hub: Actor
    let stranger: Actor

    var drafts: Drafts { Drafts(database) }
    var claims: Claims { Claims(database) }
    var reviews: Reviews { Reviews(database, publicURL: "https://simpul.test") }

    /// Runs a body on a fresh database, and checks every invariant afterwards.
    static func with(_ engine: Engine, _ body: (Office) async throws -> Void) async throws {
        try await TestDatabase.with(engine, slices) { database in
            let office = try await Office(database)
            try await body(office)
            let broken = try await database.check()
            guard broken.isEmpty else { throw Broken(violations: broken) }
        }
    }

    struct Broken: Error { let violations: [Database.Violation] }

    private init(_ database: Database) async throws {
        self.database = database
        let people = try await database.write(at: Self.start) { db in
            for (code, name, kind) in [
                ("P99", "Pemerintah Provinsi Contoh", "province"), ("R99.01", "Pemerintah Kabupaten Contoh", "regency"),
                ("R99.02", "Pemerintah Kabupaten Lain", "regency"), ("R99.03", "Pemerintah Kabupaten Baru", "regency"),
            ] {
                try db.insert(
                    "institution", ["code", "name", "kind", "source"],
                    [[code.sqlValue, name.sqlValue, kind.sqlValue, "contoh".sqlValue]])
            }
            for (id, institution, name) in [
                (1, "R99.01", "Dinas Satu"), (2, "R99.01", "Dinas Dua"), (3, "R99.02", "Dinas Lain"),
            ] {
                try db.insert(
                    "unit", ["id", "institution", "name", "custodian", "created_at"],
                    [[id.sqlValue, institution.sqlValue, name.sqlValue, false.sqlValue, Self.start.sqlValue]])
            }
            return [
                try Self.account(Grant(.unit, institution: Self.code, unit: 1), db),
                try Self.account(Grant(.unit, institution: Self.code, unit: 1), db),
                try Self.account(Grant(.unit, institution: Self.code, unit: 2), db),
                try Self.account(Grant(.agencyAdmin, institution: Self.code), db),
                try Self.account(Grant(.validator, institution: Self.code), db),
                try Self.account(Grant(.validator, institution: Self.code), db),
                try Self.account(Grant(.leader, institution: Self.code), db),
                try Self.account(Grant(.hubManager, institution: "P99"), db),
                try Self.account(Grant(.agencyAdmin, institution: "R99.02"), db),
            ]
        }
        (writer, colleague, otherUnit, admin) = (people[0], people[1], people[2], people[3])
        (validator, second, leader, hub, stranger) = (people[4], people[5], people[6], people[7], people[8])
    }

    static func account(_ grant: Grant, _ db: Writer) throws -> Actor {
        let id = try db.nextID("account")
        let office = "\(grant.role.name.indonesian) \(id), \(grant.institution ?? "")"
        try db.insert(
            "account", ["id", "email", "name", "office", "language", "state", "created_at"],
            [
                [
                    id.sqlValue, "orang\(id)@contoh.test".sqlValue, "Orang \(id)".sqlValue, office.sqlValue,
                    "id".sqlValue, "active".sqlValue, db.at.sqlValue,
                ]
            ])
        try db.insert(
            "role_grant", ["id", "account", "role", "institution", "unit", "from_at", "certified_at"],
            [
                [
                    try db.nextID("role_grant").sqlValue, id.sqlValue, grant.role.sqlValue,
                    grant.institution.sqlValue, grant.unit.sqlValue, db.at.sqlValue, db.at.sqlValue,
                ]
            ])
        return Actor(name: "account:\(id)", office: office, account: id, address: "192.0.2.1")
    }

    func person(_ actor: Actor, at: Instant = start) async throws -> Person {
        try await database.read { db in try Offices.person(actor, at: at, db) }
    }

    /// Ends every grant of an account.
    func remove(_ actor: Actor, at: Instant) async throws {
        try await database.write(at: at) { db in
            try db.execute("UPDATE role_grant SET until_at = \(at) WHERE account = \(actor.account ?? 0)")
        }
    }

    /// All that an idea must say before it is submitted.
    static let idea: [Innovation.Field: String] = [
        .title: "Antar Dokumen", .unit: "Dinas Satu", .yearOfIdea: "2025", .stage: "initiative",
        .category: "kependudukan", .sdgs: "16, 10", .summary: "Dokumen diantar ke rumah warga.",
        .background: "Kantor jauh.", .purpose: "Warga menerima dokumen di rumah.",
        .novelty: "Bersama puskesmas keliling.",
    ]

    /// A complete draft, submitted by its writer at minute 1.
    func submitted(_ fields: [Innovation.Field: String] = idea) async throws -> Int {
        let draft = try await drafts.start(at: Self.code, fields, by: writer, at: Self.start).draft
        try await reviews.submit(draft, by: writer, at: Self.minute(1))
        return draft
    }

    func open(_ draft: Int) async throws -> Draft {
        try await database.read { db in try Drafts.load(draft, at: Self.start, db) }
    }

    /// Who was told of a fact.
    func told(_ fact: String) async throws -> [Int] {
        try await database.read { db in
            try db.rows("SELECT account FROM message WHERE fact = \(fact) ORDER BY account") { try $0.int("account") }
        }
    }

    func audited() async throws -> [String] {
        try await database.read { db in
            try db.rows("SELECT act FROM audit WHERE kind = 'draft' ORDER BY id") { try $0.text("act") }
        }
    }

    /// A file as the store hands it out, without its bytes.
    static func file(_ letter: Character, scan: ScanState = .clean) -> AdmittedFile {
        AdmittedFile(
            digest: String(repeating: letter, count: 64), size: 1000, type: .pdf, pages: 1, scan: scan,
            name: "Berkas \(letter).pdf")
    }
}

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

/// An edition whose registration is over: six proposals of three provinces that passed the administrative check, four
/// evaluators and two panelists who declared their conflicts, and everybody's person. Nothing is assigned yet.
struct Season {
    let database: Database
    let editions: Editions
    let files: FileStore
    /// By name: sekretariat, hub (of P33), auditor, admin1…admin3 (of P33, P34, P35), penilai1…penilai4, panelis1, panelis2.
    var people: [String: Person]

    static let code = "kipp-2027"
    static let institutions = ["P33", "P34", "P35"]
    /// Proposals are numbered 1 to 6: 1 and 4 of P33, 2 and 5 of P34, 3 and 6 of P35. Evaluators 1 to 4, panelists 5 and 6.
    static let proposals = 1...6
    static let evaluators = 1...4
    static let panelists = 5...6
    /// The sections that are scored, with their weights.
    static let sections = [("kebaruan", 40), ("signifikansi", 60)]

    /// Days of the edition, western time: the opening of each stage; each lasts until the next one's.
    static let stages: [(kind: EditionStage.Kind, opens: String, closes: String)] = [
        (.registration, "2027-04-01 00.00", "2027-05-31 24.00"),
        (.administrative, "2027-06-01 00.00", "2027-06-14 24.00"),
        (.evaluation, "2027-06-15 00.00", "2027-07-14 24.00"),
        (.plenary, "2027-07-15 00.00", "2027-07-15 24.00"),
        (.finalists, "2027-07-20 10.00", "2027-07-20 24.00"),
        (.objection, "2027-07-21 00.00", "2027-07-25 24.00"),
        (.rating, "2027-07-21 00.00", "2027-08-04 24.00"),
        (.presentation, "2027-08-01 00.00", "2027-08-04 24.00"),
        (.field, "2027-08-05 00.00", "2027-08-20 24.00"),
        (.panel, "2027-08-25 00.00", "2027-08-25 24.00"),
        (.award, "2027-09-01 10.00", "2027-09-01 24.00"),
    ]

    /// Noon of a day, western time: `Season.noon("2027-06-20")`.
    static func noon(_ day: String) -> Instant {
        Instant(
            milliseconds: Int64((Day(iso: day) ?? Day(daysSince1970: 0)).daysSince1970) * 86_400_000 + 5 * 3_600_000)
    }

    /// Within the stage of evaluation.
    static let evaluating = noon("2027-06-20")

    static func with(_ engine: Engine, _ body: (Season) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let slices = [
            Files.schema, Messages.schema, Institutions.schema, People.schema, Directory.schema, Competition.schema,
        ]
        try await TestDatabase.with(engine, slices) { database in
            try await body(Season(database, folder))
            #expect(try await database.check() == [])
        }
    }

    private init(_ database: Database, _ folder: String) async throws {
        self.database = database
        editions = Editions(database)
        files = try FileStore(folder: folder, database: database, scanner: nil)
        let early = Self.noon("2027-03-01")
        people = try await database.write(at: early) { db in
            try Self.institutions(db)
            return try Self.accounts(db, at: early)
        }
        try await editions.loadShipped(at: early)
        try await Self.open(editions, by: try #require(people["sekretariat"]).actor(from: "192.0.2.1"), at: early)
        try await database.write(at: Self.noon("2027-06-14")) { db in
            try db.insert("source", ["id", "name", "at"], [[1.sqlValue, .text("uji"), db.at.sqlValue]])
            for number in Self.proposals { try Self.propose(number, db) }
            try Self.seats(db)
        }
    }

    private static func institutions(_ db: Writer) throws {
        let all = [
            ("P33", "Provinsi Jawa Tengah", "province"), ("P34", "Provinsi DI Yogyakarta", "province"),
            ("P35", "Provinsi Jawa Timur", "province"), ("K-KEMENPANRB", "Kementerian PANRB", "ministry"),
        ]
        for (code, name, kind) in all {
            try db.insert(
                "institution", ["code", "name", "kind", "source"],
                [[.text(code), .text(name), .text(kind), .text("uji")]])
        }
    }

    private static func accounts(_ db: Writer, at: Instant) throws -> [String: Person] {
        var held: [(String, Grant)] = [
            ("sekretariat", Grant(.secretariat)), ("hub", Grant(.hubManager, institution: "P33")),
            ("auditor", Grant(.auditor)),
        ]
        held += institutions.enumerated().map { ("admin\($0 + 1)", Grant(.agencyAdmin, institution: $1)) }
        held += (1...4).map { ("penilai\($0)", Grant(.evaluator, edition: code)) }
        held += (1...2).map { ("panelis\($0)", Grant(.panelist, edition: code)) }
        var people: [String: Person] = [:]
        for (place, (name, grant)) in held.enumerated() {
            let id = place + 1
            let email = "\(name)@contoh.example"
            try db.insert(
                "account", ["id", "email", "name", "office", "language", "state", "created_at"],
                [[id.sqlValue, .text(email), .text(name), .text("Kantor"), .text("id"), .text("active"), at.sqlValue]])
            try db.insert(
                "role_grant", ["id", "account", "role", "institution", "edition", "from_at", "certified_at"],
                [
                    [
                        id.sqlValue, id.sqlValue, grant.role.sqlValue, grant.institution.sqlValue,
                        grant.edition.sqlValue, at.sqlValue, at.sqlValue,
                    ]
                ])
            people[name] = Person(
                account: id, session: id, name: name, office: "Kantor", email: email, language: .indonesian,
                grants: [grant], formToken: "token-\(name)")
        }
        return people
    }

    private static func open(_ editions: Editions, by office: Actor, at: Instant) async throws {
        try await editions.copy("kipp-2025", as: code, year: 2027, organiser: "K-KEMENPANRB", by: office, at: at)
        var tables = try await editions.show(code, draft: true).tables
        tables[.facts][0].merge(
            ["reads": "2", "passing": "70", "finalists": "3", "band": "3", "gap": "25", "draw": "10"]) { $1 }
        tables[.stages] = stages.map { stage in
            [
                "code": stage.kind.rawValue, "kind": stage.kind.rawValue, "name_id": stage.kind.name.indonesian,
                "name_en": stage.kind.name.english, "opens": stage.opens, "closes": stage.closes,
            ]
        }
        tables[.categories] = [
            ["code": "kesehatan", "name_id": "Kesehatan", "name_en": "Health"],
            ["code": "digital", "name_id": "Transformasi digital", "name_en": "Digital transformation"],
        ]
        tables[.sections] = sections.map { section, weight in
            ["code": section, "name_id": section, "name_en": section, "words": "200", "weight": String(weight)]
        }
        tables[.documents] = []
        tables[.quotas] = [["most": "5", "scope": "agency"]]
        tables[.rubric] = [
            ["from": "0", "to": "49", "anchor_id": "Belum ada bukti", "anchor_en": "No evidence"],
            ["from": "50", "to": "79", "anchor_id": "Bukti sebagian", "anchor_en": "Some evidence"],
            ["from": "80", "to": "100", "anchor_id": "Bukti lengkap", "anchor_en": "Full evidence"],
        ]
        tables[.presentation] = [
            ["code": "paparan", "name_id": "Paparan", "name_en": "Talk", "minutes": "7", "weight": "60"],
            ["code": "tanya", "name_id": "Tanya jawab", "name_en": "Questions", "minutes": "20", "weight": "40"],
        ]
        tables[.checks] = [
            ["code": "berjalan", "name_id": "Layanan berjalan?", "name_en": "Is it running?", "answer": "yesno"],
            ["code": "pengguna", "name_id": "Pengguna hari ini", "name_en": "Users today", "answer": "number"],
        ]
        tables[.selection] = [
            ["subject": "finalists", "kind": "category", "value": "kesehatan", "least": "1"],
            ["subject": "finalists", "kind": "institution", "value": "*", "most": "2"],
        ]
        tables[.awards] = [
            ["code": "terpuji", "name_id": "Inovasi Terpuji", "name_en": "Commended innovation", "most": "2"]
        ]
        tables[.visibility] = [
            ["what": "scores", "who": "proposer", "stage": "award"],
            ["what": "standing", "who": "proposer", "stage": "award"],
            ["what": "scores", "who": "panelist", "stage": "presentation"],
        ]
        let parts: [EditionPart] = [
            .facts, .stages, .categories, .sections, .documents, .quotas, .rubric, .presentation, .checks, .selection,
            .awards, .visibility,
        ]
        for part in parts {
            let version = try await editions.show(code, draft: true).version
            try await editions.change(code, part, to: tables[part], reason: nil, basedOn: version, by: office, at: at)
        }
        try await editions.open(code, by: office, at: at)
    }

    /// A record and its proposal, past the administrative check.
    private static func propose(_ number: Int, _ db: Writer) throws {
        let institution = institutions[(number - 1) % 3]
        var record = Innovation()
        record.title = "Layanan \(number)"
        record.institution = institution
        record.yearOfStart = 2020
        record.sdgs = [3]
        record.texts = [.summary: "Ringkasan."]
        let row = SourceRow(externalID: String(number), reference: nil, content: "{}", innovation: record)
        #expect(
            try Innovations.take([(row, .publish)], from: 1, by: Actor(name: "uji"), reason: "uji", db)
                .map(\.innovation) == [number])
        let category = number <= 3 ? "kesehatan" : "digital"
        var content = [
            Proposal.titleField: record.title, Proposal.groupField: "umum", Proposal.categoryField: category,
        ]
        for (section, _) in sections { content["bagian." + section] = "Isi \(section) usulan \(number)." }
        let sent = noon("2027-05-20"), admin = 4 + (number - 1) % 3
        try db.insert(
            "proposal",
            [
                "id", "edition", "innovation", "revision", "institution", "state", "title", "title_key", "group_code",
                "category", "content", "version", "priority", "created_at", "created_by", "updated_at", "updated_by",
                "registered_at", "submitted_at", "submitted_by", "rules_version", "verdicts", "decided_at",
                "decided_by",
            ],
            [
                [
                    number.sqlValue, try edition(db).sqlValue, number.sqlValue, 1.sqlValue, institution.sqlValue,
                    Proposal.State.passed.sqlValue, record.title.sqlValue, Proposal.key(record.title).sqlValue,
                    .text("umum"), category.sqlValue, try Proposals.json(content).sqlValue, 4.sqlValue,
                    ((number + 2) / 3).sqlValue, sent.sqlValue, admin.sqlValue, sent.sqlValue, admin.sqlValue,
                    sent.sqlValue, sent.sqlValue, admin.sqlValue, 1.sqlValue, .text("[]"), db.at.sqlValue, 1.sqlValue,
                ]
            ])
    }

    private static func seats(_ db: Writer) throws {
        for (seat, numbers, first) in [("evaluator", evaluators, 7), ("panelist", panelists, 7)] {
            for number in numbers {
                try db.insert(
                    "evaluator",
                    ["id", "edition", "account", "role", "expertise", "languages", "least", "most", "declared_at"],
                    [
                        [
                            number.sqlValue, try edition(db).sqlValue, (first + number - 1).sqlValue, .text(seat),
                            .text(number % 2 == 1 ? "kesehatan" : "digital"), .text("id"), 0.sqlValue, 6.sqlValue,
                            db.at.sqlValue,
                        ]
                    ])
            }
        }
    }

    private static func edition(_ db: Reader) throws -> Int { try Editions.found(code, db).id }

    /// Gives a proposal to an evaluator, as a released assignment does; returns the reading's number.
    @discardableResult
    func give(_ proposal: Int, to evaluator: Int, at: Instant = noon("2027-06-15")) async throws -> Int {
        try await database.write(at: at) { db in
            let id = try db.nextID("reading")
            try db.insert(
                "reading", ["id", "edition", "proposal", "evaluator", "origin", "state", "version", "given_at"],
                [
                    [
                        id.sqlValue, try Self.edition(db).sqlValue, proposal.sqlValue, evaluator.sqlValue,
                        Reading.Origin.plan.sqlValue, Reading.State.due.sqlValue, 1.sqlValue, at.sqlValue,
                    ]
                ])
            return id
        }
    }

    /// Stores a finished reading with one score for every section.
    @discardableResult
    func finished(_ proposal: Int, by evaluator: Int, score: Int, at: Instant = evaluating) async throws -> Int {
        let id = try await give(proposal, to: evaluator)
        try await database.write(at: at) { db in
            for (section, _) in Self.sections {
                try db.insert(
                    "score", ["reading", "section", "value", "words", "at"],
                    [[id.sqlValue, section.sqlValue, score.sqlValue, "Catatan \(section).".sqlValue, at.sqlValue]])
            }
            try db.execute(
                """
                UPDATE reading SET state = 'done', opened_at = \(at), ended_at = \(at), version = 2 WHERE id = \(id)
                """)
        }
        return id
    }

    func person(_ name: String) throws -> Person { try #require(people[name]) }

    func actor(_ name: String) throws -> Actor { try person(name).actor(from: "192.0.2.1") }

    func stored() async throws -> Editions.Stored { try await editions.show(Self.code) }

    /// Pages on a free port; `sesi=NAME` as a cookie signs in.
    func serve(_ add: (Routes, Desk) throws -> Void, _ body: (HTTPClient) async throws -> Void) async throws {
        let routes = Routes()
        try add(routes, Desk(routes, publicURL: "https://simpul.example"))
        let (database, people) = (database, people)
        let server = Server(
            settings: Server.Settings(port: 0, sessionCookie: "sesi"), routes: routes, assets: try Assets(),
            metrics: Metrics(), log: RequestLog { _ in }, isReady: { true }, dataVersion: { Int64(database.version) },
            signedIn: { people[$0] }, errorPage: { notice, _ in "<title>\(notice.status)</title>" })
        try await server.serving(body)
    }
}

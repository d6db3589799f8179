import Database
import Directory
import Foundation
import Intake
import Kernel
import People
import Support
import Testing
import Validation

@testable import App

/// The desk's lists grow; what they ask of the database does not.
@Suite struct DeskStatementTests {
    /// The pages that list something of which there can be many.
    private static let lists: Set<String> = [
        "/kerja/antrean", "/kerja/perpanjang", "/kerja/inovasi", "/kerja/orang", "/kerja/unit", "/kerja/audit",
        "/kerja/pesan", "/kerja/laporan", "/kerja/pertanyaan", "/kerja/batas", "/kerja/surat", "/kerja/tulis",
        "/kerja/sumber", "/kerja/kembar", "/kerja/gabungan", "/kerja/perbedaan", "/kerja/usulan",
    ]

    @Test(arguments: Engine.tested)
    func `every page of the desk runs as many statements for 1 row as for 60`(engine: Engine) async throws {
        try await Served.with(engine, checked: false) { site in
            let cast = try await ValidationJourneyTests.Cast(site)
            let reader = try await everything(site)
            let doors = site.portal.doors().filter { $0.method == "GET" && !$0.path.contains("{") }.map(\.path)
            #expect(Self.lists.isSubset(of: doors))
            try await fill(site, cast, 1...1)
            let one = try await measured(site, reader, doors)
            try await fill(site, cast, 2...60)
            let many = try await measured(site, reader, doors)
            for door in doors {
                #expect(many[door]?.statements == one[door]?.statements, "\(door)")
                if Self.lists.contains(door) {
                    #expect((many[door]?.bytes ?? 0) > (one[door]?.bytes ?? 0) * 3 / 2, "\(door) lists nothing")
                }
            }
        }
    }

    private struct Measured { let statements: Int, bytes: Int }

    private func measured(_ site: Served, _ reader: Signed, _ doors: [String]) async throws -> [String: Measured] {
        var found: [String: Measured] = [:]
        for door in doors {
            // The first time, what is read once for all is read too.
            let door = door == "/kerja/orang" ? door + "?instansi=P33" : door
            _ = try await reader.get(door)
            let before = site.database.statements
            let answer = try await reader.get(door)
            found[String(door.prefix { $0 != "?" })] = Measured(
                statements: site.database.statements - before, bytes: answer.body.count)
            #expect(answer.status == 200, "\(door): \(answer.status)")
        }
        return found
    }

    /// Somebody whom every page of the desk lets in.
    private func everything(_ site: Served) async throws -> Signed {
        let reader = try await Signed(site, Grant(.agencyAdmin, institution: "P33"), office: "Biro Contoh")
        try await site.database.write(at: .now()) { db in
            for role in [Role.secretariat, .auditor, .evaluator, .panelist] {
                let edition: String? = role.scope == .edition ? "kipp-2025" : nil
                try db.insert(
                    "role_grant", ["id", "account", "role", "edition", "from_at", "certified_at"],
                    [
                        [
                            try db.nextID("role_grant").sqlValue, reader.account.sqlValue, role.sqlValue,
                            edition.sqlValue,
                            db.at.sqlValue, db.at.sqlValue,
                        ]
                    ])
            }
            try db.execute("UPDATE session SET vouched = \(true) WHERE account = \(reader.account)")
        }
        return reader
    }

    /// Of everything that the desk lists one for each number: a draft that waits, a validated record that is due, a
    /// colleague, a unit, a message, a report, a question, a date, a letter, an article, a source with its delivery,
    /// a pair, a merge, a difference.
    private func fill(_ site: Served, _ cast: ValidationJourneyTests.Cast, _ numbers: ClosedRange<Int>) async throws {
        let (drafts, now) = (Drafts(site.database), Instant.now())
        let reviews = Reviews(site.database, publicURL: "http://simpul.test")
        let writer = Actor(name: "penulis", office: "Dinas Contoh", account: cast.writer.account)
        let validator = Actor(name: "validator", office: "Biro Contoh", account: cast.validator.account)
        let fields = Dictionary(
            uniqueKeysWithValues: ValidationJourneyTests.fields.compactMap { name, value in
                Innovation.Field(rawValue: name).map { ($0, value) }
            })
        for number in numbers {
            let due = try await drafts.start(at: "P33", fields, by: writer, at: now.adding(days: -350)).draft
            try await reviews.submit(due, by: writer, at: now.adding(days: -350))
            let act = try await reviews.validate(due, round: 1, by: validator, at: now.adding(days: -350))
            let waiting = try await drafts.start(at: "P33", fields, by: writer, at: now).draft
            try await reviews.submit(waiting, by: writer, at: now)
            try await reviews.return(waiting, round: 1, comments: [.whole: "Perbaiki."], by: validator, at: now)
            try await reviews.submit(waiting, by: writer, at: now)
            try await site.database.write(at: now) { db in
                try rows(number, of: act.innovation, by: cast.writer.account, db)
                try twins(number, of: act.innovation, db)
                try proposal(number, of: act.innovation, by: cast.writer.account, db)
            }
        }
    }

    private func twins(_ number: Int, of innovation: Int, _ db: Writer) throws {
        func row(_ word: String) -> SourceRow {
            var record = Innovation()
            record.title = "\(word) \(number)"
            record.institution = "P33"
            return SourceRow(externalID: "\(word)-\(number)", reference: nil, content: "{}", innovation: record)
        }
        let source = 900
        if number == 1 {
            try db.insert("source", ["id", "name", "at"], [[source.sqlValue, "kembar".sqlValue, db.at.sqlValue]])
        }
        let taken = try Innovations.take(
            [(row("Menunggu"), .wait), (row("Digabung"), .merge(into: innovation, probability: 0.97))], from: source,
            by: Actor(name: "import:kembar"), reason: "Kiriman", db)
        try Pairs.add(taken[0].innovation, innovation, probability: 0.5, weight: 0, steps: [], db)
        let record = try db.count("SELECT id FROM source_record WHERE innovation = \(taken[1].innovation)")
        try db.insert(
            "difference", ["id", "innovation", "source_record", "field", "ours", "theirs", "at"],
            [
                [
                    try db.nextID("difference").sqlValue, innovation.sqlValue, record.sqlValue, "title".sqlValue,
                    "Nilai kami".sqlValue, "Digabung \(number)".sqlValue, db.at.sqlValue,
                ]
            ])
    }

    private func proposal(_ number: Int, of innovation: Int, by account: Int, _ db: Writer) throws {
        if number == 1 {
            try db.insert(
                "edition", ["id", "code", "state", "version", "created_at", "opened_at"],
                [[9001.sqlValue, "uji".sqlValue, "open".sqlValue, 1.sqlValue, db.at.sqlValue, db.at.sqlValue]])
            try db.insert(
                "edition_version", ["edition", "number", "at", "office", "content"],
                [[9001.sqlValue, 1.sqlValue, db.at.sqlValue, "Sekretariat".sqlValue, "{}".sqlValue]])
        }
        try db.insert(
            "proposal",
            [
                "id", "edition", "innovation", "revision", "institution", "state", "title", "title_key", "content",
                "version", "created_at", "created_by", "updated_at", "updated_by",
            ],
            [
                [
                    (9000 + number).sqlValue, 9001.sqlValue, innovation.sqlValue, 1.sqlValue, "P33".sqlValue,
                    "draft".sqlValue, "Usulan \(number)".sqlValue, "usulan\(number)".sqlValue, "{}".sqlValue,
                    1.sqlValue, db.at.sqlValue, account.sqlValue, db.at.sqlValue, account.sqlValue,
                ]
            ])
    }

    private func rows(_ number: Int, of innovation: Int, by account: Int, _ db: Writer) throws {
        let (id, at) = (Value.integer(Int64(1000 + number)), db.at.sqlValue)
        let (who, what) = (account.sqlValue, innovation.sqlValue)
        func text(_ word: String) -> Value { .text("\(word) \(number)") }
        try db.insert(
            "account", ["id", "email", "name", "office", "language", "state", "created_at"],
            [[id, .text("rekan\(number)@contoh.test"), text("Rekan"), text("Dinas"), .text("id"), .text("active"), at]])
        try db.insert(
            "unit", ["id", "institution", "name", "custodian", "created_at"],
            [[id, .text("P33"), text("Unit"), false.sqlValue, at]])
        try db.insert(
            "role_grant", ["id", "account", "role", "institution", "unit", "from_at", "certified_at"],
            [[id, id, .text("unit"), .text("P33"), id, at, at]])
        try db.insert(
            "question", ["id", "innovation", "institution", "asked_at", "asked_by", "office", "text"],
            [[id, what, .text("P33"), at, who, text("Hub"), text("Dari mana angkanya?")]])
        try db.insert(
            "mistake_report", ["id", "innovation", "institution", "at", "text", "state"],
            [[id, what, .text("P33"), at, text("Tautan salah"), .text("open")]])
        try db.insert(
            "collection", ["id", "institution", "title", "due_on", "made_at", "made_by"],
            [[id, .text("P33"), text("Isian"), .text("2099-01-31"), at, who]])
        let letter = try LetterContent(institution: "Provinsi Contoh").json()
        try db.insert(
            "letter", ["id", "kind", "institution", "subject", "content", "made_at", "made_by"],
            [[id, .text("assignment"), .text("P33"), text("Penugasan"), .text(letter), at, who]])
        let feed = try db.nextID("source").sqlValue
        try db.insert(
            "source", ["id", "name", "at", "trust"], [[feed, text("Sumber"), at, .integer(Int64(number * 10))]])
        try db.insert("feed", ["source", "kind", "complete", "at"], [[feed, .text("file"), .integer(0), at]])
        try db.insert(
            "run", ["id", "source", "name", "state", "at", "actor", "ended_at"],
            [[id, feed, text("Kiriman"), .text("done"), at, .text("account:\(account)"), at]])
        try db.insert(
            "article", ["id", "kind", "slug", "published_at", "revision", "created_at"],
            [[id, .text("news"), .text("kabar-\(number)"), at, .integer(1), at]])
        try db.insert(
            "article_revision",
            ["article", "number", "at", "account", "office", "title_id", "title_en", "body_id", "body_en"],
            [[id, .integer(1), at, who, text("Sekretariat"), text("Kabar"), text("News"), .text("Isi."), .text("")]])
    }
}

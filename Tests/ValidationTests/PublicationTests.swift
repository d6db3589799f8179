import Database
import Directory
import Kernel
import People
import Support
import Testing

@testable import Validation

@Suite struct PublicationTests {
    private func row(_ summary: String, affair: String? = nil, category: String? = "kesehatan") -> SourceRow {
        var record = Innovation()
        record.title = "Antar Dokumen"
        record.institution = Office.code
        record.category = category
        record.affair = affair
        record.texts[.summary] = summary
        return SourceRow(
            externalID: "lan-1", reference: nil, content: #"{"ringkasan":"\#(summary)","urusan":"\#(affair ?? "")"}"#,
            innovation: record)
    }

    private func take(_ row: SourceRow, _ office: Office, minute: Int) async throws -> RowOutcome {
        let outcomes = try await Innovations(office.database).take(
            [row], from: "LAN", by: Actor(name: "import:lan"), reason: "impor", at: Office.minute(minute))
        return try #require(outcomes.first)
    }

    private let rest: [Innovation.Field: String] = {
        var fields = Office.idea
        fields[.summary] = nil
        fields[.title] = nil
        return fields
    }()

    private func publish(_ draft: Int, _ office: Office, minute: Int) async throws -> Reviews.Validated {
        let round = try await office.reviews.submit(draft, by: office.writer, at: Office.minute(minute))
        return try await office.reviews.validate(draft, round: round, by: office.validator, at: Office.minute(minute))
    }

    @Test(arguments: Engine.tested)
    func `a validated change keeps the origin of what stayed, and an import leaves it alone from then on`(
        engine: Engine
    )
        async throws
    {
        try await Office.with(engine) { office in
            #expect(try await take(row("Dari LAN"), office, minute: 0) == .created(1))
            let draft = try await office.drafts.start(from: 1, by: office.writer, at: Office.minute(1))
            #expect(try await office.open(draft.draft).content.texts[.summary] == "Dari LAN")
            var changes = rest
            changes[.summary] = "Dari dinas"
            _ = try await office.drafts.save(draft.draft, changes, basedOn: 1, by: office.writer, at: Office.minute(2))
            let done = try await publish(draft.draft, office, minute: 3)
            #expect((done.innovation, done.revision) == (1, 2))
            var shown = try await Innovations(office.database).show(1)
            let names = Dictionary(uniqueKeysWithValues: shown.sources.map { ($0.id, $0.source) })
            #expect(shown.origin.source(of: .title).flatMap { names[$0] } == "LAN")
            #expect(shown.origin.source(of: .summary).flatMap { names[$0] } == "Simpul")
            #expect(shown.origin.source(of: .category).flatMap { names[$0] } == "Simpul")

            // The same row again changes nothing; a changed one only what the institution did not write.
            #expect(try await take(row("Dari LAN"), office, minute: 4) == .unchanged(1))
            #expect(try await take(row("Baru dari LAN"), office, minute: 5) == .unchanged(1))
            #expect(try await take(row("Baru dari LAN", affair: "kependudukan"), office, minute: 6) == .updated(1))
            shown = try await Innovations(office.database).show(1)
            #expect(shown.innovation.texts[.summary] == "Dari dinas")
            #expect(shown.innovation.category == "kependudukan")
            #expect(shown.innovation.affair == "kependudukan")
            #expect(shown.origin.source(of: .affair).flatMap { names[$0] } == "LAN")
            #expect(shown.origin.source(of: .summary).flatMap { names[$0] } == "Simpul")
            #expect(shown.validity.validation?.by == office.validator.office)
        }
    }

    @Test(arguments: Engine.tested)
    func `what the institution emptied is not brought back by an import`(engine: Engine) async throws {
        try await Office.with(engine) { office in
            _ = try await take(row("Dari LAN", affair: "kesehatan"), office, minute: 0)
            let draft = try await office.drafts.start(from: 1, by: office.writer, at: Office.minute(1)).draft
            var changes = rest
            changes[.affair] = ""
            _ = try await office.drafts.save(draft, changes, basedOn: 1, by: office.writer, at: Office.minute(2))
            _ = try await publish(draft, office, minute: 3)
            #expect(try await take(row("Dari LAN 2", affair: "kesehatan"), office, minute: 4) == .updated(1))
            let shown = try await Innovations(office.database).show(1)
            #expect(shown.innovation.affair == nil)
            #expect(shown.innovation.texts[.summary] == "Dari LAN 2")
        }
    }

    @Test(arguments: Engine.tested)
    func `what an import changed while a draft was open stays where the draft left it alone`(engine: Engine)
        async throws
    {
        try await Office.with(engine) { office in
            _ = try await take(row("Dari LAN"), office, minute: 0)
            let draft = try await office.drafts.start(from: 1, by: office.writer, at: Office.minute(1)).draft
            _ = try await office.drafts.save(draft, rest, basedOn: 1, by: office.writer, at: Office.minute(2))
            _ = try await take(row("Lebih baru dari LAN"), office, minute: 3)
            let done = try await publish(draft, office, minute: 4)
            #expect(done.revision == 3)
            let shown = try await Innovations(office.database).show(1)
            #expect(shown.innovation.texts[.summary] == "Lebih baru dari LAN")
            #expect(shown.innovation.category == "kependudukan")
        }
    }

    @Test(arguments: Engine.tested)
    func `an innovation has one open draft, none without an institution, none once withdrawn`(engine: Engine)
        async throws
    {
        try await Office.with(engine) { office in
            _ = try await take(row("Dari LAN"), office, minute: 0)
            let draft = try await office.drafts.start(from: 1, by: office.writer, at: Office.minute(1)).draft
            await #expect(throws: DraftRefusal.alreadyOpen(draft)) {
                _ = try await office.drafts.start(from: 1, by: office.admin, at: Office.minute(2))
            }
            await #expect(throws: DraftRefusal.notYours) {
                _ = try await office.drafts.start(from: 1, by: office.stranger, at: Office.minute(2))
            }
            _ = try await office.drafts.save(draft, rest, basedOn: 1, by: office.writer, at: Office.minute(2))
            let round = try await office.reviews.submit(draft, by: office.writer, at: Office.minute(3))
            try await Innovations(office.database).withdraw(1, reason: "ganda", by: .system, at: Office.minute(4))
            await #expect(throws: DirectoryRefusal.withdrawn(id: 1, reason: "ganda", on: Office.start.day())) {
                try await office.reviews.validate(draft, round: round, by: office.validator, at: Office.minute(5))
            }
            #expect(try await office.open(draft).state == .submitted)
            await #expect(throws: DirectoryRefusal.unknownInnovation("9")) {
                _ = try await office.drafts.start(from: 9, by: office.writer, at: Office.minute(6))
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `the next draft begins with the published claims, and only what changed of them is shown`(engine: Engine)
        async throws
    {
        try await Office.with(engine) { office in
            let first = try await office.drafts.start(at: Office.code, Office.idea, by: office.writer, at: Office.start)
                .draft
            let legal = try await office.claims.add(
                ClaimContent(.legal, form: ["number": "1"]), to: first, by: office.writer, at: Office.start)
            _ = try await office.claims.attach(Office.file("a"), to: legal, by: office.writer, at: Office.start)
            _ = try await office.claims.add(
                ClaimContent(.testimony, form: ["quote": "Rahasia", "who": "warga"]), to: first, by: office.writer,
                at: Office.start)
            _ = try await office.claims.add(
                ClaimContent(.testimony, form: ["quote": "Cepat", "who": "warga", "consent": "yes"]), to: first,
                by: office.writer, at: Office.start)
            #expect(try await office.claims.published(of: 1) == [])
            let innovation = try await publish(first, office, minute: 1).innovation
            let published = try await office.claims.published(of: innovation)
            #expect(published.compactMap { $0.content["quote"] } == ["Cepat"])
            let evidence = try #require(published.flatMap(\.evidence).first)
            #expect(try await office.claims.publishedEvidence(evidence.id, of: innovation).digest == evidence.digest)

            let next = try await office.drafts.start(from: innovation, by: office.writer, at: Office.minute(2)).draft
            let writer = try await office.person(office.writer)
            let copied = try await office.drafts.open(next, for: writer, at: Office.minute(2)).claims
            #expect(copied.map(\.content.kind) == [.legal, .testimony, .testimony])
            #expect(copied.flatMap(\.evidence).map(\.digest) == [evidence.digest])
            try await office.claims.change(
                try #require(copied.first).id, to: ["number": "2"], basedOn: 1, by: office.writer, at: Office.minute(3))
            let sheet = try await office.reviews.sheet(next, for: writer, at: Office.minute(4))
            #expect(sheet.differences.against == .revision(1))
            #expect(sheet.differences.fields.filter(\.changed) == [])
            #expect(sheet.differences.claims.filter(\.changed).map { $0.after?.values } == [["number": "2"]])
            // What is being written is not public, nor the files of another record.
            #expect(try await office.claims.published(of: innovation).first?.content["number"] == "1")
            await #expect(throws: ClaimRefusal.missing(evidence.id)) {
                _ = try await office.claims.publishedEvidence(evidence.id, of: innovation + 1)
            }
            // Only claims changed: the record stays at its revision, the validation is new.
            #expect(try await publish(next, office, minute: 5).revision == 1)
            #expect(try await office.claims.published(of: innovation).first?.content["number"] == "2")
        }
    }
}

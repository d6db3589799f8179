import Database
import Directory
import Kernel
import People
import Support
import Testing

@testable import Validation

/// What institutions write and prove, when the record they write about was merged.
@Suite struct MergedRecordTests {
    private func publish(_ title: String, proof: String, _ office: Office, minute: Int) async throws -> Int {
        var fields = Office.idea
        fields[.title] = title
        let draft = try await office.drafts.start(
            at: Office.code, fields, by: office.writer, at: Office.minute(minute)
        ).draft
        _ = try await office.claims.add(
            ClaimContent(.legal, form: ["number": proof]), to: draft, by: office.writer, at: Office.minute(minute))
        return try await validate(draft, office, minute: minute + 1)
    }

    private func validate(_ draft: Int, _ office: Office, minute: Int) async throws -> Int {
        let round = try await office.reviews.submit(draft, by: office.writer, at: Office.minute(minute))
        return try await office.reviews.validate(
            draft, round: round, by: office.validator, at: Office.minute(minute)
        ).innovation
    }

    private func merge(_ id: Int, into survivor: Int, _ office: Office, minute: Int) async throws -> Int {
        try await office.database.write(at: Office.minute(minute)) {
            try Innovations.merge(id, into: survivor, by: office.hub, reason: "kembar", $0)
        }
    }

    private func proofs(_ id: Int, _ office: Office) async throws -> [String] {
        try await office.claims.published(of: id).compactMap { $0.content["number"] }
    }

    @Test(arguments: Engine.tested)
    func `a draft of a merged record changes the one it belongs to, and claims of both stay until it is renewed`(
        engine: Engine
    ) async throws {
        try await Office.with(engine) { office in
            #expect(try await publish("Antar Dokumen", proof: "satu", office, minute: 1) == 1)
            #expect(try await publish("Antar Dokumen Warga", proof: "dua", office, minute: 3) == 2)
            let begun = try await office.drafts.start(from: 2, by: office.writer, at: Office.minute(5)).draft
            let merge = try await merge(2, into: 1, office, minute: 6)
            #expect(try await proofs(1, office) == ["satu", "dua"])
            #expect(try await proofs(2, office) == [])

            // Begun before on what was merged since: it is one draft of the record, and changes only what it changed.
            await #expect(throws: DraftRefusal.alreadyOpen(begun)) {
                try await office.drafts.start(from: 1, by: office.writer, at: Office.minute(7))
            }
            _ = try await office.drafts.save(
                begun, [.summary: "Diantar malam hari."], basedOn: 1, by: office.writer, at: Office.minute(7))
            #expect(try await validate(begun, office, minute: 8) == 1)
            let shown = try await Innovations(office.database).show(1)
            #expect(shown.innovation.title == "Antar Dokumen Warga")
            #expect(shown.innovation.texts[.summary] == "Diantar malam hari.")

            #expect(try await proofs(1, office) == ["satu", "dua"])
            let next = try await office.drafts.start(from: 2, by: office.writer, at: Office.minute(9)).draft
            #expect(try await office.open(next).innovation == 1)
            _ = try await office.drafts.save(
                next, [.purpose: "Warga tidak perlu datang."], basedOn: 1, by: office.writer, at: Office.minute(10))
            #expect(try await validate(next, office, minute: 11) == 1)

            #expect(try await proofs(1, office) == ["satu", "dua"])
            try await office.database.write(at: Office.minute(12)) {
                try Innovations.undo(merge: merge, by: office.hub, reason: "keliru", $0)
            }
            #expect(try await proofs(2, office) == ["dua"])
            let parted = try await Innovations(office.database).show(2)
            #expect(parted.innovation.texts[.summary] == Office.idea[.summary])
            #expect(parted.validity.validation?.at == Office.minute(4))
        }
    }

    @Test(arguments: Engine.tested)
    func `a question and a report about a merged record are about the one it belongs to`(engine: Engine) async throws {
        try await Office.with(engine) { office in
            _ = try await publish("Antar Dokumen", proof: "satu", office, minute: 1)
            _ = try await publish("Antar Dokumen Warga", proof: "dua", office, minute: 3)
            _ = try await merge(2, into: 1, office, minute: 5)
            let questions = Questions(office.database, publicURL: "https://simpul.test")
            _ = try await questions.ask("Dari mana angka ini?", about: 2, by: office.hub, at: Office.minute(6))
            let reports = MistakeReports(office.database, publicURL: "https://simpul.test")
            try await reports.report(
                try MistakeNotice(text: "Alamatnya keliru.", contact: ""), about: 2, at: Office.minute(6))
            await #expect(throws: DirectoryRefusal.merged(into: 1)) { try await reports.subject(2) }
            let about = try await office.database.read { db in
                try db.rows("SELECT innovation FROM question UNION ALL SELECT innovation FROM mistake_report") {
                    try $0.int("innovation")
                }
            }
            #expect(about == [1, 1])
        }
    }
}

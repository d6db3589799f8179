import Database
import Directory
import Kernel
import People
import Support
import Testing

@testable import Validation

@Suite struct DraftStoreTests {
    @Test(arguments: Engine.tested)
    func `a draft begins with its institution and the writer's unit, and says what it could not read`(engine: Engine)
        async throws
    {
        try await Office.with(engine) { office in
            let saved = try await office.drafts.start(
                at: Office.code, unit: 2, [.title: "Antar Dokumen", .yearOfStart: "24"], by: office.writer,
                at: Office.start)
            #expect(saved.problems.map(\.field) == ["yearOfStart"])
            let draft = try await office.open(saved.draft)
            #expect(draft.unit == 1)
            #expect(draft.content[.unit] == "Dinas Satu")
            #expect(draft.content.institution == Office.code)
            #expect(draft.title == "Antar Dokumen")
            #expect(draft.writers == [office.writer.account ?? 0])
            let untitled = try await office.drafts.start(at: Office.code, by: office.admin, at: Office.start)
            #expect(try await office.open(untitled.draft).title == "")
            #expect(try await office.open(untitled.draft).unit == nil)
            await #expect(throws: DraftRefusal.notYours) {
                _ = try await office.drafts.start(at: Office.code, by: office.stranger, at: Office.start)
            }
            await #expect(throws: DraftRefusal.unknownUnit) {
                _ = try await office.drafts.start(at: Office.code, unit: 3, by: office.admin, at: Office.start)
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `two people who change different fields both win`(engine: Engine) async throws {
        try await Office.with(engine) { office in
            let draft = try await office.drafts.start(
                at: Office.code, [.title: "A"], by: office.writer, at: Office.start)
            let first = try await office.drafts.save(
                draft.draft, [.summary: "Ringkasan", .title: "A"], basedOn: 1, by: office.writer, at: Office.minute(1))
            let second = try await office.drafts.save(
                draft.draft, [.background: "Latar", .title: "A"], basedOn: 1, by: office.colleague, at: Office.minute(2)
            )
            #expect((first.version, second.version) == (2, 3))
            let now = try await office.open(draft.draft)
            #expect(now.content[.summary] == "Ringkasan")
            #expect(now.content[.background] == "Latar")
            #expect(now.writers == Set([office.writer, office.colleague].compactMap(\.account)))
        }
    }

    @Test(arguments: Engine.tested)
    func `two people who change the same field see both values and nothing is overwritten`(engine: Engine) async throws
    {
        try await Office.with(engine) { office in
            let draft = try await office.drafts.start(
                at: Office.code, [.title: "A"], by: office.writer, at: Office.start
            ).draft
            _ = try await office.drafts.save(
                draft, [.summary: "Punya kolega"], basedOn: 1, by: office.colleague, at: Office.minute(1))
            await #expect(
                throws: DraftRefusal.changedMeanwhile(
                    [FieldDifference(field: .summary, mine: "Punya saya", theirs: "Punya kolega")], version: 2)
            ) {
                _ = try await office.drafts.save(
                    draft, [.summary: "Punya saya", .purpose: "Tujuan"], basedOn: 1, by: office.writer,
                    at: Office.minute(2))
            }
            #expect(try await office.open(draft).content[.purpose] == nil)
            #expect(try await office.open(draft).version == 2)
            // The same words are no difference, and after seeing the other version one may decide.
            let same = try await office.drafts.save(
                draft, [.summary: " Punya kolega "], basedOn: 1, by: office.writer, at: Office.minute(3))
            #expect(same.version == 2)
            let decided = try await office.drafts.save(
                draft, [.summary: "Punya saya"], basedOn: 2, by: office.writer, at: Office.minute(4))
            #expect(decided.version == 3)
        }
    }

    @Test(arguments: Engine.tested)
    func `what cannot be read is named and the rest is saved`(engine: Engine) async throws {
        try await Office.with(engine) { office in
            let draft = try await office.drafts.start(at: Office.code, by: office.writer, at: Office.start).draft
            let saved = try await office.drafts.save(
                draft, [.title: "Judul", .yearOfStart: "dua ribu", .summary: "a\0b"], basedOn: 1, by: office.writer,
                at: Office.minute(1))
            #expect(saved.problems.map(\.field) == ["yearOfStart", "summary"])
            #expect(try await office.open(draft).title == "Judul")
        }
    }

    @Test(arguments: Engine.tested)
    func `a submitted or abandoned draft is not saved, a stranger does not learn of it`(engine: Engine) async throws {
        try await Office.with(engine) { office in
            let draft = try await office.submitted()
            await #expect(throws: DraftRefusal.state(.submitted)) {
                _ = try await office.drafts.save(
                    draft, [.title: "B"], basedOn: 2, by: office.writer, at: Office.minute(2))
            }
            await #expect(throws: DraftRefusal.missing(draft)) {
                _ = try await office.drafts.save(
                    draft, [.title: "B"], basedOn: 2, by: office.stranger, at: Office.minute(2))
            }
            let stranger = try await office.person(office.stranger)
            await #expect(throws: DraftRefusal.missing(draft)) {
                _ = try await office.drafts.open(draft, for: stranger, at: Office.minute(2))
            }
            let other = try await office.drafts.start(at: Office.code, by: office.writer, at: Office.start).draft
            try await office.drafts.abandon(other, by: office.writer, at: Office.minute(3))
            await #expect(throws: DraftRefusal.state(.abandoned)) {
                _ = try await office.drafts.save(
                    other, [.title: "B"], basedOn: 2, by: office.writer, at: Office.minute(4))
            }
            await #expect(throws: DraftRefusal.missing(999)) {
                try await office.drafts.abandon(999, by: office.writer, at: Office.minute(4))
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `a unit's list is its own, an admin's the agency's, with the same number of statements for 1 and 30`(
        engine: Engine
    ) async throws {
        try await Office.with(engine) { office in
            _ = try await office.drafts.start(at: Office.code, [.title: "Satu"], by: office.writer, at: Office.start)
            let (writer, admin) = (try await office.person(office.writer), try await office.person(office.admin))
            let before = office.database.statements
            let one = try await office.drafts.list(at: Office.code, for: writer, at: Office.start)
            let statements = office.database.statements - before
            #expect(one.lines.map(\.title) == ["Satu"])
            for n in 1...29 {
                _ = try await office.drafts.start(
                    at: Office.code, [.title: "Dua \(n)"], by: office.otherUnit, at: Office.minute(n / 2))
            }
            #expect(try await office.drafts.list(at: Office.code, for: writer, at: Office.start).counts == [.draft: 1])
            let again = office.database.statements
            var page = try await office.drafts.list(at: Office.code, limit: 7, for: admin, at: Office.start)
            #expect(office.database.statements - again == statements)
            #expect(page.counts == [.draft: 30])
            var titles = page.lines.map(\.id)
            while let next = page.next {
                let place = try #require(DraftPlace(next.text))
                page = try await office.drafts.list(
                    at: Office.code, after: place, limit: 7, for: admin, at: Office.start)
                titles += page.lines.map(\.id)
            }
            #expect(titles == titles.sorted(by: >) && Set(titles).count == 30)
            #expect(
                try await office.drafts.list(at: Office.code, states: [.returned], for: admin, at: Office.start).lines
                    == [])
            let stranger = try await office.person(office.stranger)
            await #expect(throws: DraftRefusal.notYours) {
                _ = try await office.drafts.list(at: Office.code, for: stranger, at: Office.start)
            }
            #expect(DraftPlace("1-2-3") == nil && DraftPlace("x") == nil)
        }
    }

    @Test(arguments: Engine.tested)
    func `claims and their files are kept with the draft and bump its version`(engine: Engine) async throws {
        try await Office.with(engine) { office in
            let draft = try await office.drafts.start(at: Office.code, by: office.writer, at: Office.start).draft
            let content = try ClaimContent(.legal, form: ["number": "1"])
            let claim = try await office.claims.add(content, to: draft, by: office.writer, at: Office.minute(1))
            let file = try await office.claims.attach(
                Office.file("a"), to: claim, by: office.colleague, at: Office.minute(2))
            await #expect(throws: ClaimRefusal.attached("Berkas a.pdf")) {
                _ = try await office.claims.attach(Office.file("a"), to: claim, by: office.writer, at: Office.minute(3))
            }
            var now = try await office.drafts.open(draft, for: try await office.person(office.admin), at: Office.start)
            #expect(now.draft.version == 3)
            #expect(now.draft.writers == Set([office.writer, office.colleague].compactMap(\.account)))
            #expect(now.claims.map(\.content) == [content])
            #expect(now.claims.flatMap(\.evidence).map(\.id) == [file])
            try await office.claims.change(
                claim, to: ["number": "2"], basedOn: 3, by: office.writer, at: Office.minute(4))
            await #expect(
                throws: ClaimRefusal.changedMeanwhile(
                    theirs: try ClaimContent(.legal, form: ["number": "2"]), version: 4)
            ) {
                try await office.claims.change(
                    claim, to: ["number": "3"], basedOn: 3, by: office.colleague, at: Office.minute(5))
            }
            let stranger = try await office.person(office.stranger)
            // As for a file that does not exist: that there is a draft is not theirs to know.
            await #expect(throws: ClaimRefusal.missing(file)) {
                _ = try await office.claims.evidence(file, for: stranger, at: Office.start)
            }
            #expect(
                try await office.claims.evidence(file, for: try await office.person(office.writer), at: Office.start).id
                    == file)
            await #expect(throws: DraftRefusal.missing(draft)) {
                try await office.claims.remove(claim, by: office.otherUnit, at: Office.minute(6))
            }
            try await office.claims.detach(file, by: office.writer, at: Office.minute(6))
            try await office.claims.remove(claim, by: office.writer, at: Office.minute(7))
            now = try await office.drafts.open(draft, for: try await office.person(office.admin), at: Office.start)
            #expect(now.claims == [])
            #expect(now.draft.version == 6)
            await #expect(throws: ClaimRefusal.missing(claim)) {
                try await office.claims.remove(claim, by: office.writer, at: Office.minute(8))
            }
        }
    }
}

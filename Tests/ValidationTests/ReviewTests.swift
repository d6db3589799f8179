import Database
import Directory
import Kernel
import People
import Support
import Testing

@testable import Validation

@Suite struct ReviewTests {
    @Test(arguments: Engine.tested)
    func `an incomplete draft is not submitted and each missing thing is named`(engine: Engine) async throws {
        try await Office.with(engine) { office in
            var fields = Office.idea
            fields[.summary] = nil
            fields[.sdgs] = nil
            let draft = try await office.drafts.start(at: Office.code, fields, by: office.writer, at: Office.start)
                .draft
            do {
                try await office.reviews.submit(draft, by: office.writer, at: Office.minute(1))
                Issue.record("submitted")
            } catch DraftRefusal.incomplete(let findings) {
                #expect(findings.map(\.rule.code) == ["sdg", "ringkasan"])
            }
            #expect(try await office.open(draft).state == .draft)
        }
    }

    @Test(arguments: Engine.tested)
    func `submitted, returned, corrected, submitted again, validated, published: each told to those it concerns`(
        engine: Engine
    ) async throws {
        try await Office.with(engine) { office in
            let draft = try await office.submitted()
            let reviewers = [office.admin, office.validator, office.second].compactMap(\.account)
            #expect(try await office.told("draft:\(draft):submitted:1") == reviewers)
            let validator = try await office.person(office.validator)
            var sheet = try await office.reviews.sheet(draft, for: validator, at: Office.minute(2))
            #expect(sheet.differences.against == .nothing)
            #expect(sheet.differences.fields.filter { !$0.changed } == [])
            #expect(sheet.mayValidate == .success(.validator))

            await #expect(throws: DraftRefusal.noComment) {
                try await office.reviews.return(
                    draft, round: 1, comments: [.field(.summary): "  "], by: office.validator, at: Office.minute(2))
            }
            try await office.reviews.return(
                draft, round: 1, comments: [.field(.summary): "Terlalu pendek.", .whole: ""], by: office.validator,
                at: Office.minute(2))
            let told = [office.writer, office.colleague, office.admin].compactMap(\.account)
            #expect(try await office.told("draft:\(draft):returned:1") == told)
            sheet = try await office.reviews.sheet(
                draft, for: try await office.person(office.writer), at: Office.minute(3))
            #expect(sheet.comments.mapValues(\.text) == [.field(.summary): "Terlalu pendek."])
            #expect(sheet.draft.state == .returned)

            let saved = try await office.drafts.save(
                draft, [.summary: "Dokumen diantar ke rumah dalam tiga hari."], basedOn: sheet.draft.version,
                by: office.colleague, at: Office.minute(4))
            #expect(saved.problems == [])
            #expect(try await office.reviews.submit(draft, by: office.colleague, at: Office.minute(5)) == 2)
            sheet = try await office.reviews.sheet(draft, for: validator, at: Office.minute(6))
            #expect(sheet.differences.against == .round(1))
            #expect(sheet.differences.fields.filter(\.changed).map(\.field) == [.summary])

            await #expect(throws: DraftRefusal.newRound(2)) {
                try await office.reviews.validate(draft, round: 1, by: office.validator, at: Office.minute(6))
            }
            let done = try await office.reviews.validate(draft, round: 2, by: office.validator, at: Office.minute(7))
            #expect(done.capacity == .validator)
            #expect(done.until == Validity.end(from: Office.minute(7), months: 12))
            let shown = try await Innovations(office.database).show(done.innovation)
            #expect(shown.innovation.texts[.summary] == "Dokumen diantar ke rumah dalam tiga hari.")
            #expect(shown.validity.validation?.by == office.validator.office)
            #expect(shown.validity.validation?.until == done.until)
            #expect(shown.validity.validation?.instead == nil)
            #expect(shown.sources.map(\.source) == ["Simpul"])
            #expect(shown.sources.map(\.externalID) == ["draft-\(draft)"])
            let revisions = try await Innovations(office.database).revisions(of: done.innovation)
            #expect(revisions.map(\.actor) == [office.validator.office])
            #expect(try await office.told("draft:\(draft):validated") == told)
            #expect(try await office.audited() == ["submit", "return", "submit", "validate"])
            #expect(try await office.open(draft).state == .published)
        }
    }

    @Test(arguments: Engine.tested)
    func `of two validators at once the second learns who was first`(engine: Engine) async throws {
        try await Office.with(engine) { office in
            let draft = try await office.submitted()
            async let first = Self.outcome {
                try await office.reviews.validate(draft, round: 1, by: office.validator, at: Office.minute(2))
            }
            async let second = Self.outcome {
                try await office.reviews.validate(draft, round: 1, by: office.second, at: Office.minute(2))
            }
            let outcomes = await [first, second]
            let offices = [office.validator.office ?? "", office.second.office ?? ""]
            let winner = outcomes[0] == nil ? 0 : 1
            #expect(outcomes[winner] == nil)
            #expect(outcomes[1 - winner] == .decided(.published, office: offices[winner]))
            #expect(DraftRefusal.decided(.published, office: "X").kind == .conflict)
            await #expect(throws: DraftRefusal.decided(.published, office: offices[winner])) {
                try await office.reviews.return(
                    draft, round: 1, comments: [.whole: "Tunggu"], by: office.admin, at: Office.minute(3))
            }
        }
    }

    private static func outcome(_ act: () async throws -> Reviews.Validated) async -> DraftRefusal? {
        do {
            _ = try await act()
            return nil
        } catch { return error as? DraftRefusal ?? .missing(-1) }
    }

    @Test(arguments: Engine.tested)
    func `a validator removed while validating is refused and nothing is published`(engine: Engine) async throws {
        try await Office.with(engine) { office in
            let draft = try await office.submitted()
            let seen = try await office.reviews.sheet(
                draft, for: try await office.person(office.validator), at: Office.minute(2))
            #expect(seen.mayValidate == .success(.validator))
            try await office.remove(office.validator, at: Office.minute(3))
            await #expect(throws: DraftRefusal.missing(draft)) {
                try await office.reviews.validate(draft, round: 1, by: office.validator, at: Office.minute(4))
            }
            #expect(try await office.database.read { try $0.count("SELECT COUNT(*) FROM innovation") } == 0)
            #expect(try await office.open(draft).state == .submitted)
        }
    }

    @Test(arguments: Engine.tested)
    func `whoever saved once does not validate; without another the leader or the Hub does, and the record says so`(
        engine: Engine
    ) async throws {
        try await Office.with(engine) { office in
            let draft = try await office.drafts.start(at: Office.code, Office.idea, by: office.writer, at: Office.start)
                .draft
            _ = try await office.drafts.save(
                draft, [.shortName: "ANTAR"], basedOn: 1, by: office.admin, at: Office.minute(1))
            for validator in [office.validator, office.second] {
                try await office.remove(validator, at: Office.minute(1))
            }
            try await office.reviews.submit(draft, by: office.writer, at: Office.minute(2))
            #expect(
                try await office.told("draft:\(draft):submitted:1")
                    == [office.leader, office.hub].compactMap(\.account))
            await #expect(throws: DraftRefusal.wroteIt) {
                try await office.reviews.validate(draft, round: 1, by: office.admin, at: Office.minute(3))
            }
            let hub = try await office.person(office.hub)
            #expect(try await office.reviews.queue(for: hub, at: Office.minute(3)).lines.map(\.draft.id) == [draft])
            let done = try await office.reviews.validate(draft, round: 1, by: office.hub, at: Office.minute(4))
            #expect(done.capacity == .instead(.hub))
            let shown = try await Innovations(office.database).show(done.innovation)
            #expect(shown.validity.validation?.instead == .hub)
        }
    }

    @Test(arguments: Engine.tested)
    func `a leader waits while the office has a validator, and does not see the draft in the queue`(engine: Engine)
        async throws
    {
        try await Office.with(engine) { office in
            let draft = try await office.submitted()
            let leader = try await office.person(office.leader)
            #expect(try await office.reviews.queue(for: leader, at: Office.minute(2)).total == 0)
            await #expect(throws: DraftRefusal.hasReviewer) {
                try await office.reviews.validate(draft, round: 1, by: office.leader, at: Office.minute(2))
            }
            // A validator who was not confirmed for over a year holds the right no longer.
            let later = Office.start.adding(days: 400)
            try await office.database.write(at: later) { db in
                try db.execute(
                    "UPDATE role_grant SET certified_at = \(later) WHERE account = \(office.leader.account ?? 0)")
            }
            #expect(try await office.reviews.queue(for: leader, at: later).lines.map(\.draft.id) == [draft])
            let done = try await office.reviews.validate(draft, round: 1, by: office.leader, at: later)
            #expect(done.capacity == .instead(.leader))
        }
    }

    @Test(arguments: Engine.tested)
    func `when an institution was merged its successor's people validate, and the record keeps its institution`(
        engine: Engine
    ) async throws {
        try await Office.with(engine) { office in
            let draft = try await office.submitted()
            let heir = try await office.database.write(at: Office.start) { db in
                try db.insert(
                    "institution_succession", ["institution", "successor", "year", "source"],
                    [[Office.code.sqlValue, "R99.03".sqlValue, 2026.sqlValue, "contoh".sqlValue]])
                try db.execute("UPDATE institution SET name = 'Kabupaten Contoh (lama)' WHERE code = \(Office.code)")
                return try Office.account(Grant(.validator, institution: "R99.03"), db)
            }
            let person = try await office.person(heir)
            #expect(try await office.reviews.queue(for: person, at: Office.minute(2)).lines.map(\.draft.id) == [draft])
            #expect(
                try await office.drafts.list(at: "R99.03", for: person, at: Office.minute(2)).lines.map(\.id) == [draft]
            )
            let done = try await office.reviews.validate(draft, round: 1, by: heir, at: Office.minute(3))
            let shown = try await Innovations(office.database).show(done.innovation)
            #expect(shown.innovation.institution == Office.code)
            #expect(shown.validity.validation?.by == heir.office)
        }
    }

    @Test(arguments: Engine.tested)
    func `a submission can be taken back, changed and handed in again`(engine: Engine) async throws {
        try await Office.with(engine) { office in
            let draft = try await office.submitted()
            await #expect(throws: DraftRefusal.notYours) {
                try await office.reviews.withdraw(draft, by: office.validator, at: Office.minute(2))
            }
            try await office.reviews.withdraw(draft, by: office.writer, at: Office.minute(2))
            #expect(try await office.open(draft).state == .draft)
            await #expect(throws: DraftRefusal.state(.draft)) {
                try await office.reviews.validate(draft, round: 1, by: office.validator, at: Office.minute(3))
            }
            #expect(try await office.reviews.submit(draft, by: office.writer, at: Office.minute(4)) == 2)
            let sheet = try await office.reviews.sheet(
                draft, for: try await office.person(office.validator), at: Office.minute(5))
            #expect(sheet.differences.against == .nothing)
        }
    }

    @Test(arguments: Engine.tested)
    func `the queue holds the longest waiting first, in pages, with the same number of statements for 1 and 40`(
        engine: Engine
    ) async throws {
        try await Office.with(engine) { office in
            let validator = try await office.person(office.validator)
            var drafts = [try await office.submitted()]
            let before = office.database.statements
            #expect(try await office.reviews.queue(for: validator, at: Office.start).total == 1)
            let statements = office.database.statements - before
            for n in 2...40 {
                let draft = try await office.drafts.start(
                    at: Office.code, Office.idea, by: office.writer, at: Office.start
                ).draft
                try await office.reviews.submit(draft, by: office.writer, at: Office.minute(n))
                drafts.append(draft)
            }
            let again = office.database.statements
            var page = try await office.reviews.queue(for: validator, limit: 15, at: Office.start)
            #expect(office.database.statements - again == statements)
            #expect(page.total == 40)
            var seen = page.lines.map(\.draft.id)
            while let next = page.next {
                page = try await office.reviews.queue(for: validator, after: next, limit: 15, at: Office.start)
                seen += page.lines.map(\.draft.id)
            }
            #expect(seen == drafts)
            #expect(page.lines.filter(\.wrote) == [])
            #expect(
                try await office.reviews.queue(for: try await office.person(office.stranger), at: Office.start).total
                    == 0)
        }
    }
}

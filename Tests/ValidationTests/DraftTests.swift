import Directory
import Institutions
import Kernel
import People
import Testing

@testable import Validation

@Suite struct DraftTests {
    private func person(_ account: Int, _ grants: Grant...) -> Person {
        Person(
            account: account, session: 0, name: "", office: "", email: "", language: .indonesian, grants: grants,
            formToken: "")
    }

    private func draft(
        _ state: Draft.State, round: Int = 0, unit: Int? = 1, writers: Set<Int> = [1], offices: [String] = ["R99.01"]
    ) -> Draft {
        Draft(
            id: 7, institution: "R99.01", unit: unit, unitName: nil, innovation: nil, baseRevision: nil, state: state,
            content: Innovation(), version: 1, round: round, createdAt: Office.start, updatedAt: Office.start,
            submittedAt: nil, decidedAt: nil, writers: writers, offices: offices)
    }

    @Test func `a unit's people edit their unit's drafts, an admin all of the agency's, others do not learn of them`() {
        let own = draft(.draft)
        #expect(own.mayEdit(person(1, Grant(.unit, institution: "R99.01", unit: 1))) == nil)
        #expect(own.mayEdit(person(2, Grant(.agencyAdmin, institution: "R99.01"))) == nil)
        #expect(own.mayEdit(person(3, Grant(.unit, institution: "R99.01", unit: 2))) == .missing(7))
        #expect(own.mayEdit(person(4, Grant(.agencyAdmin, institution: "R99.02"))) == .missing(7))
        #expect(own.mayEdit(person(5, Grant(.validator, institution: "R99.01"))) == .notYours)
        #expect(own.mayEdit(person(6, Grant(.auditor))) == .notYours)
        #expect(
            draft(.draft, unit: nil).mayEdit(person(1, Grant(.unit, institution: "R99.01", unit: 1))) == .missing(7))
    }

    @Test func `what is submitted, published or abandoned cannot be edited`() {
        let writer = person(1, Grant(.unit, institution: "R99.01", unit: 1))
        #expect(draft(.submitted, round: 1).mayEdit(writer) == .state(.submitted))
        #expect(draft(.published, round: 1).mayEdit(writer) == .state(.published))
        #expect(draft(.abandoned).maySubmit(writer) == .state(.abandoned))
        #expect(draft(.returned, round: 1).mayEdit(writer) == nil)
        #expect(draft(.submitted, round: 1).mayWithdraw(writer) == nil)
        #expect(draft(.draft).mayWithdraw(writer) == .state(.draft))
    }

    @Test func `a leader and the Hub see a draft only once it was handed in`() {
        let hub = person(8, Grant(.hubManager, institution: "P99"))
        #expect(draft(.draft).mayRead(hub) == .missing(7))
        #expect(draft(.submitted, round: 1).mayRead(hub) == nil)
        #expect(draft(.submitted, round: 1).mayRead(person(9, Grant(.hubManager, institution: "P98"))) == .missing(7))
    }

    @Test func `nobody validates what they wrote`() {
        let submitted = draft(.submitted, round: 1, writers: [1, 2])
        let admin = person(2, Grant(.agencyAdmin, institution: "R99.01"))
        #expect(submitted.mayValidate(admin, reviewers: 0) == .failure(.wroteIt))
        let leaderWhoWrote = person(1, Grant(.leader, institution: "R99.01"))
        #expect(submitted.mayValidate(leaderWhoWrote, reviewers: 0) == .failure(.wroteIt))
        let other = person(3, Grant(.agencyAdmin, institution: "R99.01"))
        #expect(submitted.mayValidate(other, reviewers: 1) == .success(.validator))
    }

    @Test func `a leader or the Hub validates only where the office has nobody else who can`() {
        let submitted = draft(.submitted, round: 1)
        let leader = person(3, Grant(.leader, institution: "R99.01"))
        let hub = person(4, Grant(.hubManager, institution: "P99"))
        #expect(submitted.mayValidate(leader, reviewers: 1) == .failure(.hasReviewer))
        #expect(submitted.mayValidate(leader, reviewers: 0) == .success(.instead(.leader)))
        #expect(submitted.mayValidate(hub, reviewers: 0) == .success(.instead(.hub)))
        #expect(draft(.returned, round: 1).mayValidate(hub, reviewers: 0) == .failure(.state(.returned)))
    }

    @Test func `the people of an institution that took another's place act on its drafts`() {
        let inherited = draft(.submitted, round: 1, offices: ["R99.01", "R99.03"])
        let validator = person(5, Grant(.validator, institution: "R99.03"))
        #expect(inherited.mayValidate(validator, reviewers: 1) == .success(.validator))
        #expect(draft(.submitted, round: 1).mayValidate(validator, reviewers: 1) == .failure(.missing(7)))
    }

    @Test func `succession is followed step by step, up to the year and never in a circle`() {
        let steps = [("A", "B", 2020 as Int?), ("B", "C", 2024), ("C", "D", 2030), ("C", "A", nil)]
        let now = Successors(steps.map { (institution: $0.0, successor: $0.1, year: $0.2) }, until: 2026)
        #expect(now.offices(of: "A") == ["A", "B", "C"])
        #expect(now.predecessors(of: "C") == ["C", "B", "A"])
        let then = Successors(steps.map { (institution: $0.0, successor: $0.1, year: $0.2) }, until: 2021)
        #expect(then.offices(of: "B") == ["B"])
    }

    @Test func `fields take what people type and refuse what cannot be read`() {
        var record = Innovation()
        #expect(record.set(.title, to: "  Antar\n Dokumen ") == nil)
        #expect(record.title == "Antar Dokumen")
        #expect(record.set(.summary, to: "satu\r\ndua\n") == nil)
        #expect(record.texts[.summary] == "satu\ndua")
        #expect(record.set(.sdgs, to: "17, 3;3") == nil)
        #expect(record.sdgs == [3, 17])
        #expect(record.set(.continuityOn, to: "21/11/2026") == nil)
        #expect(record.continuityOn?.iso == "2026-11-21")
        #expect(record.set(.digital, to: "false") == nil)
        #expect(record.digital == false)
        let before = record
        for (field, typed) in [
            (Innovation.Field.yearOfStart, "24"), (.yearOfStart, "dua ribu"), (.yearOfIdea, "１２３４"),
            (.stage, "selesai"), (.digital, "mungkin"), (.sdgs, "18"), (.continuityOn, "31-02-2026"),
            (.summary, "a\0b"), (.summary, String(repeating: "a", count: 20_001)), (.nri, "123456"),
            (.institution, "P33"), (.awards, "Top 99"),
        ] {
            #expect(record.set(field, to: typed)?.field == field.rawValue, "\(field) \(typed.prefix(20))")
        }
        #expect(record == before)
        #expect(record.set(.summary, to: "  ") == nil)
        #expect(record[.summary] == nil)
    }

    @Test func `every field that is written can be set and copied on its own`() {
        let values: [Innovation.Field: String] = [
            .stage: "trial", .form: "service", .digital: "true", .sdgs: "4", .continuity: "continuing",
            .continuityOn: "2026-01-02", .yearOfIdea: "2020", .yearOfTrial: "2021", .yearOfStart: "2022",
        ]
        for field in Innovation.Field.written {
            var record = Innovation()
            #expect(record.set(field, to: values[field] ?? "isi") == nil)
            #expect(record.known == (field == .title ? [.title] : [.title, field]))
            var copy = Innovation()
            copy.take(field, from: record)
            #expect(copy == record)
        }
    }

    @Test func `a term ends at midnight after the same day, a year later unless the kind has its own`() {
        var record = Innovation()
        let term = Term(months: 12, byForm: [.citizen: 6])
        #expect(term.end(for: record, from: Office.start) == Instant(startOf: Day(2027, 11, 23) ?? Office.start.day()))
        record.form = .citizen
        #expect(term.end(for: record, from: Office.start) == Instant(startOf: Day(2027, 5, 23) ?? Office.start.day()))
    }
}

import Kernel
import Testing

@testable import Directory

@Suite struct SurvivorshipTests {
    private func statement(
        _ id: Int, trust: Int = 100, own: Bool = false, at: Int64 = 0, fields: Set<Innovation.Field>? = nil,
        _ set: (inout Innovation) -> Void
    ) -> Statement {
        var innovation = Innovation()
        innovation.title = "Judul \(id)"
        set(&innovation)
        return Statement(
            id: id, member: id, sourceID: id, source: own ? "Simpul" : "sumber \(id)", trust: trust, own: own,
            externalID: "\(id)", firstSeenAt: Instant(milliseconds: 0), changedAt: Instant(milliseconds: at),
            innovation: innovation, fields: fields)
    }

    private func record(_ statements: Statement...) -> (innovation: Innovation, origin: Origin) {
        let forwards = Survivorship.record(of: statements)
        let backwards = Survivorship.record(of: statements.reversed())
        #expect(forwards.innovation == backwards.innovation)
        #expect(forwards.origin == backwards.origin)
        return forwards
    }

    @Test func `one statement is the record, as it is`() {
        let only = statement(1) {
            $0.notes = ["a", "a"]
            $0.sdgs = [3]
        }
        #expect(record(only).innovation == only.innovation)
        #expect(record(only).origin == Origin(only.innovation, from: 1))
    }

    @Test func `the source that is believed more is shown, field by field`() {
        let made = record(
            statement(1, trust: 50) { $0.unit = "A" },
            statement(2, trust: 10) { $0.category = "kesehatan" })
        #expect(made.innovation.title == "Judul 2")
        #expect(made.innovation.unit == "A")
        #expect(made.innovation.category == "kesehatan")
        #expect(made.origin.source(of: .title) == 2)
        #expect(made.origin.source(of: .unit) == 1)
    }

    @Test func `of sources believed alike the newer is shown, then the one that came first`() {
        #expect(record(statement(1, at: 1) { _ in }, statement(2, at: 2) { _ in }).innovation.title == "Judul 2")
        #expect(record(statement(1, at: 2) { _ in }, statement(2, at: 2) { _ in }).innovation.title == "Judul 1")
    }

    @Test func `what an institution validated goes before every source, the latest of it first`() {
        let made = record(
            statement(1, trust: 1, at: 9) { $0.unit = "LAN" },
            statement(2, own: true, at: 5, fields: [.unit]) { $0.unit = "lama" },
            statement(3, own: true, at: 4, fields: [.unit]) { $0.unit = "baru" })
        #expect(made.innovation.unit == "baru")
        #expect(made.innovation.title == "Judul 1")
    }

    @Test func `what an institution emptied stays empty`() {
        let made = record(
            statement(1) { $0.unit = "LAN" },
            statement(2, own: true, fields: [.unit]) { $0.unit = nil })
        #expect(made.innovation.unit == nil)
        #expect(made.origin.source(of: .unit) == 2)
    }

    @Test func `an institution that the register knows goes before one that it does not`() {
        let made = record(
            statement(1, trust: 1) { $0.institutionAsGiven = "Dinas Anu" },
            statement(2, trust: 9) {
                $0.institution = "R33.72"
                $0.institutionAsGiven = "Kota Surakarta"
            })
        #expect(made.innovation.institution == "R33.72")
        #expect(made.innovation.institutionAsGiven == "Kota Surakarta")
        #expect(made.origin.source(of: .institution) == 2)
    }

    @Test func `lists are united without doubles, each told by whom`() {
        let kipp = Innovation.Award(programme: "KIPP", year: 2019, rank: "Top 99")
        let iga = Innovation.Award(programme: "IGA", year: 2020)
        let made = record(
            statement(1, trust: 1) {
                $0.awards = [kipp]
                $0.sdgs = [16]
                $0.notes = ["Catatan"]
            },
            statement(2, trust: 2) {
                $0.awards = [Innovation.Award(programme: "kipp", year: 2019, rank: "TOP 99"), iga]
                $0.sdgs = [3]
                $0.notes = ["catatan"]
            })
        #expect(made.innovation.awards == [kipp, iga])
        #expect(made.innovation.sdgs == [3, 16])
        #expect(made.innovation.notes == ["Catatan"])
        #expect(made.origin.sources(of: .awards) == [1, 2])
        #expect(made.origin.sources(of: .notes) == [1])
    }

    @Test func `a list that the institution itself gave is not added to`() {
        let made = record(
            statement(1) { $0.notes = ["dari sumber"] },
            statement(2, own: true, fields: [.notes]) { $0.notes = ["dari instansi"] })
        #expect(made.innovation.notes == ["dari instansi"])
    }

    @Test func `a difference is what a source says anew against what the institution holds`() {
        let own = statement(2, own: true, fields: [.unit, .affair, .notes]) {
            $0.unit = "Dinas Kesehatan"
            $0.notes = ["satu", "dua"]
        }
        let before = statement(1) {
            $0.unit = "Puskesmas"
            $0.category = "kesehatan"
        }
        let after = statement(1) {
            $0.unit = "RSUD"
            $0.category = "lingkungan"
            $0.affair = "kesehatan"
            $0.notes = ["Dua"]
        }
        #expect(
            Innovations.Difference.found(after, since: before, against: [before, own]) == [
                Innovations.Difference(record: 1, field: .unit, ours: "Dinas Kesehatan", theirs: "RSUD"),
                Innovations.Difference(record: 1, field: .affair, ours: nil, theirs: "kesehatan"),
            ])
        #expect(Innovations.Difference.found(before, since: before, against: [before, own]) == [])
        let spelled = statement(1) { $0.unit = "DINAS  KESEHATAN" }
        #expect(Innovations.Difference.found(spelled, since: before, against: [own]) == [])
    }
}

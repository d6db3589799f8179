import Database
import Directory
import Foundation
import Kernel
import Logging
import People
import Support
import Testing

@testable import Competition

@Suite struct AwardTests {
    static let out = Season.noon("2027-09-01")

    private func frozen(_ season: Season, _ keys: SigningKeys) async throws -> (sitting: Int, awards: Awards) {
        let sitting = try await season.judged()
        try await Results(season.database, keys: keys).freeze(
            Season.code, reason: nil, by: try season.actor("sekretariat"), at: ResultTests.freezing)
        return (sitting, Awards(season.database, keys: keys))
    }

    private func records(_ season: Season) -> AwardRecords {
        AwardRecords(season.database, publicURL: "https://simpul.example", logger: Logger(label: "uji"))
    }

    @Test(arguments: Engine.tested)
    func `awards need a result and a decree, stay unseen until announced, and enter the records then`(engine: Engine)
        async throws
    {
        try await Season.with(engine) { season in
            try await season.withKeys { keys in
                let office = try season.actor("sekretariat")
                let early = Awards(season.database, keys: keys)
                await #expect(throws: ResultRefusal.none(Season.code)) {
                    try await early.issue(Season.code, by: office, at: ResultTests.freezing)
                }
                let (sitting, awards) = try await frozen(season, keys)
                await #expect(throws: AwardRefusal.noDecree) {
                    try await awards.issue(Season.code, by: office, at: ResultTests.freezing)
                }
                try await season.announce(.awards, sitting: sitting, publishAt: Self.out)
                let issuing = Season.noon("2027-08-31")
                await #expect(throws: DeskRefusal.notYours(.manageEditions)) {
                    try await awards.issue(Season.code, by: try season.actor("admin1"), at: issuing)
                }
                let serials = try await awards.issue(Season.code, by: office, at: issuing)
                #expect(serials == [1, 2].map { AwardStatement.serial(edition: Season.code, number: $0) })
                await #expect(throws: AwardRefusal.nothingToIssue) {
                    try await awards.issue(Season.code, by: office, at: issuing)
                }

                let before = Instant(milliseconds: Self.out.milliseconds - 1)
                await #expect(throws: AwardRefusal.unknown(serials[0])) {
                    try await awards.show(serials[0], at: before)
                }
                #expect(try await awards.awards(of: 1, at: before) == [])
                #expect(try await records(season).writeDue(at: before) == [])
                #expect(try await Innovations(season.database).show(1).revision == 1)

                let shown = try await awards.show(serials[0], at: Self.out)
                #expect(shown.award.statement.innovation.title == "Layanan 1")
                #expect(shown.award.statement.decree == .init(number: "7 Tahun 2027", on: "2027-08-30"))
                #expect(
                    shown.award.file.verdict(keys: try await keys.all().map(\.key)) == .signed(shown.award.statement))
                #expect(try await records(season).writeDue(at: Self.out) == serials)
                #expect(try await records(season).writeDue(at: Self.out) == [])
                let record = try await Innovations(season.database).show(1)
                #expect(
                    record.innovation.awards == [
                        Innovation.Award(
                            programme: "KIPP", year: 2027, rank: "Inovasi Terpuji", decree: "7 Tahun 2027")
                    ])
                #expect(record.innovation.title == "Layanan 1")
                #expect(record.sources.map(\.source) == ["uji", "Kompetisi"])
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `an award follows a merge and its undoing, and revoking it takes it out of the record`(engine: Engine)
        async throws
    {
        try await Season.with(engine) { season in
            try await season.withKeys { keys in
                let office = try season.actor("sekretariat")
                let (sitting, awards) = try await frozen(season, keys)
                try await season.announce(.awards, sitting: sitting, publishAt: Self.out)
                let serials = try await awards.issue(Season.code, by: office, at: Self.out)
                try await records(season).writeDue(at: Self.out)
                let innovations = Innovations(season.database)
                // The awarded record joins another one: the award is read there, and its certificate too.
                let merge = try await season.database.write { db in
                    try Innovations.merge(1, into: 4, by: Actor(name: "uji"), reason: "sama", db)
                }
                #expect(try await innovations.show(4).innovation.awards.map(\.rank) == ["Inovasi Terpuji"])
                #expect(try await awards.awards(of: 4, at: Self.out).map(\.serial) == [serials[0]])
                try await season.database.write { db in
                    try Innovations.undo(merge: merge, by: Actor(name: "uji"), reason: "keliru", db)
                }
                #expect(try await innovations.show(4).innovation.awards == [])
                #expect(try await innovations.show(1).innovation.awards.count == 1)

                await #expect(throws: AwardRefusal.noReason) {
                    try await awards.revoke(serials[0], in: Season.code, reason: " ", by: office, at: Self.out)
                }
                await #expect(throws: AwardRefusal.unknown("X")) {
                    try await awards.revoke("X", in: Season.code, reason: "x", by: office, at: Self.out)
                }
                try await awards.revoke(serials[0], in: Season.code, reason: "Salah orang", by: office, at: Self.out)
                #expect(try await innovations.show(1).innovation.awards == [])
                #expect(try await records(season).writeDue(at: Self.out) == [])
                #expect(try await awards.awards(of: 1, at: Self.out) == [])
                let shown = try await awards.show(serials[0], at: Self.out)
                #expect(shown.award.revocation == "Salah orang")
                #expect(shown.successor == nil)
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `a published result found wrong becomes a new version, with the award revoked and issued to the right one`(
        engine: Engine
    ) async throws {
        try await Season.with(engine) { season in
            try await season.withKeys { keys in
                let office = try season.actor("sekretariat")
                let (sitting, awards) = try await frozen(season, keys)
                let funnels = Funnels(season.database)
                #expect(try await funnels.show(Season.code, at: Self.out).funnel.stages == [.registered, .submitted])
                try await season.announce(.awards, sitting: sitting, publishAt: Self.out)
                let first = try await awards.issue(Season.code, by: office, at: Self.out)
                try await records(season).writeDue(at: Self.out)
                #expect(try await funnels.show(Season.code, at: Self.out).results.map(\.number) == [1])

                // Another sitting corrects: proposal 2 was not meant, proposal 3 was.
                let later = Season.noon("2027-09-05"), published = Season.noon("2027-09-08")
                let corrected = try await season.sit(.awards, chosen: [2: nil, 3: "terpuji"], at: later)
                await #expect(throws: AwardRefusal.outdated(1)) {
                    try await awards.issue(Season.code, by: office, at: later)
                }
                try await Results(season.database, keys: keys).freeze(
                    Season.code, reason: "Nomor tertukar", by: office, at: later)
                try await season.announce(.awards, sitting: corrected, publishAt: published)
                let desk = try await awards.desk(of: Season.code, for: try season.person("sekretariat"), at: later)
                #expect(desk.stray == [first[1]])
                #expect(desk.due == 1)
                try await awards.revoke(first[1], in: Season.code, reason: "Nomor tertukar", by: office, at: later)
                let second = try await awards.issue(Season.code, by: office, at: later)
                #expect(second == [AwardStatement.serial(edition: Season.code, number: 3)])

                // Before the correction is published nothing tells of it but the revocation itself.
                await #expect(throws: AwardRefusal.unknown(second[0])) {
                    try await awards.show(second[0], at: later)
                }
                #expect(try await funnels.show(Season.code, at: later).results.map(\.number) == [1])
                #expect(try await records(season).writeDue(at: later) == [])
                let sheet = try await funnels.show(Season.code, at: published)
                #expect(sheet.results.map(\.reason) == [nil, "Nomor tertukar"])
                #expect(sheet.funnel.count(.awarded) == 2)
                #expect(try await awards.show(second[0], at: published).award.statement.result.version == 2)
                #expect(try await records(season).writeDue(at: published) == second)
                #expect(try await Innovations(season.database).show(3).innovation.awards.count == 1)
                #expect(try await Innovations(season.database).show(2).innovation.awards == [])
            }
        }
    }

    @Test func `the programme is named as the directory names it`() {
        func programme(_ name: String) -> String {
            var edition = Edition()
            edition.name = Phrase(name, name)
            edition.year = 2027
            return Award.programme(edition)
        }
        #expect(programme("Kompetisi Inovasi Pelayanan Publik 2027") == "KIPP")
        #expect(programme("Kompetisi Inovasi Pelayanan Publik Jawa Tengah 2027") == "KIPP Jawa Tengah")
        #expect(programme("Lomba Inovasi Daerah 2027") == "Lomba Inovasi Daerah")
    }
}

import Database
import Support
import Testing

@testable import Competition

@Suite struct SeasonTests {
    @Test(arguments: Engine.tested)
    func `the edition of the tests contradicts nothing and its people hold their seats`(engine: Engine) async throws {
        try await Season.with(engine) { season in
            let stored = try await season.stored()
            #expect(EditionCheck(stored.tables).problems == [])
            #expect(stored.state == .open)
            #expect(stored.edition.shows(.scores, to: .proposer, at: Season.noon("2027-09-02")))
            #expect(!stored.edition.shows(.scores, to: .proposer, at: Season.noon("2027-08-30")))
            #expect(!stored.edition.shows(.chances, to: .evaluator, at: Season.noon("2027-09-02")))
            let seats = try await season.database.read { db in
                try (Evaluators.active(.evaluator, in: stored.id, db), Evaluators.active(.panelist, in: stored.id, db))
            }
            #expect(seats.0.map(\.name) == ["penilai1", "penilai2", "penilai3", "penilai4"])
            #expect(seats.1.map(\.name) == ["panelis1", "panelis2"])
            try await season.finished(1, by: 1, score: 80)
        }
    }
}

import Database
import Directory
import Institutions
import Kernel
import People
import Support
import Testing

@testable import Intake

/// Who decides on which pair, what follows, and taking it back.
struct PairDecisionTests {
    private let now = ReviewDesk.now

    @Test(arguments: Engine.tested) func `a waiting record that is the same joins by one person's word`(
        engine: Engine
    ) async throws {
        try await ReviewDesk.with(engine) { desk in
            let outcome = try await desk.decide(1, .same)
            #expect(outcome == Pairs.Outcome(pair: 1, state: .same, next: 2))
            #expect(try await desk.standing(5) == ["withdrawn", "merged", "1"])
            #expect(try await desk.outcomes() == ["merged", "review"])
            // What it waited for besides is now a question about the record it joined.
            let moved = try await desk.pairs.show(2)
            #expect([moved.left.name.id, moved.right.name.id] == [1, 2])
            #expect(!moved.isWaiting)
            let shown = try await Innovations(desk.database).show(1)
            #expect(shown.innovation.texts[.summary] == "Obat diantar petugas.")
        }
    }

    @Test(arguments: Engine.tested) func `a record enters the directory when no pair of it is open any more`(
        engine: Engine
    ) async throws {
        try await ReviewDesk.with(engine) { desk in
            try await desk.decide(1, .different)
            #expect(try await desk.standing(5) == ["withdrawn", "waiting", "5"])
            #expect(try await desk.outcomes() == ["review", "review"])
            try await desk.decide(2, .related)
            #expect(try await desk.standing(5) == ["published", "-", "5"])
            #expect(try await desk.outcomes() == ["created", "review"])
            let related = try await desk.database.read { db in
                try db.rows("SELECT innovation, other FROM relation").map(\.values)
            }
            #expect(related == [[.integer(2), .integer(5)]])
            try await desk.decide(3, .different)
            #expect(try await desk.outcomes() == ["created", "created"])
        }
    }

    @Test(arguments: Engine.tested) func `two published records join only when a second person agrees`(
        engine: Engine
    ) async throws {
        try await ReviewDesk.with(engine) { desk in
            let id = try await desk.pairs.propose(1, 2, reason: "Satu program", by: try desk.actor("sari"), at: now)
            #expect(try await desk.pairs.show(id).state == .proposed)
            await #expect(throws: PairRefusal.needsAnother) { try await desk.decide(id, .same) }
            #expect(try await desk.standing(2) == ["published", "-", "2"])
            let outcome = try await desk.decide(id, .same, by: "budi")
            #expect(outcome.state == .same)
            #expect(try await desk.standing(2) == ["withdrawn", "merged", "1"])
            let acts = try await desk.database.read { db in
                try db.rows("SELECT act, account FROM audit WHERE kind = 'pair' ORDER BY id").map(\.values)
            }
            #expect(
                acts == [[.text("propose-merge"), .integer(1)], [.text("decide-pair"), .integer(2)]])
            // That they differ one person may say, also against a proposal, also their own.
            let other = try await desk.pairs.propose(1, 3, by: try desk.actor("sari"), at: now)
            try await desk.decide(other, .different)
            #expect(try await desk.standing(3) == ["published", "-", "3"])
        }
    }

    @Test(arguments: Engine.tested) func `of two who decide at once one wins and the other is told`(
        engine: Engine
    ) async throws {
        try await ReviewDesk.with(engine) { desk in
            let seen = Pairs.Seen(.open, 6, 3)
            let results = await withTaskGroup(of: Result<Pairs.Outcome, any Error>.self) { group in
                for name in ["sari", "budi"] {
                    group.addTask {
                        do {
                            return .success(
                                try await desk.pairs.decide(
                                    3, name == "sari" ? .same : .different, seen: seen, by: try desk.actor(name),
                                    at: ReviewDesk.now))
                        } catch { return .failure(error) }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(results.count { (try? $0.get()) != nil } == 1)
            let told = results.compactMap { result -> PairRefusal? in
                if case .failure(let error) = result { error as? PairRefusal } else { nil }
            }
            let state = try await desk.pairs.show(3).state
            let winner = state == .same ? "Kantor sari" : "Kantor budi"
            #expect(told == [.decided(state, by: winner, on: now.day())])
        }
    }

    @Test(arguments: Engine.tested) func `a proposal made since the page was opened is told, not taken for agreement`(
        engine: Engine
    ) async throws {
        try await ReviewDesk.with(engine) { desk in
            let id = try await desk.database.write(at: now) { db in
                try Pairs.add(1, 2, probability: 0.6, weight: 0.6, steps: [], db)
            }
            try await desk.decide(id, .same)
            await #expect(throws: PairRefusal.changed) {
                _ = try await desk.pairs.decide(
                    id, .same, seen: Pairs.Seen(.open, 1, 2), by: try desk.actor("budi"), at: now)
            }
            #expect(try await desk.standing(2) == ["published", "-", "2"])
        }
    }

    @Test(arguments: Engine.tested, Pair.Decision.allCases)
    func `a decision taken back leaves everything as it was`(engine: Engine, decision: Pair.Decision) async throws {
        try await ReviewDesk.with(engine) { desk in
            try await desk.decide(1, .related, at: now.adding(days: -2))
            let before = try await desk.world()
            try await desk.decide(2, decision, at: now.adding(days: -1))
            #expect(try await desk.world() != before)
            try await desk.pairs.takeBack(2, by: try desk.actor("sari"), at: now)
            #expect(try await desk.world() == before)
            await #expect(throws: PairRefusal.notDecided) {
                try await desk.pairs.takeBack(2, by: try desk.actor("sari"), at: now)
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `an agreement taken back is a proposal again, and each takes back only their own`(engine: Engine) async throws
    {
        try await ReviewDesk.with(engine) { desk in
            let id = try await desk.pairs.propose(1, 2, by: try desk.actor("sari"), at: now)
            let before = try await desk.world()
            try await desk.decide(id, .same, by: "budi")
            await #expect(throws: PairRefusal.decidedByAnother) {
                try await desk.pairs.takeBack(id, by: try desk.actor("sari"), at: now)
            }
            try await desk.pairs.takeBack(id, by: try desk.actor("budi"), at: now)
            let after = try await desk.world()
            #expect(after.count == before.count)
            #expect(try await desk.pairs.show(id).state == .proposed)
            #expect(try await desk.standing(2) == ["published", "-", "2"])
            try await desk.pairs.takeBack(id, by: try desk.actor("sari"), at: now)
            #expect(try await desk.pairs.show(id).state == .open)
        }
    }

    @Test(arguments: Engine.tested)
    func `what a decision let in and others worked on since stays`(engine: Engine) async throws {
        try await ReviewDesk.with(engine) { desk in
            try await desk.decide(3, .different, at: now.adding(days: -2))
            try await desk.database.write(at: now.adding(days: -1)) { db in
                _ = try Innovations.publish(
                    ReviewDesk.record("Kartu Ibu Sehat, diperluas"), as: 6, reason: "Diperbaiki",
                    by: Actor(name: "account:3", office: "Kantor admin", account: 3), db)
            }
            await #expect(throws: PairRefusal.workedOn(6)) {
                try await desk.pairs.takeBack(3, by: try desk.actor("sari"), at: now)
            }
            #expect(try await desk.standing(6) == ["published", "-", "6"])
            #expect(try await desk.pairs.show(3).state == .different)
        }
    }

    @Test(arguments: Engine.tested)
    func `a pair whose records joined elsewhere says so and leaves the queue`(engine: Engine) async throws {
        try await ReviewDesk.with(engine) { desk in
            try await desk.database.write(at: now) { db in
                _ = try Innovations.merge(
                    5, into: 1, by: Actor(name: "import:uji"), reason: "Kiriman", db)
            }
            #expect(try await desk.pairs.list(.open).lines.map(\.id) == [2, 3])
            #expect(try await desk.pairs.show(1).standing == .joined(1))
            await #expect(throws: PairRefusal.joined(1)) {
                _ = try await desk.pairs.decide(
                    1, .same, seen: Pairs.Seen(.open, 5, 1), by: try desk.actor("sari"), at: now)
            }
            // The other moved to the record that took it in; deciding there needs what it is now.
            await #expect(throws: PairRefusal.changed) {
                _ = try await desk.pairs.decide(
                    2, .same, seen: Pairs.Seen(.open, 5, 2), by: try desk.actor("sari"), at: now)
            }
            let outcome = try await desk.decide(2, .same)
            #expect(outcome.state == .proposed)
            #expect(try await desk.pairs.show(outcome.pair).left.name.id == 1)
            #expect(try await desk.pairs.list(.open).lines.map(\.id) == [3])
            // What waits is not held back for ever by a record that was withdrawn.
            try await Innovations(desk.database).withdraw(3, reason: "Keliru", by: .system, at: now)
            #expect(try await desk.pairs.show(3).standing == .withdrawn(3))
            await #expect(throws: PairRefusal.withdrawn(3)) { try await desk.decide(3, .same) }
            #expect(try await desk.pairs.list(.open).lines.map(\.id) == [3])
            try await desk.decide(3, .different)
            #expect(try await desk.standing(6) == ["published", "-", "6"])
        }
    }

    @Test(arguments: Engine.tested)
    func `of two rows that both wait the one joins the other, which waits for its own pairs`(
        engine: Engine
    ) async throws {
        try await ReviewDesk.with(engine) { desk in
            let id = try await desk.database.write(at: now) { db in
                try Pairs.add(6, 5, run: 1, line: 2, probability: 0.5, weight: 0, steps: [], db)
            }
            let before = try await desk.world()
            try await desk.decide(id, .same)
            #expect(try await desk.standing(6) == ["withdrawn", "merged", "5"])
            #expect(try await desk.standing(5) == ["withdrawn", "waiting", "5"])
            #expect(try await desk.outcomes() == ["review", "merged"])
            try await desk.pairs.takeBack(id, by: try desk.actor("sari"), at: now)
            #expect(try await desk.world() == before)
        }
    }

    @Test(arguments: Engine.tested)
    func `who may not review decides nothing`(engine: Engine) async throws {
        try await ReviewDesk.with(engine) { desk in
            let before = try await desk.world()
            await #expect(throws: DeskRefusal.notYours(.reviewTwins)) { try await desk.decide(1, .same, by: "admin") }
            await #expect(throws: DeskRefusal.notYours(.reviewTwins)) {
                _ = try await desk.pairs.propose(1, 2, by: try desk.actor("admin"), at: now)
            }
            await #expect(throws: DeskRefusal.notYours(.reviewTwins)) {
                try await Merges(desk.database).undo(1, reason: "x", by: try desk.actor("admin"), at: now)
            }
            #expect(try await desk.world() == before)
        }
    }

    @Test(arguments: Engine.tested)
    func `a proposal names two published records, by old numbers too`(engine: Engine) async throws {
        try await ReviewDesk.with(engine) { desk in
            let sari = try desk.actor("sari")
            await #expect(throws: PairRefusal.sameNumber) { _ = try await desk.pairs.propose(1, 1, by: sari, at: now) }
            await #expect(throws: PairRefusal.notPublished(5)) {
                _ = try await desk.pairs.propose(1, 5, by: sari, at: now)
            }
            await #expect(throws: PairRefusal.notPublished(99)) {
                _ = try await desk.pairs.propose(99, 1, by: sari, at: now)
            }
            try await desk.decide(1, .same)
            await #expect(throws: PairRefusal.joined(1)) { _ = try await desk.pairs.propose(5, 1, by: sari, at: now) }
            let id = try await desk.pairs.propose(5, 3, by: sari, at: now)
            let shown = try await desk.pairs.show(id)
            #expect([shown.left.name.id, shown.right.name.id] == [1, 3])
            #expect(shown.steps.isEmpty)
        }
    }

    @Test(arguments: Engine.tested)
    func `decisions are kept as labels, with the records they name`(engine: Engine) async throws {
        try await ReviewDesk.with(engine) { desk in
            try await desk.decide(1, .same)
            try await desk.decide(3, .related)
            #expect(
                try await desk.pairs.labels() == [
                    Pairs.Label(a: 5, b: 1, isMatch: true), Pairs.Label(a: 6, b: 3, isMatch: false),
                ])
            let seen = Seen()
            try await desk.pairs.labelled(try await Register.load(desk.database)) { seen.rows.append($0) }
            #expect(seen.rows.map { $0[0] } == ["1", "2", "3", "4", "5", "6"])
            #expect(seen.rows[4][1] == "Antar Obat ke Rumah")
            #expect(seen.rows[4].count == Pairs.columns.count)
        }
    }

    private final class Seen: @unchecked Sendable { var rows: [[String]] = [] }
}

import Database
import Directory
import Kernel
import People
import Support
import Testing

@testable import Intake

/// Where a source differs from what an agency wrote.
struct DifferenceTests {
    private let now = ReviewDesk.now

    private func answer(_ id: Int, _ choice: Difference.Choice) -> Differences.Answer {
        Differences.Answer(id, seen: now.adding(days: -4), choice)
    }

    @Test(arguments: Engine.tested)
    func `ours stays until the agency says, theirs becomes its own word with the source named`(
        engine: Engine
    ) async throws {
        try await ReviewDesk.with(engine) { desk in
            try await desk.differ()
            let differences = Differences(desk.database)
            let before = desk.database.statements
            let page = try await differences.list(at: [ReviewDesk.surakarta], now: now)
            #expect(desk.database.statements - before == 3)
            #expect(page.total == 2)
            #expect(page.lines.map(\.field) == [.unit, .title])
            #expect(page.lines.map { $0.ours[$0.field] } == ["Dinas Kesehatan", "Antar Obat Gratis"])
            #expect(page.lines.map { $0.theirs?[$0.field] } == ["RSUD", "Antar Obat Cepat"])
            #expect(page.lines.map(\.source) == ["uji", "uji"])
            let outcome = try await differences.answer(
                [answer(1, .take), answer(2, .keep)], by: try desk.actor("admin"), at: now)
            #expect(outcome == Differences.Outcome(kept: 1, taken: 1))
            let innovations = Innovations(desk.database)
            let shown = try await innovations.show(1)
            #expect(shown.innovation.unit == "RSUD")
            #expect(shown.innovation.title == "Antar Obat Gratis")
            let revision = try #require(try await innovations.revisions(of: 1).first)
            #expect(revision.reason == "Unit diambil dari sumber uji nomor A1")
            #expect(revision.actor == "Kantor admin")
            #expect(try await differences.list(at: [ReviewDesk.surakarta], now: now).total == 0)
            let acts = try await desk.database.read { db in
                try db.rows("SELECT detail FROM audit WHERE act = 'answer-difference' ORDER BY id") {
                    try $0.text("detail")
                }
            }
            #expect(
                acts == [
                    "difference=1\nfield=unit\nsource=uji\nanswer=take",
                    "difference=2\nfield=title\nsource=uji\nanswer=keep",
                ])
        }
    }

    @Test(arguments: Engine.tested)
    func `others' differences are neither listed nor answered, and one wrong answer stops all`(
        engine: Engine
    ) async throws {
        try await ReviewDesk.with(engine) { desk in
            try await desk.differ()
            let differences = Differences(desk.database)
            #expect(try await differences.list(at: [ReviewDesk.cilacap], now: now).total == 0)
            #expect(try await differences.list(at: [], now: now).total == 0)
            for name in ["tetangga", "sari"] {
                let problems = await refused {
                    [answer(1, .take)]
                } by: {
                    try desk.actor(name)
                } in: {
                    differences
                }
                #expect(problems == ["b1"], "\(name)")
            }
            // One that a newer delivery changed since it was shown.
            try await desk.database.write(at: now.adding(days: -1)) { db in
                try db.execute("UPDATE difference SET theirs = 'RS', at = \(db.at) WHERE id = 1")
            }
            let problems = await refused {
                [answer(1, .take), answer(2, .take)]
            } by: {
                try desk.actor("admin")
            } in: {
                differences
            }
            #expect(problems == ["b1"])
            #expect(try await Innovations(desk.database).show(1).innovation.title == "Antar Obat Gratis")
            await #expect(throws: DifferenceRefusal.nothingChosen) {
                _ = try await differences.answer([], by: try desk.actor("admin"), at: now)
            }
            #expect(try await differences.list(at: [ReviewDesk.surakarta], now: now).total == 2)
        }
    }

    @Test(arguments: Engine.tested)
    func `who took an institution's place answers for it`(engine: Engine) async throws {
        try await ReviewDesk.with(engine) { desk in
            try await desk.differ()
            try await desk.database.write(at: now) { db in
                try db.execute(
                    """
                    INSERT INTO institution_succession (institution, successor, year, source)
                    VALUES (\(ReviewDesk.surakarta), \(ReviewDesk.cilacap), 2026, 'uji')
                    """)
            }
            let differences = Differences(desk.database)
            #expect(try await differences.list(at: [ReviewDesk.cilacap], now: now).total == 2)
            _ = try await differences.answer([answer(1, .keep)], by: try desk.actor("tetangga"), at: now)
            #expect(try await differences.list(at: [ReviewDesk.surakarta], now: now).total == 1)
        }
    }

    /// The fields of the problems with which answers are refused.
    private func refused(
        _ answers: () -> [Differences.Answer], by actor: () throws -> Actor, in differences: () -> Differences
    ) async -> [String] {
        do {
            _ = try await differences().answer(answers(), by: try actor(), at: now)
            return ["taken"]
        } catch let refusal as DifferenceRefusal {
            return refusal.problems.map(\.field)
        } catch { return ["\(error)"] }
    }
}

extension ReviewDesk {
    /// Surakarta wrote title and unit of record 1; the source then says others. Two differences, 1 of the unit.
    func differ() async throws {
        try await database.write(at: Self.now.adding(days: -5)) { db in
            var own = Self.record("Antar Obat Gratis")
            own.unit = "Dinas Kesehatan"
            _ = try Innovations.publish(
                own, as: 1, reason: "Divalidasi", by: Actor(name: "account:3", office: "Kantor admin", account: 3), db)
        }
        try await database.write(at: Self.now.adding(days: -4)) { db in
            var said = Self.record("Antar Obat Cepat")
            said.unit = "RSUD"
            let row = SourceRow(externalID: "A1", reference: nil, content: "{\"baru\":\"1\"}", innovation: said)
            let taken = try Innovations.take(
                [(row, .publish)], from: 1, by: Actor(name: "import:uji"), reason: "Kiriman", db)
            for (number, one) in taken[0].differences.sorted(by: { $0.field.rawValue > $1.field.rawValue }).enumerated()
            {
                try db.execute(
                    """
                    INSERT INTO difference (id, innovation, source_record, field, ours, theirs, at)
                    VALUES (\(number + 1), 1, \(one.record), \(one.field), \(one.ours), \(one.theirs), \(db.at))
                    """)
            }
        }
    }
}

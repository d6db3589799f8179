import Database
import Directory
import Kernel
import Support
import Testing

@testable import Intake

/// The merges that were made, and taking any of them back.
struct MergeLedgerTests {
    private let now = ReviewDesk.now

    @Test(arguments: Engine.tested)
    func `a merge by a delivery is taken back with a reason, also after later edits, and kept as a label`(
        engine: Engine
    ) async throws {
        try await ReviewDesk.with(engine) { desk in
            let merges = Merges(desk.database)
            let merge = try await desk.database.write(at: now.adding(days: -3)) { db in
                try Innovations.merge(
                    4, into: 3, probability: 0.97, by: Actor(name: "import:uji"), reason: "Kiriman", db)
            }
            try await desk.database.write(at: now.adding(days: -2)) { db in
                var record = ReviewDesk.record("Kartu Ibu dan Anak")
                record.unit = "Dinas Kesehatan"
                _ = try Innovations.publish(
                    record, as: 3, reason: "Diperbaiki",
                    by: Actor(name: "account:3", office: "Kantor admin", account: 3),
                    db)
            }
            await #expect(throws: MergeRefusal.emptyReason) {
                try await merges.undo(merge, reason: "", by: try desk.actor("sari"), at: now)
            }
            try await merges.undo(merge, reason: "Kabupaten lain", by: try desk.actor("sari"), at: now)
            #expect(try await desk.standing(4) == ["published", "-", "4"])
            let innovations = Innovations(desk.database)
            #expect(try await innovations.show(4).innovation.title == "Jemput Bola")
            #expect(try await innovations.show(3).innovation.title == "Kartu Ibu dan Anak")
            #expect(try await desk.pairs.labels() == [Pairs.Label(a: 4, b: 3, isMatch: false)])
            await #expect(throws: MergeRefusal.undone(by: "Kantor sari", on: now.day())) {
                try await merges.undo(merge, reason: "Lagi", by: try desk.actor("budi"), at: now)
            }
            let acts = try await desk.database.read { db in
                try db.rows("SELECT act, key FROM audit ORDER BY id").map(\.values)
            }
            #expect(acts == [[.text("undo-merge"), .text(String(merge))]])
        }
    }

    @Test(arguments: Engine.tested)
    func `a record that waited and is taken out of a merge enters the directory or waits for its other pairs`(
        engine: Engine
    ) async throws {
        try await ReviewDesk.with(engine) { desk in
            let merges = Merges(desk.database)
            try await desk.decide(3, .same)
            try await desk.decide(1, .same)
            #expect(try await desk.outcomes() == ["merged", "merged"])
            for pair in [3, 1] {
                let merge = try #require(try await desk.pairs.show(pair).merge)
                try await merges.undo(merge, reason: "Bukan", by: try desk.actor("budi"), at: now)
                #expect(try await desk.pairs.show(pair).state == .different)
            }
            #expect(try await desk.standing(6) == ["published", "-", "6"])
            #expect(try await desk.standing(5) == ["withdrawn", "waiting", "5"])
            #expect(try await desk.outcomes() == ["review", "created"])
            #expect(try await desk.pairs.list(.open).lines.map(\.id) == [2])
        }
    }

    @Test(arguments: Engine.tested)
    func `the list tells deliveries from persons and what each number brought`(engine: Engine) async throws {
        try await ReviewDesk.with(engine) { desk in
            let merges = Merges(desk.database)
            try await desk.decide(1, .same)
            let machine = try await desk.database.write(at: now) { db in
                try Innovations.merge(
                    2, into: 1, probability: 0.97, by: Actor(name: "import:uji"), reason: "Kiriman", db)
            }
            let before = desk.database.statements
            let page = try await merges.list(nil)
            #expect(desk.database.statements - before == 3)
            #expect(page.lines.map(\.joined.id) == [2, 5])
            #expect(page.counts == [.machine: 1, .person: 1, .undone: 0])
            #expect(try await merges.list(.machine).lines.map(\.id) == [machine])
            #expect(try await merges.list(.person).lines.map(\.by) == ["Kantor sari"])
            let shown = try await merges.show(machine)
            #expect(shown.members.map(\.name.id) == [1, 2, 5])
            #expect(shown.members.map { $0.sources.map(\.externalID) } == [["A1"], ["A2"], ["S1"]])
            #expect(shown.members[2].fields.contains(.summary))
            #expect(shown.members.flatMap(\.fields).count == shown.record.known.count)
            await #expect(throws: MergeRefusal.unknown) { _ = try await merges.show(99) }
        }
    }
}

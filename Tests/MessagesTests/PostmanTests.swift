import Database
import Foundation
import Kernel
import Support
import Testing

@testable import Messages
@testable import Outbound

@Suite struct PostmanTests {
    private static let slices = [Messages.schema]

    private func postman(
        _ database: Database, _ port: Int, digest: @escaping @Sendable (Int, Reader) throws -> Bool = { _, _ in false }
    ) throws -> Postman {
        Postman(
            database,
            .init(smtp: try SMTPSettings("smtp://127.0.0.1:\(port)"), from: "simpul@menpan.example"),
            wantsDigest: digest)
    }

    private func add(_ messages: [Message], to database: Database, at moment: Instant = Sample.moment) async throws {
        try await database.write(at: moment) { try Messages.add(messages, $0) }
    }

    private func states(_ database: Database) async throws -> [String: MessageState] {
        let lines = try await database.read { try Messages.list(nil, limit: 200, $0) }
        return Dictionary(lines.map { ($0.fact, $0.state) }, uniquingKeysWith: { first, _ in first })
    }

    private func minutes(_ n: Int) -> Instant {
        Instant(milliseconds: Sample.moment.milliseconds + Int64(n) * 60_000)
    }

    @Test(arguments: Engine.tested)
    func `each message is sent once, whoever asks how often, and its body is then gone`(engine: Engine) async throws {
        try await TestDatabase.with(engine, Self.slices) { database in
            try await Sink.with { sink async throws in
                let messages = (1...12).map { Sample.message("draft:\($0):returned:1", body: "tautan-\($0)") }
                try await add(messages + messages, to: database)
                let postman = try postman(database, sink.port)
                // Two senders at once, as two nodes would.
                async let first = postman.deliverDue(at: Sample.moment)
                async let second = postman.deliverDue(at: Sample.moment)
                #expect(try await first.sent + second.sent == 12)
                #expect(try await postman.deliverDue(at: minutes(600)) == Postman.Round())
                try await add(messages, to: database)
                #expect(try await postman.deliverDue(at: minutes(700)) == Postman.Round())
                let bodies = try await sink.read().map { $0.body.trimmingCharacters(in: .newlines) }
                #expect(bodies.sorted() == (1...12).map { "tautan-\($0)" }.sorted())
                let kept = try await database.read { try $0.count("SELECT COUNT(*) FROM message WHERE body <> ''") }
                #expect(kept == 0)
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `with the server away messages wait with longer pauses, and each arrives once when it is back`(
        engine: Engine
    ) async throws {
        try await TestDatabase.with(engine, Self.slices) { database in
            let away = try Sink.Away()
            let postman = try postman(database, away.port)
            try await add((1...5).map { Sample.message("fact:\($0)") }, to: database)
            // One refused connection ends a round: the others lose no try to it.
            for minute in 0..<4 {
                let round = try await postman.deliverDue(at: minutes(minute))
                #expect(round.isUnreachable && round.postponed == 1)
            }
            #expect(try await database.read { try Messages.counts($0) } == [.waiting: 5])
            away.end()
            try await Sink.with(on: away.port) { sink async throws in
                let first = try await postman.deliverDue(at: minutes(4))
                let second = try await postman.deliverDue(at: minutes(10))
                #expect(first.sent + second.sent == 5)
                #expect(try sink.received().count == 5)
            }
            #expect(try await database.read { try Messages.counts($0) } == [.sent: 5])
        }
    }

    @Test(arguments: Engine.tested)
    func `a message that is put off is tried seven times within a day, then has failed`(engine: Engine) async throws {
        try await TestDatabase.with(engine, Self.slices) { database in
            try await Sink.with { sink async throws in
                let postman = try postman(database, sink.port)
                try await add([Sample.message("fact:1", to: "later@x.example")], to: database)
                var now = Sample.moment
                for pause in [1, 5, 15, 60, 240, 720] {
                    #expect(try await postman.deliverDue(at: now).postponed == 1, "before \(pause)")
                    let waiting = try await database.read { try Messages.list(.waiting, limit: 1, $0) }
                    let next = try #require(waiting.first?.dueAt)
                    // A pause counts from the end of the try before.
                    let waited = Int(next.milliseconds - now.milliseconds)
                    #expect((pause * 60_000..<pause * 60_000 + 30_000).contains(waited))
                    let before = Instant(milliseconds: now.milliseconds + Int64(pause) * 60_000 - 30_000)
                    #expect(try await postman.deliverDue(at: before) == Postman.Round())
                    now = next
                }
                #expect(try await postman.deliverDue(at: now).postponed == 1)
                let line = try #require(try await database.read { try Messages.list(.failed, limit: 1, $0) }.first)
                #expect(line.tries == 7 && line.problem?.hasPrefix("450") == true)
                #expect(try sink.received().isEmpty)
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `refused mail has failed at once, a lost answer is unclear, and neither is sent again by itself`(
        engine: Engine
    ) async throws {
        try await TestDatabase.with(engine, Self.slices) { database in
            try await Sink.with { sink async throws in
                let postman = try postman(database, sink.port)
                try await add(
                    [
                        Sample.message("a", to: "full@x.example"), Sample.message("b", to: "spam@x.example"),
                        Sample.message("c", to: "silent@x.example"), Sample.message("d"),
                    ], to: database)
                let round = try await postman.deliverDue(at: Sample.moment)
                #expect(round.sent == 1 && round.failed == 2 && round.unclear == 1)
                #expect(try await postman.deliverDue(at: minutes(3000)) == Postman.Round())
                #expect(try await states(database) == ["a": .failed, "b": .failed, "c": .unclear, "d": .sent])
                #expect(try sink.received().count == 2)
                // A person may decide otherwise.
                let unclear = try #require(try await database.read { try Messages.list(.unclear, limit: 1, $0) }.first)
                try await database.write { _ = try Messages.sendAgain(unclear.id, at: Sample.moment, $0) }
                #expect(try await postman.deliverDue(at: minutes(3001)).unclear == 1)
                #expect(try sink.received().count == 3)
                try await database.write { _ = try Messages.drop(unclear.id, $0) }
                #expect(try await states(database)["c"] == .dropped)
                await #expect(throws: OutboxRefusal.notSentAgain(.dropped)) {
                    try await database.write { _ = try Messages.sendAgain(unclear.id, at: Sample.moment, $0) }
                }
                await #expect(throws: OutboxRefusal.notDropped(.dropped)) {
                    try await database.write { _ = try Messages.drop(unclear.id, $0) }
                }
                await #expect(throws: OutboxRefusal.unknown) {
                    try await database.write { _ = try Messages.drop(99, $0) }
                }
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `daily messages go out together at seven, in one mail, and the others at once`(engine: Engine) async throws {
        try await TestDatabase.with(engine, Self.slices) { database in
            try await Sink.with { sink async throws in
                let postman = try postman(database, sink.port) { account, _ in account == 1 }
                try await add(
                    [
                        Sample.message("a", subject: "Satu", body: "Isi satu.", daily: true),
                        Sample.message("b", subject: "Dua", body: "Isi dua.", daily: true),
                        Sample.message("c", subject: "Segera"),
                        Sample.message("d", to: "budi@kendal.example", account: 2, subject: "Tiga", daily: true),
                    ], to: database)
                #expect(try await postman.deliverDue(at: Sample.moment).sent == 2)
                // 07.00 WIB is midnight in UTC.
                let seven = Instant(milliseconds: (Sample.moment.milliseconds / 86_400_000 + 1) * 86_400_000)
                let before = Instant(milliseconds: seven.milliseconds - 60_000)
                #expect(try await postman.deliverDue(at: before) == Postman.Round())
                #expect(try await postman.deliverDue(at: seven).sent == 2)
                #expect(try await database.read { try Messages.counts($0) } == [.sent: 4])
                let readings = try await sink.read()
                #expect(readings.map { $0["Subject"] } == ["Segera", "Tiga", "2 kabar dari Simpul, 19 November 2026"])
                #expect(
                    readings.last?.body.components(separatedBy: "\n").filter { !$0.isEmpty } == [
                        "Anda memilih menerima kabar sekali sehari. Hari ini:", "1. Satu", "2. Dua",
                        "----------------------------------------", "1. Satu", "Isi satu.",
                        "----------------------------------------", "2. Dua", "Isi dua.",
                    ])
            }
        }
    }

    @Test func `seven in the morning of western Indonesia`() {
        func digest(_ iso: Int64) -> String {
            DeliverySchedule.digest(notBefore: Instant(milliseconds: iso * 1000)).rfc3339
        }
        #expect(digest(1_795_046_399) == "2026-11-19T00:00:00Z")
        #expect(digest(1_795_046_400) == "2026-11-19T00:00:00Z")
        #expect(digest(1_795_046_401) == "2026-11-20T00:00:00Z")
    }

    @Test(arguments: Engine.tested)
    func `a sender that goes away leaves a message waiting before the mark, and unclear after it`(
        engine: Engine
    ) async throws {
        try await TestDatabase.with(engine, Self.slices) { database in
            try await add([Sample.message("a"), Sample.message("b")], to: database)
            let (until, later) = (minutes(3), minutes(4))
            let first = try #require(
                try await database.write {
                    try Deliveries.claim(
                        holder: "x", at: Sample.moment, until: until, wantsDigest: { _, _ in false }, $0)
                })
            let second = try #require(
                try await database.write {
                    try Deliveries.claim(
                        holder: "y", at: Sample.moment, until: until, wantsDigest: { _, _ in false }, $0)
                })
            #expect(first.ids != second.ids)
            try await database.write { try Deliveries.handOver(second, until: until, $0) }
            try await Sink.with { sink async throws in
                let postman = try postman(database, sink.port)
                #expect(try await postman.deliverDue(at: minutes(2)) == Postman.Round())
                #expect(try await postman.deliverDue(at: later).sent == 1)
                #expect(try await states(database) == ["a": .sent, "b": .unclear])
                #expect(try sink.received().count == 1)
            }
            // The first sender was only slow: its claim is gone, so it may not end its message.
            await #expect(throws: Deliveries.Lost.self) {
                try await database.write { try Deliveries.handOver(first, until: later, $0) }
            }
            // The second was only slow too, and knows how it ended.
            try await database.write { try Deliveries.noteSent(second, at: later, $0) }
            #expect(try await states(database) == ["a": .sent, "b": .sent])
        }
    }

    @Test(arguments: Engine.tested)
    func `who has left gets nothing more, and nothing of theirs stays in the outbox`(engine: Engine) async throws {
        try await TestDatabase.with(engine, Self.slices) { database in
            try await Sink.with { sink async throws in
                let postman = try postman(database, sink.port)
                try await add([Sample.message("a"), Sample.message("b", to: "silent@x.example")], to: database)
                _ = try await postman.deliverDue(at: Sample.moment)
                try await add(
                    [Sample.message("c"), Sample.message("d", to: "budi@x.example", account: 2)], to: database)
                try await database.write { try Messages.drop(address: "budi@x.example", $0) }
                try await database.write { try Messages.forget(account: 1, $0) }
                #expect(try await postman.deliverDue(at: minutes(3000)) == Postman.Round())
                #expect(try await states(database) == ["a": .sent, "b": .dropped, "c": .dropped, "d": .dropped])
                let left = try await database.read {
                    try $0.rows("SELECT * FROM message WHERE account = 1").flatMap(\.values)
                }
                #expect(
                    !left.contains {
                        guard case .text(let text) = $0 else { return false }
                        return text.contains("sari") || text.contains("silent") || text.contains("Dikembalikan")
                    })
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `the outbox is read from the newest on, page by page`(engine: Engine) async throws {
        try await TestDatabase.with(engine, Self.slices) { database in
            try await add((1...7).map { Sample.message("fact:\($0)") }, to: database)
            let pages = try await database.read { db in
                let first = try Messages.list(.waiting, limit: 3, db)
                let second = try Messages.list(.waiting, before: first.last?.id, limit: 3, db)
                let third = try Messages.list(nil, before: second.last?.id, limit: 3, db)
                return [first, second, third].map { $0.map(\.fact) }
            }
            #expect(pages == [["fact:7", "fact:6", "fact:5"], ["fact:4", "fact:3", "fact:2"], ["fact:1"]])
            #expect(try await database.read { try Messages.list(.sent, limit: 3, $0) } == [])
        }
    }
}

import Database
import Foundation
import Kernel
import Support
import Testing

@testable import Messages
@testable import Outbound

@Suite struct KilledSenderTests {
    /// Senders are processes of their own that die by SIGKILL at any moment, again and again, until nothing waits.
    @Test(arguments: Engine.tested)
    func `senders killed at any moment send no message twice and lose none without saying so`(
        engine: Engine
    ) async throws {
        let rounds = Int(ProcessInfo.processInfo.environment["SIMPUL_KILL_ROUNDS"] ?? "") ?? 10
        try await TestDatabase.with(engine, [Messages.schema]) { database in
            // The server takes its time on both sides of the end of a message, so that kills hit both.
            try await Sink.with(["--before", "0.05", "--after", "0.05"]) { sink async throws in
                let facts = (1...(rounds * 8)).map { "fact:\($0)" }
                try await database.write { try Messages.add(facts.map { Sample.message($0, subject: $0) }, $0) }
                var chance = SeededRandom(11)
                var killed = 0
                func sender(killAfter: Double?) async throws -> Command.Result {
                    try await Command.run(
                        [
                            "mail", "deliver", "--database", address(database), "--mail-lease", "1", "--smtp",
                            "smtp://127.0.0.1:\(sink.port)", "--mail-from", "simpul@menpan.example",
                        ], killAfter: killAfter)
                }
                for _ in 0..<rounds {
                    if try await sender(killAfter: 0.4 + 0.8 * chance.unit()).status == -SIGKILL { killed += 1 }
                }
                // What the killed ones held is free again after its lease.
                try await Task.sleep(for: .seconds(1.2))
                let last = try await sender(killAfter: nil)
                #expect(last.status == 0, "\(last.errors)")
                try await check(facts, database, sink, rounds: rounds, killed: killed)
            }
        }
    }

    private func check(_ facts: [String], _ database: Database, _ sink: Sink, rounds: Int, killed: Int) async throws {
        let lines = try await all(database)
        let received = try await sink.read().compactMap { $0["Subject"] }
        #expect(killed > 0)
        #expect(Set(received).count == received.count, "a message came twice")
        let byState = Dictionary(grouping: lines, by: \.state).mapValues { Set($0.map(\.fact)) }
        let (sent, unclear) = (byState[.sent] ?? [], byState[.unclear] ?? [])
        #expect(sent.union(unclear) == Set(facts) && sent.count + unclear.count == facts.count, "\(byState)")
        #expect(sent.subtracting(received).isEmpty, "sent but not received")
        #expect(Set(received).subtracting(sent).isSubset(of: unclear), "received but said to wait")
        #expect(unclear.count <= killed)
        let both = unclear.intersection(received).count
        note(
            "\(database.engine): \(rounds) rounds, \(killed) killed, \(facts.count) messages: \(sent.count) sent, "
                + "\(unclear.count) unclear (\(both) of them received), \(received.count) received, none twice")
    }

    private func all(_ database: Database) async throws -> [OutboxLine] {
        var lines: [OutboxLine] = []
        while true {
            let before = lines.last?.id
            let page = try await database.read { try Messages.list(nil, before: before, limit: 200, $0) }
            if page.isEmpty { return lines }
            lines += page
        }
    }

    private func address(_ database: Database) -> String {
        switch database.address {
        case .sqlite(let path): "sqlite:\(path)"
        case .postgres(let url): url
        }
    }

    private func note(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }
}

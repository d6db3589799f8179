import Database
import Files
import Foundation
import Kernel
import Support
import Testing

@testable import Intake

@Suite struct WorkerTests {
    private static let csv = Array("id,title,agency\n1,Antar Akta Kelahiran,Kabupaten Kudus\n".utf8)

    private func begin(_ counter: Counter) async throws -> Int {
        let source = try await counter.source("daftar")
        let file = try await counter.hand(Self.csv, for: source)
        let header = ["id", "title", "agency"]
        try await counter.mappings.save(.suggest(header), for: source, header: header, by: Counter.clerk, at: .now())
        return try await counter.runs.start(file, name: "a.csv", for: source, by: Counter.clerk, at: .now())
    }

    private func hold(_ run: Int, _ worker: String, seconds: Int, attempts: Int = 1, _ counter: Counter) async throws {
        let until = Instant(milliseconds: Instant.now().milliseconds + Int64(seconds) * 1000)
        try await counter.database.write {
            try $0.execute(
                "UPDATE run SET worker = \(worker), lease_until = \(until), attempts = \(attempts) WHERE id = \(run)")
        }
    }

    @Test(arguments: Engine.tested)
    func `another machine's delivery is left alone until its lease ends, a dead process's is taken at once`(
        engine: Engine
    ) async throws {
        try await Counter.with(engine) { counter in
            let run = try await begin(counter)
            try await hold(run, "elsewhere|1|x|1", seconds: 60, counter)
            #expect(try await counter.worker().workOnce() == false)
            #expect(try await counter.runs.run(run).state == .waiting)
            try await hold(run, "\(ProcessInfo.processInfo.hostName)|4194303|x|1", seconds: 60, counter)
            #expect(try await counter.worker().workOnce())
            #expect(try await counter.runs.run(run).state == .done)
            #expect(try await counter.worker().workOnce() == false)
        }
    }

    @Test(arguments: Engine.tested)
    func `a delivery that broke off five times fails with a reason, unless a person asks again`(
        engine: Engine
    ) async throws {
        try await Counter.with(engine) { counter in
            let run = try await begin(counter)
            try await hold(run, "elsewhere|1|x|1", seconds: -1, attempts: 5, counter)
            #expect(try await counter.runs.run(run).isStalled(at: .now()))
            #expect(try await counter.worker().workOnce() == false)
            let failed = try await counter.runs.run(run)
            #expect(failed.state == .failed && failed.reason == RunRefusal.gaveUp.message)
            let file = try #require(failed.file)
            let again = try await counter.runs.start(
                file, name: "a.csv", for: failed.source, by: Counter.clerk, at: .now())
            try await hold(again, "elsewhere|1|x|1", seconds: -1, attempts: 5, counter)
            #expect(try await counter.worker().finish(again).state == .done)
        }
    }

    @Test(arguments: Engine.tested)
    func `a delivery that was stopped changes nothing more, whoever still works on it`(engine: Engine) async throws {
        try await Counter.with(engine) { counter in
            let run = try await begin(counter)
            let until = Instant(milliseconds: Instant.now().milliseconds + 60_000)
            let claim = try #require(
                try await counter.database.write { try RunClaims.claim(run, until: until, $0) })
            try await counter.runs.stop(run, by: Counter.clerk, at: .now())
            await #expect(throws: RunLost.self) {
                try await counter.database.write { try RunClaims.move(claim, to: .reading, $0) }
            }
            #expect(try await counter.worker().finish(run).state == .stopped)
            #expect(try await counter.count("staged", "SELECT COUNT(*) FROM staged") == 0)
        }
    }

    @Test(arguments: Engine.tested)
    func `a worker that is asked to end gives its delivery back`(engine: Engine) async throws {
        try await Counter.with(engine) { counter in
            let run = try await begin(counter)
            let task = Task { try await counter.worker().finish(run) }
            task.cancel()
            _ = await task.result
            let left = try await counter.runs.run(run)
            #expect(left.leaseUntil == nil && !left.state.isEnded)
            #expect(try await counter.worker().finish(run).sums[.created] == 1)
        }
    }

    @Test(arguments: Engine.tested)
    func `a delivery without a mapping fails and says what to do`(engine: Engine) async throws {
        try await Counter.with(engine) { counter in
            let source = try await counter.source("daftar")
            let file = try await counter.hand(Self.csv, for: source)
            let run = try await counter.runs.start(file, name: "a.csv", for: source, by: Counter.clerk, at: .now())
            let ended = try await counter.worker().finish(run)
            #expect(ended.state == .failed && ended.reason == MappingRefusal.none.message)
        }
    }

    @Test(arguments: Engine.tested)
    func `sources are declared once, changed, and every change is in the audit trail`(engine: Engine) async throws {
        try await Counter.with(engine) { counter in
            let id = try await counter.source("sinovik")
            await #expect(throws: SourceRefusal.nameTaken("sinovik")) { try await counter.source("sinovik") }
            var terms = try await counter.sources.source(id).terms
            terms.owner = " KemenPANRB "
            terms.trust = 5
            try await counter.sources.change(id, to: terms, by: Counter.clerk, at: .now())
            try await counter.sources.change(id, to: terms, by: Counter.clerk, at: .now())
            let source = try await counter.sources.source(id)
            #expect(source.terms.owner == "KemenPANRB" && source.terms.trust == 5)
            #expect(
                try await counter.database.read { db in
                    try db.rows("SELECT act, detail FROM audit WHERE kind = 'source' AND act = 'change'") {
                        try $0.text("detail")
                    }
                } == ["owner=KemenPANRB\ntrust=5"])
            await #expect(throws: SourceRefusal.notFetched) {
                try await counter.runs.startPull(of: id, by: Counter.clerk, at: .now())
            }
            await #expect(throws: SourceRefusal.unknown) { try await counter.sources.source(99) }
        }
    }
}

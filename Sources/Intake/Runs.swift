import Database
import Files
import Kernel
import People

/// The deliveries of sources: begun, stopped, let go on, and read. The work itself is `RunWorker`'s.
///
///     let file = try await runs.receive(admitted, for: source, by: actor, at: now)    // its digest
///     let run = try await runs.start(file, name: "kipp-2023.xlsx", for: source, by: actor, at: now)
package struct Runs: Sendable {
    let database: Database

    package init(_ database: Database) { self.database = database }

    /// Keeps an uploaded file, so that it can be looked at, mapped and run; returns its digest.
    ///
    /// - Throws: `SourceRefusal`, `FileRefusal`, `DeskRefusal`.
    package func receive(
        _ file: AdmittedFile, for source: Int, by actor: Actor, at: Instant
    ) async throws -> String {
        try await database.write(at: at) { db in
            try Grants.require(.manageSources, by: actor, db)
            _ = try Sources.source(source, db)
            try FileStore.record(file, db)
            try Audit.note("upload", "source", String(source), [("file", file.digest)], by: actor, db)
            return file.digest
        }
    }

    /// Begins a delivery of a stored file; a worker takes it up. Returns its number.
    ///
    /// - Throws: `RunRefusal.underWay` while the source has another, `SourceRefusal`, `DeskRefusal`.
    @discardableResult
    package func start(
        _ file: String, name: String, for source: Int, by actor: Actor, at: Instant
    ) async throws -> Int {
        try await begin(source, file: file, name: name, by: actor, at: at)
    }

    /// Begins to fetch a source's address; a worker takes it up. Returns the delivery's number.
    ///
    /// - Throws: `RunRefusal.underWay`, `SourceRefusal`, `DeskRefusal`.
    @discardableResult
    package func startPull(of source: Int, by actor: Actor, at: Instant) async throws -> Int {
        try await begin(source, file: nil, name: nil, by: actor, at: at)
    }

    private func begin(_ source: Int, file: String?, name: String?, by actor: Actor, at: Instant) async throws -> Int {
        try await database.write(at: at) { try Self.begin(source, file: file, name: name, by: actor, $0) }
    }

    static func begin(_ source: Int, file: String?, name: String?, by actor: Actor, _ db: Writer) throws -> Int {
        try Grants.require(.manageSources, by: actor, db)
        let terms = try Sources.source(source, db).terms
        if file == nil, terms.kind == .file { throw SourceRefusal.notFetched }
        if file == nil, terms.kind == .oai { throw SourceRefusal.noFetcher }
        if let live = try db.first("SELECT id FROM run WHERE source = \(source) AND ended_at IS NULL") {
            throw RunRefusal.underWay(try live.int("id"))
        }
        let id = try db.nextID("run")
        try db.execute(
            """
            INSERT INTO run (id, source, file, name, state, at, actor)
            VALUES (\(id), \(source), \(file), \(name ?? terms.address ?? ""), \(RunState.waiting), \(db.at),
                \(actor.name))
            """)
        try Audit.note("start", "run", String(id), [("source", String(source))], by: actor, db)
        return id
    }

    /// Ends a delivery where it is: what was taken stays, the other rows stay open. A worker that holds it lets go.
    ///
    /// - Throws: `RunRefusal`, `DeskRefusal`.
    package func stop(_ run: Int, by actor: Actor, at: Instant) async throws {
        try await database.write(at: at) { db in
            try Grants.require(.manageSources, by: actor, db)
            guard let row = try db.first("SELECT ended_at FROM run WHERE id = \(run)") else { throw RunRefusal.unknown }
            guard try row.intOrNil("ended_at") == nil else { throw RunRefusal.ended }
            try db.execute(
                """
                UPDATE run SET state = \(RunState.stopped), ended_at = \(at), worker = NULL, lease_until = NULL
                WHERE id = \(run)
                """)
            try Audit.note("stop", "run", String(run), by: actor, db)
        }
    }

    /// Lets a delivery go on in spite of its doubts.
    ///
    /// - Throws: `RunRefusal.notAsking`, `RunRefusal.unknown`, `DeskRefusal`.
    package func approve(_ run: Int, by actor: Actor, at: Instant) async throws {
        try await database.write(at: at) { db in
            try Grants.require(.manageSources, by: actor, db)
            guard let row = try db.first("SELECT state, doubts FROM run WHERE id = \(run)") else {
                throw RunRefusal.unknown
            }
            guard try row.choice("state", RunState.self) == .asking else { throw RunRefusal.notAsking }
            try db.execute(
                """
                UPDATE run SET state = \(RunState.applying), approved_by = \(actor.name), done = 0, attempts = 0
                WHERE id = \(run)
                """)
            try Audit.note("approve", "run", String(run), by: actor, db)
        }
    }

    /// Throws `RunRefusal.unknown`.
    package func run(_ id: Int) async throws -> Run { try await database.read { try Self.run(id, $0) } }

    /// Deliveries, the newest first.
    ///
    /// - Parameters:
    ///   - source: of one source, or of all.
    ///   - before: only those with a lower number, for the next page.
    package func list(of source: Int? = nil, before: Int? = nil, limit: Int = 50) async throws -> [Run] {
        try await database.read { db in
            let whose: SQL = source.map { "r.source = \($0)" } ?? "1 = 1"
            let older: SQL = before.map { "r.id < \($0)" } ?? "1 = 1"
            return try Self.read("\(whose) AND \(older)", limit: limit, db)
        }
    }

    /// The source's delivery that has not ended; nil when there is none.
    package func underWay(of source: Int) async throws -> Run? {
        try await database.read { try Self.read("r.source = \(source) AND r.ended_at IS NULL", limit: 1, $0).first }
    }

    static func run(_ id: Int, _ db: Reader) throws -> Run {
        guard let run = try read("r.id = \(id)", limit: 1, db).first else { throw RunRefusal.unknown }
        return run
    }

    /// Deliveries with their sums, in two statements however many.
    static func read(_ condition: SQL, limit: Int, _ db: Reader) throws -> [Run] {
        let rows = try db.rows(
            """
            SELECT r.id, r.source, s.name AS source_name, r.mapping, r.file, r.name, r.state, r.at, r.actor, r.attempts,
                r.done, r.total, r.doubts, r.approved_by, r.missing, r.ended_at, r.reason, r.lease_until,
                (SELECT MAX(o.id) FROM run o WHERE o.source = r.source AND o.file = r.file AND o.id < r.id
                    AND o.state = 'done') AS same
            FROM run r JOIN source s ON s.id = r.source WHERE \(condition) ORDER BY r.id DESC LIMIT \(limit)
            """)
        var sums: [Int: RunSums] = [:]
        try db.each(
            """
            SELECT run, outcome, COUNT(*) AS n FROM staged WHERE run IN \(try rows.map { try $0.int("id") })
            GROUP BY run, outcome
            """
        ) {
            let (run, count) = (try $0.int("run"), try $0.int("n"))
            if let outcome = try $0.choiceOrNil("outcome", StagedOutcome.self) {
                sums[run, default: RunSums()].outcomes[outcome] = count
            } else {
                sums[run, default: RunSums()].open = count
            }
        }
        return try rows.map { row in
            let id = try row.int("id")
            return Run(
                id: id, source: try row.int("source"), sourceName: try row.text("source_name"),
                mapping: try row.intOrNil("mapping"), file: try row.textOrNil("file"), name: try row.text("name"),
                state: try row.choice("state"), at: try row.instant("at"), actor: try row.text("actor"),
                attempts: try row.int("attempts"), done: try row.int("done"), total: try row.intOrNil("total"),
                doubts: intakeValue(try row.textOrNil("doubts")) ?? [], approvedBy: try row.textOrNil("approved_by"),
                missing: try row.intOrNil("missing"), endedAt: try row.instantOrNil("ended_at"),
                reason: intakeValue(try row.textOrNil("reason")), leaseUntil: try row.instantOrNil("lease_until"),
                sums: sums[id] ?? RunSums(), sameFileAs: try row.intOrNil("same"))
        }
    }
}

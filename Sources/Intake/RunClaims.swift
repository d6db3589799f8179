import Database
import Files
import Foundation
import Kernel

/// A worker's hold on a delivery.
struct RunClaim: Sendable {
    let run: Int
    let holder: String
    let source: Source
    let name: String
    /// The digest of its file; nil until it was fetched.
    var file: String?
    var mapping: Int?
    var state: RunState
}

/// How deliveries pass from worker to worker and from state to state. Every step asks for the claim in its own
/// transaction, so that who lost it, or was stopped, changes nothing more.
enum RunClaims {
    /// Workers that may break off without getting any further before a delivery fails.
    static let mostAttempts = 5

    /// Takes the oldest delivery that waits for work, or a certain one; nil when there is none that is free.
    ///
    /// - Parameter again: whether a person asked for it, so that earlier attempts do not count.
    static func claim(_ run: Int?, until: Instant, again: Bool = false, _ db: Writer) throws -> RunClaim? {
        let which: SQL = run.map { "id = \($0)" } ?? "1 = 1"
        let rows = try db.rows(
            """
            SELECT id, source, name, file, mapping, state, worker, lease_until, attempts FROM run
            WHERE ended_at IS NULL AND state <> 'asking' AND \(which) ORDER BY id
            """)
        for row in rows {
            let id = try row.int("id")
            if let worker = try row.textOrNil("worker"), let lease = try row.instantOrNil("lease_until"),
                lease >= db.at, !RunHolder.isGone(worker)
            {
                continue
            }
            let attempts = again ? 0 : try row.int("attempts")
            guard attempts < mostAttempts else {
                try end(id, .failed, RunRefusal.gaveUp.message, db)
                continue
            }
            let holder = RunHolder().name
            try db.execute(
                """
                UPDATE run SET worker = \(holder), lease_until = \(until), attempts = \(attempts + 1) WHERE id = \(id)
                """)
            return RunClaim(
                run: id, holder: holder, source: try Sources.source(try row.int("source"), db),
                name: try row.text("name"), file: try row.textOrNil("file"), mapping: try row.intOrNil("mapping"),
                state: try row.choice("state"))
        }
        return nil
    }

    /// Throws `RunLost` unless the claim holds.
    static func require(_ claim: RunClaim, _ db: Reader) throws {
        let held = try db.count(
            "SELECT COUNT(*) FROM run WHERE id = \(claim.run) AND worker = \(claim.holder) AND ended_at IS NULL")
        guard held == 1 else { throw RunLost() }
    }

    /// Prolongs a claim. Throws `RunLost`.
    static func renew(_ claim: RunClaim, until: Instant, _ db: Writer) throws {
        let held = try db.execute(
            """
            UPDATE run SET lease_until = \(until)
            WHERE id = \(claim.run) AND worker = \(claim.holder) AND ended_at IS NULL
            """)
        guard held == 1 else { throw RunLost() }
    }

    /// Notes how far the present state is. Throws `RunLost`.
    static func progress(_ claim: RunClaim, done: Int, until: Instant, _ db: Writer) throws {
        try renew(claim, until: until, db)
        try db.execute("UPDATE run SET done = \(done), attempts = 0 WHERE id = \(claim.run)")
    }

    /// Goes on to the next state. Throws `RunLost`.
    static func move(_ claim: RunClaim, to state: RunState, total: Int? = nil, _ db: Writer) throws {
        try require(claim, db)
        try db.execute(
            "UPDATE run SET state = \(state), done = 0, total = \(total), attempts = 0 WHERE id = \(claim.run)")
    }

    /// Gives a delivery back, for a worker who goes on or a person who decides.
    static func release(_ claim: RunClaim, _ db: Writer) throws {
        try db.execute(
            "UPDATE run SET worker = NULL, lease_until = NULL WHERE id = \(claim.run) AND worker = \(claim.holder)")
    }

    /// Ends a delivery; one that has ended stays as it is.
    static func end(_ run: Int, _ state: RunState, _ reason: Phrase? = nil, _ db: Writer) throws {
        try db.execute(
            """
            UPDATE run SET state = \(state), ended_at = \(db.at), reason = \(reason.map { intakeJSON($0) }),
                worker = NULL, lease_until = NULL
            WHERE id = \(run) AND ended_at IS NULL
            """)
    }

    /// What the address said of its own state when it was last taken whole.
    static func validators(_ source: Int, _ db: Reader) throws -> (etag: String?, modified: String?) {
        guard let row = try db.first("SELECT etag, modified FROM feed WHERE source = \(source)") else {
            return (nil, nil)
        }
        return (try row.textOrNil("etag"), try row.textOrNil("modified"))
    }

    /// Keeps what was fetched. Throws `RunLost`.
    static func fetched(
        _ claim: RunClaim, _ file: AdmittedFile, etag: String?, modified: String?, _ db: Writer
    ) throws {
        try FileStore.record(file, db)
        try move(claim, to: .reading, db)
        try db.execute(
            "UPDATE run SET file = \(file.digest), etag = \(etag), modified = \(modified) WHERE id = \(claim.run)")
    }

    /// Says which mapping a delivery is read by. Throws `RunLost`.
    static func map(_ claim: RunClaim, by version: Int, _ db: Writer) throws {
        try require(claim, db)
        try db.execute("UPDATE run SET mapping = \(version) WHERE id = \(claim.run)")
    }

    /// Keeps why a delivery stops and asks, or lets it go on. Throws `RunLost`.
    static func weigh(_ claim: RunClaim, _ doubts: [Doubt], total: Int, _ db: Writer) throws -> RunState {
        let next: RunState = doubts.isEmpty ? .applying : .asking
        try move(claim, to: next, total: total, db)
        try db.execute(
            "UPDATE run SET doubts = \(doubts.isEmpty ? nil : intakeJSON(doubts)) WHERE id = \(claim.run)")
        return next
    }

    /// Ends a delivery that was taken whole, with what there is to know of it. Throws `RunLost`.
    static func finish(_ claim: RunClaim, missing: Int?, _ note: Phrase? = nil, _ db: Writer) throws {
        try require(claim, db)
        try db.execute(
            """
            UPDATE run SET done = (SELECT COUNT(*) FROM staged WHERE run = \(claim.run)), missing = \(missing),
                total = (SELECT COUNT(*) FROM staged WHERE run = \(claim.run))
            WHERE id = \(claim.run)
            """)
        if let row = try db.first("SELECT etag, modified FROM run WHERE id = \(claim.run)") {
            let (etag, modified) = (try row.textOrNil("etag"), try row.textOrNil("modified"))
            if etag != nil || modified != nil {
                try db.execute(
                    "UPDATE feed SET etag = \(etag), modified = \(modified) WHERE source = \(claim.source.id)")
            }
        }
        try end(claim.run, .done, note, db)
    }

    /// Begins what is to be fetched by now. Returns the numbers of the deliveries.
    static func beginDue(_ db: Writer) throws -> [Int] {
        let due = try db.rows(
            """
            SELECT source, hours FROM feed WHERE next_at <= \(db.at) AND paused = 0 AND hours IS NOT NULL
                AND kind = 'address' ORDER BY source
            """
        ) { (source: try $0.int("source"), hours: try $0.int("hours")) }
        return try due.compactMap { source, hours in
            let next = Instant(milliseconds: db.at.milliseconds + Int64(hours) * 3_600_000)
            try db.execute("UPDATE feed SET next_at = \(next) WHERE source = \(source)")
            guard try db.count("SELECT COUNT(*) FROM run WHERE source = \(source) AND ended_at IS NULL") == 0 else {
                return nil
            }
            return try Runs.begin(source, file: nil, name: nil, by: .system, db)
        }
    }

    /// Whether there may be something to begin or to work on; asked before the one writer is taken.
    static func isAnyDue(at now: Instant, _ db: Reader) throws -> Bool {
        try db.count(
            """
            SELECT (SELECT COUNT(*) FROM run WHERE ended_at IS NULL AND state <> 'asking')
                + (SELECT COUNT(*) FROM feed WHERE next_at <= \(now) AND paused = 0 AND kind = 'address')
            """) > 0
    }
}

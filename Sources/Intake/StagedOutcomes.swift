import Database
import Directory
import Kernel

/// The last step of a delivery: its rows are taken into the directory in their order, at most 500 in a transaction,
/// each with its outcome, the pair it waits for, and where it differs from what an institution validated.
struct StagedOutcomes: Sendable {
    let database: Database

    /// Goes on with the first row that has no outcome. Throws `RunLost`.
    func work(_ claim: RunClaim, _ step: RunStep) async throws {
        let (total, open, first) = try await database.read { db in
            (
                try db.count("SELECT COUNT(*) FROM staged WHERE run = \(claim.run) AND record IS NOT NULL"),
                try db.count("SELECT COUNT(*) FROM staged WHERE run = \(claim.run) AND outcome IS NULL"),
                try db.count("SELECT MIN(line) FROM staged WHERE run = \(claim.run) AND outcome IS NULL")
            )
        }
        var (done, last) = (total - open, first - 1)
        while true {
            try Task.checkCancellation()
            let (after, before) = (last, done)
            let taken = try await step.write { db, until -> (last: Int, count: Int)? in
                let rows = try Self.next(claim.run, after: after, db)
                guard let last = rows.last?.line else { return nil }
                var batch = Batch(claim)
                for row in rows { try batch.add(row, db) }
                try batch.take(db)
                try RunClaims.progress(claim, done: before + rows.count, until: until, db)
                return (last, rows.count)
            }
            guard let taken else { break }
            (last, done) = (taken.last, done + taken.count)
            step.report(.applying, done, total)
        }
        try await step.write { db, _ in
            let missing = try claim.source.terms.isComplete ? Self.noteMissing(claim, db) : nil
            try RunClaims.finish(claim, missing: missing, nil, db)
        }
    }

    private static func next(_ run: Int, after last: Int, _ db: Reader) throws -> [Open] {
        try db.rows(
            """
            SELECT line, external_id, content, record, reference, decision, twin, twin_line, probability, weight, steps
            FROM staged WHERE run = \(run) AND line > \(last) AND outcome IS NULL
            ORDER BY line LIMIT \(StagedReadings.batch)
            """
        ) { row in
            let decision = try row.choiceOrNil("decision", StagedDecision.self)
            return Open(
                line: try row.int("line"),
                row: SourceRow(
                    externalID: try row.text("external_id"), reference: try row.textOrNil("reference"),
                    content: try row.text("content"), innovation: try Innovation(json: try row.text("record"))),
                decision: decision, twin: try row.intOrNil("twin"), twinLine: try row.intOrNil("twin_line"),
                probability: decision == nil ? 0 : try row.double("probability"),
                weight: decision == nil ? 0 : try row.double("weight"),
                steps: LinkStep.read(try row.textOrNil("steps")))
        }
    }

    private static func noteMissing(_ claim: RunClaim, _ db: Writer) throws -> Int {
        var present: Set<String> = []
        try db.each("SELECT external_id FROM staged WHERE run = \(claim.run) AND external_id IS NOT NULL") {
            present.insert(try $0.text("external_id"))
        }
        return try Innovations.noteMissing(source: claim.source.id, except: present, db)
    }
}

/// A row that has no outcome yet.
private struct Open {
    let line: Int
    let row: SourceRow
    let decision: StagedDecision?
    let twin: Int?
    let twinLine: Int?
    let probability: Double
    let weight: Double
    let steps: [LinkStep]
}

/// Rows on their way into the directory, within one transaction.
private struct Batch {
    let claim: RunClaim
    private var waiting: [(open: Open, arrival: Innovations.Arrival, twin: Int?)] = []

    init(_ claim: RunClaim) { self.claim = claim }

    /// Adds a row; takes those before it where it is the twin of one of them, or gives one of their ids back.
    mutating func add(_ open: Open, _ db: Writer) throws {
        if let line = open.twinLine, waiting.contains(where: { $0.open.line == line }) { try take(db) }
        let (arrival, twin) = try arrival(of: open, db)
        waiting.append((open, arrival, twin))
    }

    /// What is done with a row, and the record it is held against.
    private func arrival(of open: Open, _ db: Writer) throws -> (Innovations.Arrival, Int?) {
        guard let decision = open.decision else { return (.publish, nil) }
        if decision == .reused { return try reuse(open, db) ? (.wait, open.twin) : (.publish, nil) }
        guard let twin = try open.twin ?? innovation(ofLine: open.twinLine, db) else { return (.publish, nil) }
        // Somebody may have withdrawn it since the rows were linked.
        let root = try Innovations.root(of: twin, db)
        guard let row = try db.first("SELECT state, absence FROM innovation WHERE id = \(root)") else {
            return (.publish, nil)
        }
        let isWaiting = try row.textOrNil("absence") == "waiting"
        let isPublished = try row.text("state") == "published"
        guard isWaiting || isPublished else { return (.publish, nil) }
        // What is not in the directory itself cannot take anything up.
        if decision == .automatic, !isWaiting { return (.merge(into: twin, probability: open.probability), twin) }
        return (.wait, twin)
    }

    /// Lets the id go to the row that has it now; false when it stands for that row already.
    private func reuse(_ open: Open, _ db: Writer) throws -> Bool {
        guard
            let record = try db.first(
                """
                SELECT id FROM source_record WHERE source = \(claim.source.id)
                    AND external_id = \(open.row.externalID) AND innovation = \(open.twin)
                """)
        else { return false }
        try Innovations.retire(record: try record.int("id"), db)
        return true
    }

    private func innovation(ofLine line: Int?, _ db: Reader) throws -> Int? {
        guard let line else { return nil }
        return try db.first("SELECT innovation FROM staged WHERE run = \(claim.run) AND line = \(line)")?
            .intOrNil("innovation")
    }

    /// Takes all that waits and writes down what became of it.
    mutating func take(_ db: Writer) throws {
        guard !waiting.isEmpty else { return }
        let rows = waiting
        waiting = []
        let name = claim.source.name
        let taken = try Innovations.take(
            rows.map { ($0.open.row, $0.arrival) }, from: claim.source.id, by: Actor(name: "import:\(name)"),
            reason: "Kiriman \(claim.run) dari \(name)", db)
        for (row, taken) in zip(rows, taken) {
            let outcome = StagedOutcome(taken.outcome)
            try db.execute(
                """
                UPDATE staged SET outcome = \(outcome), innovation = \(taken.innovation)
                WHERE run = \(claim.run) AND line = \(row.open.line)
                """)
            if outcome == .review, let twin = row.twin {
                try hold(row.open, taken.innovation, against: twin, db)
            }
        }
        try note(zip(rows, taken).map { ($0.open.row, $1) }, db)
    }

    /// Puts a row that waits before a person.
    private func hold(_ open: Open, _ innovation: Int, against twin: Int, _ db: Writer) throws {
        try Pairs.add(
            innovation, twin, kind: open.decision == .reused ? .reused : .twin, run: claim.run, line: open.line,
            probability: open.probability, weight: open.weight, steps: open.steps, db)
    }

    /// Writes the questions to institutions: a new difference takes the place of an open one of the same value, and one
    /// that the source itself took back passes.
    private func note(_ taken: [(row: SourceRow, taken: Innovations.Taken)], _ db: Writer) throws {
        let rows = Dictionary(taken.map { ($0.row.externalID, $0) }, uniquingKeysWith: { a, _ in a })
        let open = try db.rows(
            """
            SELECT d.id, d.source_record, d.field, d.theirs, k.external_id FROM difference d
            JOIN source_record k ON k.id = d.source_record
            WHERE d.answer IS NULL AND k.source = \(claim.source.id) AND k.external_id IN \(Array(rows.keys).sorted())
            ORDER BY d.id
            """)
        var replaced: Set<String> = []
        for row in open {
            guard let one = rows[try row.text("external_id")],
                let field = Innovation.Field(rawValue: try row.text("field"))
            else { continue }
            let id = try row.int("id")
            let record = try row.int("source_record")
            if let new = one.taken.differences.first(where: { $0.record == record && $0.field == field }) {
                replaced.insert("\(record) \(field.rawValue)")
                try db.execute(
                    "UPDATE difference SET ours = \(new.ours), theirs = \(new.theirs), at = \(db.at) WHERE id = \(id)")
            } else if one.row.innovation[field] != (try row.textOrNil("theirs")) {
                try db.execute(
                    "UPDATE difference SET answer = 'passed', answered_at = \(db.at) WHERE id = \(id)")
            }
        }
        for (_, one) in taken {
            for new in one.differences where !replaced.contains("\(new.record) \(new.field.rawValue)") {
                let id = try db.nextID("difference")
                try db.execute(
                    """
                    INSERT INTO difference (id, innovation, source_record, field, ours, theirs, at)
                    VALUES (\(id), \(one.innovation), \(new.record), \(new.field), \(new.ours), \(new.theirs), \(db.at))
                    """)
            }
        }
    }
}

extension StagedOutcome {
    fileprivate init(_ outcome: RowOutcome) {
        self =
            switch outcome {
            case .created: .created
            case .updated: .updated
            case .unchanged: .unchanged
            case .merged: .merged
            case .waiting: .review
            }
    }
}

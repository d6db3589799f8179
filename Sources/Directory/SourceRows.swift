import Database
import Kernel

/// One row of a source, read: its identity there, its raw content, and the record it makes.
package struct SourceRow: Sendable {
    package let externalID: String
    package let reference: String?
    /// The raw row as JSON, column by column, as it came.
    package let content: String
    package let innovation: Innovation
    /// The record as it is stored.
    let json: String

    package init(externalID: String, reference: String?, content: String, innovation: Innovation) {
        self.externalID = externalID
        self.reference = reference
        self.content = content
        self.innovation = innovation
        json = innovation.json()
    }
}

/// What became of one row, with the number of its own innovation.
package enum RowOutcome: Sendable, Hashable {
    case created(Int), updated(Int), unchanged(Int)
    /// New, and joined at once with a record that was there.
    case merged(Int)
    /// New, and not in the directory until a person has looked at it.
    case waiting(Int)
}

extension Innovations {
    /// What is to be done with a row that is not known yet.
    package enum Arrival: Sendable, Hashable {
        case publish
        /// It is a twin of a known record, so certain as the probability says.
        case merge(into: Int, probability: Double?)
        case wait
    }

    /// What taking one row did.
    package struct Taken: Sendable {
        package let outcome: RowOutcome
        /// The row's own innovation, whatever it is merged into.
        package let innovation: Int
        /// Where it differs from what the record's institution validated here; for the institution to answer.
        package let differences: [Difference]
    }

    /// Takes rows of a source in one transaction, at most 500: new ones become records, changed ones a new revision.
    ///
    /// Taking the same rows again changes nothing. What an institution wrote and validated in the portal stays; the
    /// other fields follow the source.
    package func take(
        _ rows: [SourceRow], from source: String, by actor: Actor, reason: String, at: Instant
    ) async throws -> [RowOutcome] {
        try await database.write(at: at) { db in
            let source = try Self.sourceID(source, db)
            return try Self.take(rows.map { ($0, .publish) }, from: source, by: actor, reason: reason, db)
                .map(\.outcome)
        }
    }

    /// The same in the caller's transaction, with what is to be done with rows that are not known yet; known ones (same
    /// source, same external id) do not heed it.
    package static func take(
        _ rows: [(row: SourceRow, arrival: Arrival)], from source: Int, by actor: Actor, reason: String, _ db: Writer
    ) throws -> [Taken] {
        let known = try known(rows.map(\.row.externalID), source: source, db)
        let back = known.values.filter(\.missing).map(\.record)
        if !back.isEmpty { try db.execute("UPDATE source_record SET missing_since = NULL WHERE id IN \(back)") }
        let accompanied = try accompanied(
            rows.compactMap { row, _ in known[row.externalID].flatMap { $0.says(row) ? nil : $0.innovation } }, db)
        var new = Inserts()
        var joining: [Joining] = []
        let taken = try rows.map { row, arrival -> Taken in
            if let old = known[row.externalID] {
                if old.says(row) {
                    return Taken(outcome: .unchanged(old.innovation), innovation: old.innovation, differences: [])
                }
                guard accompanied.contains(old.innovation) else {
                    return try follow(old, row, actor, reason, db)
                }
                return try state(old, row, actor, reason, db)
            }
            let id = try db.nextID("innovation")
            let record = try db.nextID("source_record")
            let origin = Origin(row.innovation, from: record).json()
            // What waits is no public fact yet.
            if arrival != .wait { db.changed("innovation", String(id)) }
            switch arrival {
            case .publish:
                new.add(row, origin: origin, id: id, record: record, source: source, actor.name, reason, db.at)
                return Taken(outcome: .created(id), innovation: id, differences: [])
            case .wait:
                new.add(
                    row, origin: origin, id: id, record: record, source: source, actor.name, reason, db.at,
                    as: .absent("waiting", reason: waitingReason))
                return Taken(outcome: .waiting(id), innovation: id, differences: [])
            case .merge(let other, let probability):
                let root = try joinable(other, db).id
                new.add(
                    row, origin: origin, id: id, record: record, source: source, actor.name,
                    Lineage.joined(into: root, reason), db.at,
                    as: .absent("merged", reason: Lineage.joined(into: root, reason)))
                joining.append(Joining(id: id, root: root, probability: probability))
                let stated = Statement(
                    id: record, member: id, sourceID: source, source: "", externalID: row.externalID,
                    firstSeenAt: db.at, changedAt: db.at, innovation: row.innovation)
                let others = try statements(of: members(of: root, db), db)
                return Taken(
                    outcome: .merged(id), innovation: id,
                    differences: Difference.found(stated, since: nil, against: others))
            }
        }
        try new.write(db)
        try join(joining, actor, reason, db)
        return taken
    }

    static func sourceID(_ name: String, _ db: Writer) throws -> Int {
        if let row = try db.first("SELECT id FROM source WHERE name = \(name)") { return try row.int("id") }
        let id = try db.nextID("source")
        try db.insert("source", ["id", "name", "at"], [[id.sqlValue, name.sqlValue, db.at.sqlValue]])
        return id
    }

    private struct Known {
        let record: Int
        let innovation: Int
        let revision: Int
        let content: String
        /// What it states, or what its innovation says where it is alone and nothing else was written down.
        let stated: String
        let writtenDown: Bool
        let missing: Bool

        func says(_ row: SourceRow) -> Bool { content == row.content && stated == row.json }
    }

    private static func known(_ externalIDs: [String], source: Int, _ db: Writer) throws -> [String: Known] {
        var found: [String: Known] = [:]
        try db.each(
            """
            SELECT s.id, s.external_id, s.innovation, s.content, s.missing_since, s.record, i.revision,
                CASE WHEN s.record IS NULL THEN r.content ELSE NULL END AS json
            FROM source_record s JOIN innovation i ON i.id = s.innovation
            JOIN revision r ON r.innovation = i.id AND r.number = i.revision
            WHERE s.source = \(source) AND s.external_id IN \(externalIDs)
            """
        ) { row in
            let stated = try row.textOrNil("record")
            found[try row.text("external_id")] = Known(
                record: try row.int("id"), innovation: try row.int("innovation"), revision: try row.int("revision"),
                content: try row.text("content"), stated: try stated ?? row.text("json"), writtenDown: stated != nil,
                missing: try row.instantOrNil("missing_since") != nil)
        }
        return found
    }

    /// Those of some innovations of which more than one statement speaks.
    private static func accompanied(_ ids: [Int], _ db: Reader) throws -> Set<Int> {
        guard !ids.isEmpty else { return [] }
        return Set(
            try db.rows(
                """
                SELECT innovation AS id FROM source_record WHERE innovation IN \(ids)
                GROUP BY innovation HAVING COUNT(*) > 1
                UNION SELECT innovation FROM belonging WHERE innovation IN \(ids)
                UNION SELECT belongs_to FROM belonging WHERE belongs_to IN \(ids)
                """
            ) { try $0.int("id") })
    }

    /// Lets a record follow the one row that it rests on.
    private static func follow(
        _ old: Known, _ row: SourceRow, _ actor: Actor, _ reason: String, _ db: Writer
    ) throws -> Taken {
        try rewrite(old, row, record: old.writtenDown ? row.json : nil, db)
        guard old.stated != row.json else {
            return Taken(outcome: .unchanged(old.innovation), innovation: old.innovation, differences: [])
        }
        try write(
            row.innovation, json: row.json, origin: Origin(row.innovation, from: old.record), as: old.innovation,
            revision: old.revision + 1, actor.name, reason, db)
        db.changed("innovation", String(old.innovation))
        return Taken(outcome: .updated(old.innovation), innovation: old.innovation, differences: [])
    }

    /// Takes what a row states now; the record that it belongs to is made anew of all that is stated of it.
    private static func state(
        _ old: Known, _ row: SourceRow, _ actor: Actor, _ reason: String, _ db: Writer
    ) throws -> Taken {
        let root = try root(of: old.innovation, db)
        var statements = try statements(of: members(of: root, db), db)
        try rewrite(old, row, record: row.json, db)
        var differences: [Difference] = []
        if let place = statements.firstIndex(where: { $0.id == old.record }) {
            let before = statements[place]
            let now = before.sent(row.innovation, at: old.content == row.content ? before.changedAt : db.at)
            statements[place] = now
            if old.content != row.content {
                differences = Difference.found(now, since: before, against: statements)
            }
        }
        let changed = try settle(root, statements, actor.name, reason, db).changed
        return Taken(
            outcome: changed ? .updated(old.innovation) : .unchanged(old.innovation), innovation: old.innovation,
            differences: differences)
    }

    private static func rewrite(_ old: Known, _ row: SourceRow, record: String?, _ db: Writer) throws {
        if old.content != row.content {
            try db.execute(
                """
                UPDATE source_record SET content = \(row.content), reference = \(row.reference),
                    changed_at = \(db.at) WHERE id = \(old.record)
                """)
        }
        if let record {
            try db.execute(
                "UPDATE source_record SET record = \(record), fields = NULL WHERE id = \(old.record)")
        }
    }
}

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

/// What became of one row.
package enum RowOutcome: Sendable, Hashable {
    case created(Int), updated(Int), unchanged(Int)
}

extension Innovations {
    /// Takes rows of a source in one transaction, at most 500: new ones become records, changed ones a new revision.
    ///
    /// Taking the same rows again changes nothing. What an institution wrote and validated in the portal stays; the
    /// other fields follow the source.
    package func take(
        _ rows: [SourceRow], from source: String, by actor: Actor, reason: String, at: Instant
    ) async throws -> [RowOutcome] {
        try await database.write(at: at) { db in
            let sourceID = try Self.sourceID(source, db)
            let known = try Self.known(rows.map(\.externalID), source: sourceID, db)
            let own = try Self.ownRecords(of: known.values.map(\.innovation), db)
            var new = Inserts()
            let outcomes = try rows.map { row -> RowOutcome in
                guard let old = known[row.externalID] else {
                    let id = try db.nextID("innovation")
                    let record = try db.nextID("source_record")
                    let origin = Origin(row.innovation, from: record)
                    new.add(
                        row, origin: origin.json(), id: id, record: record, source: sourceID, actor.name, reason, at)
                    db.changed("innovation", String(id))
                    return .created(id)
                }
                if old.content != row.content {
                    try db.execute(
                        """
                        UPDATE source_record SET content = \(row.content), reference = \(row.reference),
                            changed_at = \(at) WHERE id = \(old.record)
                        """)
                }
                guard old.json != row.json else { return .unchanged(old.innovation) }
                guard try Self.revise(old, with: row, own, actor, reason, db) else {
                    return .unchanged(old.innovation)
                }
                db.changed("innovation", String(old.innovation))
                return .updated(old.innovation)
            }
            try new.write(db)
            return outcomes
        }
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
        let json: String
        let origin: String
    }

    private static func known(_ externalIDs: [String], source: Int, _ db: Writer) throws -> [String: Known] {
        var found: [String: Known] = [:]
        try db.each(
            """
            SELECT s.id, s.external_id, s.innovation, s.content, i.revision, r.content AS json,
                r.origin
            FROM source_record s JOIN innovation i ON i.id = s.innovation
            JOIN revision r ON r.innovation = i.id AND r.number = i.revision
            WHERE s.source = \(source) AND s.external_id IN \(externalIDs)
            """
        ) { row in
            found[try row.text("external_id")] = Known(
                record: try row.int("id"), innovation: try row.int("innovation"), revision: try row.int("revision"),
                content: try row.text("content"), json: try row.text("json"),
                origin: try row.text("origin"))
        }
        return found
    }

    /// The source records of what was written and validated in the portal itself.
    private static func ownRecords(of innovations: [Int], _ db: Reader) throws -> Set<Int> {
        Set(
            try db.rows(
                """
                SELECT s.id FROM source_record s JOIN source o ON o.id = s.source
                WHERE o.name = \(ownSource) AND s.innovation IN \(innovations)
                """
            ) { try $0.int("id") })
    }

    /// Writes the revision that a changed row makes, keeping the fields from `own` records; false when nothing is left
    /// to change.
    private static func revise(
        _ old: Known, with row: SourceRow, _ own: Set<Int>, _ actor: Actor, _ reason: String, _ db: Writer
    ) throws -> Bool {
        var (record, json) = (row.innovation, row.json)
        var origin = Origin(record, from: old.record)
        if !own.isEmpty {
            let before = try Origin(json: old.origin)
            let kept = before.fields(from: own)
            if !kept.isEmpty {
                let current = try Innovation(json: old.json)
                for field in kept { record.take(field, from: current) }
                json = record.json()
                origin = before.followed(by: record.known, of: old.record, keeping: own)
            }
        }
        guard json != old.json else { return false }
        try write(
            record, json: json, origin: origin, as: old.innovation, revision: old.revision + 1, actor.name, reason, db)
        return true
    }

    /// Writes the next revision of a record and what lists and joins need of it.
    static func write(
        _ i: Innovation, json: String, origin: Origin, as id: Int, revision number: Int, _ actor: String,
        _ reason: String, _ db: Writer
    ) throws {
        try db.insert(
            "revision", Inserts.revisionColumns,
            [
                [
                    id.sqlValue, number.sqlValue, db.at.sqlValue, actor.sqlValue, reason.sqlValue, json.sqlValue,
                    origin.json().sqlValue,
                ]
            ])
        try db.execute(
            """
            UPDATE innovation SET revision = \(number), updated_at = \(db.at), nri = \(i.nri), title = \(i.title),
                short_name = \(i.shortName), expansion = \(i.expansion), institution = \(i.institution),
                institution_as_given = \(i.institutionAsGiven), unit = \(i.unit), region = \(i.region),
                year = \(i.year), stage = \(i.stage?.rawValue), form = \(i.form?.rawValue), digital = \(i.digital),
                category = \(i.category), affair = \(i.affair), continuity = \(i.continuity?.rawValue),
                summary = \(i.texts[.summary])
            WHERE id = \(id)
            """)
        try db.execute("DELETE FROM innovation_sdg WHERE innovation = \(id)")
        try db.execute("DELETE FROM innovation_award WHERE innovation = \(id)")
        var new = Inserts()
        new.addLists(i, id: id)
        try new.write(db)
    }
}

/// Collects the rows of new records, so that each table is written by few statements.
struct Inserts {
    static let revisionColumns = ["innovation", "number", "at", "actor", "reason", "content", "origin"]
    static let recordColumns = [
        "id", "source", "external_id", "innovation", "reference", "content", "first_seen_at", "changed_at",
    ]

    private var innovations: [[Value]] = []
    private var records: [[Value]] = []
    private var revisions: [[Value]] = []
    private var sdgs: [[Value]] = []
    private var awards: [[Value]] = []

    mutating func add(
        _ row: SourceRow, origin: String, id: Int, record: Int, source: Int, _ actor: String,
        _ reason: String, _ at: Instant
    ) {
        let i = row.innovation
        innovations.append([
            id.sqlValue, .text("published"), 1.sqlValue, at.sqlValue, at.sqlValue, i.nri.sqlValue, i.title.sqlValue,
            i.shortName.sqlValue, i.expansion.sqlValue, i.institution.sqlValue, i.institutionAsGiven.sqlValue,
            i.unit.sqlValue, i.region.sqlValue, i.year.sqlValue, i.stage?.sqlValue ?? .null, i.form?.sqlValue ?? .null,
            i.digital.sqlValue, i.category.sqlValue, i.affair.sqlValue, i.continuity?.sqlValue ?? .null,
            i.texts[.summary].sqlValue,
        ])
        records.append([
            record.sqlValue, source.sqlValue, row.externalID.sqlValue, id.sqlValue, row.reference.sqlValue,
            row.content.sqlValue, at.sqlValue, at.sqlValue,
        ])
        revisions.append([
            id.sqlValue, 1.sqlValue, at.sqlValue, actor.sqlValue, reason.sqlValue, row.json.sqlValue,
            origin.sqlValue,
        ])
        addLists(i, id: id)
    }

    mutating func addLists(_ i: Innovation, id: Int) {
        for sdg in i.sdgs { sdgs.append([id.sqlValue, sdg.sqlValue]) }
        for (number, award) in i.awards.enumerated() {
            awards.append([
                id.sqlValue, number.sqlValue, award.programme.sqlValue, award.year.sqlValue, award.rank.sqlValue,
                award.decree.sqlValue,
            ])
        }
    }

    func write(_ db: Writer) throws {
        try db.insert(
            "innovation",
            [
                "id", "state", "revision", "created_at", "updated_at", "nri", "title", "short_name", "expansion",
                "institution", "institution_as_given", "unit", "region", "year", "stage", "form", "digital",
                "category", "affair", "continuity", "summary",
            ], innovations)
        try db.insert("source_record", Self.recordColumns, records)
        try db.insert("revision", Self.revisionColumns, revisions)
        try db.insert("innovation_sdg", ["innovation", "sdg"], sdgs)
        try db.insert("innovation_award", ["innovation", "number", "programme", "year", "rank", "decree"], awards)
    }
}

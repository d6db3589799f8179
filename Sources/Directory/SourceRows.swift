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
    /// Taking the same rows again changes nothing.
    package func take(
        _ rows: [SourceRow], from source: String, by actor: Actor, reason: String, at: Instant
    ) async throws -> [RowOutcome] {
        try await database.write(at: at) { db in
            let sourceID = try Self.sourceID(source, db)
            let known = try Self.known(rows.map(\.externalID), source: sourceID, db)
            var new = Inserts()
            let outcomes = try rows.map { row -> RowOutcome in
                guard let old = known[row.externalID] else {
                    let id = try db.nextID("innovation")
                    let record = try db.nextID("source_record")
                    let origin = Origin(row.innovation, from: record)
                    new.add(row, origin: origin.json(), id: id, record: record, source: sourceID, actor, reason, at)
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
                try Self.revise(old, with: row, actor, reason, at, db)
                db.changed("innovation", String(old.innovation))
                return .updated(old.innovation)
            }
            try new.write(db)
            return outcomes
        }
    }

    private static func sourceID(_ name: String, _ db: Writer) throws -> Int {
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
    }

    private static func known(_ externalIDs: [String], source: Int, _ db: Writer) throws -> [String: Known] {
        var found: [String: Known] = [:]
        try db.each(
            """
            SELECT s.id, s.external_id, s.innovation, s.content, i.revision, r.content AS json
            FROM source_record s JOIN innovation i ON i.id = s.innovation
            JOIN revision r ON r.innovation = i.id AND r.number = i.revision
            WHERE s.source = \(source) AND s.external_id IN \(externalIDs)
            """
        ) { row in
            found[try row.text("external_id")] = Known(
                record: try row.int("id"), innovation: try row.int("innovation"), revision: try row.int("revision"),
                content: try row.text("content"), json: try row.text("json"))
        }
        return found
    }

    private static func revise(
        _ old: Known, with row: SourceRow, _ actor: Actor, _ reason: String, _ at: Instant, _ db: Writer
    ) throws {
        let id = old.innovation
        let number = old.revision + 1
        let origin = Origin(row.innovation, from: old.record).json()
        try db.insert(
            "revision", Inserts.revisionColumns,
            [
                [
                    id.sqlValue, number.sqlValue, at.sqlValue, actor.name.sqlValue, reason.sqlValue,
                    row.json.sqlValue, origin.sqlValue,
                ]
            ])
        let i = row.innovation
        try db.execute(
            """
            UPDATE innovation SET revision = \(number), updated_at = \(at), nri = \(i.nri), title = \(i.title),
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
private struct Inserts {
    static let revisionColumns = ["innovation", "number", "at", "actor", "reason", "content", "origin"]

    private var innovations: [[Value]] = []
    private var records: [[Value]] = []
    private var revisions: [[Value]] = []
    private var sdgs: [[Value]] = []
    private var awards: [[Value]] = []

    mutating func add(
        _ row: SourceRow, origin: String, id: Int, record: Int, source: Int, _ actor: Actor,
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
            id.sqlValue, 1.sqlValue, at.sqlValue, actor.name.sqlValue, reason.sqlValue, row.json.sqlValue,
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
        try db.insert(
            "source_record",
            ["id", "source", "external_id", "innovation", "reference", "content", "first_seen_at", "changed_at"],
            records)
        try db.insert("revision", Self.revisionColumns, revisions)
        try db.insert("innovation_sdg", ["innovation", "sdg"], sdgs)
        try db.insert("innovation_award", ["innovation", "number", "programme", "year", "rank", "decree"], awards)
    }
}

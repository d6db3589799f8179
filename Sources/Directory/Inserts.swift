import Database
import Kernel

/// Collects the rows of new records, so that each table is written by few statements.
struct Inserts {
    /// How a record enters: shown at once, or absent with what its address would say.
    enum Standing {
        case published
        case absent(String, reason: String)
    }

    static let revisionColumns = ["innovation", "number", "at", "actor", "reason", "content", "origin"]
    static let recordColumns = [
        "id", "source", "external_id", "innovation", "reference", "content", "first_seen_at", "changed_at",
    ]
    private static let innovationColumns = [
        "id", "state", "revision", "created_at", "updated_at", "nri", "title", "short_name", "expansion",
        "institution", "institution_as_given", "unit", "region", "year", "stage", "form", "digital",
        "category", "affair", "continuity", "summary",
    ]

    private var innovations: [[Value]] = []
    private var absent: [[Value]] = []
    private var records: [[Value]] = []
    private var revisions: [[Value]] = []
    private var sdgs: [[Value]] = []
    private var awards: [[Value]] = []

    mutating func add(
        _ row: SourceRow, origin: String, id: Int, record: Int, source: Int, _ actor: String,
        _ reason: String, _ at: Instant, as standing: Standing = .published
    ) {
        let i = row.innovation
        var values: [Value] = [
            id.sqlValue, .text("published"), 1.sqlValue, at.sqlValue, at.sqlValue, i.nri.sqlValue, i.title.sqlValue,
            i.shortName.sqlValue, i.expansion.sqlValue, i.institution.sqlValue, i.institutionAsGiven.sqlValue,
            i.unit.sqlValue, i.region.sqlValue, i.year.sqlValue, i.stage?.sqlValue ?? .null, i.form?.sqlValue ?? .null,
            i.digital.sqlValue, i.category.sqlValue, i.affair.sqlValue, i.continuity?.sqlValue ?? .null,
            i.texts[.summary].sqlValue,
        ]
        switch standing {
        case .published: innovations.append(values)
        case .absent(let absence, let why):
            values[1] = .text("withdrawn")
            absent.append(values + [.text(absence), .text(why)])
        }
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
        try db.insert("innovation", Self.innovationColumns, innovations)
        try db.insert("innovation", Self.innovationColumns + ["absence", "withdrawn_reason"], absent)
        try db.insert("source_record", Self.recordColumns, records)
        try db.insert("revision", Self.revisionColumns, revisions)
        try db.insert("innovation_sdg", ["innovation", "sdg"], sdgs)
        try db.insert("innovation_award", ["innovation", "number", "programme", "year", "rank", "decree"], awards)
    }
}

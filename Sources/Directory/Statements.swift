import Database
import Kernel

/// The stored statements of records, and the one way in which they become a revision.
extension Innovations {
    /// What each source states of the record that an id belongs to, the most believed first; throws
    /// `unknownInnovation`.
    package func statements(of id: Int) async throws -> [Statement] {
        try await database.read { db in
            let found = try Self.statements(of: Self.members(of: id, db), db)
            guard !found.isEmpty else { throw DirectoryRefusal.unknownInnovation(String(id)) }
            return Survivorship.ordered(found)
        }
    }

    /// What is stated of a shown record; nothing is read where it rests on one row.
    func stated(of shown: Shown) async throws -> [Statement] {
        guard shown.sources.count == 1, let only = shown.sources.first else {
            return try await statements(of: shown.id)
        }
        return [
            Statement(
                id: only.id, member: shown.id, sourceID: 0, source: only.source, own: only.source == Self.ownSource,
                externalID: only.externalID, reference: only.reference, firstSeenAt: only.changedAt,
                changedAt: only.changedAt, innovation: shown.innovation, raw: only.content)
        ]
    }

    /// What the rows of these innovations state, in the order in which they came; two queries.
    static func statements(of members: [Int], _ db: Reader) throws -> [Statement] {
        let rows = try db.rows(
            """
            SELECT s.id, s.innovation, s.external_id, s.reference, s.content, s.record, s.fields, s.first_seen_at,
                s.changed_at, s.missing_since, s.source, o.name, o.owner, o.licence, o.trust
            FROM source_record s JOIN source o ON o.id = s.source WHERE s.innovation IN \(members) ORDER BY s.id
            """)
        // A row that was never followed by another statement is not written twice: the record says what it states.
        let plain = Set(try rows.filter { try $0.textOrNil("record") == nil }.map { try $0.int("innovation") })
        let newest = try newest(Array(plain), db)
        return try rows.map { row in
            let (id, member) = (try row.int("id"), try row.int("innovation"))
            let stated: Innovation
            var fields: Set<Innovation.Field>?
            if let json = try row.textOrNil("record") {
                stated = try Innovation(json: json)
                fields = try row.textOrNil("fields").map { Innovation.Field.set($0) }
            } else if let record = newest[member] {
                stated = record.innovation
                fields = Set(record.origin.fields[id] ?? [])
            } else {
                throw DirectoryRefusal.unknownInnovation(String(member))
            }
            let name = try row.text("name")
            return Statement(
                id: id, member: member, sourceID: try row.int("source"), source: name,
                owner: try row.textOrNil("owner"), licence: try row.textOrNil("licence"), trust: try row.int("trust"),
                own: name == ownSource, externalID: try row.text("external_id"),
                reference: try row.textOrNil("reference"), firstSeenAt: try row.instant("first_seen_at"),
                changedAt: try row.instant("changed_at"), missingSince: try row.instantOrNil("missing_since"),
                innovation: stated, fields: fields, raw: try row.text("content"))
        }
    }

    /// The newest revision of a record.
    struct Newest {
        let revision: Int
        let json: String
        let innovation: Innovation
        let origin: Origin
    }

    static func newest(_ ids: [Int], _ db: Reader) throws -> [Int: Newest] {
        guard !ids.isEmpty else { return [:] }
        var found: [Int: Newest] = [:]
        try db.each(
            """
            SELECT i.id, i.revision, r.content, r.origin FROM innovation i
            JOIN revision r ON r.innovation = i.id AND r.number = i.revision WHERE i.id IN \(ids)
            """
        ) { row in
            let json = try row.text("content")
            found[try row.int("id")] = Newest(
                revision: try row.int("revision"), json: json, innovation: try Innovation(json: json),
                origin: try Origin(json: try row.text("origin")))
        }
        return found
    }

    /// Computes a record from what is stated of it and writes its next revision, if that changes anything.
    ///
    /// - Parameters:
    ///   - statements: what its members state; nil to read them.
    ///   - always: whether a revision is written even when everything stays.
    /// - Returns: the number of the newest revision, and whether the record says something else than before.
    @discardableResult
    static func settle(
        _ id: Int, _ statements: [Statement]? = nil, always: Bool = false, _ actor: String, _ reason: String,
        _ db: Writer
    ) throws -> (revision: Int, changed: Bool) {
        guard let old = try newest([id], db)[id] else { throw DirectoryRefusal.unknownInnovation(String(id)) }
        let stated = try statements ?? Self.statements(of: members(of: id, db), db)
        let (record, origin) = Survivorship.record(of: stated)
        let json = record.json()
        let changed = json != old.json
        guard always || changed || origin.whose != old.origin.whose else { return (old.revision, false) }
        try writeDown(id, old, db)
        try write(record, json: json, origin: origin, as: id, revision: old.revision + 1, actor, reason, db)
        db.changed("innovation", String(id))
        return (old.revision + 1, changed)
    }

    /// Writes down what the rows of an innovation state that so far only its newest revision says.
    private static func writeDown(_ id: Int, _ old: Newest, _ db: Writer) throws {
        let rows = try db.rows("SELECT id FROM source_record WHERE innovation = \(id) AND record IS NULL") {
            try $0.int("id")
        }
        for row in rows {
            let fields = old.origin.fields[row] ?? []
            var stated = Innovation()
            // No record is without a title, whoever speaks for it.
            for field in [.title] + fields { stated.take(field, from: old.innovation) }
            try db.execute(
                """
                UPDATE source_record SET record = \(stated.json()),
                    fields = \(fields.map(\.rawValue).joined(separator: ",")) WHERE id = \(row)
                """)
        }
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

extension Innovation.Field {
    /// The fields of a stored list of names; unknown ones are passed over.
    static func set(_ text: String) -> Set<Self> {
        Set(text.split(separator: ",").compactMap { Self(rawValue: String($0)) })
    }
}

extension Origin {
    /// For comparison: the order of names says nothing, nor do records from which nothing comes.
    var whose: [Int: Set<Innovation.Field>] { fields.mapValues { Set($0) }.filter { !$0.value.isEmpty } }
}

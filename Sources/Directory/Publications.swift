import Database
import Kernel

/// What is written in the portal itself and validated by its institution, taken into the directory.
extension Innovations {
    /// The source that values written and validated in this portal come from.
    package static let ownSource = "Simpul"

    /// Publishes a validated draft in the caller's transaction: a new record, or the next revision of `id`.
    ///
    /// Each value that is as before keeps its origin; the others come from a new source record `draft-N`. What was
    /// emptied is noted too, so that an import does not bring it back. Nothing is added when the record is as before.
    /// Throws `DirectoryRefusal.unknownInnovation` and `.withdrawn`.
    package static func publish(
        _ record: Innovation, as id: Int?, draft: Int, source: String = ownSource, by actor: Actor, reason: String,
        _ db: Writer
    ) throws -> (id: Int, revision: Int) {
        let name = "draft-\(draft)"
        guard let id else { return (try publishNew(record, name, source, actor, reason, db), 1) }
        return (id, try revise(id, to: record, name, source, actor, reason, db))
    }

    /// Writes what an institution said of its record without a draft, e.g. that it stopped, as the next revision;
    /// returns its number. Provenance and refusals are those of a published draft.
    package static func publish(
        _ record: Innovation, as id: Int, reason: String, by actor: Actor, _ db: Writer
    ) throws -> Int {
        try revise(id, to: record, nil, ownSource, actor, reason, db)
    }

    /// - Parameter name: of the source record; nil for one that names record and revision.
    private static func revise(
        _ id: Int, to record: Innovation, _ name: String?, _ source: String, _ actor: Actor, _ reason: String,
        _ db: Writer
    ) throws -> Int {
        guard
            let row = try db.first(
                """
                SELECT i.revision, i.withdrawn_reason, i.updated_at, r.content, r.origin FROM innovation i
                JOIN revision r ON r.innovation = i.id AND r.number = i.revision WHERE i.id = \(id)
                """)
        else { throw DirectoryRefusal.unknownInnovation(String(id)) }
        if let withdrawn = try row.textOrNil("withdrawn_reason") {
            throw DirectoryRefusal.withdrawn(id: id, reason: withdrawn, on: try row.instant("updated_at").day())
        }
        let number = try row.int("revision")
        let json = record.json()
        guard try row.text("content") != json else { return number }
        let was = try Innovation(json: try row.text("content"))
        let own = try addSourceRecord(
            json, of: id, name ?? "innovation-\(id)-revision-\(number + 1)", source, db)
        let origin = try Origin(json: try row.text("origin")).revised(from: was, to: record, by: own)
        try write(record, json: json, origin: origin, as: id, revision: number + 1, actor.publicName, reason, db)
        db.changed("innovation", String(id))
        return number + 1
    }

    /// Notes who stands by a record since when and until when, in the caller's transaction.
    package static func vouch(
        _ id: Int, at: Instant, by office: String, instead: Validity.Instead? = nil, until: Instant, _ db: Writer
    ) throws {
        let count = try db.execute(
            """
            UPDATE innovation SET validated_at = \(at), validated_by = \(office), valid_until = \(until),
                validated_instead = \(instead)
            WHERE id = \(id)
            """)
        guard count == 1 else { throw DirectoryRefusal.unknownInnovation(String(id)) }
        db.changed("innovation", String(id))
    }

    private static func publishNew(
        _ record: Innovation, _ name: String, _ source: String, _ actor: Actor, _ reason: String, _ db: Writer
    ) throws -> Int {
        let id = try db.nextID("innovation")
        let own = try db.nextID("source_record")
        var new = Inserts()
        let row = SourceRow(
            externalID: name, reference: nil, content: record.json(), innovation: record)
        new.add(
            row, origin: Origin(record, from: own).json(), id: id, record: own, source: try sourceID(source, db),
            actor.publicName, reason, db.at)
        try new.write(db)
        db.changed("innovation", String(id))
        return id
    }

    private static func addSourceRecord(
        _ json: String, of id: Int, _ name: String, _ source: String, _ db: Writer
    ) throws -> Int {
        let own = try db.nextID("source_record")
        try db.insert(
            "source_record", Inserts.recordColumns,
            [
                [
                    own.sqlValue, try sourceID(source, db).sqlValue, name.sqlValue, id.sqlValue, .null,
                    json.sqlValue, db.at.sqlValue, db.at.sqlValue,
                ]
            ])
        return own
    }
}


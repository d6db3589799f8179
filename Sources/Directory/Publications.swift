import Database
import Kernel

/// What is written in the portal itself and validated by its institution, taken into the directory.
extension Innovations {
    /// The source that values written and validated in this portal come from.
    package static let ownSource = "Simpul"

    /// Publishes a validated draft in the caller's transaction: a new record, or the next revision of the one that `id`
    /// belongs to; returns which that is.
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
        return try revise(id, to: record, name, source, actor, reason, db)
    }

    /// Writes what an institution said of its record without a draft, e.g. that it stopped, as the next revision;
    /// returns its number. Provenance and refusals are those of a published draft.
    package static func publish(
        _ record: Innovation, as id: Int, reason: String, by actor: Actor, _ db: Writer
    ) throws -> Int {
        try revise(id, to: record, nil, ownSource, actor, reason, db).revision
    }

    /// - Parameter name: of the source record; nil for one that names record and revision.
    private static func revise(
        _ id: Int, to record: Innovation, _ name: String?, _ source: String, _ actor: Actor, _ reason: String,
        _ db: Writer
    ) throws -> (id: Int, revision: Int) {
        let (id, waiting) = try joinable(id, db)
        guard !waiting, let old = try newest([id], db)[id] else { throw DirectoryRefusal.unknownInnovation(String(id)) }
        let fields = Innovation.Field.allCases.filter { !record.agrees(with: old.innovation, in: $0) }
        guard !fields.isEmpty else { return (id, old.revision) }
        let own = try db.nextID("source_record")
        let json = record.json()
        try db.insert(
            "source_record", Inserts.recordColumns + ["record", "fields"],
            [
                [
                    own.sqlValue, try sourceID(source, db).sqlValue,
                    (name ?? "innovation-\(id)-revision-\(old.revision + 1)").sqlValue, id.sqlValue, .null,
                    json.sqlValue, db.at.sqlValue, db.at.sqlValue, json.sqlValue,
                    fields.map(\.rawValue).joined(separator: ",").sqlValue,
                ]
            ])
        return (id, try settle(id, always: true, actor.publicName, reason, db).revision)
    }

    /// Notes who stands by a record since when and until when, in the caller's transaction.
    package static func vouch(
        _ id: Int, at: Instant, by office: String, instead: Validity.Instead? = nil, until: Instant, _ db: Writer
    ) throws {
        let id = try root(of: id, db)
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
}

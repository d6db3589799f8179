import Database
import Kernel

/// Awards that are given within this portal: one statement for each award, which speaks for nothing but awards, so that
/// they are united with what other sources tell and follow every merge and its undoing.
extension Innovations {
    /// States one award of an innovation, whatever record it belongs to now; nothing happens when it is stated already.
    ///
    /// - Parameters:
    ///   - name: of the statement within its source, e.g. the award's serial number.
    ///   - raw: the statement as it was signed, JSON.
    package static func state(
        _ award: Innovation.Award, of innovation: Int, as name: String, from source: String, reference: String?,
        raw: String, by actor: Actor, reason: String, _ db: Writer
    ) throws {
        let source = try sourceID(source, db)
        guard
            try db.count(
                "SELECT COUNT(*) FROM source_record WHERE source = \(source) AND external_id = \(name)") == 0
        else { return }
        let root = try root(of: innovation, db)
        guard let record = try newest([root], db)[root]?.innovation else {
            throw DirectoryRefusal.unknownInnovation(String(innovation))
        }
        var stated = Innovation()
        // No record is without a title, whoever speaks for it.
        stated.title = record.title
        stated.awards = [award]
        try db.insert(
            "source_record", Inserts.recordColumns + ["record", "fields"],
            [
                [
                    try db.nextID("source_record").sqlValue, source.sqlValue, name.sqlValue, innovation.sqlValue,
                    reference.sqlValue, raw.sqlValue, db.at.sqlValue, db.at.sqlValue, stated.json().sqlValue,
                    Innovation.Field.awards.sqlValue,
                ]
            ])
        try settle(root, nil, actor.publicName, reason, db)
    }

    /// Takes one stated award back: the statement stays and speaks for nothing any more. Nothing happens when there is
    /// none.
    package static func takeBack(
        award name: String, from source: String, by actor: Actor, reason: String, _ db: Writer
    ) throws {
        guard
            let row = try db.first(
                """
                SELECT s.id, s.innovation FROM source_record s JOIN source o ON o.id = s.source
                WHERE o.name = \(source) AND s.external_id = \(name)
                """)
        else { return }
        try db.execute(
            "UPDATE source_record SET fields = '', changed_at = \(db.at) WHERE id = \(try row.int("id"))")
        try settle(try root(of: try row.int("innovation"), db), nil, actor.publicName, reason, db)
    }
}

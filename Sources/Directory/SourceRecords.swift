import Database
import Institutions
import Kernel
import Linkage

/// What happens to the rows of a source beside being taken, and the records as linkage compares them.
extension Innovations {
    /// Names the external id of a source record anew because its source gave it to another innovation: "123" becomes
    /// "123~1", or the next that is free.
    package static func retire(record: Int, _ db: Writer) throws {
        guard let row = try db.first("SELECT source, external_id FROM source_record WHERE id = \(record)") else {
            return
        }
        let (source, name) = (try row.int("source"), try row.text("external_id"))
        var number = 1
        while try db.count(
            "SELECT COUNT(*) FROM source_record WHERE source = \(source) AND external_id = \("\(name)~\(number)")") > 0
        {
            number += 1
        }
        try db.execute("UPDATE source_record SET external_id = \("\(name)~\(number)") WHERE id = \(record)")
    }

    /// Notes which rows of a source are no longer in it, and which are there again; returns how many are missing since
    /// now. The records stay: what an office once did is not undone by a list that forgets it.
    package static func noteMissing(source: Int, except externalIDs: Set<String>, _ db: Writer) throws -> Int {
        var gone: [(record: Int, innovation: Int)] = []
        var back: [(record: Int, innovation: Int)] = []
        try db.each(
            """
            SELECT s.id, s.external_id, s.missing_since, COALESCE(b.belongs_to, s.innovation) AS root
            FROM source_record s LEFT JOIN belonging b ON b.innovation = s.innovation WHERE s.source = \(source)
            """
        ) { row in
            let one = (record: try row.int("id"), innovation: try row.int("root"))
            let missing = try row.intOrNil("missing_since") != nil
            switch (externalIDs.contains(try row.text("external_id")), missing) {
            case (false, false): gone.append(one)
            case (true, true): back.append(one)
            default: break
            }
        }
        func set(_ since: Instant?, _ rows: [(record: Int, innovation: Int)]) throws {
            for start in stride(from: 0, to: rows.count, by: 500) {
                let some = rows[start..<min(start + 500, rows.count)]
                try db.execute("UPDATE source_record SET missing_since = \(since) WHERE id IN \(some.map(\.record))")
                for innovation in Set(some.map(\.innovation)).sorted() {
                    db.changed("innovation", String(innovation))
                }
            }
        }
        try set(db.at, gone)
        try set(nil, back)
        return gone.count
    }

    /// The records in the directory and those that wait for review, as the model compares them; one for each record,
    /// its id the innovation's number as text.
    package static func linkageRecords(_ db: Reader, register: Register) throws -> [LinkageRecord] {
        var records: [LinkageRecord] = []
        try db.stream(
            """
            SELECT i.id, r.content FROM innovation i
            JOIN revision r ON r.innovation = i.id AND r.number = i.revision
            WHERE i.state = 'published' OR i.absence = 'waiting' ORDER BY i.id
            """
        ) { row in
            let innovation = try Innovation(json: try row.text("content"))
            records.append(
                LinkageRecords.record(
                    of: innovation, id: String(try row.int("id")),
                    agency: register.institution(innovation.institution)?.name))
        }
        return records
    }
}

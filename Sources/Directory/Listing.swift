import Database
import Kernel

/// One innovation as lists show it.
package struct Listed: Sendable {
    package let id: Int
    package let innovation: Innovation
    package let revision: Int
    package let updatedAt: Instant
    package let sources: [Innovations.SourceRecord]
}

extension Innovations {
    /// Innovations by number, in the order asked for; two queries whatever their number. Withdrawn ones are left out.
    package func listed(_ ids: [Int]) async throws -> [Listed] {
        guard !ids.isEmpty else { return [] }
        return try await database.read { db in
            let sources = try Self.sources(of: ids, db)
            var found: [Int: Listed] = [:]
            try db.each(
                """
                SELECT i.id, i.revision, i.updated_at, r.content FROM innovation i
                JOIN revision r ON r.innovation = i.id AND r.number = i.revision
                WHERE i.state = 'published' AND i.id IN \(ids)
                """
            ) { row in
                let id = try row.int("id")
                found[id] = Listed(
                    id: id, innovation: try Innovation(json: try row.text("content")), revision: try row.int("revision"),
                    updatedAt: try row.instant("updated_at"), sources: sources[id] ?? [])
            }
            return ids.compactMap { found[$0] }
        }
    }

    /// The names of all sources and how many records each has.
    package func sourceCounts() async throws -> [(name: String, records: Int)] {
        try await database.read { db in
            try db.rows(
                """
                SELECT o.name, COUNT(*) AS records FROM source o JOIN source_record s ON s.source = o.id
                GROUP BY o.name ORDER BY o.name
                """
            ) { (name: try $0.text("name"), records: try $0.int("records")) }
        }
    }
}

import Database
import Kernel

/// One innovation as lists show it.
package struct Listed: Sendable {
    package let id: Int
    package let innovation: Innovation
    package let revision: Int
    package let updatedAt: Instant
    package let sources: [Innovations.SourceRecord]
    package let validity: Validity
}

extension Innovations {
    /// The columns of `innovation AS i` that say who stands by a record.
    package static var validityColumns: SQL {
        "i.validated_at, i.validated_by, i.valid_until, i.validated_instead, i.clarifying_since"
    }

    /// Who stands by a record, from a row with `validityColumns`.
    package static func validity(_ row: Row, _ continuity: Innovation.Continuity?) throws -> Validity {
        var validation: Validity.Validation?
        if let at = try row.instantOrNil("validated_at") {
            validation = Validity.Validation(
                at: at, by: try row.text("validated_by"), until: try row.instant("valid_until"),
                instead: try row.choiceOrNil("validated_instead"))
        }
        return Validity(
            validation, continuity: continuity, clarifyingSince: try row.instantOrNil("clarifying_since"))
    }

    /// Innovations by number, in the order asked for; two queries whatever their number. Withdrawn ones are left out.
    package func listed(_ ids: [Int]) async throws -> [Listed] {
        guard !ids.isEmpty else { return [] }
        return try await database.read { db in
            let sources = try Self.sources(of: ids, db)
            var found: [Int: Listed] = [:]
            try db.each(
                """
                SELECT i.id, i.revision, i.updated_at, r.content, \(Self.validityColumns) FROM innovation i
                JOIN revision r ON r.innovation = i.id AND r.number = i.revision
                WHERE i.state = 'published' AND i.id IN \(ids)
                """
            ) { row in
                let id = try row.int("id")
                let innovation = try Innovation(json: try row.text("content"))
                found[id] = Listed(
                    id: id, innovation: innovation, revision: try row.int("revision"),
                    updatedAt: try row.instant("updated_at"), sources: sources[id] ?? [],
                    validity: try Self.validity(row, innovation.continuity))
            }
            return ids.compactMap { found[$0] }
        }
    }

    /// The sources, how many records each has, and when it last changed one.
    package func sourceCounts() async throws -> [(name: String, records: Int, latest: Instant)] {
        try await database.read { db in
            try db.rows(
                """
                SELECT o.name, COUNT(*) AS records, MAX(s.changed_at) AS latest
                FROM source o JOIN source_record s ON s.source = o.id
                WHERE s.innovation NOT IN (SELECT id FROM innovation WHERE absence = 'waiting') GROUP BY o.name ORDER BY o.name
                """
            ) { (name: try $0.text("name"), records: try $0.int("records"), latest: try $0.instant("latest")) }
        }
    }

    /// When anything public last changed; 1970 when nothing ever did.
    package func lastChange() async throws -> Instant {
        try await database.read { db in
            try db.first("SELECT at FROM change ORDER BY seq DESC LIMIT 1")?.instant("at") ?? Instant(milliseconds: 0)
        }
    }

    /// How many innovations name at least one Sustainable Development Goal.
    package func withGoals() async throws -> Int {
        try await database.read { db in
            try db.count(
                """
                SELECT COUNT(DISTINCT g.innovation) FROM innovation_sdg g
                JOIN innovation i ON i.id = g.innovation WHERE i.state = 'published'
                """)
        }
    }

    /// How many spellings of institutions no rule could resolve.
    package func unresolvedInstitutions() async throws -> Int {
        try await database.read { db in
            try db.count(
                """
                SELECT COUNT(DISTINCT institution_as_given) FROM innovation
                WHERE state = 'published' AND institution IS NULL AND (form IS NULL OR form <> 'citizen')
                """)
        }
    }

    /// The newest innovations of a regency or city: placed there, or of an institution that governs it or sits there.
    package func numbers(inRegion code: String, limit: Int) async throws -> [Int] {
        try await database.read { db in
            try db.rows(
                "SELECT i.id FROM \(Self.inRegion(code)) ORDER BY i.updated_at DESC, i.id DESC LIMIT \(limit)"
            ) { try $0.int("id") }
        }
    }

    package func count(inRegion code: String) async throws -> Int {
        try await database.read { db in try db.count("SELECT COUNT(*) FROM \(Self.inRegion(code))") }
    }

    private static func inRegion(_ code: String) -> SQL {
        """
        innovation i LEFT JOIN institution o ON o.code = i.institution
        WHERE i.state = 'published' AND COALESCE(i.region, o.region) = \(code)
        """
    }
}

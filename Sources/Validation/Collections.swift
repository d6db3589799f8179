import Database
import Kernel
import People

/// The stored dates that agencies set for their units, and how far each unit is.
package struct Collections: Sendable {
    private let database: Database

    package init(_ database: Database) { self.database = database }

    /// The dates of the institutions that a person follows, open ones first by day; at most 200.
    package func list(for person: Person) async throws -> [Collection] {
        let grants = person.grants(for: .followInstitution)
        return try await database.read { db in
            try db.rows(
                """
                SELECT c.* FROM collection c WHERE \(GrantScopes.within(grants, "c.institution"))
                ORDER BY CASE WHEN c.closed_at IS NULL THEN 0 ELSE 1 END, c.due_on, c.id LIMIT 200
                """, Self.collection)
        }
    }

    /// One date with its units by name. Throws `CollectionRefusal.unknown`, also where it is not the person's to see.
    package func show(_ id: Int, for person: Person) async throws -> (collection: Collection, units: [UnitProgress]) {
        let grants = person.grants(for: .followInstitution)
        return try await database.read { db in
            guard
                let collection = try db.rows(
                    """
                    SELECT c.* FROM collection c
                    WHERE c.id = \(id) AND \(GrantScopes.within(grants, "c.institution"))
                    """, Self.collection
                ).first
            else { throw CollectionRefusal.unknown }
            return (collection, try Self.units(of: collection, db).map(\.progress))
        }
    }

    /// The open units of a collection's institution by name. Those that validate stand in it only when they write too.
    static func units(of collection: Collection, _ db: Reader) throws -> [(id: Int, progress: UnitProgress)] {
        try db.rows(
            """
            SELECT u.id, u.name, COUNT(CASE WHEN d.state IN ('draft', 'returned') THEN 1 END) AS writing,
                COUNT(CASE WHEN d.state = 'submitted' THEN 1 END) AS waiting,
                COUNT(CASE WHEN d.state = 'published' AND d.decided_at >= \(collection.madeAt) THEN 1 END) AS published,
                MIN(CASE WHEN d.submitted_at >= \(collection.madeAt) OR d.state = 'submitted'
                    THEN d.submitted_at END) AS sent_at,
                MAX(d.updated_at) AS touched_at
            FROM unit u LEFT JOIN draft d ON d.unit = u.id AND d.state <> 'abandoned'
            WHERE u.institution = \(collection.institution) AND u.closed_at IS NULL
            GROUP BY u.id, u.name, u.custodian HAVING u.custodian = 0 OR COUNT(d.id) > 0 ORDER BY u.name
            """
        ) {
            (
                id: try $0.int("id"),
                progress: UnitProgress(
                    unit: try $0.text("name"), writing: try $0.int("writing"), waiting: try $0.int("waiting"),
                    published: try $0.int("published"), sentAt: try $0.instantOrNil("sent_at"),
                    touchedAt: try $0.instantOrNil("touched_at"))
            )
        }
    }

    /// Sets a date for the units of an institution. Throws `CollectionRefusal.incomplete`.
    package func set(
        title: String, dueOn: String, at institution: String, by actor: Actor, at now: Instant
    ) async throws -> Int {
        let (title, day) = try Collection.check(title: title, dueOn: dueOn, at: now)
        return try await database.write(at: now) { db in
            try Grants.require(.manageUnits, at: institution, by: actor, db)
            let id = try db.nextID("collection")
            try db.insert(
                "collection", ["id", "institution", "title", "due_on", "made_at", "made_by"],
                [
                    [
                        id.sqlValue, institution.sqlValue, title.sqlValue, day.sqlValue, now.sqlValue,
                        actor.account.sqlValue,
                    ]
                ])
            try Audit.note("set-date", "collection", String(id), [("due", day.iso)], by: actor, db)
            return id
        }
    }

    /// Ends the following of a date; closing it again changes nothing. Throws `CollectionRefusal.unknown`.
    package func close(_ id: Int, by actor: Actor, at now: Instant) async throws {
        try await database.write(at: now) { db in
            guard let row = try db.first("SELECT institution, closed_at FROM collection WHERE id = \(id)") else {
                throw CollectionRefusal.unknown
            }
            try Grants.require(.manageUnits, at: try row.text("institution"), by: actor, db)
            guard try row.instantOrNil("closed_at") == nil else { return }
            try db.execute("UPDATE collection SET closed_at = \(now) WHERE id = \(id)")
            try Audit.note("close", "collection", String(id), by: actor, db)
        }
    }

    @Sendable static func collection(_ row: Row) throws -> Collection {
        guard let day = try row.dayOrNil("due_on") else { throw CollectionRefusal.unknown }
        return Collection(
            id: try row.int("id"), institution: try row.text("institution"), title: try row.text("title"), dueOn: day,
            madeAt: try row.instant("made_at"), closedAt: try row.instantOrNil("closed_at"))
    }
}

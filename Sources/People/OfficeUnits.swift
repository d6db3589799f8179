import Database
import Kernel

/// The units of institutions.
package struct OfficeUnits: Sendable {
    private let database: Database

    package init(_ database: Database) { self.database = database }

    /// Every unit of an institution by name, the closed ones too.
    package func all(of institution: String) async throws -> [OfficeUnit] {
        try await database.read { db in try OfficeUnits.units("u.institution = \(institution)", db) }
    }

    /// Throws `UnitRefusal.unknown`.
    package func unit(_ id: Int) async throws -> OfficeUnit {
        try await database.read { db in try OfficeUnits.unit(id, db) }
    }

    /// Adds a unit; one of that name that was closed is opened again. Returns its number.
    package func add(_ name: String, custodian: Bool = false, to institution: String, by actor: Actor, at: Instant)
        async throws -> Int
    {
        let name = try OfficeUnits.tidy(name)
        return try await database.write(at: at) { db in
            try Grants.require(.manageUnits, at: institution, by: actor, db)
            guard try db.count("SELECT COUNT(*) FROM institution WHERE code = \(institution)") == 1 else {
                throw AccountRefusal.unknownInstitution(institution)
            }
            let same = try OfficeUnits.units("u.institution = \(institution) AND u.name = \(name)", db).first
            let id = try same?.id ?? db.nextID("unit")
            if let same {
                guard same.closed != nil else { throw UnitRefusal.nameTaken }
                try db.execute("UPDATE unit SET closed_at = NULL, custodian = \(custodian) WHERE id = \(id)")
            } else {
                try db.insert(
                    "unit", ["id", "institution", "name", "custodian", "created_at"],
                    [[id.sqlValue, institution.sqlValue, name.sqlValue, custodian.sqlValue, at.sqlValue]])
            }
            try Audit.note("add", "unit", String(id), [("institution", institution), ("name", name)], by: actor, db)
            return id
        }
    }

    package func rename(_ id: Int, to name: String, by actor: Actor, at: Instant) async throws {
        let name = try OfficeUnits.tidy(name)
        try await database.write(at: at) { db in
            let unit = try OfficeUnits.unit(id, db)
            try Grants.require(.manageUnits, at: unit.institution, by: actor, db)
            let same = try OfficeUnits.units("u.institution = \(unit.institution) AND u.name = \(name)", db)
            guard same.allSatisfy({ $0.id == id }) else { throw UnitRefusal.nameTaken }
            try db.execute("UPDATE unit SET name = \(name) WHERE id = \(id)")
            try Audit.note("rename", "unit", String(id), [("from", unit.name), ("to", name)], by: actor, db)
        }
    }

    /// Says whether it is one of the institution's custodians.
    package func setCustodian(_ custodian: Bool, _ id: Int, by actor: Actor, at: Instant) async throws {
        try await database.write(at: at) { db in
            let unit = try OfficeUnits.unit(id, db)
            try Grants.require(.manageUnits, at: unit.institution, by: actor, db)
            try db.execute("UPDATE unit SET custodian = \(custodian) WHERE id = \(id)")
            try Audit.note("set-custodian", "unit", String(id), [("on", custodian ? "1" : "0")], by: actor, db)
        }
    }

    /// Closes a unit: what it wrote stays. Throws `UnitRefusal.hasPeople` while accounts belong to it.
    package func close(_ id: Int, by actor: Actor, at: Instant) async throws {
        try await database.write(at: at) { db in
            let unit = try OfficeUnits.unit(id, db)
            try Grants.require(.manageUnits, at: unit.institution, by: actor, db)
            guard unit.closed == nil else { return }
            guard unit.people == 0 else { throw UnitRefusal.hasPeople(unit.people) }
            try db.execute("UPDATE unit SET closed_at = \(at) WHERE id = \(id)")
            try Audit.note("close", "unit", String(id), by: actor, db)
        }
    }

    private static func unit(_ id: Int, _ db: Reader) throws -> OfficeUnit {
        guard let unit = try units("u.id = \(id)", db).first else { throw UnitRefusal.unknown }
        return unit
    }

    private static func units(_ condition: SQL, _ db: Reader) throws -> [OfficeUnit] {
        try db.rows(
            """
            SELECT u.id, u.institution, u.name, u.custodian, u.closed_at,
                (SELECT COUNT(DISTINCT g.account) FROM role_grant g WHERE g.unit = u.id AND g.until_at IS NULL) AS people
            FROM unit u WHERE \(condition) ORDER BY u.name, u.id
            """
        ) {
            OfficeUnit(
                id: try $0.int("id"), institution: try $0.text("institution"), name: try $0.text("name"),
                custodian: try $0.bool("custodian"), closed: try $0.instantOrNil("closed_at"),
                people: try $0.int("people"))
        }
    }

    private static func tidy(_ name: String) throws(UnitRefusal) -> String {
        let name = name.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard !name.isEmpty else { throw .nameMissing }
        guard name.count <= 200 else { throw .nameTooLong }
        return name
    }
}

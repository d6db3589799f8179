import Database
import Foundation
import Kernel
import People

/// The stored editions: made by copying, edited while a draft, opened once their rules hold together, amended afterwards.
package struct Editions: Sendable {
    package enum State: String, Sendable, Hashable, CaseIterable { case archive, draft, open, closed }

    /// An edition as it stands, or as it stood at a version.
    package struct Stored: Sendable, Hashable {
        package let id: Int
        package let code: String
        package let state: State
        package let version: Int
        package let openedAt: Instant?
        package let tables: EditionTables
        /// Its rules as values, read from the tables once.
        package let edition: Edition
    }

    /// One version after the opening: what was amended, when and why.
    package struct Amendment: Sendable, Hashable {
        package let number: Int
        package let at: Instant
        package let office: String
        package let reason: String
        package let changes: [EditionTables.Change]
    }

    private let database: Database

    package init(_ database: Database) { self.database = database }

    /// Stores the editions that ship with the program and are not there yet, as archives.
    package func loadShipped(at: Instant) async throws {
        let shipped = try ShippedEditions.all()
        // Every command comes by here: one that finds them all there neither writes nor waits for a writer.
        let there = try await database.read { try Self.codes($0) }
        guard shipped.contains(where: { !there.contains($0.code) }) else { return }
        try await database.write(at: at) { db in
            let known = try Self.codes(db)
            for (code, tables) in shipped where !known.contains(code) {
                try Self.insert(code, .archive, tables, office: "Simpul", db)
            }
        }
    }

    private static func codes(_ db: Reader) throws -> Set<String> {
        Set(try db.rows("SELECT code FROM edition") { try $0.text("code") })
    }

    /// The editions that anybody may see, the latest year first; drafts only when asked for.
    package func all(withDrafts: Bool = false) async throws -> [Stored] {
        let found = try await database.read { db in
            try Self.read(withDrafts ? "1 = 1" : "e.state <> 'draft'", db)
        }
        return found.sorted { ($0.edition.year, $0.id) > ($1.edition.year, $1.id) }
    }

    /// An edition by its code; throws `unknown`, also for a draft unless asked for.
    package func show(_ code: String, draft: Bool = false) async throws -> Stored {
        guard let found = try await database.read({ try Self.read("e.code = \(code)", $0) }).first,
            draft || found.state != .draft
        else { throw EditionRefusal.unknown(code) }
        return found
    }

    /// What was changed after the opening, the latest first.
    package func amendments(of id: Int) async throws -> [Amendment] {
        let versions = try await database.read { db in
            try db.rows(
                """
                SELECT v.number, v.at, v.office, v.reason, v.content FROM edition_version v
                WHERE v.edition = \(id) ORDER BY v.number
                """
            ) { row in
                (
                    number: try row.int("number"), at: try row.instant("at"), office: try row.text("office"),
                    reason: try row.textOrNil("reason"), tables: try EditionTables(json: try row.text("content"))
                )
            }
        }
        return zip(versions, versions.dropFirst()).compactMap { before, after in
            after.reason.map {
                Amendment(
                    number: after.number, at: after.at, office: after.office, reason: $0,
                    changes: after.tables.changes(since: before.tables))
            }
        }.reversed()
    }

    /// Makes a draft from an earlier edition, whose dates and sources it leaves out: they are another year's.
    ///
    /// - Parameter organiser: the institution that will hold it.
    package func copy(
        _ code: String, as new: String, year: Int, organiser: String, by actor: Actor, at: Instant
    ) async throws {
        let fits =
            !new.isEmpty && new.count <= 40
            && new.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
        guard fits else { throw EditionRefusal.badCode }
        try await database.write(at: at) { db in
            try Grants.require(.manageEditions, at: organiser, by: actor, db)
            guard let from = try Self.read("e.code = \(code)", db).first else { throw EditionRefusal.unknown(code) }
            guard try db.count("SELECT COUNT(*) FROM edition WHERE code = \(new)") == 0 else {
                throw EditionRefusal.taken(new)
            }
            var tables = from.tables
            tables[.facts] = tables[.facts].map { row in
                var row = row
                if let before = row["year"] {
                    for name in ["name_id", "name_en"] { row[name] = row[name]?.replacing(before, with: String(year)) }
                }
                return row.merging(["year": String(year), "organiser": organiser]) { _, new in new }
            }
            // What the earlier guideline said is no source for this year's.
            for part in EditionPart.allCases { tables[part] = tables[part].map { $0.filter { $0.key != "source" } } }
            tables[.stages] = tables[.stages].map { $0.filter { $0.key != "opens" && $0.key != "closes" } }
            let id = try Self.insert(new, .draft, tables, office: actor.publicName, db)
            try Audit.note("copy", "edition", String(id), [("from", code)], by: actor, db)
        }
    }

    /// Replaces a part of an edition. A draft takes anything that can be read; an open edition takes what holds together,
    /// as a dated amendment with its reason.
    ///
    /// - Parameter version: the version that the change began with.
    /// - Throws: `EditionRefusal`.
    package func change(
        _ code: String, _ part: EditionPart, to rows: [[String: String]], reason: String?, basedOn version: Int,
        by actor: Actor, at: Instant
    ) async throws {
        try await database.write(at: at) { db in
            let stored = try Self.toEdit(code, by: actor, db)
            guard stored.version == version else { throw EditionRefusal.changedMeanwhile }
            var tables = stored.tables
            tables[part] = rows
            if part == .facts, let organiser = rows.first?["organiser"] {
                try Grants.require(.manageEditions, at: organiser, by: actor, db)
            }
            guard tables != stored.tables else { return }
            // Somebody else's part may still be unfinished: a draft is held to this part alone.
            let problems =
                stored.state == .draft
                ? EditionReading(tables).problems.filter { $0.part == part } : EditionCheck(tables).problems
            guard problems.isEmpty else { throw EditionRefusal.contradictory(problems) }
            let why = reason?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
            if stored.state == .open, why.isEmpty { throw EditionRefusal.noReason }
            try db.insert(
                "edition_version", Self.versionColumns,
                [
                    [
                        stored.id.sqlValue, (version + 1).sqlValue, at.sqlValue, actor.publicName.sqlValue,
                        stored.state == .open ? why.sqlValue : .null, try tables.json().sqlValue,
                    ]
                ])
            try db.execute("UPDATE edition SET version = \(version + 1) WHERE id = \(stored.id)")
            try Audit.note(
                stored.state == .open ? "amend" : "change", "edition", String(stored.id), [("part", part.rawValue)],
                by: actor, db)
            if stored.state != .draft { db.changed("edition", stored.code) }
        }
    }

    /// Opens a draft whose rules hold together: they are fixed from now on.
    ///
    /// - Throws: `EditionRefusal.contradictory` with everything that has to be mended.
    package func open(_ code: String, by actor: Actor, at: Instant) async throws {
        try await database.write(at: at) { db in
            let stored = try Self.toEdit(code, by: actor, db)
            guard stored.state == .draft else { throw EditionRefusal.alreadyOpen }
            let problems = EditionCheck(stored.tables).problems
            guard problems.isEmpty else { throw EditionRefusal.contradictory(problems) }
            try db.execute("UPDATE edition SET state = 'open', opened_at = \(at) WHERE id = \(stored.id)")
            try Audit.note("open", "edition", String(stored.id), by: actor, db)
            db.changed("edition", stored.code)
        }
    }

    private static let versionColumns = ["edition", "number", "at", "office", "reason", "content"]

    @discardableResult
    private static func insert(
        _ code: String, _ state: State, _ tables: EditionTables, office: String, _ db: Writer
    ) throws -> Int {
        let id = try db.nextID("edition")
        try db.insert(
            "edition", ["id", "code", "state", "version", "created_at"],
            [[id.sqlValue, code.sqlValue, state.sqlValue, 1.sqlValue, db.at.sqlValue]])
        try db.insert(
            "edition_version", versionColumns,
            [[id.sqlValue, 1.sqlValue, db.at.sqlValue, office.sqlValue, .null, try tables.json().sqlValue]])
        // An archive comes with the program, before anybody could have seen a page without it.
        if state == .open { db.changed("edition", code) }
        return id
    }

    /// The secretariat holds every edition; a hub those of the institutions it reaches.
    private static func toEdit(_ code: String, by actor: Actor, _ db: Writer) throws -> Stored {
        guard let stored = try read("e.code = \(code)", db).first else { throw EditionRefusal.unknown(code) }
        try Grants.require(.manageEditions, at: stored.edition.organiser, by: actor, db)
        guard stored.state == .draft || stored.state == .open else { throw EditionRefusal.archived }
        return stored
    }

    static func read(_ condition: SQL, _ db: Reader) throws -> [Stored] {
        try db.rows(
            """
            SELECT e.id, e.code, e.state, e.version, e.opened_at, v.content FROM edition e
            JOIN edition_version v ON v.edition = e.id AND v.number = e.version WHERE \(condition) ORDER BY e.id
            """
        ) { row in
            let tables = try EditionTables(json: try row.text("content"))
            return Stored(
                id: try row.int("id"), code: try row.text("code"), state: try row.choice("state"),
                version: try row.int("version"), openedAt: try row.instantOrNil("opened_at"), tables: tables,
                edition: EditionReading(tables).edition)
        }
    }
}

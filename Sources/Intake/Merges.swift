import Database
import Directory
import Kernel
import People

/// The merges that were made, by deliveries and by persons, and taking them back.
package struct Merges: Sendable {
    private let database: Database

    package init(_ database: Database) { self.database = database }

    /// Which merges a list shows.
    package enum Part: String, Sendable, Hashable, CaseIterable {
        case machine = "kiriman"
        case person = "orang"
        case undone = "dibatalkan"
    }

    package struct Line: Sendable {
        package let id: Int
        package let joined: Pairs.Name
        package let survivor: Pairs.Name
        package let at: Instant
        /// The office of a person, or `import:` with a source's name.
        package let by: String
        package let reason: String
        package let probability: Double?
        package let undoneAt: Instant?
        package let undoneBy: String?
        package let undoneReason: String?
    }

    package struct Page: Sendable {
        package let lines: [Line]
        package let counts: [Part: Int]
        /// Pairs that wait for a second person.
        package let proposed: Int
        /// The number after which the next page begins.
        package let next: Int?
    }

    /// Merges of one part, or all that stand, the latest first. Three statements.
    package func list(_ part: Part?, before: Int? = nil) async throws -> Page {
        try await database.read { db in
            let older: SQL = before.map { "m.id < \($0)" } ?? "1 = 1"
            let lines = try Self.lines(
                "\(Self.condition(part)) AND \(older) ORDER BY m.id DESC LIMIT \(Pairs.pageSize + 1)", db)
            let counts = try db.first(
                """
                SELECT COUNT(CASE WHEN undone_at IS NULL AND \(Self.byMachine) THEN 1 END) AS machine,
                    COUNT(CASE WHEN undone_at IS NULL AND NOT \(Self.byMachine) THEN 1 END) AS person,
                    COUNT(undone_at) AS undone
                FROM merge m
                """)
            let shown = Array(lines.prefix(Pairs.pageSize))
            return Page(
                lines: shown,
                counts: [
                    .machine: try counts?.int("machine") ?? 0, .person: try counts?.int("person") ?? 0,
                    .undone: try counts?.int("undone") ?? 0,
                ],
                proposed: try db.count(
                    "SELECT COUNT(*) FROM \(Pairs.joined) WHERE p.state = 'proposed' AND \(Pairs.live)"),
                next: lines.count > shown.count ? shown.last?.id : nil)
        }
    }

    /// One of the records that are one now: what its sources say and what of the shared record comes from it.
    package struct Member: Sendable {
        package let name: Pairs.Name
        package let sources: [Innovations.SourceRecord]
        package let fields: [Innovation.Field]
    }

    package struct Shown: Sendable {
        package let line: Line
        /// The pair on which a person decided, if one did.
        package let pair: Int?
        /// The record that the survivor belongs to now, and its content.
        package let root: Int
        package let record: Innovation
        /// The survivor first; of a merge that was undone only its two records.
        package let members: [Member]
    }

    /// One merge; throws `MergeRefusal.unknown`.
    package func show(_ id: Int) async throws -> Shown {
        try await database.read { db in
            guard let line = try Self.lines("m.id = \(id)", db).first else { throw MergeRefusal.unknown }
            let root = try Innovations.root(of: line.survivor.id, db)
            guard
                let row = try db.first(
                    """
                    SELECT r.content, r.origin FROM innovation i
                    JOIN revision r ON r.innovation = i.id AND r.number = i.revision WHERE i.id = \(root)
                    """)
            else { throw MergeRefusal.unknown }
            let origin = try Origin(json: try row.text("origin"))
            var ids = line.undoneAt == nil ? try Innovations.members(of: root, db) : []
            for id in [root, line.survivor.id, line.joined.id] where !ids.contains(id) { ids.append(id) }
            let sources = try Innovations.sources(of: ids, db)
            let names = try db.rows("SELECT \(Self.nameColumns) FROM innovation a WHERE a.id IN \(ids) ORDER BY a.id") {
                try Pairs.name($0, "a")
            }
            // What joined a record is listed with it too; here each stands for itself.
            let joined = Set(ids.filter { $0 != root }.flatMap { sources[$0] ?? [] }.map(\.id))
            let members = names.map { name in
                let own = (sources[name.id] ?? []).filter { name.id != root || !joined.contains($0.id) }
                return Member(
                    name: name, sources: own,
                    fields: Innovation.Field.allCases.filter { field in
                        origin.source(of: field).map { number in own.contains { $0.id == number } } ?? false
                    })
            }
            return Shown(
                line: line, pair: try db.first("SELECT id FROM pair WHERE merge = \(id)").map { try $0.int("id") },
                root: root, record: try Innovation(json: try row.text("content")),
                members: members.filter { $0.name.id == root } + members.filter { $0.name.id != root })
        }
    }

    /// Takes a merge back, whatever happened since, and keeps that the two were called different.
    ///
    /// Throws `MergeRefusal` and `DeskRefusal.notYours`.
    package func undo(_ id: Int, reason: String, by actor: Actor, at now: Instant) async throws {
        guard !reason.isEmpty else { throw MergeRefusal.emptyReason }
        let over = reason.unicodeScalars.count - Pair.reasonLimit
        guard over <= 0 else { throw MergeRefusal.longReason(over) }
        try await database.write(at: now) { db in
            try Grants.require(.reviewTwins, by: actor, db)
            guard let line = try Self.lines("m.id = \(id)", db).first else { throw MergeRefusal.unknown }
            if let on = line.undoneAt { throw MergeRefusal.undone(by: line.undoneBy ?? "–", on: on.day()) }
            let waited = try PairQuestions.waited(id, db)
            try Innovations.undo(merge: id, by: actor, reason: reason, db)
            let pair =
                try db.first("SELECT id FROM pair WHERE merge = \(id)").map { try $0.int("id") }
                ?? Pairs.add(
                    line.joined.id, line.survivor.id, probability: line.probability ?? 0.5,
                    weight: 0, steps: [], db)
            try db.execute(
                """
                UPDATE pair SET state = 'different', merge = NULL, admitted = 0, decided_by = \(actor.account),
                    decided_at = \(now), reason = \(reason) WHERE id = \(pair)
                """)
            if waited {
                try PairQuestions.waitsAgain(line.joined.id, db)
                // It was called different from the one it had joined; nothing else holds it back, unless a pair does.
                if try !PairQuestions.isOpen(line.joined.id, db) {
                    try PairQuestions.admit(line.joined.id, reason: reason, by: actor, db)
                }
            }
            try Audit.note(
                "undo-merge", "merge", String(id),
                [("innovation", String(line.joined.id)), ("survivor", String(line.survivor.id))], by: actor, db)
        }
    }

    private static let byMachine: SQL = "(m.actor LIKE 'import:%' OR m.actor = 'system')"

    private static func condition(_ part: Part?) -> SQL {
        switch part {
        case nil: "m.undone_at IS NULL"
        case .machine: "m.undone_at IS NULL AND \(byMachine)"
        case .person: "m.undone_at IS NULL AND NOT \(byMachine)"
        case .undone: "m.undone_at IS NOT NULL"
        }
    }

    private static let nameColumns: SQL = """
        a.id AS a_id, a.title AS a_title, a.short_name AS a_short, a.expansion AS a_expansion,
        COALESCE(a.institution, a.institution_as_given) AS a_institution, a.year AS a_year, a.absence AS a_absence
        """

    /// - Parameter condition: with the order and the limit.
    private static func lines(_ condition: SQL, _ db: Reader) throws -> [Line] {
        try db.rows(
            """
            SELECT m.id, m.at, m.actor, m.reason, m.probability, m.undone_at, m.undone_by, m.undone_reason, \(Pairs.names)
            FROM merge m JOIN innovation a ON a.id = m.innovation JOIN innovation b ON b.id = m.survivor
            WHERE \(condition)
            """
        ) { row in
            Line(
                id: try row.int("id"), joined: try Pairs.name(row, "a"), survivor: try Pairs.name(row, "b"),
                at: try row.instant("at"), by: try row.text("actor"), reason: try row.text("reason"),
                probability: try row.value("probability") == .null ? nil : try row.double("probability"),
                undoneAt: try row.instantOrNil("undone_at"), undoneBy: try row.textOrNil("undone_by"),
                undoneReason: try row.textOrNil("undone_reason"))
        }
    }
}

import Database
import Directory
import Kernel
import People

/// The declared sources. Every change is in the audit trail.
package struct Sources: Sendable {
    let database: Database

    package init(_ database: Database) { self.database = database }

    /// One line of the list of sources.
    package struct Line: Sendable, Hashable {
        package let source: Source
        /// Records that the source states, whatever they were merged into.
        package let records: Int
        /// Records of them that its last complete list did not hold.
        package let missing: Int
        /// The newest mapping's version; nil when columns were never mapped.
        package let mapping: Int?
        /// The last delivery.
        package let run: Run?
    }

    /// Every declared source, the most trusted first.
    package func all() async throws -> [Line] {
        try await database.read { db in
            let sources = try db.rows("\(Self.columns) ORDER BY s.trust, s.name") { try Source($0) }
            var counts: [Int: (Int, Int)] = [:]
            try db.each(
                "SELECT source, COUNT(*) AS n, COUNT(missing_since) AS gone FROM source_record GROUP BY source"
            ) { counts[try $0.int("source")] = (try $0.int("n"), try $0.int("gone")) }
            var mappings: [Int: Int] = [:]
            try db.each("SELECT source, MAX(version) AS version FROM mapping GROUP BY source") {
                mappings[try $0.int("source")] = try $0.int("version")
            }
            let runs = try Runs.read("r.id IN (SELECT MAX(id) FROM run GROUP BY source)", limit: sources.count, db)
            let last = Dictionary(runs.map { ($0.source, $0) }, uniquingKeysWith: { a, _ in a })
            return sources.map {
                Line(
                    source: $0, records: counts[$0.id]?.0 ?? 0, missing: counts[$0.id]?.1 ?? 0,
                    mapping: mappings[$0.id], run: last[$0.id])
            }
        }
    }

    /// Throws `SourceRefusal.unknown`.
    package func source(_ id: Int) async throws -> Source { try await database.read { try Self.source(id, $0) } }

    /// The source of a name; nil when none is declared.
    package func named(_ name: String) async throws -> Source? {
        try await database.read { try $0.first("\(Self.columns) WHERE s.name = \(name)").map { try Source($0) } }
    }

    /// Declares a source and returns its number. A name that so far only imports used gets its terms now.
    ///
    /// - Throws: `SourceRefusal`, `DeskRefusal`.
    package func declare(_ terms: Source.Terms, by actor: Actor, at: Instant) async throws -> Int {
        let terms = terms.tidied
        guard terms.problems.isEmpty else { throw SourceRefusal.invalid(terms.problems) }
        return try await database.write(at: at) { db in
            try Grants.require(.manageSources, by: actor, db)
            let id: Int
            if let row = try db.first(
                "SELECT s.id, f.source FROM source s LEFT JOIN feed f ON f.source = s.id WHERE s.name = \(terms.name)")
            {
                guard try row.intOrNil("source") == nil else { throw SourceRefusal.nameTaken(terms.name) }
                id = try row.int("id")
            } else {
                id = try db.nextID("source")
                try db.execute("INSERT INTO source (id, name, at) VALUES (\(id), \(terms.name), \(at))")
            }
            try db.execute(
                """
                INSERT INTO feed (source, kind, complete, address, at)
                VALUES (\(id), \(terms.kind), \(terms.isComplete), \(terms.address), \(at))
                """)
            try Self.write(terms, as: id, db)
            try Self.weighAnew(id, by: actor, db)
            try Audit.note("declare", "source", String(id), Self.facts(terms), by: actor, db)
            return id
        }
    }

    /// Throws `SourceRefusal`, `DeskRefusal`.
    package func change(_ id: Int, to terms: Source.Terms, by actor: Actor, at: Instant) async throws {
        let terms = terms.tidied
        guard terms.problems.isEmpty else { throw SourceRefusal.invalid(terms.problems) }
        try await database.write(at: at) { db in
            try Grants.require(.manageSources, by: actor, db)
            let old = try Self.source(id, db)
            guard old.terms != terms else { return }
            if try db.count("SELECT COUNT(*) FROM source WHERE name = \(terms.name) AND id <> \(id)") > 0 {
                throw SourceRefusal.nameTaken(terms.name)
            }
            if old.terms.address != terms.address {
                // What another address said of its own state says nothing of this one.
                try db.execute("UPDATE feed SET etag = NULL, modified = NULL WHERE source = \(id)")
            }
            try Self.write(terms, as: id, db)
            if old.terms.trust != terms.trust { try Self.weighAnew(id, by: actor, db) }
            let before = Dictionary(Self.facts(old.terms), uniquingKeysWith: { a, _ in a })
            let changed = Self.facts(terms).filter { before[$0.0] != $0.1 }
            try Audit.note("change", "source", String(id), changed, by: actor, db)
        }
    }

    static func source(_ id: Int, _ db: Reader) throws -> Source {
        guard let row = try db.first("\(columns) WHERE s.id = \(id)") else { throw SourceRefusal.unknown }
        return try Source(row)
    }

    static let columns: SQL = """
        SELECT s.id, s.name, s.owner, s.licence, s.trust, f.kind, f.address, f.local, f.hours, f.next_at, f.complete,
            f.paused, f.at FROM source s JOIN feed f ON f.source = s.id
        """

    private static func write(_ terms: Source.Terms, as id: Int, _ db: Writer) throws {
        try db.execute(
            """
            UPDATE source SET name = \(terms.name), owner = \(terms.owner), licence = \(terms.licence),
                trust = \(terms.trust) WHERE id = \(id)
            """)
        // The next fetch is counted from now, so that a new rhythm holds at once.
        let next = terms.hours.map { Instant(milliseconds: db.at.milliseconds + Int64($0) * 3_600_000) }
        try db.execute(
            """
            UPDATE feed SET kind = \(terms.kind), address = \(terms.address), local = \(terms.isLocal),
                hours = \(terms.hours), next_at = \(next), complete = \(terms.isComplete), paused = \(terms.isPaused)
            WHERE source = \(id)
            """)
    }

    /// Computes every record anew of which this source and another one state something.
    private static func weighAnew(_ id: Int, by actor: Actor, _ db: Writer) throws {
        let others = try db.rows("SELECT id FROM source WHERE id <> \(id) ORDER BY id") { try $0.int("id") }
        for other in others {
            try Innovations.settle(
                between: id, and: other, by: actor, reason: "Urutan kepercayaan sumber berubah", db)
        }
    }

    private static func facts(_ terms: Source.Terms) -> [(String, String)] {
        [
            ("name", terms.name), ("owner", terms.owner ?? "-"), ("licence", terms.licence ?? "-"),
            ("trust", String(terms.trust)), ("kind", terms.kind.rawValue), ("address", terms.address ?? "-"),
            ("local", terms.isLocal ? "yes" : "no"), ("hours", terms.hours.map(String.init) ?? "-"),
            ("complete", terms.isComplete ? "yes" : "no"), ("paused", terms.isPaused ? "yes" : "no"),
        ]
    }
}

extension Source {
    init(_ row: Row) throws {
        self.init(
            id: try row.int("id"),
            terms: Terms(
                name: try row.text("name"), owner: try row.textOrNil("owner"), licence: try row.textOrNil("licence"),
                trust: try row.int("trust"), kind: try row.choice("kind"), address: try row.textOrNil("address"),
                isLocal: try row.bool("local"), hours: try row.intOrNil("hours"), isComplete: try row.bool("complete"),
                isPaused: try row.bool("paused")),
            nextAt: try row.instantOrNil("next_at"), since: try row.instant("at"))
    }
}

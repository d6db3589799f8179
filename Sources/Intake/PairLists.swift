import Database
import Directory
import Kernel
import People

extension Pairs {
    /// Rows on one page of a list.
    package static let pageSize = 50

    /// Which part of the pairs a list shows.
    package enum Part: String, Sendable, Hashable, CaseIterable {
        case open = "menunggu"
        case proposed = "kedua"
        case decided = "selesai"

        init(of state: Pair.State) {
            switch state {
            case .open: self = .open
            case .proposed: self = .proposed
            case .same, .different, .related: self = .decided
            }
        }
    }

    /// Where the next page of a list begins: the worth of its last pair, or when it was decided, and its number.
    package struct Marker: Sendable, Hashable {
        package let place: Double
        package let id: Int

        package init(place: Double, id: Int) {
            self.place = place
            self.id = id
        }

        package init?(_ text: String) {
            let parts = text.split(separator: "_")
            guard parts.count == 2, let place = Double(parts[0]), place.isFinite, let id = Int(parts[1]) else {
                return nil
            }
            self.init(place: place, id: id)
        }

        package var text: String { "\(place)_\(id)" }
    }

    /// One of the two records, as a list names it.
    package struct Name: Sendable, Hashable {
        package let id: Int
        package let title: String
        package let shown: ShownName
        /// The institution's code, or as the source spells it.
        package let institution: String?
        package let year: Int?
        package let isWaiting: Bool
    }

    package struct Line: Sendable {
        package let id: Int
        package let kind: Pair.Kind
        package let state: Pair.State
        package let probability: Double
        package let left: Name
        package let right: Name
        /// The source of the delivery that brought it.
        package let source: String?
        package let at: Instant
        /// The office that proposed or decided, and when.
        package let office: String?
        package let decidedAt: Instant?
        package let proposedBy: Int?
    }

    package struct Page: Sendable {
        package let lines: [Line]
        package let counts: [Part: Int]
        /// Sources that brought pairs, by number and name.
        package let sources: [(id: Int, name: String)]
        package let next: Marker?
    }

    /// Pairs of one part, the most valuable first; decided ones the latest first. Three statements.
    ///
    /// - Parameter source: only pairs that a delivery of this source brought.
    package func list(_ part: Part, source: Int? = nil, after marker: Marker? = nil) async throws -> Page {
        try await database.read { db in
            let lines = try Self.list(part, source: source, after: marker, db)
            var counts: [Part: Int] = [:]
            try db.each(
                """
                SELECT CASE WHEN p.state IN ('open', 'proposed') THEN p.state ELSE 'decided' END AS part, COUNT(*) AS n
                FROM \(Self.joined)
                WHERE \(Self.from(source)) AND (p.state NOT IN ('open', 'proposed') OR (\(Self.live)))
                GROUP BY CASE WHEN p.state IN ('open', 'proposed') THEN p.state ELSE 'decided' END
                """
            ) { row in
                let state = Pair.State(rawValue: try row.text("part"))
                counts[state.map(Part.init(of:)) ?? .decided] = try row.int("n")
            }
            let sources = try db.rows(
                """
                SELECT s.id, s.name FROM source s
                WHERE EXISTS (SELECT 1 FROM pair p JOIN run r ON r.id = p.run WHERE r.source = s.id) ORDER BY s.name
                """
            ) { (id: try $0.int("id"), name: try $0.text("name")) }
            let shown = Array(lines.prefix(Self.pageSize))
            return Page(
                lines: shown.map(\.line), counts: counts, sources: sources,
                next: lines.count > shown.count ? shown.last?.marker : nil)
        }
    }

    /// The open or proposed pairs before and after one in the order of its list.
    package func neighbours(of id: Int, source: Int? = nil) async throws -> (previous: Int?, next: Int?) {
        try await database.read { db in
            guard let row = try db.first("SELECT state FROM pair WHERE id = \(id)") else { return (nil, nil) }
            let part: Part = try row.choice("state", Pair.State.self) == .proposed ? .proposed : .open
            return try Self.neighbours(of: id, in: part, source: source, db)
        }
    }

    static func neighbours(
        of id: Int, in part: Part, source: Int?, _ db: Reader
    ) throws -> (previous: Int?, next: Int?) {
        guard let value = try db.first("SELECT value FROM pair WHERE id = \(id)")?.double("value") else {
            return (nil, nil)
        }
        func one(_ more: SQL, _ order: SQL) throws -> Int? {
            try db.first(
                """
                SELECT p.id FROM \(joined) WHERE \(condition(part, source: source)) AND \(more) ORDER BY \(order) LIMIT 1
                """
            ).map { try $0.int("id") }
        }
        return (
            try one("(p.value > \(value) OR (p.value = \(value) AND p.id > \(id)))", "p.value, p.id"),
            try one("(p.value < \(value) OR (p.value = \(value) AND p.id < \(id)))", "p.value DESC, p.id DESC")
        )
    }

    // MARK: Statements

    /// Pairs with what their two numbers belong to now: `a` and `b`.
    static let joined: SQL = """
        pair p LEFT JOIN belonging ba ON ba.innovation = p.innovation LEFT JOIN belonging bb ON bb.innovation = p.other
        JOIN innovation a ON a.id = COALESCE(ba.belongs_to, p.innovation)
        JOIN innovation b ON b.id = COALESCE(bb.belongs_to, p.other)
        """

    /// Pairs with the records that they were stored for.
    static let stored: SQL = "pair p JOIN innovation a ON a.id = p.innovation JOIN innovation b ON b.id = p.other"

    /// Pairs that still speak of two records, or hold one back from the directory; of those that moved to the same two
    /// records as another only that other.
    static let live: SQL = """
        a.id <> b.id
        AND (a.absence = 'waiting' OR b.absence = 'waiting' OR (a.state = 'published' AND b.state = 'published'))
        AND ((p.innovation = a.id AND p.other = b.id) OR NOT EXISTS (SELECT 1 FROM pair q WHERE q.id <> p.id
            AND ((q.innovation = a.id AND q.other = b.id) OR (q.innovation = b.id AND q.other = a.id))))
        """

    private static func from(_ source: Int?) -> SQL {
        source.map { "p.run IN (SELECT r.id FROM run r WHERE r.source = \($0))" } ?? "1 = 1"
    }

    private static func condition(_ part: Part, source: Int?) -> SQL {
        switch part {
        case .open: "p.state = 'open' AND \(live) AND \(from(source))"
        case .proposed: "p.state = 'proposed' AND \(live) AND \(from(source))"
        case .decided: "p.state IN ('same', 'different', 'related') AND \(from(source))"
        }
    }

    static func list(
        _ part: Part, source: Int?, after marker: Marker? = nil, limit: Int = pageSize + 1, _ db: Reader
    ) throws -> [(line: Line, marker: Marker)] {
        let place: SQL = part == .decided ? "p.decided_at" : "p.value"
        let further: SQL =
            marker.map { "(\(place) < \($0.place) OR (\(place) = \($0.place) AND p.id < \($0.id)))" } ?? "1 = 1"
        return try lines(
            """
            \(condition(part, source: source)) AND \(further) ORDER BY \(place) DESC, p.id DESC LIMIT \(limit)
            """, part == .decided ? stored : joined, db)
    }

    /// - Parameter condition: with the order and the limit.
    static func lines(_ condition: SQL, _ tables: SQL, _ db: Reader) throws -> [(line: Line, marker: Marker)] {
        try db.rows(
            """
            SELECT p.id, p.kind, p.state, p.probability, p.value, p.at, p.decided_at, p.proposed_by, \(names),
                o.office, s.name AS source
            FROM \(tables) LEFT JOIN account o ON o.id = COALESCE(p.decided_by, p.proposed_by)
                LEFT JOIN run r ON r.id = p.run LEFT JOIN source s ON s.id = r.source
            WHERE \(condition)
            """
        ) { row in
            let id = try row.int("id")
            let decidedAt = try row.instantOrNil("decided_at")
            let line = Line(
                id: id, kind: try row.choice("kind"), state: try row.choice("state"),
                probability: try row.double("probability"), left: try name(row, "a"), right: try name(row, "b"),
                source: try row.textOrNil("source"), at: try row.instant("at"), office: try row.textOrNil("office"),
                decidedAt: decidedAt, proposedBy: try row.intOrNil("proposed_by"))
            let place = try decidedAt.map { Double($0.milliseconds) } ?? row.double("value")
            return (line, Marker(place: place, id: id))
        }
    }

    static let names: SQL = """
        a.id AS a_id, a.title AS a_title, a.short_name AS a_short, a.expansion AS a_expansion,
        COALESCE(a.institution, a.institution_as_given) AS a_institution, a.year AS a_year, a.absence AS a_absence,
        b.id AS b_id, b.title AS b_title, b.short_name AS b_short, b.expansion AS b_expansion,
        COALESCE(b.institution, b.institution_as_given) AS b_institution, b.year AS b_year, b.absence AS b_absence
        """

    static func name(_ row: Row, _ side: String) throws -> Name {
        var record = Innovation()
        record.title = try row.text("\(side)_title")
        record.shortName = try row.textOrNil("\(side)_short")
        record.expansion = try row.textOrNil("\(side)_expansion")
        return Name(
            id: try row.int("\(side)_id"), title: record.title, shown: ShownName(record),
            institution: try row.textOrNil("\(side)_institution"), year: try row.intOrNil("\(side)_year"),
            isWaiting: try row.textOrNil("\(side)_absence") == "waiting")
    }
}

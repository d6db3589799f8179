import Database
import Institutions
import Kernel
import People

// What an edition's organiser sees of its evaluators. Proposals of the organiser's person's own institution are left
// out of everything, counts too: from a total and what is shown one could tell who reads them.
extension Evaluators {
    package struct Line: Sendable, Hashable {
        package let evaluator: Evaluator
        package let email: String?
        /// Whether the person signed in already.
        package let isActive: Bool
        package let open: Int
        package let done: Int
        package let ties: Int
    }

    package struct List: Sendable {
        package let stored: Editions.Stored
        package let lines: [Line]
        /// Provinces by code, to choose from.
        package let regions: [(code: String, name: String)]
    }

    /// A tie as it is stored.
    package struct StoredTie: Sendable, Hashable {
        package let id: Int
        package let kind: ConflictSide.Tie.Kind
        /// What it is to: an institution, a unit, a record or a proposal, by name.
        package let subject: String
        package let words: String?
        package let at: Instant
        package let isOwn: Bool
    }

    /// One reading as the organiser follows it.
    package struct Given: Sendable, Hashable {
        package let reading: Int
        package let proposal: Int
        package let title: String
        package let state: Reading.State
        package let givenAt: Instant
        package let endedAt: Instant?
        package let words: String?
        /// Why it should not have been given, found now.
        package let conflicts: [Conflict]
    }

    package struct Sheet: Sendable {
        package let stored: Editions.Stored
        package let evaluator: Evaluator
        package let email: String?
        package let isActive: Bool
        package let removal: String?
        package let ties: [StoredTie]
        package let given: [Given]
        /// Proposals that are in conflict, with the reasons.
        package let conflicts: [(proposal: Int, title: String, why: [Conflict])]
        package let regions: [(code: String, name: String)]
    }

    /// Everybody who holds or held a seat; throws `DeskRefusal` unless the person organises the edition.
    package func list(_ code: String, for person: Person) async throws -> List {
        try await database.read { db in
            let stored = try Editions.organised(code, for: person, db)
            let hidden = try Conflicts.walled(from: person.grants, in: stored.id, db)
            let all = try Self.read("v.edition = \(stored.id)", db)
            let facts = try db.rows(
                """
                SELECT v.id, a.email, a.state, (SELECT COUNT(*) FROM tie t WHERE t.evaluator = v.id) AS ties,
                    COUNT(CASE WHEN r.state IN ('due', 'begun') THEN 1 END) AS open,
                    COUNT(CASE WHEN r.state = 'done' THEN 1 END) AS done
                FROM evaluator v JOIN account a ON a.id = v.account
                LEFT JOIN reading r ON r.evaluator = v.id AND r.proposal NOT IN \(Self.none + hidden.sorted())
                WHERE v.edition = \(stored.id) GROUP BY v.id, a.email, a.state ORDER BY v.id
                """)
            let lines = try zip(all, facts).map { evaluator, row in
                Line(
                    evaluator: evaluator, email: try row.textOrNil("email"),
                    isActive: try row.text("state") == "active", open: try row.int("open"), done: try row.int("done"),
                    ties: try row.int("ties"))
            }
            return List(stored: stored, lines: lines, regions: try Self.provinces(db))
        }
    }

    /// One of them with everything that the organiser decides on.
    package func sheet(_ id: Int, in code: String, for person: Person) async throws -> Sheet {
        try await database.read { db in
            let stored = try Editions.organised(code, for: person, db)
            let evaluator = try Self.one(id, in: stored.id, db)
            let hidden = try Conflicts.walled(from: person.grants, in: stored.id, db)
            let conflicts = Dictionary(
                grouping: try Conflicts.of(id, in: stored.id, db).filter { !hidden.contains($0.proposal) },
                by: \.proposal)
            let titles = try db.rows(
                "SELECT id, title FROM proposal WHERE id IN \(conflicts.keys.sorted()) ORDER BY id"
            ) { (try $0.int("id"), try $0.text("title")) }
            let row = try db.first(
                """
                SELECT a.email, a.state, v.removal FROM evaluator v JOIN account a ON a.id = v.account WHERE v.id = \(id)
                """)
            return Sheet(
                stored: stored, evaluator: evaluator, email: try row?.textOrNil("email"),
                isActive: try row?.text("state") == "active", removal: try row?.textOrNil("removal"),
                ties: try Self.ties(of: [evaluator], db),
                given: try Self.given("r.evaluator = \(id)", conflicts, db).filter { !hidden.contains($0.proposal) },
                conflicts: titles.map { ($0.0, $0.1, conflicts[$0.0] ?? []) }, regions: try Self.provinces(db))
        }
    }

    /// A list that no number is in: `NOT IN` an empty one would match nothing.
    static let none = [0]

    static func given(_ condition: SQL, _ conflicts: [Int: [Conflict]], _ db: Reader) throws -> [Given] {
        try db.rows(
            """
            SELECT r.id, r.proposal, p.title, r.state, r.given_at, r.ended_at, r.words FROM reading r
            JOIN proposal p ON p.id = r.proposal WHERE \(condition) ORDER BY r.id
            """
        ) {
            let proposal = try $0.int("proposal")
            return Given(
                reading: try $0.int("id"), proposal: proposal, title: try $0.text("title"),
                state: try $0.choice("state"), givenAt: try $0.instant("given_at"),
                endedAt: try $0.instantOrNil("ended_at"), words: try $0.textOrNil("words"),
                conflicts: conflicts[proposal] ?? [])
        }
    }

    static func ties(of seats: [Evaluator], _ db: Reader) throws -> [StoredTie] {
        let accounts = Dictionary(seats.map { ($0.id, $0.account) }) { first, _ in first }
        return try db.rows(
            """
            SELECT t.id, t.evaluator, t.kind, i.name AS institution, u.name AS unit, n.title AS innovation, t.innovation
                AS innovation_id, p.title AS proposal, t.proposal AS proposal_id, t.words, t.at, t.by_account
            FROM tie t LEFT JOIN unit u ON u.id = t.unit
            LEFT JOIN institution i ON i.code = COALESCE(t.institution, u.institution)
            LEFT JOIN innovation n ON n.id = t.innovation LEFT JOIN proposal p ON p.id = t.proposal
            WHERE t.evaluator IN \(seats.map(\.id)) ORDER BY t.id
            """
        ) { row in
            let parts = [
                try row.textOrNil("unit"), try row.textOrNil("institution"),
                try row.textOrNil("innovation").map { "\($0) (\(try row.int("innovation_id")))" },
                try row.textOrNil("proposal").map { "\($0) (\(try row.int("proposal_id")))" },
            ]
            return StoredTie(
                id: try row.int("id"), kind: try row.choice("kind"),
                subject: parts.compactMap(\.self).joined(separator: ", "), words: try row.textOrNil("words"),
                at: try row.instant("at"), isOwn: try accounts[row.int("evaluator")] == row.int("by_account"))
        }
    }

    private static func provinces(_ db: Reader) throws -> [(code: String, name: String)] {
        try db.rows("SELECT code, name FROM region WHERE level = 'province' ORDER BY code") {
            (try $0.text("code"), try $0.text("name"))
        }
    }
}

import Database
import Institutions
import Kernel
import People

/// One draft as lists show it.
package struct DraftLine: Sendable, Hashable {
    package let id: Int
    package let title: String
    package let state: Draft.State
    package let institution: String
    package let unit: Int?
    package let unitName: String?
    package let innovation: Int?
    package let round: Int
    package let updatedAt: Instant
    package let submittedAt: Instant?
}

/// A page of drafts, newest change first, and how many there are by state.
package struct DraftPage: Sendable, Hashable {
    package let lines: [DraftLine]
    package let counts: [Draft.State: Int]
    /// Where the next page begins; nil at the end.
    package let next: DraftPlace?
}

/// A place in a list ordered by an instant and a number; its text goes into addresses.
package struct DraftPlace: Sendable, Hashable {
    let at: Instant
    let id: Int

    package var text: String { "\(at.milliseconds)-\(id)" }

    init(at: Instant, id: Int) {
        self.at = at
        self.id = id
    }

    /// Nil for a text that no page gave.
    package init?(_ text: String) {
        let parts = text.split(separator: "-")
        guard parts.count == 2, let at = Int64(parts[0]), let id = Int(parts[1]) else { return nil }
        self.init(at: Instant(milliseconds: at), id: id)
    }
}

extension Drafts {
    /// The drafts that a person may write, or for the institution's own reviewers and auditors all of it: one page in a
    /// constant number of statements.
    ///
    /// - Parameters:
    ///   - institution: those of institutions whose place it took are among them.
    ///   - states: only these; all when empty.
    ///   - limit: 1 to 200.
    package func list(
        at institution: String, states: Set<Draft.State> = [], after place: DraftPlace? = nil, limit: Int = 50,
        for person: Person, at: Instant
    ) async throws -> DraftPage {
        let scope = try Self.scope(person, at: institution)
        let limit = min(max(1, limit), 200)
        return try await database.read { db in
            let institutions = try Successors.read(at: at, db).predecessors(of: institution)
            var whose: SQL = "d.institution IN \(institutions)"
            if let units = scope { whose = "\(whose) AND d.unit IN \(units)" }
            var counts: [Draft.State: Int] = [:]
            try db.each("SELECT d.state, COUNT(*) AS n FROM draft d WHERE \(whose) GROUP BY d.state") {
                counts[try $0.choice("state")] = try $0.int("n")
            }
            if !states.isEmpty { whose = "\(whose) AND d.state IN \(states.map(\.rawValue).sorted())" }
            if let place {
                whose =
                    "\(whose) AND (d.updated_at < \(place.at) OR (d.updated_at = \(place.at) AND d.id < \(place.id)))"
            }
            let lines = try db.rows(
                """
                SELECT \(DraftLine.columns) FROM draft d LEFT JOIN unit u ON u.id = d.unit WHERE \(whose)
                ORDER BY d.updated_at DESC, d.id DESC LIMIT \(limit + 1)
                """, DraftLine.init)
            let shown = Array(lines.prefix(limit))
            let next = lines.count > limit ? shown.last.map { DraftPlace(at: $0.updatedAt, id: $0.id) } : nil
            return DraftPage(lines: shown, counts: counts, next: next)
        }
    }

    /// The units to which a person's view is limited; nil for the whole institution.
    private static func scope(_ person: Person, at institution: String) throws -> [Int]? {
        let writing = person.grants(for: .write).filter { $0.reaches(institution) }
        let whole =
            person.may(.validate, at: institution) || person.may(.audit)
            || writing.contains { $0.role.scope != .unit }
        if whole { return nil }
        guard !writing.isEmpty else { throw DraftRefusal.notYours }
        return writing.compactMap(\.unit)
    }
}

extension DraftLine {
    static let columns: SQL = """
        d.id, d.title, d.state, d.institution, d.unit, u.name AS unit_name, d.innovation, d.round, d.updated_at,
        d.submitted_at
        """

    init(_ row: Row) throws {
        id = try row.int("id")
        title = try row.text("title")
        state = try row.choice("state")
        institution = try row.text("institution")
        unit = try row.intOrNil("unit")
        unitName = try row.textOrNil("unit_name")
        innovation = try row.intOrNil("innovation")
        round = try row.int("round")
        updatedAt = try row.instant("updated_at")
        submittedAt = try row.instantOrNil("submitted_at")
    }
}

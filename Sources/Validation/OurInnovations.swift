import Database
import Directory
import Institutions
import Kernel
import People

/// What the desk of writers lists beside drafts: the published innovations of an institution or a unit, and its units.
struct OurInnovations: Sendable {
    let database: Database

    struct Published: Sendable, Hashable {
        let innovation: Int
        let title: String
        let shortName: String?
        let unit: String?
        let validUntil: Instant?
        /// The draft in which it is being changed.
        let draft: Int?
    }

    struct Page: Sendable, Hashable {
        let rows: [Published]
        let total: Int
        /// The innovation after which the next page begins; nil at the end.
        let next: Int?
    }

    /// The published innovations by title, one page of at most 50.
    ///
    /// - Parameters:
    ///   - units: only those whose last published draft or whose own text names one of these; nil for all.
    ///   - after: the innovation that ended the page before.
    func published(
        at institution: String, units: [Int]?, after: Int? = nil, limit: Int = 50, on at: Instant
    ) async throws -> Page {
        try await database.read { db in
            let codes = try Successors.read(at: at, db).predecessors(of: institution)
            var whose: SQL = "i.institution IN \(codes) AND i.state = 'published'"
            if let units {
                whose = """
                    \(whose) AND (i.unit IN (SELECT u.name FROM unit u WHERE u.id IN \(units)) OR EXISTS (
                        SELECT 1 FROM draft p WHERE p.innovation = i.id AND p.state = 'published' AND p.unit IN \(units))
                        OR EXISTS (SELECT 1 FROM belonging b JOIN draft p ON p.innovation = b.innovation
                            WHERE b.belongs_to = i.id AND p.state = 'published' AND p.unit IN \(units)))
                    """
            }
            let total = try db.count("SELECT COUNT(*) FROM innovation i WHERE \(whose)")
            if let after {
                whose = """
                    \(whose) AND (i.title > (SELECT title FROM innovation WHERE id = \(after))
                        OR (i.title = (SELECT title FROM innovation WHERE id = \(after)) AND i.id > \(after)))
                    """
            }
            let rows = try db.rows(
                """
                SELECT i.id, i.title, i.short_name, i.unit, i.valid_until, d.id AS draft FROM innovation i
                LEFT JOIN draft d ON d.innovation = i.id AND d.state IN ('draft', 'submitted', 'returned')
                WHERE \(whose) ORDER BY i.title, i.id LIMIT \(limit + 1)
                """
            ) {
                Published(
                    innovation: try $0.int("id"), title: try $0.text("title"),
                    shortName: try $0.textOrNil("short_name"),
                    unit: try $0.textOrNil("unit"), validUntil: try $0.instantOrNil("valid_until"),
                    draft: try $0.intOrNil("draft"))
            }
            let shown = Array(rows.prefix(limit))
            return Page(rows: shown, total: total, next: rows.count > limit ? shown.last?.innovation : nil)
        }
    }

    /// The units of an institution that are open, by name.
    func units(of institution: String) async throws -> [(id: Int, name: String)] {
        try await database.read { db in
            try db.rows(
                "SELECT id, name FROM unit WHERE institution = \(institution) AND closed_at IS NULL ORDER BY name"
            ) { (try $0.int("id"), try $0.text("name")) }
        }
    }

    /// How many of the office's people could validate a draft and did not write it.
    func reviewers(of draft: Draft, at: Instant) async throws -> Int {
        try await database.read { try Offices.reviewers(of: draft, at: at, $0).count }
    }

    /// When somebody handed the draft's current round in was it returned, and how many parts changed since the round
    /// returned before; for many drafts in one statement. Drafts that were never returned are not in it.
    func revised(_ drafts: [Int]) async throws -> [Int: Int] {
        guard !drafts.isEmpty else { return [:] }
        return try await database.read { db in
            var last: [Int: (content: String, claims: String)] = [:]
            var found: [Int: Int] = [:]
            try db.each(
                """
                SELECT draft, content, claims, outcome FROM submission WHERE draft IN \(drafts)
                    AND (outcome IS NULL OR outcome = 'returned') ORDER BY draft, round
                """
            ) { row in
                let draft = try row.int("draft")
                let (content, claims) = (try row.text("content"), try row.text("claims"))
                guard try row.textOrNil("outcome") == nil else {
                    last[draft] = (content, claims)
                    return
                }
                guard let before = last[draft] else { return }
                let differences = Differences(
                    against: .round(0), was: try Innovation(json: before.content),
                    wasClaims: try Submission.claims(json: before.claims), is: try Innovation(json: content),
                    claims: try Submission.claims(json: claims))
                found[draft] = differences.fields.count(where: \.changed) + differences.claims.count(where: \.changed)
            }
            return found
        }
    }
}

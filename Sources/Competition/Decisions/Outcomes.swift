import Database
import Directory
import Kernel

/// What is public of an edition's decisions at a moment: nothing before its announcement, the announced sitting after.
package struct Outcomes: Sendable {
    let database: Database

    package init(_ database: Database) { self.database = database }

    /// One chosen proposal.
    package struct Line: Sendable, Hashable {
        package let proposal: Int
        package let title: String
        /// The record that its innovation belongs to now.
        package let innovation: Int
        package let institution: String
        package let group: String?
        package let category: String?
        /// The code of the tier of awards.
        package let award: String?
        /// The certificate; nil until it is issued.
        package let serial: String?
        package let isRevoked: Bool
    }

    package struct List: Sendable {
        package let stored: Editions.Stored
        package let announcement: Announcement
        /// Every published announcement of the subject, the latest first: the first holds.
        package let published: [Announcement]
        package let lines: [Line]
        /// Each published constraint with how many it concerns, and whether the selection kept it.
        package let rules: [(rule: Phrase, count: Int, isKept: Bool)]

        package var isCurrent: Bool { announcement.id == published.first?.id }
    }

    /// An edition that everybody may see; throws `EditionRefusal.unknown`.
    static func edition(_ code: String, _ db: Reader) throws -> Editions.Stored {
        let stored = try Editions.found(code, db)
        guard stored.state != .draft else { throw EditionRefusal.unknown(code) }
        return stored
    }

    /// Throws `notOut` for what is no announced finalist at a moment, whatever else it is.
    static func requireFinalist(_ proposal: Int, in edition: Int, at: Instant, _ db: Reader) throws {
        let found = try Announcements.decisions(.finalists, in: edition, at: at, db)?.decisions ?? []
        guard found.contains(where: { $0.proposal == proposal && $0.verdict == .chosen }) else {
            throw AnnouncementRefusal.notOut
        }
    }

    /// What was announced; throws `notOut` before.
    ///
    /// - Parameter number: an earlier announcement that another one superseded.
    package func list(
        _ subject: Announcement.Subject, in code: String, announcement number: Int? = nil, at: Instant
    ) async throws -> List {
        try await database.read { db in
            let stored = try Self.edition(code, db)
            let published = Array(try Announcements.published(subject, in: stored.id, at: at, db).reversed())
            guard let announcement = published.first(where: { number == nil || $0.id == number }),
                let about = subject.sitting
            else { throw AnnouncementRefusal.notOut }
            let chosen = try Decisions.standing(about, in: stored.id, upTo: announcement.sitting, db)
                .filter { $0.verdict == .chosen }
            return List(
                stored: stored, announcement: announcement, published: published,
                lines: try Self.lines(chosen, stored, db), rules: try Self.rules(chosen, about, stored, db))
        }
    }

    /// The chosen in the order of the edition's categories, then by title: nobody is ranked.
    static func lines(_ chosen: [Decision], _ stored: Editions.Stored, _ db: Reader) throws -> [Line] {
        let award = Dictionary(chosen.map { ($0.proposal, $0.award) }) { first, _ in first }
        var serials: [Int: [String: (serial: String, isRevoked: Bool)]] = [:]
        try db.each(
            """
            SELECT proposal, tier, serial, revoked_at FROM award WHERE edition = \(stored.id) ORDER BY result, serial
            """
        ) { row in
            serials[try row.int("proposal"), default: [:]][try row.text("tier")] = (
                try row.text("serial"), try row.instantOrNil("revoked_at") != nil
            )
        }
        let rows = try db.rows(
            """
            SELECT p.id, p.title, p.innovation, p.group_code, p.category, i.name FROM proposal p
            JOIN institution i ON i.code = p.institution WHERE p.id IN \(chosen.map(\.proposal)) ORDER BY p.id
            """)
        let order = Dictionary(stored.edition.categories.enumerated().map { ($1.code, $0) }) { first, _ in first }
        return try rows.map { row in
            let proposal = try row.int("id")
            let tier = award[proposal] ?? nil
            let certificate = tier.flatMap { serials[proposal]?[$0] }
            return Line(
                proposal: proposal, title: try row.text("title"),
                innovation: try Innovations.root(of: try row.int("innovation"), db), institution: try row.text("name"),
                group: try row.textOrNil("group_code"), category: try row.textOrNil("category"), award: tier,
                serial: certificate?.serial, isRevoked: certificate?.isRevoked ?? false)
        }.sorted {
            (order[$0.category ?? ""] ?? Int.max, $0.title, $0.proposal)
                < (order[$1.category ?? ""] ?? Int.max, $1.title, $1.proposal)
        }
    }

    private static func rules(
        _ chosen: [Decision], _ subject: Sitting.Subject, _ stored: Editions.Stored, _ db: Reader
    ) throws -> [(rule: Phrase, count: Int, isKept: Bool)] {
        guard let balance = subject.balance else { return [] }
        let taken = Set(chosen.map(\.proposal))
        let candidates = try Advices.candidates(.other, in: stored, db).filter { taken.contains($0.proposal) }
        return Selection(stored.edition, balance, candidates).account(of: taken)
    }

    /// What is out of an edition at a moment.
    package func out(in edition: Int, at: Instant) async throws -> [Announcement] {
        try await database.read { db in
            try Announcement.Subject.allCases.compactMap { try Announcements.current($0, in: edition, at: at, db) }
        }
    }

    /// A finalist with what everybody may do.
    package struct Finalist: Sendable {
        package let stored: Editions.Stored
        package let line: Line
        package let summary: String?
        /// What this browser gave; nil where it gave nothing.
        package let own: Int?
        /// The citizens' rating, once it is over.
        package let tally: Ratings.Tally?
        /// The answered objections and support.
        package let answered: [Objection]

        package func isOpen(_ kind: EditionStage.Kind, at: Instant) -> Bool {
            stored.edition.stage(kind)?.isOpen(at: at) ?? false
        }
    }

    /// One finalist; throws `notOut`.
    package func finalist(
        _ proposal: Int, in code: String, cookie: String?, from address: String, at: Instant
    ) async throws -> Finalist {
        try await database.read { db in
            let stored = try Self.edition(code, db)
            try Self.requireFinalist(proposal, in: stored.id, at: at, db)
            let decision = Decision(proposal: proposal, verdict: .chosen)
            guard let line = try Self.lines([decision], stored, db).first else { throw AnnouncementRefusal.notOut }
            let content = try db.first(
                """
                SELECT r.content FROM innovation i JOIN revision r ON r.innovation = i.id AND r.number = i.revision
                WHERE i.id = \(line.innovation) AND i.state = 'published'
                """)
            let isOver = stored.edition.stage(.rating)?.closes.map { $0 <= at } ?? false
            return Finalist(
                stored: stored, line: line,
                summary: try content.flatMap { try Innovation(json: try $0.text("content")).texts[.summary] },
                own: try Ratings.own(proposal, in: stored.id, cookie: cookie, address: address, db),
                tally: isOver ? try Ratings.tally(proposal, in: stored.id, db) : nil,
                answered: try Objections.read(
                    "o.edition = \(stored.id) AND o.proposal = \(proposal) AND o.outcome IS NOT NULL", db))
        }
    }

    /// Until when a page of an edition says the same: an announcement may come at any minute, and that one waits must
    /// not show, so none is kept beyond the present minute.
    static func until(after now: Instant, next: Instant? = nil) -> Instant {
        let minute = Instant(milliseconds: (now.milliseconds / 60_000 + 1) * 60_000)
        return next.map { min($0, minute) } ?? minute
    }

    /// The next moment at which something of an edition becomes public.
    package func next(in edition: Int, after now: Instant) async throws -> Instant? {
        try await database.read { try Announcements.next(in: edition, after: now, $0) }
    }
}

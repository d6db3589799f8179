import Database
import Directory
import Institutions
import Kernel
import People

/// What is read of proposals: one with its verdicts, an institution's, an edition's, and the public counts.
extension Proposals {
    /// A proposal with what its page shows.
    package struct Sheet: Sendable {
        package let proposal: Proposal
        package let edition: Edition
        /// What was said at submission, else what the rules say now; empty when the record left the directory.
        package let verdicts: [Verdict]
        /// The newest revision of the record; nil when it left the directory.
        package let newest: Int?
    }

    package struct Line: Sendable, Hashable {
        package let id: Int
        package let edition: Int
        package let title: String
        package let institution: String
        package let unit: Int?
        package let unitName: String?
        package let state: Proposal.State
        package let group: String?
        package let category: String?
        package let priority: Int?
        package let submittedAt: Instant?
    }

    /// An edition's proposals as one institution sees them.
    package struct Group: Sendable {
        package let stored: Editions.Stored
        package let lines: [Line]
        /// Of the whole institution, also where a unit sees only its own.
        package let registered: Int
        package let submitted: Int
        /// Each quota with its places left; those of units are the unit's own.
        package let left: [(quota: EditionQuota, left: Int)]
    }

    /// Those ever handed over and not withdrawn, and among them those that were sent.
    package struct Counts: Sendable, Hashable {
        package let registered: Int
        package let submitted: Int
    }

    /// Throws `missing` also where the person may not know of it.
    package func open(_ id: Int, for person: Person, at: Instant) async throws -> Sheet {
        try await database.read { db in
            let proposal = try Self.load(id, at: at, db)
            if let refusal = proposal.mayRead(person.grants) { throw refusal }
            return try Self.sheet(proposal, at: at, db)
        }
    }

    /// A proposal that was sent, for those who hold its edition; throws `missing` for everybody else.
    package func submission(_ id: Int, in code: String, for person: Person, at: Instant) async throws -> Sheet {
        try await database.read { db in
            let proposal = try Self.load(id, at: at, db)
            let sheet = try Self.sheet(proposal, at: at, db)
            guard proposal.editionCode == code, proposal.state.isSent,
                person.may(.manageEditions, at: sheet.edition.organiser)
            else { throw ProposalRefusal.missing(id) }
            return sheet
        }
    }

    private static func sheet(_ proposal: Proposal, at: Instant, _ db: Reader) throws -> Sheet {
        guard let stored = try Editions.read("e.id = \(proposal.edition)", db).first else {
            throw ProposalRefusal.missing(proposal.id)
        }
        let root = try Innovations.root(of: proposal.innovation, db)
        let newest = try db.first("SELECT revision FROM innovation WHERE id = \(root) AND state = 'published'")
        var verdicts = proposal.verdicts ?? []
        if proposal.verdicts == nil, newest != nil {
            verdicts = proposal.verdicts(
                try ProposalFacts.candidate(proposal, db), in: stored.edition, at: at)
        }
        return Sheet(
            proposal: proposal, edition: stored.edition, verdicts: verdicts, newest: try newest?.int("revision"))
    }

    /// What a person's institutions or units propose, the edition opened last first; without those withdrawn.
    package func list(for person: Person, at: Instant) async throws -> [Group] {
        let grants = person.grants(for: .write)
        return try await database.read { db in
            let successions = try Successors.read(at: at, db)
            let family = successions.predecessors(of: Array(Set(grants.compactMap(\.institution))).sorted())
            let all = try Self.lines("p.institution IN \(family) AND p.state <> 'withdrawn'", db)
            let whole = Set(
                successions.predecessors(
                    of: grants.filter { $0.role.scope == .institution }.compactMap(\.institution)))
            let units = Set(grants.filter { $0.role.scope == .unit }.compactMap(\.unit))
            let seen = all.filter { whole.contains($0.institution) || $0.unit.map(units.contains) ?? false }
            let editions = try Editions.read("e.id IN \(Array(Set(all.map(\.edition))).sorted())", db)
            return editions.sorted { ($0.openedAt ?? at, $0.id) > ($1.openedAt ?? at, $1.id) }.compactMap { stored in
                let lines = seen.filter { $0.edition == stored.id }
                guard !lines.isEmpty else { return nil }
                let ours = all.filter { $0.edition == stored.id }
                let sent = ours.filter(\.state.isSent)
                let unit = whole.isEmpty ? units.first : nil
                return Group(
                    stored: stored, lines: lines.sorted { Self.order($0) < Self.order($1) },
                    registered: ours.count { $0.state != .draft }, submitted: sent.count,
                    left: stored.edition.quotas.compactMap { quota in
                        if quota.scope == .unit, unit == nil { return nil }
                        let spent = sent.count {
                            (quota.group == nil || $0.group == quota.group)
                                && (quota.scope == .agency || $0.unit == unit)
                        }
                        return (quota, max(0, quota.most - spent))
                    })
            }
        }
    }

    private static func order(_ line: Line) -> (Int, Int, Int) {
        (line.state.isSent ? 0 : line.state == .registered ? 1 : 2, line.priority ?? 0, line.id)
    }

    /// What was sent to an edition, in the order in which it came; throws `DeskRefusal` unless the person holds it.
    package func submitted(to code: String, for person: Person) async throws -> (Editions.Stored, [Line]) {
        try await database.read { db in
            guard let stored = try Editions.read("e.code = \(code)", db).first else {
                throw EditionRefusal.unknown(code)
            }
            guard person.may(.manageEditions, at: stored.edition.organiser) else {
                throw DeskRefusal.notYours(.manageEditions)
            }
            let lines = try Self.lines("p.edition = \(stored.id) AND p.state IN \(Proposal.State.sent)", db)
            return (
                stored,
                lines.sorted {
                    ($0.submittedAt?.milliseconds ?? 0, $0.id) < ($1.submittedAt?.milliseconds ?? 0, $1.id)
                }
            )
        }
    }

    private static func lines(_ condition: SQL, _ db: Reader) throws -> [Line] {
        try db.rows(
            """
            SELECT p.id, p.edition, p.title, p.institution, p.unit, u.name AS unit_name, p.state, p.group_code,
                p.category, p.priority, p.submitted_at
            FROM proposal p LEFT JOIN unit u ON u.id = p.unit WHERE \(condition) ORDER BY p.id
            """
        ) {
            Line(
                id: try $0.int("id"), edition: try $0.int("edition"), title: try $0.text("title"),
                institution: try $0.text("institution"), unit: try $0.intOrNil("unit"),
                unitName: try $0.textOrNil("unit_name"), state: try $0.choice("state"),
                group: try $0.textOrNil("group_code"), category: try $0.textOrNil("category"),
                priority: try $0.intOrNil("priority"), submittedAt: try $0.instantOrNil("submitted_at"))
        }
    }

    /// The funnel's first two figures, public.
    package func counts(in edition: Int) async throws -> Counts {
        try await database.read { db in
            let row = try db.first(
                """
                SELECT COUNT(*) AS registered,
                    COUNT(CASE WHEN state IN \(Proposal.State.sent) THEN 1 END) AS submitted
                FROM proposal WHERE edition = \(edition) AND state NOT IN ('draft', 'withdrawn')
                """)
            return Counts(registered: try row?.int("registered") ?? 0, submitted: try row?.int("submitted") ?? 0)
        }
    }

    /// A record that a person could propose.
    package struct Candidate: Sendable, Hashable {
        package let innovation: Int
        package let title: String
    }

    /// The published records of a person's institutions, or only one; by title, at most `limit`.
    ///
    /// - Parameter words: what the title holds.
    package func candidates(
        for person: Person, _ innovation: Int? = nil, words: String? = nil, limit: Int = 50, at: Instant
    ) async throws -> [Candidate] {
        let codes = person.grants(for: .write).compactMap(\.institution)
        return try await database.read { db in
            let family = try Successors.read(at: at, db).predecessors(of: Array(Set(codes)).sorted())
            var which: SQL = "i.institution IN \(family) AND i.state = 'published'"
            if let innovation {
                which = "\(which) AND i.id = \(try Innovations.root(of: innovation, db))"
            }
            if let words {
                let pattern = "%" + words.lowercased().filter { !["%", "_", "\\"].contains($0) } + "%"
                which = "\(which) AND LOWER(i.title) LIKE \(pattern)"
            }
            return try db.rows(
                "SELECT i.id, i.title FROM innovation i WHERE \(which) ORDER BY i.title, i.id LIMIT \(limit)"
            ) { Candidate(innovation: try $0.int("id"), title: try $0.text("title")) }
        }
    }

    /// The units of the institutions whose admin a person is, by name; empty for a unit's own people.
    package func units(for person: Person) async throws -> [(id: Int, name: String)] {
        let codes = person.grants(for: .write).filter { $0.role.scope == .institution }.compactMap(\.institution)
        return try await database.read { db in
            try db.rows(
                "SELECT id, name FROM unit WHERE institution IN \(codes) AND closed_at IS NULL ORDER BY name, id"
            ) {
                (try $0.int("id"), try $0.text("name"))
            }
        }
    }
}

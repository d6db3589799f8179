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
        package let appeal: ProposalAppeal?
        /// Signs that a section was filled rather than written, in the order of the form.
        package let flaws: [ProposalFlaw]
        /// Other proposals that may be for the same innovation, or say the same.
        package let twins: [ProposalTwin]
        package let earlier: [EarlierProposal]
        /// Whether it is announced as a finalist and has its hour of presentation.
        package let presents: Bool
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
        /// Where it stands in the administrative check; nil unless it was sent.
        package let check: Check?
    }

    /// Where something sent stands in the administrative check.
    package enum Check: String, Sendable, Hashable, CaseIterable {
        /// Waits for the organiser, for the agency to complete it, for the organiser again, for an answer to its appeal.
        case waiting, curing, cured, appealed
        case done

        /// Whether it is the organiser's turn.
        package var isDue: Bool { self == .waiting || self == .cured || self == .appealed }
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
            return try Self.sheet(proposal, for: person.grants, at: at, db)
        }
    }

    /// A proposal that was sent, for those who hold its edition; throws `missing` for everybody else.
    package func submission(_ id: Int, in code: String, for person: Person, at: Instant) async throws -> Sheet {
        try await database.read { db in
            let proposal = try Self.load(id, at: at, db)
            let organiser = try Editions.found(proposal.edition, db).edition.organiser
            guard proposal.editionCode == code, proposal.state.isSent, person.may(.manageEditions, at: organiser)
            else { throw ProposalRefusal.missing(id) }
            return try Self.sheet(proposal, for: nil, at: at, db)
        }
    }

    /// - Parameter grants: of its own people; nil for the organiser.
    private static func sheet(
        _ proposal: Proposal, for grants: [Grant]?, at: Instant, _ db: Reader
    ) throws -> Sheet {
        let stored = try Editions.found(proposal.edition, db)
        let root = try Innovations.root(of: proposal.innovation, db)
        let newest = try db.first("SELECT revision FROM innovation WHERE id = \(root) AND state = 'published'")
        var verdicts = proposal.verdicts ?? []
        if proposal.verdicts == nil, newest != nil {
            verdicts = proposal.verdicts(
                try ProposalFacts.candidate(proposal, db), in: stored.edition, at: at)
        }
        let texts = texts(of: proposal, stored.edition)
        return Sheet(
            proposal: proposal, edition: stored.edition, verdicts: verdicts, newest: try newest?.int("revision"),
            appeal: try appeal(of: proposal.id, db),
            flaws: stored.edition.form(of: proposal.group).flatMap { section in
                texts[section.code].map { ProposalFlaw.find(in: $0, section: section.code) } ?? []
            },
            twins: proposal.state == .withdrawn
                ? [] : try twins(of: proposal, stored.edition, for: grants, at: at, db),
            earlier: grants == nil ? [] : try earlier(than: proposal, at: at, db),
            presents: grants == nil ? false : try Presenters.presents(proposal, at: at, db))
    }

    /// What a person's institutions or units propose, the edition opened last first; without those withdrawn.
    package func list(for person: Person, at: Instant) async throws -> [Group] {
        let grants = person.grants(for: .write)
        return try await database.read { db in
            let successions = try Successors.read(at: at, db)
            let family = successions.predecessors(of: Array(Set(grants.compactMap(\.institution))).sorted())
            let all = try Self.lines("p.institution IN \(family) AND p.state <> 'withdrawn'", at: at, db)
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

    static func lines(_ condition: SQL, at: Instant, _ db: Reader) throws -> [Line] {
        try db.rows(
            """
            SELECT p.id, p.edition, p.title, p.institution, p.unit, u.name AS unit_name, p.state, p.group_code,
                p.category, p.priority, p.submitted_at, p.cure_until, p.cured_at, a.id AS appeal, a.outcome
            FROM proposal p LEFT JOIN unit u ON u.id = p.unit LEFT JOIN appeal a ON a.proposal = p.id WHERE \(condition) ORDER BY p.id
            """
        ) {
            Line(
                id: try $0.int("id"), edition: try $0.int("edition"), title: try $0.text("title"),
                institution: try $0.text("institution"), unit: try $0.intOrNil("unit"),
                unitName: try $0.textOrNil("unit_name"), state: try $0.choice("state"),
                group: try $0.textOrNil("group_code"), category: try $0.textOrNil("category"),
                priority: try $0.intOrNil("priority"), submittedAt: try $0.instantOrNil("submitted_at"),
                check: try check($0, at: at))
        }
    }

    private static func check(_ row: Row, at: Instant) throws -> Check? {
        switch try row.choice("state", Proposal.State.self) {
        case .draft, .registered, .withdrawn: return nil
        case .passed: return .done
        case .failed: return try row.intOrNil("appeal") != nil && row.textOrNil("outcome") == nil ? .appealed : .done
        case .submitted:
            guard let until = try row.instantOrNil("cure_until") else { return .waiting }
            return try row.instantOrNil("cured_at") == nil && at < until ? .curing : .cured
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

import Database
import Kernel

/// The public statistics of editions: each stage only from the moment it is announced.
package struct Funnels: Sendable {
    let database: Database

    package init(_ database: Database) { self.database = database }

    /// What is public about an edition at a moment.
    package struct Sheet: Sendable {
        package let stored: Editions.Stored
        package let funnel: Funnel
        /// The frozen results whose awards are announced, the oldest first.
        package let results: [FrozenResult]
        /// When it changes by itself: the next announcement.
        package let until: Instant?
    }

    /// Throws `EditionRefusal.unknown`, also for a draft.
    package func show(_ code: String, at: Instant) async throws -> Sheet {
        try await database.read { db in
            let stored = try Editions.found(code, db)
            guard stored.state != .draft else { throw EditionRefusal.unknown(code) }
            return Sheet(
                stored: stored, funnel: try Self.funnel(stored.id, at: at, db),
                results: try Self.results(stored.id, at: at, db),
                until: try Announcements.next(in: stored.id, after: at, db))
        }
    }

    private static func funnel(_ edition: Int, at: Instant, _ db: Reader) throws -> Funnel {
        let hasPassed = try Announcements.isOut(.administrative, in: edition, at: at, db)
        let finalists = try chosen(.finalists, in: edition, at: at, db)
        let awarded = try chosen(.awards, in: edition, at: at, db)
        var stages: [Funnel.Stage] = [.registered, .submitted]
        // Who is a finalist or was awarded had passed.
        if hasPassed || finalists != nil || awarded != nil { stages.append(.passed) }
        if finalists != nil { stages.append(.finalists) }
        if awarded != nil { stages.append(.awarded) }
        let shown = stages
        let entries = try db.rows(
            """
            SELECT id, institution, group_code, category, state FROM proposal
            WHERE edition = \(edition) AND state NOT IN ('draft', 'withdrawn') ORDER BY id
            """
        ) { row in
            let (id, state) = (try row.int("id"), try row.choice("state", Proposal.State.self))
            var reached: Set<Funnel.Stage> = [.registered]
            if state.isSent { reached.insert(.submitted) }
            if shown.contains(.passed), state == .passed { reached.insert(.passed) }
            if finalists?.contains(id) ?? false { reached.insert(.finalists) }
            if awarded?.contains(id) ?? false { reached.insert(.awarded) }
            return Funnel.Entry(
                institution: try row.text("institution"), group: try row.textOrNil("group_code"),
                category: try row.textOrNil("category"), reached: reached)
        }
        return Funnel(stages: shown, entries: entries)
    }

    private static func chosen(
        _ subject: Announcement.Subject, in edition: Int, at: Instant, _ db: Reader
    ) throws -> Set<Int>? {
        try Announcements.decisions(subject, in: edition, at: at, db).map { _, decisions in
            Set(decisions.filter { $0.verdict == .chosen }.map(\.proposal))
        }
    }

    /// A frozen result is public once what it gives is what an announcement made public.
    private static func results(_ edition: Int, at: Instant, _ db: Reader) throws -> [FrozenResult] {
        let published = try Announcements.published(.awards, in: edition, at: at, db)
        guard !published.isEmpty else { return [] }
        let given = Set(try published.map { try Awards.decided(in: edition, upTo: $0.sitting, db) })
        return try Results.read("r.edition = \(edition)", db).filter { result in
            given.contains(
                Set(try result.outcome().winners.map { Awards.Given(proposal: $0.proposal, tier: $0.award ?? "") }))
        }
    }
}

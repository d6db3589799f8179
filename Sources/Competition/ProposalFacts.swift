import Database
import Directory
import Kernel

/// What the rules are held against: the newest facts of a proposal's record, and the other proposals of its edition.
enum ProposalFacts {
    /// The candidate behind a proposal; what its own form says is added by `Proposal.verdicts`. Throws `noRecord` when
    /// its record left the directory.
    static func candidate(_ proposal: Proposal, _ db: Reader) throws -> Candidacy {
        let members = try Innovations.members(of: proposal.innovation, db)
        guard
            let row = try db.first(
                """
                SELECT i.valid_until, r.content FROM innovation i
                JOIN revision r ON r.innovation = i.id AND r.number = i.revision
                WHERE i.id = \(members[0]) AND i.state = 'published'
                """)
        else { throw ProposalRefusal.noRecord(proposal.innovation) }
        let record = try Innovation(json: try row.text("content"))
        var candidate = Candidacy()
        candidate.yearOfStart = record.yearOfStart
        candidate.awards = record.awards.map { .init(programme: $0.programme, year: $0.year, rank: $0.rank) }
        candidate.hasStopped = record.continuity == .stopped
        candidate.validUntil = try row.instantOrNil("valid_until")
        candidate.goals = record.sdgs.count
        candidate.sameInnovation = try Proposals.live(members, in: proposal.edition, db).filter { $0 != proposal.id }
        // What others only write is theirs alone: a title is taken by what was sent, or by one's own proposals.
        candidate.sameTitle = try db.rows(
            """
            SELECT id FROM proposal WHERE edition = \(proposal.edition) AND title_key = \(Proposal.key(proposal.title))
                AND id <> \(proposal.id) AND (state IN \(Proposal.State.sent)
                    OR (state <> 'withdrawn' AND institution = \(proposal.institution))) ORDER BY id
            """
        ) { try $0.int("id") }
        return candidate
    }

    /// How many proposals of the same agency or unit spend a quota.
    static func spent(_ quota: EditionQuota, for proposal: Proposal, _ db: Reader) throws -> Int {
        let family = try OfficeSuccessions(at: .now(), db).family(of: proposal.institution)
        var whose: SQL = """
            edition = \(proposal.edition) AND institution IN \(family) AND state IN \(Proposal.State.sent)
            """
        if quota.scope == .unit {
            // What is written for the whole institution counts as one unit of its own.
            whose = "\(whose) AND COALESCE(unit, 0) = \(proposal.unit ?? 0)"
        }
        if let group = quota.group { whose = "\(whose) AND group_code = \(group)" }
        return try db.count("SELECT COUNT(*) FROM proposal WHERE \(whose)")
    }
}

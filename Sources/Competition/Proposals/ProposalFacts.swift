import Database
import Directory
import Institutions
import Kernel

/// What the rules are held against: the newest facts of a proposal's record, and the other proposals of its edition.
enum ProposalFacts {
    /// The candidate behind a proposal; what its own form says is added by `Proposal.verdicts`. Throws `noRecord` when
    /// its record left the directory.
    static func candidate(_ proposal: Proposal, _ db: Reader) throws -> Candidacy {
        let members = try Innovations.members(of: proposal.innovation, db)
        guard var candidate = try Candidacies.read([members[0]], db)[members[0]] else {
            throw ProposalRefusal.noRecord(proposal.innovation)
        }
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
    static func spent(_ quota: EditionQuota, for proposal: Proposal, at: Instant, _ db: Reader) throws -> Int {
        let family = try Successors.read(at: at, db).family(of: proposal.institution)
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

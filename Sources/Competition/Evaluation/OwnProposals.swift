import Database
import Kernel
import People

/// The proposals of an organiser's own institution: whoever runs an edition and belongs to a proposing institution sees
/// no scores, comments or questions of its proposals.
enum OwnProposal {
    /// Whether grants belong to the institution that made it, or to one that took its place.
    static func isOf(_ proposal: Proposal, _ grants: [Grant]) -> Bool {
        grants.contains { grant in grant.institution.map(proposal.offices.contains) ?? false }
    }

    /// Throws `ReadingRefusal.missing` where the proposal is of the actor's own institution.
    static func require(_ proposal: Int, by actor: Actor, _ db: Writer) throws {
        guard let account = actor.account else { return }
        let found = try Proposals.load(proposal, at: db.at, db)
        let walled = try Conflicts.walled(
            from: try Grants.live(of: account, at: db.at, db), in: found.edition, db)
        guard !walled.contains(proposal) else { throw ReadingRefusal.missing }
    }
}

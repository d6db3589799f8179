import Database
import Institutions
import Kernel
import People

/// The proposals of an organiser's own institution: whoever runs an edition and belongs to a proposing institution sees
/// no scores, comments or questions of its proposals.
enum OwnProposal {
    /// Whether grants belong to the institution that made it, or to one that took its place.
    static func isOf(_ proposal: Proposal, _ grants: [Grant]) -> Bool {
        grants.contains { grant in grant.institution.map(proposal.offices.contains) ?? false }
    }

    /// Those of an edition, by number.
    static func all(in edition: Int, _ grants: [Grant], at: Instant, _ db: Reader) throws -> Set<Int> {
        let own = Set(grants.compactMap(\.institution))
        guard !own.isEmpty else { return [] }
        let successors = try Successors.read(at: at, db)
        let proposals = try db.rows("SELECT id, institution FROM proposal WHERE edition = \(edition)") {
            (try $0.int("id"), try $0.text("institution"))
        }
        return Set(
            proposals.filter { !own.isDisjoint(with: successors.offices(of: $0.1)) }.map(\.0))
    }

    /// Throws `ReadingRefusal.missing` where the proposal is of the actor's own institution.
    static func require(_ proposal: Int, by actor: Actor, _ db: Writer) throws {
        guard let account = actor.account else { return }
        let found = try Proposals.load(proposal, at: db.at, db)
        guard !isOf(found, try Grants.live(of: account, at: db.at, db)) else { throw ReadingRefusal.missing }
    }
}

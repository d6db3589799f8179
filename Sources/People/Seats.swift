import Database
import Kernel

/// Roles within an edition of a competition, given and taken in the transaction of an act whose right the edition's own
/// rules have asked: whoever organises an edition chooses who evaluates it, in a province as in the nation.
package enum Seats {
    /// Invites someone to an edition's role, as `Accounts.invite` does.
    ///
    /// - Throws: `AccountRefusal.scope` for a role that is not an edition's; `.notAnEmail`; `.suspended`.
    package static func give(
        _ invitee: Invitee, by actor: Actor, publicURL: String, _ db: Writer
    ) throws -> Invited {
        guard invitee.grant.role.scope == .edition else { throw AccountRefusal.scope(invitee.grant.role) }
        return try Accounts.invite([invitee.grant], invitee, by: actor, publicURL: publicURL, db)
    }

    /// Ends an edition's role; nothing happens to an account that does not hold it.
    package static func take(_ role: Role, in edition: String, from account: Int, by actor: Actor, _ db: Writer) throws
    {
        let held = try Grants.held(
            "g.account = \(account) AND g.role = \(role) AND g.edition = \(edition) AND g.until_at IS NULL", at: db.at,
            db)
        for grant in held where role.scope == .edition { try Grants.end(grant, by: actor, db) }
    }
}

import Database
import Kernel

/// What happens to people's roles after they were given.
extension Accounts {
    /// Ends one role. Throws `AccountRefusal.unknown` for one that is not held, `.notYours`, `.lastSecretariat`.
    package func endGrant(_ grant: Int, by actor: Actor, at: Instant) async throws {
        try await database.write(at: at) { db in
            guard let held = try Grants.held("g.id = \(grant) AND g.until_at IS NULL", at: at, db).first else {
                throw AccountRefusal.unknown
            }
            try Grants.requireManaging(held.grant, by: actor, db)
            try Grants.end(held, by: actor, db)
        }
    }

    /// Hands everything that an account is at an institution to a successor, the same day, by letter of assignment. The
    /// drafts are the unit's and stay; the predecessor's roles there end. Only the system may do without a letter.
    package func replace(
        _ old: Int, at institution: String, by email: String, name: String? = nil, letter: String?,
        by actor: Actor, at: Instant
    ) async throws -> Invited {
        let publicURL = publicURL
        return try await database.write(at: at) { db in
            guard letter != nil || actor.account == nil else { throw AccountRefusal.letterNeeded }
            let before = try Accounts.colleague(old, at: at, db)
            let held = before.grants.filter { $0.grant.institution == institution }
            guard !held.isEmpty else { throw AccountRefusal.unknown }
            if let account = actor.account {
                let own = try Grants.live(of: account, at: at, db)
                for grant in held where !grant.grant.isReplaced(by: own) {
                    throw AccountRefusal.notYours(grant.grant.role)
                }
            }
            guard let address = EmailAddress(email), address.text != before.email else {
                throw AccountRefusal.notAnEmail
            }
            let invitee = Invitee(
                email: address.text, grant: held[0].grant, name: name, office: before.office, letter: letter)
            let invited = try Accounts.invite(
                held.map(\.grant), invitee, by: actor, publicURL: publicURL, db)
            for grant in held { try Grants.end(grant, by: actor, db) }
            if before.grants.count == held.count { try db.execute("DELETE FROM session WHERE account = \(old)") }
            try Audit.note(
                "replace", "account", String(old),
                [("institution", institution), ("successor", String(invited.account))], by: actor, db)
            return invited
        }
    }

    /// Puts an account at rest: its sessions end and it cannot sign in. Throws when it is one's own or has a role that
    /// the actor does not manage.
    package func suspend(_ account: Int, by actor: Actor, at: Instant) async throws {
        try await database.write(at: at) { db in
            let colleague = try Accounts.managed(account, by: actor, db)
            guard colleague.state == .active else { throw AccountRefusal.unknown }
            if colleague.grants.contains(where: { $0.grant.role == .secretariat }) {
                try Grants.keepSecretariat(without: account, db)
            }
            try db.execute("UPDATE account SET state = 'suspended' WHERE id = \(account)")
            try db.execute("DELETE FROM session WHERE account = \(account)")
            try Audit.note("suspend", "account", String(account), by: actor, db)
        }
    }

    /// Ends the rest of a suspended account.
    package func restore(_ account: Int, by actor: Actor, at: Instant) async throws {
        try await database.write(at: at) { db in
            let colleague = try Accounts.managed(account, by: actor, db)
            guard colleague.state == .suspended else { throw AccountRefusal.unknown }
            try db.execute("UPDATE account SET state = 'active' WHERE id = \(account)")
            try Audit.note("restore", "account", String(account), by: actor, db)
        }
    }

    /// Confirms that people still work where they do, for another year; nobody confirms themselves.
    ///
    /// - Returns: how many roles were confirmed.
    @discardableResult
    package func certify(_ accounts: [Int], at institution: String, by actor: Actor, at: Instant) async throws -> Int {
        try await database.write(at: at) { db in
            try Grants.require(.managePeople, at: institution, by: actor, db)
            guard !accounts.contains(where: { $0 == actor.account }) else { throw AccountRefusal.yourself }
            let held = try Grants.held(
                "g.institution = \(institution) AND g.until_at IS NULL AND g.account IN \(accounts)", at: at, db)
            try db.execute("UPDATE role_grant SET certified_at = \(at) WHERE id IN \(held.map(\.id))")
            for account in Set(held.map(\.account)).sorted() {
                try Audit.note("certify", "account", String(account), [("institution", institution)], by: actor, db)
            }
            return held.count
        }
    }

    /// Takes away the second factor of somebody who lost telephone and recovery codes, once the actor knows it is them.
    package func resetCode(of account: Int, by actor: Actor, at: Instant) async throws {
        try await database.write(at: at) { db in
            _ = try Accounts.managed(account, by: actor, db)
            try SecondFactors.clear(account, db)
            try db.execute("DELETE FROM session WHERE account = \(account)")
            try Audit.note("remove-code", "account", String(account), by: actor, db)
        }
    }

    private static func managed(_ account: Int, by actor: Actor, _ db: Writer) throws -> Colleague {
        guard account != actor.account else { throw AccountRefusal.yourself }
        let colleague = try Accounts.colleague(account, at: db.at, db)
        if colleague.grants.isEmpty { try Grants.require(.manageNetwork, by: actor, db) }
        for held in colleague.grants { try Grants.requireManaging(held.grant, by: actor, db) }
        return colleague
    }
}

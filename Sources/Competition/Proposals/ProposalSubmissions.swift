import Database
import Institutions
import Kernel
import People

/// The way of a proposal: registered by its unit, ordered and submitted by its agency, given back, withdrawn, decided.
extension Proposals {
    /// Hands a draft to the agency; it comes last in the agency's order.
    package func register(_ id: Int, by actor: Actor, at: Instant) async throws {
        try await act("register", id, by: actor, at: at, { $0.mayRegister($1) }) { proposal, account, db in
            try Self.requireNotOver(try Self.edition(of: proposal, db).edition, at: at)
            let family = try Successors.read(at: at, db).family(of: proposal.institution)
            let last = try db.count(
                """
                SELECT COALESCE(MAX(priority), 0) FROM proposal
                WHERE edition = \(proposal.edition) AND institution IN \(family) AND state <> 'withdrawn'
                """)
            try db.execute(
                """
                UPDATE proposal SET state = 'registered', registered_at = \(at), priority = \(last + 1), remark = NULL,
                    version = version + 1, updated_at = \(at), updated_by = \(account) WHERE id = \(id)
                """)
        }
    }

    /// Gives a registered one back to its unit, which then reads the remark.
    package func giveBack(_ id: Int, remark: String, by actor: Actor, at: Instant) async throws {
        let remark = String(remark.prefix(2000))
        guard !remark.isEmpty else { throw ProposalRefusal.noRemark }
        try await act("return", id, by: actor, at: at, { $0.maySubmit($1) }) { proposal, account, db in
            try Self.requireNotOver(try Self.edition(of: proposal, db).edition, at: at)
            try db.execute(
                """
                UPDATE proposal SET state = 'draft', registered_at = NULL, priority = NULL, remark = \(remark),
                    version = version + 1, updated_at = \(at), updated_by = \(account) WHERE id = \(id)
                """)
            try notices.returned(proposal, remark: remark, by: account, db)
        }
    }

    /// Sends a registered one to the organiser: within registration by the moment the request began, with nothing that
    /// the rules leave unmet or unknown, and while the quota has a place.
    package func submit(_ id: Int, by actor: Actor, at: Instant) async throws {
        try await act("submit", id, by: actor, at: at, { $0.maySubmit($1) }) { proposal, account, db in
            let stored = try Self.edition(of: proposal, db)
            let edition = stored.edition
            try Self.requireNotOver(edition, at: at)
            if let opens = edition.stage(.registration)?.opens, at < opens {
                throw ProposalRefusal.early(opens, edition.zone)
            }
            let verdicts = proposal.verdicts(try ProposalFacts.candidate(proposal, db), in: edition, at: at)
            guard verdicts.allSatisfy({ $0.answer == .met }) else { throw ProposalRefusal.ineligible(verdicts) }
            for quota in edition.quotas where quota.group == nil || quota.group == proposal.group {
                guard try ProposalFacts.spent(quota, for: proposal, at: at, db) < quota.most else {
                    throw ProposalRefusal.quota(
                        quota.most, quota.scope, group: edition.groups.first { $0.code == quota.group }?.name)
                }
            }
            try db.execute(
                """
                UPDATE proposal SET state = 'submitted', submitted_at = \(at), submitted_by = \(account),
                    rules_version = \(stored.version), verdicts = \(try Self.json(verdicts)), version = version + 1,
                    updated_at = \(at), updated_by = \(account) WHERE id = \(id)
                """)
            try Self.keepPrints(of: proposal, edition, db)
        }
    }

    /// Takes a proposal out of the edition; its place of the quota is free again, and the innovation can be proposed
    /// anew.
    package func withdraw(_ id: Int, by actor: Actor, at: Instant) async throws {
        try await act("withdraw", id, by: actor, at: at, { $0.mayWithdraw($1) }) { proposal, account, db in
            try Self.requireNotOver(try Self.edition(of: proposal, db).edition, at: at)
            try db.execute(
                """
                UPDATE proposal SET state = 'withdrawn', version = version + 1, updated_at = \(at),
                    updated_by = \(account) WHERE id = \(id)
                """)
        }
    }

    /// Moves a registered one a place up or down in its agency's order; at the end it stays where it is.
    package func move(_ id: Int, up: Bool, by actor: Actor, at: Instant) async throws {
        try await act(up ? "move-up" : "move-down", id, by: actor, at: at, { $0.maySubmit($1) }) { proposal, _, db in
            let family = try Successors.read(at: at, db).family(of: proposal.institution)
            let place = proposal.priority ?? 0
            let others: SQL = """
                edition = \(proposal.edition) AND institution IN \(family) AND state = 'registered'
                """
            let way: SQL =
                up ? "priority < \(place) ORDER BY priority DESC" : "priority > \(place) ORDER BY priority"
            let next = try db.first("SELECT id, priority FROM proposal WHERE \(others) AND \(way)")
            guard let next else { return }
            let (other, theirs) = (try next.int("id"), try next.int("priority"))
            try db.execute("UPDATE proposal SET priority = \(theirs) WHERE id = \(id)")
            try db.execute("UPDATE proposal SET priority = \(place) WHERE id = \(other)")
        }
    }

    /// The organiser's administrative check of a submitted one; failing needs a reason.
    package func decide(_ id: Int, passes: Bool, reason: String, by actor: Actor, at: Instant) async throws {
        let reason = String(reason.prefix(Self.longestWords))
        guard passes || !reason.isEmpty else { throw ProposalRefusal.noReason }
        let noted: String? = reason.isEmpty ? nil : reason
        try await check(passes ? "pass" : "fail", id, by: actor, at: at) { proposal, stored, db in
            guard proposal.state == .submitted else { throw ProposalRefusal.state(proposal.state) }
            if let cure = proposal.cure, cure.isOpen(at: at) {
                throw ProposalRefusal.cureOpen(cure.until, stored.edition.zone)
            }
            try db.execute(
                """
                UPDATE proposal SET state = \(passes ? Proposal.State.passed : .failed), decided_at = \(at),
                    decided_by = \(actor.account), reason = \(noted), version = version + 1
                WHERE id = \(id)
                """)
            try notices.decided(proposal, passes: passes, reason: reason, stored.edition, db)
        }
    }

    private func act(
        _ name: StaticString, _ id: Int, by actor: Actor, at: Instant,
        _ may: @escaping @Sendable (Proposal, [Grant]) -> ProposalRefusal?,
        _ body: @escaping @Sendable (Proposal, _ account: Int, Writer) throws -> Void
    ) async throws {
        try await database.write(at: at) { db in
            let (proposal, account, grants) = try Self.held(id, by: actor, db)
            if let refusal = may(proposal, grants) { throw refusal }
            try body(proposal, account, db)
            try Audit.note(name, "proposal", String(id), [("edition", proposal.editionCode)], by: actor, db)
            // The edition's public page counts what is registered and submitted.
            db.changed("edition", proposal.editionCode)
        }
    }
}

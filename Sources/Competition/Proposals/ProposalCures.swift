import Database
import Kernel
import People

/// What the administrative check asks for, once, and the agency's answer to it.
extension Proposals {
    /// Longest text of a reason, a request, an appeal or an answer, in characters.
    static let longestWords = 4000

    /// Asks the agency for what is missing, where the edition grants days for it; once for each proposal.
    package func askCure(_ id: Int, for asked: String, by actor: Actor, at: Instant) async throws {
        let asked = String(asked.prefix(Self.longestWords))
        guard !asked.isEmpty else { throw ProposalRefusal.noReason }
        try await check("ask-cure", id, by: actor, at: at) { proposal, stored, db in
            guard proposal.state == .submitted else { throw ProposalRefusal.state(proposal.state) }
            guard proposal.cure == nil else { throw ProposalRefusal.askedBefore }
            guard let until = stored.edition.cureEnd(from: at) else { throw ProposalRefusal.noCure }
            try db.execute(
                """
                UPDATE proposal SET cure_asked = \(asked), cure_until = \(until), version = version + 1 WHERE id = \(id)
                """)
            try notices.cureAsked(proposal, asked: asked, until: until.moment(in: stored.edition.zone), db)
        }
    }

    /// Hands back to the organiser what was completed, with the agency's words.
    package func handBack(_ id: Int, answer: String, by actor: Actor, at: Instant) async throws {
        let answer = String(answer.prefix(Self.longestWords))
        try await database.write(at: at) { db in
            let (proposal, _, grants) = try Self.held(id, by: actor, db)
            let stored = try Editions.found(proposal.edition, db)
            if let refusal = proposal.mayCure(grants, stored.edition.zone, at: at) { throw refusal }
            guard proposal.isAdmin(grants) else { throw ProposalRefusal.notAdmin }
            guard !answer.isEmpty else { throw ProposalRefusal.noAnswer }
            try db.execute(
                """
                UPDATE proposal SET cure_answer = \(answer), cured_at = \(at), version = version + 1 WHERE id = \(id)
                """)
            try Audit.note("hand-back", "proposal", String(id), by: actor, db)
            try notices.cured(proposal, answer: answer, stored.edition, db)
        }
    }

    /// An act of the organiser on what was sent to them; what was not is not theirs to know of.
    func check(
        _ act: StaticString, _ id: Int, by actor: Actor, at: Instant,
        _ body: @escaping @Sendable (Proposal, Editions.Stored, Writer) throws -> Void
    ) async throws {
        try await database.write(at: at) { db in
            let proposal = try Self.load(id, at: at, db)
            let stored = try Editions.found(proposal.edition, db)
            try Grants.require(.manageEditions, at: stored.edition.organiser, by: actor, db)
            guard proposal.state.isSent else { throw ProposalRefusal.missing(id) }
            try body(proposal, stored, db)
            try Audit.note(act, "proposal", String(id), by: actor, db)
            db.changed("edition", stored.code)
        }
    }
}

import Database
import Kernel
import People

/// Appeals against failing the administrative check: the agency's, once, and the organiser's answer.
extension Proposals {
    /// Appeals, with the agency's words.
    package func appeal(_ id: Int, words: String, by actor: Actor, at: Instant) async throws {
        let words = String(words.prefix(Self.longestWords))
        try await database.write(at: at) { db in
            let (proposal, account, grants) = try Self.held(id, by: actor, db)
            let stored = try Editions.found(proposal.edition, db)
            guard try Self.appeal(of: id, db) == nil else { throw ProposalRefusal.appealed }
            if let refusal = proposal.mayAppeal(grants, in: stored.edition, at: at) { throw refusal }
            guard !words.isEmpty else { throw ProposalRefusal.noWords }
            try db.insert(
                "appeal", ["id", "proposal", "against", "words", "at", "by_account"],
                [
                    [
                        try db.nextID("appeal").sqlValue, id.sqlValue, (proposal.reason ?? "").sqlValue,
                        words.sqlValue, at.sqlValue, account.sqlValue,
                    ]
                ])
            try Audit.note("appeal", "proposal", String(id), by: actor, db)
            try notices.appealed(proposal, words: words, stored.edition, db)
        }
    }

    /// Answers an appeal: upheld, the proposal has passed the administrative check.
    package func answerAppeal(
        _ id: Int, _ outcome: ProposalAppeal.Outcome, answer: String, by actor: Actor, at: Instant
    ) async throws {
        let answer = String(answer.prefix(Self.longestWords))
        try await check(outcome == .upheld ? "uphold" : "reject-appeal", id, by: actor, at: at) { proposal, _, db in
            guard let appeal = try Self.appeal(of: id, db) else { throw ProposalRefusal.noAppeal }
            guard appeal.outcome == nil else { throw ProposalRefusal.appealAnswered }
            guard !answer.isEmpty else { throw ProposalRefusal.noAnswer }
            try db.execute(
                """
                UPDATE appeal SET outcome = \(outcome), answer = \(answer), decided_at = \(at),
                    decided_by = \(actor.account) WHERE proposal = \(id)
                """)
            if outcome == .upheld {
                try db.execute(
                    """
                    UPDATE proposal SET state = 'passed', decided_at = \(at), decided_by = \(actor.account),
                        reason = \(answer), version = version + 1 WHERE id = \(id)
                    """)
            }
            try notices.appealDecided(proposal, outcome, answer: answer, db)
        }
    }

    /// The appeal of a proposal; nil when there is none.
    static func appeal(of id: Int, _ db: Reader) throws -> ProposalAppeal? {
        try db.first(
            "SELECT against, words, at, outcome, answer, decided_at FROM appeal WHERE proposal = \(id)"
        ).map { row in
            ProposalAppeal(
                against: try row.text("against"), words: try row.text("words"), at: try row.instant("at"),
                outcome: try row.textOrNil("outcome").flatMap(ProposalAppeal.Outcome.init),
                answer: try row.textOrNil("answer"), decidedAt: try row.instantOrNil("decided_at"))
        }
    }
}

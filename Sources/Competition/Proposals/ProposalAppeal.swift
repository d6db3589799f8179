import Kernel
import People

/// An agency's appeal against failing the administrative check: one for each proposal, answered by the organiser.
package struct ProposalAppeal: Sendable, Hashable {
    package enum Outcome: String, Sendable, Hashable, CaseIterable {
        case upheld, rejected

        package var name: Phrase {
            self == .upheld ? Phrase("Banding diterima", "Appeal upheld") : Phrase("Banding ditolak", "Appeal rejected")
        }
    }

    /// The reason for failing that it is against.
    package let against: String
    package let words: String
    package let at: Instant
    /// Nil while it waits.
    package let outcome: Outcome?
    package let answer: String?
    package let decidedAt: Instant?
}

extension Edition {
    /// Until when failing the administrative check can be appealed: the later close of the check and of the cure where
    /// they are dated, else the opening of evaluation; nil for no end.
    package var appealsClose: Instant? {
        [stage(.administrative), stage(.cure)].compactMap { $0?.closes }.max() ?? stage(.evaluation)?.opens
    }
}

extension Proposal {
    /// Why an agency's grants do not let it appeal; nil when they do.
    package func mayAppeal(_ grants: [Grant], in edition: Edition, at moment: Instant) -> ProposalRefusal? {
        if let refusal = mayRead(grants) { return refusal }
        guard state == .failed else { return .state(state) }
        guard isAdmin(grants) else { return .notAdmin }
        guard let closes = edition.appealsClose, moment >= closes else { return nil }
        return .appealLate(ProposalDeadline(closes: closes, zone: edition.zone))
    }
}

import Kernel

/// What a sitting decided about one proposal.
package struct Decision: Sendable, Hashable {
    package enum Verdict: String, Sendable, Hashable, CaseIterable {
        case chosen, reserve, not

        package var name: Phrase {
            switch self {
            case .chosen: Phrase("Terpilih", "Chosen")
            case .reserve: Phrase("Cadangan", "Reserve")
            case .not: Phrase("Tidak terpilih", "Not chosen")
            }
        }
    }

    package let proposal: Int
    package let verdict: Verdict
    /// The code of the tier of awards; nil where none was given.
    package let award: String?
    /// The score in hundredths, 0 to 10,000: what a team agreed on.
    package let score: Int?
    package let why: String?
    /// The sitting that decided it.
    package let sitting: Int

    package init(
        proposal: Int, verdict: Verdict, award: String? = nil, score: Int? = nil, why: String? = nil, sitting: Int = 0
    ) {
        (self.proposal, self.verdict, self.award) = (proposal, verdict, award)
        (self.score, self.why, self.sitting) = (score, why, sitting)
    }
}

import Kernel

/// Another proposal that may be for the same innovation, or that says the same: for a person to look at.
package struct ProposalTwin: Sendable, Hashable {
    package let proposal: Int
    package let title: String
    package let institution: String
    package let state: Proposal.State
    /// Whether both are of one institution, or of one and what it took the place of.
    package let isSameOffice: Bool
    /// Whether who looks may open it.
    package let mayOpen: Bool
    /// The chance that both are one innovation if they were of one institution, 0 to 1, by Linkage.
    package let probability: Double
    /// The share of the words of either that both use, in whatever order: 0 to 1.
    package let words: Double
    package let passages: [ProposalPassage]

    package init(
        proposal: Int, title: String, institution: String, state: Proposal.State, isSameOffice: Bool, mayOpen: Bool,
        probability: Double, words: Double, passages: [ProposalPassage]
    ) {
        self.proposal = proposal
        self.title = title
        self.institution = institution
        self.state = state
        self.isSameOffice = isSameOffice
        self.mayOpen = mayOpen
        self.probability = probability
        self.words = words
        self.passages = passages
    }

    /// From which share of common words two texts are one text with its words moved.
    package static let sameWords = 0.8

    /// Titles of two institutions may agree by chance far more often than those of one: only the clearest counts.
    private var isSameInnovation: Bool { probability >= (isSameOffice ? 0.1 : 0.9) }

    package var isTelling: Bool { isSameInnovation || words >= Self.sameWords || !passages.isEmpty }

    /// In which order they are shown: what is likeliest the same first.
    package var weight: Double { max(probability, words) + Double(passages.map(\.words).reduce(0, +)) / 1000 }

    /// What they have in common, in words.
    package var likeness: [Phrase] {
        var found: [Phrase] = []
        if isSameInnovation {
            found.append(
                !isSameOffice
                    ? Phrase(
                        "judul dan uraiannya seperti inovasi yang sama, tetapi instansinya lain",
                        "title and summary as of the same innovation, but of another institution")
                    : probability >= 0.9
                        ? Phrase("hampir pasti inovasi yang sama", "almost surely the same innovation")
                        : probability >= 0.5
                            ? Phrase("mungkin besar inovasi yang sama", "probably the same innovation")
                            : Phrase("mungkin inovasi yang sama", "possibly the same innovation"))
        }
        if words >= Self.sameWords {
            found.append(
                Phrase("isinya memakai kata-kata yang sama", "its sections use the same words"))
        }
        let copied = passages.map(\.words).reduce(0, +)
        if copied > 0 {
            found.append(Phrase("\(copied) kata persis sama", "\(copied) words exactly the same"))
        }
        return found
    }
}

import Kernel

/// A letter that goes with a proposal, as far as the proposal, its record and its institution fill it in.
package struct ProposalLetter: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        /// From the agency to the organiser.
        case covering = "pengantar"
        case identity = "identitas"
        case implementation = "implementasi"
        /// Willing to be replicated.
        case willingness = "kesediaan"
        /// From the institution whose innovation was replicated.
        case replication = "replikasi"

        package var name: Phrase {
            switch self {
            case .covering: Phrase("Surat pengantar", "Covering letter")
            case .identity: Phrase("Surat pernyataan identitas inovator", "Statement of the innovator's identity")
            case .implementation: Phrase("Surat pernyataan implementasi", "Statement of implementation")
            case .willingness: Phrase("Surat kesediaan direplikasi", "Willingness to be replicated")
            case .replication: Phrase("Surat keterangan replikasi", "Replication letter")
            }
        }

        /// The letter for a document that an edition names, by its code.
        package init?(document code: String) {
            // "kesediaan-replikasi" is of willingness: what is named first decides.
            let found = Self.allCases.compactMap { kind in code.range(of: kind.rawValue).map { ($0.lowerBound, kind) } }
            guard let first = found.min(by: { $0.0 < $1.0 }) else { return nil }
            self = first.1
        }

        /// The letters that a proposal can need: the covering letter, and those for the documents of its group.
        package static func offered(_ proposal: Proposal, in edition: Edition) -> [Kind] {
            let asked = Set(edition.documents(of: proposal.group).compactMap { Kind(document: $0.code) })
            return allCases.filter { $0 == .covering || asked.contains($0) }
        }
    }

    package let kind: Kind
    package let proposal: Int
    package let title: String
    package let innovation: Int
    /// The institution's name, and its unit's where one writes it.
    package let institution: String
    package let unit: String?
    package let edition: String
    package let organiser: String
    package let group: String?
    package let category: String?
    /// The names of the documents that the edition asks for.
    package let documents: [String]
    package let yearOfStart: Int?
    /// What it replicates: title, number and institution.
    package let original: Original?

    package struct Original: Sendable, Hashable {
        package let title: String
        package let number: Int
        package let institution: String?
    }
}

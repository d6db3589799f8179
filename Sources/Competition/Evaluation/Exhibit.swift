import Kernel

/// A proposal as evaluators read it: as it was submitted and, in a blind edition, only what was cleared.
package struct Exhibit: Sendable, Hashable {
    /// Nil where a blind edition has not cleared the proposal yet.
    package let title: String?
    package let group: String?
    package let category: String?
    package let documents: [Proposal.Document]
    /// Nil in a blind edition.
    package let institution: String?
    package let innovation: Int?
    package let original: Int?
    private let content: [String: String]

    package init(_ proposal: Proposal, _ redaction: Redaction?, isBlind: Bool) {
        group = proposal.group
        category = proposal.category
        if isBlind {
            content = redaction?.texts ?? [:]
            documents = proposal.documents.filter { redaction?.documents.contains($0.code) ?? false }
            (institution, innovation, original) = (nil, nil, nil)
        } else {
            content = proposal.content
            documents = proposal.documents
            (institution, innovation, original) = (proposal.institution, proposal.innovation, proposal.original)
        }
        title = content[Proposal.titleField]
    }

    package func text(_ section: EditionSection) -> String { content[Proposal.field(section)] ?? "" }
}

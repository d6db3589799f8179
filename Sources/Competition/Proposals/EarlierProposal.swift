import Directory
import Kernel

/// A proposal of an earlier edition for the same innovation, by the same agency, and what became of it.
package struct EarlierProposal: Sendable, Hashable {
    package let id: Int
    package let editionCode: String
    package let edition: Phrase
    package let title: String
    package let state: Proposal.State
    package let reason: String?
    package let submittedAt: Instant
    /// The record and the revision that it began from.
    package let innovation: Int
    package let revision: Int
    /// Whether its feedback can be read now.
    package let showsFeedback: Bool
}

/// What happened to an innovation since an earlier proposal: the evidence of its development.
package struct Development: Sendable {
    package struct Change: Sendable, Hashable {
        package let field: Innovation.Field
        package let before: Innovation
        package let after: Innovation
    }

    /// The fields in which the record says something else now.
    package let changes: [Change]
    /// What was done for it since, and the awards that came since.
    package let activities: [Innovation.Activity]
    package let awards: [Innovation.Award]
    /// Who stands by the record since then, and from when.
    package let validated: (by: String, at: Instant)?

    package init(
        from before: Innovation, to after: Innovation, since: Instant, validated: (by: String, at: Instant)?
    ) {
        changes = Innovation.Field.allCases.filter { !after.agrees(with: before, in: $0) }
            .map { Change(field: $0, before: before, after: after) }
        activities = after.activities.filter { activity in
            !before.activities.contains(activity) || activity.on.map { $0 >= since.day() } ?? false
        }
        awards = after.awards.filter { !before.awards.contains($0) }
        self.validated = validated.flatMap { $0.at > since ? $0 : nil }
    }
}

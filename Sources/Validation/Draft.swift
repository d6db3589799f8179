import Directory
import Kernel
import People

/// An innovation being written by a unit, until its agency's own people have validated it.
///
/// draft → submitted → returned → submitted (the next round) → published; a draft or a returned one can be abandoned.
package struct Draft: Sendable, Hashable {
    package enum State: String, Sendable, CaseIterable { case draft, submitted, returned, published, abandoned }

    package let id: Int
    /// The institution whose innovation it is; it keeps it when the institution is merged or ends.
    package let institution: String
    /// The unit that writes it; nil when it is written for the whole institution, by its admins.
    package let unit: Int?
    package let unitName: String?
    /// The directory's record that it changes, or once published the one it became.
    package let innovation: Int?
    /// The revision it began from, once published the one it became.
    package let baseRevision: Int?
    package let state: State
    package let content: Innovation
    /// Rises by one with every save.
    package let version: Int
    /// How often it was submitted.
    package let round: Int
    package let createdAt: Instant
    package let updatedAt: Instant
    package let submittedAt: Instant?
    package let decidedAt: Instant?
    /// Every account that ever saved it or its claims.
    package let writers: Set<Int>
    /// The institutions whose people may act on it: its own, and those that took its place.
    package let offices: [String]

    package var title: String { content.title }
    /// Whether it can be written in, when the person may.
    package var isOpen: Bool { state == .draft || state == .returned }
}

/// In what capacity somebody validates.
package enum Capacity: Sendable, Hashable {
    case validator
    /// Not the office's own validator, because the office has only its writer.
    case instead(Validity.Instead)

    /// Who validates in its place; nil for the office's own validator.
    package var instead: Validity.Instead? { if case .instead(let who) = self { who } else { nil } }

    /// For the audit trail.
    var word: String { instead?.rawValue ?? "validator" }
}

extension Draft {
    /// A unit's people see and edit their unit's drafts, an agency admin all of the agency's.
    private func isOf(_ person: Person) -> Bool {
        person.grants(for: .write).contains { grant in
            offices.contains { grant.reaches($0) } && (grant.role.scope != .unit || grant.unit == unit)
        }
    }

    private func reaches(_ person: Person, _ right: Right) -> Bool { offices.contains { person.may(right, at: $0) } }

    /// Why the person may not see it; nil when they may. Those who write it, who may validate it, and auditors do.
    package func mayRead(_ person: Person) -> DraftRefusal? {
        if isOf(person) || reaches(person, .validate) || person.may(.audit) { return nil }
        // A leader, the Hub and the secretariat see what was handed in, not what is still being written.
        if round > 0, reaches(person, .followInstitution) { return nil }
        return .missing(id)
    }

    /// Why the person may not write in it now; nil when they may.
    package func mayEdit(_ person: Person) -> DraftRefusal? {
        if let refusal = mayRead(person) { return refusal }
        guard isOf(person) else { return .notYours }
        return isOpen ? nil : .state(state)
    }

    /// Why the person may not submit it now, its completeness aside; nil when they may.
    package func maySubmit(_ person: Person) -> DraftRefusal? { mayEdit(person) }

    /// Why the person may not take back what was submitted; nil when they may.
    package func mayWithdraw(_ person: Person) -> DraftRefusal? {
        if let refusal = mayRead(person) { return refusal }
        guard isOf(person) else { return .notYours }
        return state == .submitted ? nil : .state(state)
    }

    /// In what capacity the person may validate or return it now, or why not.
    ///
    /// Nobody validates what they wrote; a leader or the Hub does it where no other person of the office can.
    ///
    /// - Parameter reviewers: how many of the office's people hold the right to validate and did not write it.
    package func mayValidate(_ person: Person, reviewers: Int) -> Result<Capacity, DraftRefusal> {
        if let refusal = mayRead(person) { return .failure(refusal) }
        let own = reaches(person, .validate)
        let instead = person.grants(for: .validateInstead).first { grant in offices.contains { grant.reaches($0) } }
        guard own || instead != nil else { return .failure(.notValidator) }
        guard state == .submitted else { return .failure(.state(state)) }
        guard !writers.contains(person.account) else { return .failure(.wroteIt) }
        if own { return .success(.validator) }
        guard reviewers == 0 else { return .failure(.hasReviewer) }
        return .success(.instead(instead?.role == .leader ? .leader : .hub))
    }

    /// The custodian unit for which the person validates; a record names the one that validated it.
    func custodian(_ person: Person) -> Int? {
        person.grants(for: .validate).first { grant in offices.contains { grant.reaches($0) } && grant.unit != nil }?
            .unit
    }
}

extension Draft.State {
    package var name: Phrase {
        switch self {
        case .draft: Phrase("Draf", "Draft")
        case .submitted: Phrase("Diajukan", "Submitted")
        case .returned: Phrase("Dikembalikan", "Returned")
        case .published: Phrase("Terbit", "Published")
        case .abandoned: Phrase("Dibatalkan", "Abandoned")
        }
    }
}

import Kernel
import People

/// What a unit puts forward in an edition: the form of that year's rules, begun from a directory record at a revision.
///
/// draft → registered (handed to the agency) → submitted (to the organiser) → passed or failed; withdrawn from the first
/// three. The agency can give a registered one back to its unit.
package struct Proposal: Sendable, Hashable {
    package enum State: String, Sendable, Hashable, CaseIterable {
        case draft, registered, submitted, passed, failed, withdrawn

        package var name: Phrase {
            switch self {
            case .draft: Phrase("Draf", "Draft")
            case .registered: Phrase("Terdaftar", "Registered")
            case .submitted: Phrase("Terkirim", "Submitted")
            case .passed: Phrase("Lulus administrasi", "Passed the administrative check")
            case .failed: Phrase("Tidak lulus administrasi", "Failed the administrative check")
            case .withdrawn: Phrase("Ditarik", "Withdrawn")
            }
        }

        /// Whether the organiser has it: it spends a place of the quota and its content is fixed.
        package var isSent: Bool { self == .submitted || self == .passed || self == .failed }

        static let sent = allCases.filter(\.isSent).map(\.rawValue)
        static let live = allCases.filter { $0 != .withdrawn }.map(\.rawValue)
    }

    /// A file handed in for one of the documents that the edition names.
    package struct Document: Sendable, Hashable {
        package let code: String
        /// The file's name in the store.
        package let digest: String
        /// The name it came with.
        package let name: String
        package let type: String
        /// In bytes.
        package let size: Int
        /// When it was handed in.
        package let at: Instant
    }

    /// The fields of the form besides its sections, as they are stored and sent.
    package static let titleField = "judul"
    package static let groupField = "kelompok"
    package static let categoryField = "kategori"
    package static let originalField = "replikasi"

    /// The field of a section.
    package static func field(_ section: EditionSection) -> String { "bagian." + section.code }

    /// Words as the form counts them: runs of characters without white space.
    package static func words(_ text: String) -> Int { text.split(whereSeparator: \.isWhitespace).count }

    /// A title without case, spacing and punctuation, by which equal ones are found.
    package static func key(_ title: String) -> String {
        String(title.lowercased().filter { $0.isLetter || $0.isNumber })
    }

    package let id: Int
    package let edition: Int
    package let editionCode: String
    package let innovation: Int
    /// The revision of the record that it began from.
    package let revision: Int
    package let institution: String
    /// The unit that writes it; nil when it is written for the whole institution.
    package let unit: Int?
    package let unitName: String?
    package let state: State
    /// The form by field.
    package var content: [String: String]
    /// Rises by one with every change.
    package let version: Int
    /// Its place in the agency's order, from 1; nil before it was registered.
    package let priority: Int?
    /// What the agency said when it gave it back.
    package let remark: String?
    package let updatedAt: Instant
    package let submittedAt: Instant?
    /// What the rules said when it was submitted.
    package let verdicts: [Verdict]?
    /// Why it failed, or what was noted when it passed.
    package let reason: String?
    /// What the administrative check asked for.
    package let cure: Cure?
    package let documents: [Document]
    /// The institutions whose people may act on it: its own, and those that took its place.
    package let offices: [String]

    package var title: String { content[Self.titleField] ?? "" }
    package var group: String? { content[Self.groupField] }
    package var category: String? { content[Self.categoryField] }
    package var original: Int? { content[Self.originalField].flatMap { Int($0) } }

    package func text(_ section: EditionSection) -> String { content[Self.field(section)] ?? "" }
}

// What grants allow; they are those of this moment, read in the transaction of the act.
extension Proposal {
    /// Whether they make somebody the agency's admin for it.
    package func isAdmin(_ grants: [Grant]) -> Bool {
        writing(grants).contains { $0.role.scope == .institution }
    }

    private func isOf(_ grants: [Grant]) -> Bool {
        writing(grants).contains { $0.role.scope == .institution || $0.unit == unit }
    }

    private func writing(_ grants: [Grant]) -> [Grant] {
        grants.filter { grant in
            Right.write.roles.contains(grant.role) && offices.contains { grant.reaches($0) }
        }
    }

    /// Why they do not show it; nil when they do.
    package func mayRead(_ grants: [Grant]) -> ProposalRefusal? { isOf(grants) ? nil : .missing(id) }

    /// Its unit writes a draft; the agency corrects also what was registered; what was submitted is fixed.
    package func mayEdit(_ grants: [Grant]) -> ProposalRefusal? {
        if let refusal = mayRead(grants) { return refusal }
        return state == .draft || (state == .registered && isAdmin(grants)) ? nil : .state(state)
    }

    package func mayRegister(_ grants: [Grant]) -> ProposalRefusal? {
        if let refusal = mayRead(grants) { return refusal }
        return state == .draft ? nil : .state(state)
    }

    /// Giving back, ordering and submitting are the agency's.
    package func maySubmit(_ grants: [Grant]) -> ProposalRefusal? {
        if let refusal = mayRead(grants) { return refusal }
        guard isAdmin(grants) else { return .notAdmin }
        return state == .registered ? nil : .state(state)
    }

    package func mayWithdraw(_ grants: [Grant]) -> ProposalRefusal? {
        if let refusal = mayRead(grants) { return refusal }
        switch state {
        case .draft: return nil
        case .registered, .submitted: return isAdmin(grants) ? nil : .notAdmin
        case .passed, .failed, .withdrawn: return .state(state)
        }
    }
}

extension Proposal {
    /// What the rules of the edition say about it, as it stands.
    ///
    /// - Parameter candidate: the facts of its record and of other proposals; its own form is added here.
    package func verdicts(_ candidate: Candidacy, in edition: Edition, at now: Instant) -> [Verdict] {
        var candidate = candidate
        candidate.group = group
        candidate.replicates = original
        candidate.documents = Set(documents.map(\.code))
        for section in edition.form(of: group) { candidate.words[section.code] = Self.words(text(section)) }
        var verdicts: [Verdict] = []
        if !edition.groups.isEmpty {
            verdicts.append(
                Self.chosen(Phrase("Kelompok dipilih", "A group is chosen"), edition.groups.first { $0.code == group }))
        }
        if !edition.categories.isEmpty {
            verdicts.append(
                Self.chosen(
                    Phrase("Kategori dipilih", "A category is chosen"), edition.categories.first { $0.code == category }
                ))
        }
        return verdicts + Eligibility(candidate, in: edition, at: now).verdicts
    }

    private static func chosen(_ rule: Phrase, _ choice: EditionChoice?) -> Verdict {
        Verdict(
            rule: rule, answer: choice == nil ? .unmet : .met,
            because: choice?.name ?? Phrase("Belum dipilih.", "Not chosen yet."),
            change: choice == nil ? Phrase("Pilih pada formulir.", "Choose it in the form.") : nil,
            source: choice?.source, metFrom: nil)
    }
}

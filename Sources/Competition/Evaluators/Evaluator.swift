import Kernel

/// Somebody who evaluates in an edition, or sits on its panel.
package struct Evaluator: Sendable, Hashable {
    package enum Seat: String, Sendable, Hashable, CaseIterable {
        case evaluator, panelist

        package var name: Phrase {
            switch self {
            case .evaluator: Phrase("Penilai", "Evaluator")
            case .panelist: Phrase("Panelis", "Panelist")
            }
        }
    }

    package let id: Int
    package let edition: Int
    package let account: Int
    package let seat: Seat
    package let name: String
    /// Codes of the edition's categories, the one known best first.
    package let expertise: [String]
    /// Codes of the languages read, `id` among them.
    package let languages: [String]
    /// The code of the region lived or worked in; nil where unknown.
    package let region: String?
    /// The fewest and the most reads.
    package let least: Int
    package let most: Int
    /// When the conflicts were declared; before that no proposal opens.
    package let declaredAt: Instant?
    package let removedAt: Instant?
}

import Foundation
import Kernel

/// A sitting with its minutes: who sat, what was put before them, what they decided and why. Once closed it never
/// changes; what proves wrong is put right by another sitting.
package struct Sitting: Sendable, Hashable {
    package enum Body: String, Sendable, Hashable, CaseIterable {
        case team, evaluators, panel, secretariat

        package var name: Phrase {
            switch self {
            case .team: Phrase("Tim kecil penilai", "Small team of evaluators")
            case .evaluators: Phrase("Pleno tim evaluasi", "Plenary of the evaluators")
            case .panel: Phrase("Panel independen", "Independent panel")
            case .secretariat: Phrase("Sekretariat", "Secretariat")
            }
        }
    }

    package enum Subject: String, Sendable, Hashable, CaseIterable {
        /// A team agrees on one score for each of its proposals.
        case consolidation
        case finalists, awards, other

        package var name: Phrase {
            switch self {
            case .consolidation: Phrase("Penyatuan nilai", "Consolidation of scores")
            case .finalists: Phrase("Finalis", "Finalists")
            case .awards: Phrase("Penghargaan", "Awards")
            case .other: Phrase("Lainnya", "Other")
            }
        }

        /// Whose published constraints hold; nil where none can.
        package var balance: EditionBalance.Subject? {
            switch self {
            case .finalists: .finalists
            case .awards: .awards
            case .consolidation, .other: nil
            }
        }
    }

    /// Somebody who was there: one of the edition's evaluators or panelists, or anybody else by name.
    package struct Attendee: Sendable, Hashable, Codable {
        /// The evaluator's number; nil for others.
        package var evaluator: Int?
        package var account: Int?
        package var name: String
        /// In which role: chair, evaluator, secretary.
        package var role: String
        /// The proposals for which this person left, because of a conflict of interest.
        package var left: [Int]

        package init(evaluator: Int? = nil, account: Int? = nil, name: String, role: String, left: [Int] = []) {
            (self.evaluator, self.account, self.name, self.role, self.left) = (evaluator, account, name, role, left)
        }
    }

    package let id: Int
    package let edition: Int
    package let body: Body
    package let subject: Subject
    package let title: String
    package let place: String
    package let heldAt: Instant
    package let attendance: [Attendee]
    /// What was put before it, in words.
    package let tabled: String
    /// What it decided besides the verdicts, in words.
    package let decided: String
    /// Why, in words; also the reason for an exception to a published constraint.
    package let why: String
    /// Rises by one with every save.
    package let version: Int
    package let closedAt: Instant?
    /// The hash of the canonical minutes, which the signatures repeat; nil while open.
    package let digest: String?
}

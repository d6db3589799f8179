import Files
import Foundation
import Kernel

/// Everything that a result rests on, without a name of a person: who reads it can compute the result again.
package struct ResultInput: Codable, Sendable, Hashable {
    /// The rules of the edition as they stood.
    package struct Rules: Codable, Sendable, Hashable {
        package let code: String
        package let version: Int
        /// SHA-256 of the tables as canonical JSON.
        package let digest: String
        package let tables: EditionTables
    }

    /// A proposal that passed the administrative check.
    package struct Proposal: Codable, Sendable, Hashable {
        package let proposal: Int
        package let innovation: Int
        package let revision: Int
        package let title: String
        package let institution: String
        package let group: String?
        package let category: String?
        /// SHA-256 of what was handed in.
        package let digest: String
    }

    package struct Reading: Codable, Sendable, Hashable {
        package let proposal: Int
        /// The evaluator's number in the edition.
        package let evaluator: Int
        package let origin: String
        package let state: String
        /// By section, 0 to 100; empty unless the reading is done.
        package let scores: [String: Int]
    }

    package struct Panel: Codable, Sendable, Hashable {
        package let proposal: Int
        package let evaluator: Int
        package let part: String
        package let value: Int
    }

    package struct Visit: Codable, Sendable, Hashable {
        package let proposal: Int
        package let evaluator: Int
        /// SHA-256 of the answered checklist.
        package let digest: String
    }

    /// The citizens' ratings of a proposal.
    package struct Rating: Codable, Sendable, Hashable {
        package let proposal: Int
        package let count: Int
        package let sum: Int
    }

    /// A closed sitting with what it decided.
    package struct Sitting: Codable, Sendable, Hashable {
        package struct Decision: Codable, Sendable, Hashable {
            package let proposal: Int
            package let verdict: String
            package let award: String?
            /// In hundredths.
            package let score: Int?
        }

        package let sitting: Int
        package let body: String
        package let subject: String
        /// SHA-256 of the minutes, which their signatures repeat.
        package let digest: String
        package let decisions: [Decision]
    }

    /// A released assignment.
    package struct Plan: Codable, Sendable, Hashable {
        package let plan: Int
        package let objective: String
        package let seed: Int
        package let draw: Int
    }

    package let rules: Rules
    /// Of the draws behind the chances.
    package let seed: Int
    package let registered: Int
    package let submitted: Int
    package let proposals: [Proposal]
    /// The evaluators' numbers.
    package let evaluators: [Int]
    package let plans: [Plan]
    package let readings: [Reading]
    package let panel: [Panel]
    package let visits: [Visit]
    package let ratings: [Rating]
    /// In the order in which they closed.
    package let sittings: [Sitting]

    /// Per proposal what the latest sitting on a subject decided.
    func decided(_ subject: String) -> [Int: Sitting.Decision] {
        var standing: [Int: Sitting.Decision] = [:]
        for sitting in sittings where sitting.subject == subject {
            for decision in sitting.decisions { standing[decision.proposal] = decision }
        }
        return standing
    }

    /// SHA-256 of a canonical text, as 64 hexadecimal digits.
    static func digest(_ text: String) -> String { Digest(of: text.utf8).hex }
}

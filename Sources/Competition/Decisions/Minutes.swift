import Files
import Foundation
import Kernel

/// The minutes of a sitting in the one form that is hashed and signed: JSON with its keys in order.
package struct Minutes: Sendable, Hashable, Codable {
    /// What was decided about one proposal.
    package struct Line: Sendable, Hashable, Codable {
        package let proposal: Int
        package let verdict: String
        package let award: String?
        package let score: Int?
        package let why: String?
    }

    package let edition: String
    package let sitting: Int
    package let body: String
    package let subject: String
    package let title: String
    package let place: String
    package let heldAt: Instant
    package let attendance: [Sitting.Attendee]
    package let tabled: String
    package let decided: String
    package let why: String
    package let decisions: [Line]

    package init(_ sitting: Sitting, edition: String, _ decisions: [Decision]) {
        self.edition = edition
        self.sitting = sitting.id
        (body, subject) = (sitting.body.rawValue, sitting.subject.rawValue)
        (title, place, heldAt) = (sitting.title, sitting.place, sitting.heldAt)
        (attendance, tabled) = (sitting.attendance, sitting.tabled)
        (decided, why) = (sitting.decided, sitting.why)
        self.decisions = decisions.sorted { $0.proposal < $1.proposal }.map {
            Line(proposal: $0.proposal, verdict: $0.verdict.rawValue, award: $0.award, score: $0.score, why: $0.why)
        }
    }

    /// The text that is hashed.
    package func text() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }

    /// SHA-256 of the text, in 64 hexadecimal digits.
    package func digest() throws -> String { Digest(of: try text().utf8).hex }
}

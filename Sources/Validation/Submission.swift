import Directory
import Foundation
import Kernel

/// What was handed in at one round, exactly: the record, its claims and the digests of their evidence.
package struct Submission: Sendable, Hashable {
    package enum Outcome: String, Sendable { case withdrawn, returned, validated }

    package let round: Int
    package let at: Instant
    package let content: Innovation
    package let claims: [Held]
    package let outcome: Outcome?

    /// A claim as it was held then.
    package struct Held: Sendable, Hashable, Codable {
        package let id: Int
        /// The claim of the published draft that it was copied from.
        package let copyOf: Int?
        let kindName: String
        package let values: [String: String]
        package let evidence: [File]

        package struct File: Sendable, Hashable, Codable {
            package let digest: String
            package let name: String
        }

        package init(_ claim: Claim) {
            id = claim.id
            copyOf = claim.copyOf
            kindName = claim.kind.rawValue
            values = claim.content.values
            evidence = claim.evidence.map { File(digest: $0.digest, name: $0.name) }
        }

        package var kind: ClaimKind? { ClaimKind(rawValue: kindName) }
        /// Whether another says and proves the same.
        func says(_ other: Held) -> Bool {
            kindName == other.kindName && values == other.values
                && evidence.map(\.digest).sorted() == other.evidence.map(\.digest).sorted()
        }
    }

    static func json(_ claims: [Claim]) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(claims.map(Held.init)), as: UTF8.self)
    }

    static func claims(json: String) throws -> [Held] { try JSONDecoder().decode([Held].self, from: Data(json.utf8)) }
}

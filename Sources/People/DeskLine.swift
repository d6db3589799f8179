import Kernel
import Web

/// One thing to do, or one place to look, on somebody's desk.
package struct DeskLine: Sendable {
    /// How pressing it is: what is late comes first.
    package enum Urgency: Int, Sendable, Comparable {
        case late, soon, waiting, quiet

        package static func < (a: Urgency, b: Urgency) -> Bool { a.rawValue < b.rawValue }
    }

    /// How many wait; nil where there is nothing to count.
    package let count: Int?
    /// What to do, a verb first: `Periksa inovasi yang diajukan`.
    package let words: String
    package let note: String?
    package let address: Address
    package let urgency: Urgency

    /// - Parameter address: of this site, without a language's prefix.
    package init(_ words: String, _ address: Address, count: Int? = nil, note: String? = nil, urgency: Urgency = .quiet)
    {
        self.words = words
        self.address = address
        self.count = count
        self.note = note
        self.urgency = urgency
    }
}

/// What another slice knows of somebody's work today.
package typealias DeskCounts = @Sendable (Person, Language) async throws -> [DeskLine]

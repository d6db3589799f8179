import Kernel

/// What it costs that somebody reads a proposal: 0 for the category they know best, more down their list, most for what
/// they do not list at all. Conflicts are no cost: they are never.
package enum AssignmentCost {
    /// For each place further down the list.
    static let rank = 100
    /// At most, for anything on the list.
    static let lastRank = 400
    /// Not on the list.
    static let unlisted = 700
    /// For somebody who listed nothing, so that nobody profits from an empty list.
    static let unknown = 500
    /// The language of proposals: the form is Indonesian.
    static let language = "id"

    /// Nil for somebody who does not read the language.
    package static func of(category: String?, _ expertise: [String], languages: [String]) -> Int? {
        guard languages.contains(language) else { return nil }
        guard !expertise.isEmpty else { return unknown }
        guard let place = category.flatMap({ expertise.firstIndex(of: $0) }) else { return unlisted }
        return min(place * rank, lastRank)
    }
}

import Kernel

extension Innovation {
    /// The fields a reader needs to judge a practice; their share filled is the record's completeness. A count, not a
    /// verdict: rules with their sources come with validation.
    package static let expected: [Field] = [
        .title, .institution, .unit, .region, .yearOfStart, .stage, .form, .category, .affair, .sdgs, .summary,
        .background,
        .purpose, .novelty, .impact, .adaptability, .resources, .sustainability, .continuity,
    ]

    package var completeness: (filled: Int, of: Int) {
        (Self.expected.count { self[$0] != nil }, Self.expected.count)
    }
}

/// What is asked of an index.
package struct Query: Sendable, Hashable {
    /// Free text: words are alternatives to be ranked, a phrase in quotes is required, every other sign is just text.
    /// Only the first `Query.longest` bytes and `Query.mostWords` words are read. Without any word everything matches.
    package var text: String
    /// Facet name to accepted values: values of one name are alternatives, names must all hold.
    package var filters: [String: Set<String>]
    package var sort: Sort
    /// Rows wanted, cut to 0...`Query.mostRows`.
    package var limit: Int
    /// Where the page before ended.
    package var cursor: Cursor?
    /// The facets to count.
    package var counting: [String]
    /// Whether synonyms, joined forms and corrected words may match as well as the words' own stems.
    package var widening: Bool

    package static let longest = 4000
    package static let mostWords = 24
    package static let mostRows = 1000
    /// Paging by relevance ends after this many rows; newest first has no end.
    package static let relevanceEnd = 1000

    package init(
        _ text: String = "", filters: [String: Set<String>] = [:], sort: Sort = .relevance, limit: Int = 20,
        cursor: Cursor? = nil, counting: [String] = [], widening: Bool = true
    ) {
        self.text = text
        self.filters = filters
        self.sort = sort
        self.limit = limit
        self.cursor = cursor
        self.counting = counting
        self.widening = widening
    }

    /// The order of the rows. Equal rows are ordered by id, the lower first by relevance, the higher first otherwise.
    package enum Sort: Sendable, Hashable {
        /// Best match first; without any word, the schema's first key.
        case relevance
        /// By the key of that name, highest first.
        case highest(String)
        /// By the schema's first key, highest first.
        case newest
    }
}

/// Where a page ended: the last row's place in the order and the rows shown so far.
package struct Cursor: Sendable, Hashable {
    /// The bits of the score by relevance, the key otherwise.
    package let place: Int64
    package let id: Int64
    package let shown: Int
    /// `r` by relevance, `k` by a key.
    let order: Character

    init(order: Character, place: Int64, id: Int64, shown: Int) {
        self.order = order
        self.place = place
        self.id = id
        self.shown = shown
    }

    /// A form for addresses, of letters, digits, dots and minus signs.
    package var text: String { "\(order).\(String(place, radix: 36)).\(String(id, radix: 36)).\(shown)" }

    /// Nil for anything that `text` never gives.
    package init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4, text.utf8.count <= 60, parts[0] == "r" || parts[0] == "k",
            let place = Int64(parts[1], radix: 36), let id = Int64(parts[2], radix: 36), let shown = Int(parts[3]),
            shown >= 0, shown <= 1 << 40
        else { return nil }
        self.init(order: parts[0] == "r" ? "r" : "k", place: place, id: id, shown: shown)
        guard order == "k" || Float(bitPattern: UInt32(truncatingIfNeeded: place)).isFinite else { return nil }
    }
}

/// What an index answers.
package struct Answer: Sendable {
    /// All matching documents, not only those on the page.
    package var total = 0
    package var rows: [Row] = []
    /// Complete counts, most frequent first; a facet that is itself filtered is counted as if it were not.
    package var facets: [String: [FacetCount]] = [:]
    /// The cursor of the next page; nil at the end of the result or of what relevance shows.
    package var next: Cursor?
    /// Whether rows remain beyond `Query.relevanceEnd`, to be reached by narrowing only.
    package var cut = false
    /// The query with its unknown words replaced by the likeliest known ones; nil when nothing is better.
    package var suggestion: String?
    /// Words of the query that occur nowhere, not even as synonyms.
    package var unknown: [String] = []
    /// Whether the text held any word to look for; false when everything matched for lack of one.
    package var searched = false
    /// What to mark in a text.
    package var marks = Marks()

    package struct Row: Sendable, Hashable {
        package let id: Int64
        /// Above 0 by relevance, else 0; comparable within one query only.
        package let score: Float
        /// The key sorted by; by relevance the schema's first.
        package let key: Int64
    }

    package struct FacetCount: Sendable, Hashable {
        package let value: String
        package let count: Int
    }
}

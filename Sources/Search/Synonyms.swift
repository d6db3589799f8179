import Text

/// Words and phrases that stand for one another.
package struct Synonyms: Sendable {
    /// Another way to say something.
    struct Entry: Sendable, Hashable {
        /// Stems, in order.
        let stems: [String]
        /// What it counts beside the word itself, 0 to 1.
        let weight: Float
    }

    /// By stems with a space between.
    private(set) var entries: [String: [Entry]] = [:]
    /// The most stems of a key.
    private(set) var longest = 0

    package init() {}

    /// Reads a table of tab-separated lines; `#` begins a remark.
    ///
    /// `=` the terms that follow are the same thing; `~` they are near one another; `>` who asks for the first also
    /// wants the others, not the other way round.
    package init(table: String) {
        for line in table.split(whereSeparator: \.isNewline) where !line.hasPrefix("#") {
            let cells = line.split(separator: "\t").map { Synonyms.stems($0) }
            guard cells.count >= 3 else { continue }
            let terms = cells.dropFirst().filter { !$0.isEmpty }
            switch line.first {
            case "=": relate(Array(terms), weight: 0.95)
            case "~": relate(Array(terms), weight: 0.5)
            case ">": if let first = terms.first { terms.dropFirst().forEach { add(first, $0, weight: 0.6) } }
            default: continue
            }
        }
    }

    private mutating func relate(_ terms: [[String]], weight: Float) {
        for term in terms {
            for other in terms { add(term, other, weight: weight) }
        }
    }

    private mutating func add(_ term: [String], _ other: [String], weight: Float) {
        let key = term.joined(separator: " ")
        guard term != other, entries[key]?.contains(where: { $0.stems == other }) != true else { return }
        entries[key, default: []].append(Entry(stems: other, weight: weight))
        longest = max(longest, term.count)
    }

    private static func stems(_ text: some StringProtocol) -> [String] {
        tokens(in: String(text)).map(\.word).filter { !StopWords.contains($0) }.map(Stemmer.indonesian.stem)
    }
}

import Kernel

/// How well a resolver does on a column of real spellings.
package struct ResolutionReport: Sendable {
    /// One row of the data: the spelling, the region column's text, the year, and whether a citizen invented it.
    package struct Row: Sendable, Hashable {
        package var spelling: String
        package var region: String?
        package var year: Int?
        package var citizens: Bool

        package init(spelling: String, region: String? = nil, year: Int? = nil, citizens: Bool = false) {
            self.spelling = spelling
            self.region = region
            self.year = year
            self.citizens = citizens
        }
    }

    /// A spelling as given with what became of it and how many rows carry it.
    package struct Line: Sendable, Hashable {
        package let spelling: String
        package let region: String?
        package let rows: Int
        package let resolution: Resolution
    }

    /// All rows; those left out because a citizen invented it; those that name no institution; the rest.
    package let rows: Int
    package let citizens: Int
    package let empty: Int
    package var named: Int { rows - citizens - empty }
    /// Of the rows that name an institution, how many were resolved.
    package let resolved: Int
    /// Distinct unresolved spellings, the most frequent first.
    package let unresolved: [Line]
    private let answers: [Line]

    /// Citizens' inventions have no institution and are counted apart, not in the share.
    package init(_ data: [Row], resolver: Resolver) {
        var citizens = 0
        var empty = 0
        var resolved = 0
        var answers: [Line] = []
        var open: [String: Line] = [:]
        for row in data {
            if row.citizens {
                citizens += 1
                continue
            }
            let resolution = resolver.resolve(row.spelling, region: row.region, year: row.year)
            switch resolution {
            case .unresolved(.empty): empty += 1
            case .found:
                resolved += 1
                answers.append(Line(spelling: row.spelling, region: row.region, rows: 1, resolution: resolution))
            case .unresolved:
                let rows = (open[row.spelling]?.rows ?? 0) + 1
                open[row.spelling] = Line(
                    spelling: row.spelling, region: row.region, rows: rows, resolution: resolution)
            }
        }
        rows = data.count
        self.citizens = citizens
        self.empty = empty
        self.resolved = resolved
        self.answers = answers
        unresolved = open.values.sorted { ($1.rows, $0.spelling) < ($0.rows, $1.spelling) }
    }

    /// The share of rows naming an institution that were resolved, 0 to 1; nil when no row names one.
    package var share: Double? { named == 0 ? nil : Double(resolved) / Double(named) }

    /// Resolved rows drawn without replacement for checking by hand; the same seed draws the same rows.
    package func sample(_ count: Int, seed: UInt64) -> [Line] {
        var random = SeededRandom(seed)
        return Array(answers.shuffled(using: &random).prefix(max(0, count)))
    }
}

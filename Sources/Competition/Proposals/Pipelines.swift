import Database
import Directory
import Institutions
import Kernel
import People

/// Which innovations of an institution could be proposed in which year.
package struct Pipelines: Sendable {
    package struct Entry: Sendable, Hashable {
        package let innovation: Int
        package let title: String
        package let unit: String?
        package let outlook: Outlook
    }

    package struct Page: Sendable {
        /// The edition whose rules are looked at; nil when none has an end of registration.
        package let edition: Editions.Stored?
        package let entries: [Entry]
        package let total: Int
        /// How many could be proposed in each year, over the whole institution; nil counts those that need more than time.
        package let years: [Int?: Int]
    }

    /// The most innovations that are looked at; beyond it the page says so.
    package static let most = 2000

    private let database: Database
    private let editions: Editions

    package init(_ database: Database) {
        self.database = database
        editions = Editions(database)
    }

    /// The pipeline of an institution and what it took the place of, soonest first: by the rules of the edition that is
    /// open, else of the latest competition that is known.
    package func page(
        of institution: String, after place: Int = 0, limit: Int = 50, at now: Instant
    ) async throws -> Page {
        let usable = try await editions.all().filter {
            $0.edition.programme == .competition && $0.edition.stage(.registration)?.closes != nil
        }
        guard let rules = usable.first(where: { $0.state == .open }) ?? usable.first else {
            return Page(edition: nil, entries: [], total: 0, years: [:])
        }
        let edition = rules.edition
        let found = try await database.read { db in
            let successors = try Successors.read(at: now, db)
            let rows = try db.rows(
                """
                SELECT id, title, unit FROM innovation WHERE state = 'published'
                    AND institution IN \(successors.predecessors(of: institution))
                ORDER BY title, id LIMIT \(Self.most)
                """
            ) { (try $0.int("id"), try $0.text("title"), try $0.textOrNil("unit")) }
            return (rows, try Candidacies.read(rows.map(\.0), db))
        }
        let entries = found.0.compactMap { id, title, unit in
            found.1[id].map {
                Entry(innovation: id, title: title, unit: unit, outlook: Outlook($0, in: edition, from: now))
            }
        }
        let sorted = entries.enumerated().sorted { a, b in
            (a.element.outlook.year ?? Int.max, a.element.outlook.hurdles.count, a.offset)
                < (b.element.outlook.year ?? Int.max, b.element.outlook.hurdles.count, b.offset)
        }.map(\.element)
        return Page(
            edition: rules, entries: Array(sorted.dropFirst(place).prefix(limit)), total: sorted.count,
            years: Dictionary(grouping: sorted, by: \.outlook.year).mapValues(\.count))
    }
}

import Database
import Institutions
import Kernel
import People

/// What of proposals waits for somebody today: for an agency those to complete, for an organiser those to check.
package struct ProposalCounts: Sendable {
    private let database: Database

    package init(_ database: Database) { self.database = database }

    /// The lines of a person's desk; a line stands only where something waits.
    package func lines(_ person: Person, _ language: Language, at now: Instant) async throws -> [DeskLine] {
        let own = person.grants(for: .write)
        let organises = person.may(.manageEditions)
        guard !own.isEmpty || organises else { return [] }
        let (curing, due) = try await database.read { db in
            (
                own.isEmpty ? 0 : try Self.curing(own, at: now, db),
                organises ? try Self.due(person, at: now, db) : []
            )
        }
        let say = language.say(_:_:)
        var lines: [DeskLine] = []
        if curing > 0 {
            lines.append(
                DeskLine(
                    say("Lengkapi usulan yang diminta Sekretariat", "Complete proposals as the secretariat asked"),
                    .path("kerja", "usulan"), count: curing, urgency: .soon))
        }
        for (stored, count) in due {
            lines.append(
                DeskLine(
                    say("Periksa usulan yang terkirim", "Check submitted proposals"),
                    EditionMenuView.Place.submissions.path(stored.code).adding([("giliran", "1")]), count: count,
                    note: language.say(stored.edition.name), urgency: .waiting))
        }
        return lines
    }

    private static func curing(_ grants: [Grant], at now: Instant, _ db: Reader) throws -> Int {
        let successors = try Successors.read(at: now, db)
        let whole = grants.filter { $0.role.scope == .institution }.compactMap(\.institution)
        let units = grants.filter { $0.role.scope == .unit }.compactMap(\.unit)
        return try db.count(
            """
            SELECT COUNT(*) FROM proposal WHERE state = 'submitted' AND cured_at IS NULL AND cure_until > \(now)
                AND (institution IN \(successors.predecessors(of: Array(Set(whole)).sorted())) OR unit IN \(units))
            """)
    }

    private static func due(
        _ person: Person, at now: Instant, _ db: Reader
    ) throws -> [(Editions.Stored, count: Int)] {
        var counts: [Int: Int] = [:]
        try db.each(
            """
            SELECT p.edition, COUNT(*) AS due FROM proposal p LEFT JOIN appeal a ON a.proposal = p.id
            WHERE (p.state = 'submitted' AND (p.cure_until IS NULL OR p.cured_at IS NOT NULL OR p.cure_until <= \(now)))
                OR (p.state = 'failed' AND a.id IS NOT NULL AND a.outcome IS NULL) GROUP BY p.edition
            """
        ) { counts[try $0.int("edition")] = try $0.int("due") }
        return try Editions.read("e.id IN \(counts.keys.sorted())", db).compactMap { stored in
            guard person.may(.manageEditions, at: stored.edition.organiser), let count = counts[stored.id] else {
                return nil
            }
            return (stored, count)
        }
    }
}

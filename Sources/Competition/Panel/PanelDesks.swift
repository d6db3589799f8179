import Database
import Kernel
import People

/// What a panelist or visitor has to do: their own presentations and visits over all editions, and nobody else's.
package struct PanelDesks: Sendable {
    private let database: Database

    package init(_ database: Database) { self.database = database }

    struct Line: Sendable {
        let slot: Slot
        let stored: Editions.Stored
        /// Parts scored, of so many.
        let scored: Int
        let parts: Int
    }

    struct Desk: Sendable {
        /// By time.
        let slots: [Line]
        /// By day.
        let visits: [Visit]
        /// Editions where conflicts are not declared yet; what they hold is not shown before.
        let undeclared: [Editions.Stored]
    }

    func desk(for person: Person) async throws -> Desk {
        try await database.read { db in
            let seats = try PanelSeats.held(person.account, person.grants, db)
            let open = seats.filter { $0.declaredAt != nil }
            let waiting = Set(seats.filter { $0.declaredAt == nil }.map(\.edition)).sorted()
            var (lines, visits): ([Line], [Visit]) = ([], [])
            for seat in open {
                let hindered = Set(try Conflicts.of(seat.id, in: seat.edition, db).map(\.proposal))
                visits += try Visits.read("t.evaluator = \(seat.id)", db).filter { !hindered.contains($0.proposal) }
                guard seat.seat == .panelist else { continue }
                let stored = try Editions.found(seat.edition, db)
                let scored = try Dictionary(
                    grouping: PanelScores.all(in: seat.edition, db).filter { $0.evaluator == seat.id }, by: \.proposal)
                lines += try Slots.read("s.id IN (SELECT slot FROM slot_panelist WHERE evaluator = \(seat.id))", db)
                    .filter { !hindered.contains($0.proposal) }.map { slot in
                        Line(
                            slot: slot, stored: stored, scored: scored[slot.proposal]?.count ?? 0,
                            parts: stored.edition.presentation.count)
                    }
            }
            return Desk(
                slots: lines.sorted { ($0.slot.starts, $0.slot.id) < ($1.slot.starts, $1.slot.id) },
                visits: visits.sorted { ($0.planned, $0.id) < ($1.planned, $1.id) },
                undeclared: try waiting.map { try Editions.found($0, db) })
        }
    }
}

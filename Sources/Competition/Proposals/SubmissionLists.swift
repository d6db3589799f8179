import Database
import Kernel
import People

/// What was sent to an edition, for its organiser: all of it, and the queue of the administrative check.
extension Proposals {
    /// Where a proposal stands in the queue of the check: those before and after it that are the organiser's turn.
    package struct QueuePlace: Sendable, Hashable {
        package let previous: Int?
        package let next: Int?
        /// How many are the organiser's turn.
        package let due: Int
    }

    /// What was sent to an edition, in the order in which it came; throws `DeskRefusal` unless the person holds it.
    package func submitted(to code: String, for person: Person, at: Instant) async throws -> (
        Editions.Stored, [Line]
    ) {
        try await database.read { db in
            guard let stored = try Editions.read("e.code = \(code)", db).first else {
                throw EditionRefusal.unknown(code)
            }
            guard person.may(.manageEditions, at: stored.edition.organiser) else {
                throw DeskRefusal.notYours(.manageEditions)
            }
            let lines = try Self.lines("p.edition = \(stored.id) AND p.state IN \(Proposal.State.sent)", at: at, db)
            return (
                stored,
                lines.sorted {
                    ($0.submittedAt?.milliseconds ?? 0, $0.id) < ($1.submittedAt?.milliseconds ?? 0, $1.id)
                }
            )
        }
    }

    /// The neighbours of a proposal in the queue, in the order in which they came.
    package func queue(
        around id: Int, in code: String, for person: Person, at: Instant
    ) async throws -> (Editions.Stored, QueuePlace) {
        let (stored, lines) = try await submitted(to: code, for: person, at: at)
        let place = lines.firstIndex { $0.id == id } ?? 0
        return (
            stored,
            QueuePlace(
                previous: lines[..<place].last { $0.check?.isDue ?? false }?.id,
                next: lines[place...].first { $0.id != id && $0.check?.isDue ?? false }?.id,
                due: lines.count { $0.check?.isDue ?? false })
        )
    }
}

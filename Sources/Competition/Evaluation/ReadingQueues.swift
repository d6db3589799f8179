import Database
import Foundation
import Kernel
import People

/// What an evaluator has to read.
extension Readings {
    /// One reading in its evaluator's queue.
    package struct Entry: Sendable, Hashable {
        package let id: Int
        package let proposal: Int
        package let state: Reading.State
        /// Nil while a blind edition has not cleared it.
        package let title: String?
        package let category: String?
        /// How many of its sections have a score.
        package let scored: Int
        package let endedAt: Instant?
        /// Whether it can be opened: cleared where the edition is blind.
        package let isReady: Bool
    }

    /// What an evaluator has to read in one edition, by category.
    package struct Queue: Sendable {
        package let stored: Editions.Stored
        package let evaluator: Evaluator
        package let entries: [Entry]

        package var done: Int { entries.count { $0.state == .done } }
        package var open: [Entry] { entries.filter { $0.state.isOpen } }
    }

    /// An account's queues, the edition opened last first; none where the seat or the role was taken away, and nothing
    /// in them before the conflicts were declared.
    package func queues(for person: Person) async throws -> [Queue] {
        let codes = Set(person.grants.filter { $0.role == .evaluator }.compactMap(\.edition))
        return try await database.read { db in
            let seats = try Evaluators.read(
                "v.account = \(person.account) AND v.role = 'evaluator' AND v.removed_at IS NULL", db)
            guard !seats.isEmpty else { return [] }
            let editions = try Editions.read("e.id IN \(seats.map(\.edition))", db).filter { codes.contains($0.code) }
            let entries = try Self.entries(of: seats.map(\.id), db)
            return try editions.reversed().compactMap { stored in
                guard let seat = seats.first(where: { $0.edition == stored.id }) else { return nil }
                guard seat.declaredAt != nil else { return Queue(stored: stored, evaluator: seat, entries: []) }
                let barred = Set(try Conflicts.of(seat.id, in: stored.id, db).map(\.proposal))
                let own = (entries[seat.id] ?? []).filter { !barred.contains($0.proposal) }
                return Queue(stored: stored, evaluator: seat, entries: own)
            }
        }
    }

    private static func entries(of seats: [Int], _ db: Reader) throws -> [Int: [Entry]] {
        var found: [Int: [Entry]] = [:]
        let blind = try blindEditions(of: seats, db)
        try db.each(
            """
            SELECT r.id, r.edition, r.proposal, r.evaluator, r.state, r.ended_at, p.title, p.category, x.content,
                (SELECT COUNT(*) FROM score s WHERE s.reading = r.id AND s.value IS NOT NULL) AS scored
            FROM reading r JOIN proposal p ON p.id = r.proposal LEFT JOIN redaction x ON x.proposal = p.id
            WHERE r.evaluator IN \(seats) AND r.state <> 'removed' AND p.state = 'passed'
            ORDER BY COALESCE(p.category, ''), r.id
            """
        ) { row in
            let isBlind = blind.contains(try row.int("edition"))
            let redaction = try row.textOrNil("content").map { try Redaction(json: $0) }
            let state: Reading.State = try row.choice("state")
            found[try row.int("evaluator"), default: []].append(
                Entry(
                    id: try row.int("id"), proposal: try row.int("proposal"), state: state,
                    title: state == .abstained
                        ? nil : isBlind ? redaction?.texts[Proposal.titleField] : try row.text("title"),
                    category: try row.textOrNil("category"), scored: try row.int("scored"),
                    endedAt: try row.instantOrNil("ended_at"), isReady: !isBlind || redaction != nil))
        }
        return found
    }

    private static func blindEditions(of seats: [Int], _ db: Reader) throws -> Set<Int> {
        let ids = try db.rows("SELECT DISTINCT edition FROM evaluator WHERE id IN \(seats)") { try $0.int("edition") }
        return Set(try Editions.read("e.id IN \(ids)", db).filter(\.edition.isBlind).map(\.id))
    }
}

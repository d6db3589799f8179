import Database
import Kernel
import People

/// What happened in a presentation: when it began, and its minutes, for panel and secretariat only.
extension Slots {
    static let longestMinutes = 20_000

    /// One presentation with what its organiser plans with.
    func one(_ id: Int, in code: String, for person: Person) async throws -> (Slot, Plan) {
        try await database.read { db in
            let stored = try Editions.organised(code, for: person, db)
            return (try Self.found(id, in: stored.id, db), try Self.plan(stored, db))
        }
    }

    /// Writes the minutes; empty text takes them back.
    func minute(_ id: Int, in code: String, _ words: String, by actor: Actor, at: Instant) async throws {
        try await database.write(at: at) { db in
            let stored = try Editions.organised(code, by: actor, db)
            try OwnProposal.require(try Self.found(id, in: stored.id, db).proposal, by: actor, db)
            guard words.count <= Self.longestMinutes else {
                throw PanelRefusal.invalid([
                    Problem("risalah", Phrase("Paling banyak 20.000 karakter.", "20,000 characters at most."))
                ])
            }
            let text: String? = words.isEmpty ? nil : words
            try db.execute("UPDATE slot SET minutes = \(text) WHERE id = \(id)")
            try Audit.note("minute", "slot", String(id), by: actor, db)
        }
    }

    /// Notes that a presentation begins now, by one of its panelists; one that has begun stays as it is.
    func begin(_ id: Int, by actor: Actor, at: Instant) async throws {
        try await database.write(at: at) { db in
            guard let slot = try Self.read("s.id = \(id)", db).first else { throw PanelRefusal.missing }
            _ = try PanelSeats.seat(in: slot, by: actor, db)
            let edition = try Editions.found(slot.edition, db).edition
            if let wall = edition.wall(.presentation, at: at) { throw wall }
            guard slot.beganAt == nil else { return }
            try db.execute("UPDATE slot SET began_at = \(at) WHERE id = \(id)")
            try Audit.note("begin", "slot", String(id), by: actor, db)
        }
    }
}

import Database
import Kernel
import People
import Web

/// What waits for evaluators and for those who answer them: lines of their desk.
package struct ReadingCounts: Sendable {
    private let database: Database

    package init(_ database: Database) { self.database = database }

    /// A line stands only where something waits.
    package func lines(_ person: Person, _ language: Language, at now: Instant) async throws -> [DeskLine] {
        var lines: [DeskLine] = []
        if person.may(.evaluate) {
            let queues = try await Readings(database).queues(for: person)
            let open = queues.reduce(0) { $0 + $1.open.count }
            let closes = queues.filter { !$0.open.isEmpty }.compactMap { $0.stored.edition.stage(.evaluation)?.closes }
            if open > 0 {
                let isSoon = closes.min().map { $0 < now.adding(days: 3) } ?? false
                lines.append(
                    DeskLine(
                        language.say("Nilai usulan yang diberikan kepada Anda", "Read the proposals you were given"),
                        .path("kerja", "penilaian"), count: open, urgency: isSoon ? .soon : .waiting))
            }
            if queues.contains(where: { $0.evaluator.declaredAt == nil }) {
                lines.append(
                    DeskLine(
                        language.say("Nyatakan benturan kepentingan", "Declare conflicts of interest"),
                        .path("kerja", "penilaian"), urgency: .soon))
            }
        }
        guard person.may(.manageEditions) else { return lines }
        for (stored, count) in try await waiting(for: person, at: now) {
            lines.append(
                DeskLine(
                    language.say("Jawab pertanyaan penilai", "Answer the evaluators' questions"),
                    EditionMenuView.Place.inquiries.path(stored.code), count: count,
                    note: language.say(stored.edition.name), urgency: .waiting))
        }
        return lines
    }

    /// The unanswered questions by edition; without those on proposals of the person's own institution.
    private func waiting(for person: Person, at now: Instant) async throws -> [(Editions.Stored, Int)] {
        try await database.read { db in
            let open = try Inquiries.read("q.answer IS NULL", db)
            guard !open.isEmpty else { return [] }
            let editions = try db.rows(
                "SELECT DISTINCT r.edition FROM inquiry q JOIN reading r ON r.id = q.reading WHERE q.answer IS NULL"
            ) { try $0.int("edition") }
            return try Editions.read("e.id IN \(editions)", db).compactMap { stored in
                guard person.may(.manageEditions, at: stored.edition.organiser) else { return nil }
                let hidden = try Conflicts.walled(from: person.grants, in: stored.id, db)
                let count = open.count { $0.edition == stored.id && !hidden.contains($0.proposal) }
                return count > 0 ? (stored, count) : nil
            }
        }
    }
}

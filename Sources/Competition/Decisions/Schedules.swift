import Database
import Kernel
import People

// Announcements as they are prepared: quiet until their moment, cancelled before it or never.
extension Announcements {
    /// What its organiser's page shows.
    package struct Schedule: Sendable {
        package let stored: Editions.Stored
        package let announcements: [Announcement]
        /// The closed sittings on finalists and awards, the latest first.
        package let sittings: [Sitting]
    }

    package func schedule(in code: String, for person: Person) async throws -> Schedule {
        try await database.read { db in
            let stored = try Editions.organised(code, for: person, db)
            return Schedule(
                stored: stored, announcements: try Self.read("edition = \(stored.id)", db).reversed(),
                sittings: try Sittings.read(
                    "edition = \(stored.id) AND closed_at IS NOT NULL AND subject IN ('finalists', 'awards')", db))
        }
    }

    /// Sets an announcement for its moment. Nothing of it shows before, not even that it waits. Returns its number.
    package func prepare(_ draft: AnnouncementDraft, in code: String, by actor: Actor, at: Instant) async throws -> Int
    {
        try await database.write(at: at) { db in
            let stored = try Editions.organised(code, by: actor, db)
            let others = try Self.read("edition = \(stored.id) AND subject = \(draft.subject)", db)
            let problems =
                draft.problems(at: at, isAnew: others.contains { $0.isOut(at: at) })
                + (try Self.sittingProblem(draft, stored, db).map { [$0] } ?? [])
            guard problems.isEmpty, let publishAt = draft.publishAt, let account = actor.account else {
                throw AnnouncementRefusal.invalid(problems)
            }
            guard !others.contains(where: { $0.isWaiting(at: at) }) else {
                throw AnnouncementRefusal.waiting(draft.subject)
            }
            let id = try db.nextID("announcement")
            try db.insert(
                "announcement",
                [
                    "id", "edition", "subject", "sitting", "decree", "decree_on", "words", "publish_at", "at",
                    "by_account",
                ],
                [
                    [
                        id.sqlValue, stored.id.sqlValue, draft.subject.sqlValue,
                        (draft.subject.sitting == nil ? nil : draft.sitting).sqlValue, draft.decree.sqlValue,
                        draft.decreeOn.sqlValue, draft.words.sqlValue, publishAt.sqlValue, at.sqlValue,
                        account.sqlValue,
                    ]
                ])
            try Audit.note(
                "announce", "announcement", String(id),
                [("edition", code), ("subject", draft.subject.rawValue), ("publish", publishAt.rfc3339)], by: actor, db)
            // What waits must not show in the public number of changes either; what is out at once does.
            if publishAt <= at { db.changed("edition", code) }
            return id
        }
    }

    private static func sittingProblem(
        _ draft: AnnouncementDraft, _ stored: Editions.Stored, _ db: Reader
    ) throws -> Problem? {
        guard let subject = draft.subject.sitting else { return nil }
        let fits = try Sittings.read(
            "edition = \(stored.id) AND id = \(draft.sitting ?? 0) AND closed_at IS NOT NULL AND subject = \(subject)",
            db)
        return fits.isEmpty
            ? Problem(
                "sidang",
                Phrase(
                    "Pilih sidang tertutup tentang \(subject.name.indonesian.lowercased()).",
                    "Choose a closed sitting on \(subject.name.english.lowercased())."))
            : nil
    }

    /// Takes back what is not out yet; throws `published` afterwards.
    package func cancel(_ id: Int, reason: String, in code: String, by actor: Actor, at: Instant) async throws {
        let reason = String(reason.prefix(2000))
        try await database.write(at: at) { db in
            let stored = try Editions.organised(code, by: actor, db)
            guard let found = try Self.read("id = \(id) AND edition = \(stored.id)", db).first else {
                throw AnnouncementRefusal.missing
            }
            guard found.cancelledAt == nil else { throw AnnouncementRefusal.cancelled }
            let told = try db.count("SELECT COUNT(*) FROM announcement WHERE id = \(id) AND told_at IS NOT NULL")
            guard !found.isOut(at: at), told == 0 else { throw AnnouncementRefusal.published }
            guard !reason.isEmpty else { throw AnnouncementRefusal.noReason }
            try db.execute(
                "UPDATE announcement SET cancelled_at = \(at), cancelled_for = \(reason) WHERE id = \(id)")
            try Audit.note("cancel", "announcement", String(id), by: actor, db)
        }
    }
}

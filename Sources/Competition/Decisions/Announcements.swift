import Database
import Kernel

/// The stored announcements.
package struct Announcements: Sendable {
    let database: Database

    package init(_ database: Database) { self.database = database }

    /// Whether something was announced by a moment: published by then and not cancelled before.
    static func isOut(_ subject: Announcement.Subject, in edition: Int, at: Instant, _ db: Reader) throws -> Bool {
        try current(subject, in: edition, at: at, db) != nil
    }

    /// The announcement that holds at a moment, the latest published; nil before the first.
    static func current(
        _ subject: Announcement.Subject, in edition: Int, at: Instant, _ db: Reader
    ) throws -> Announcement? {
        try published(subject, in: edition, at: at, db).last
    }

    /// Those published by a moment, in the order of publication: the last one holds, the others are superseded.
    static func published(
        _ subject: Announcement.Subject, in edition: Int, at: Instant, _ db: Reader
    ) throws -> [Announcement] {
        try read("edition = \(edition) AND subject = \(subject)", db).filter { $0.isOut(at: at) }
    }

    /// What was decided as it is public at a moment: of sittings up to the announced one; nil before.
    static func decisions(
        _ subject: Announcement.Subject, in edition: Int, at: Instant, _ db: Reader
    ) throws -> (announcement: Announcement, decisions: [Decision])? {
        guard let current = try current(subject, in: edition, at: at, db), let about = subject.sitting else {
            return nil
        }
        return (current, try Decisions.standing(about, in: edition, upTo: current.sitting, db))
    }

    /// The next moment at which something of an edition is published: until then no page changes by itself.
    static func next(in edition: Int, after: Instant, _ db: Reader) throws -> Instant? {
        try read("edition = \(edition)", db).filter { $0.isWaiting(at: after) }.map(\.publishAt).min()
    }

    /// Those that a condition on announcement chooses, in the order of publication.
    static func read(_ condition: SQL, _ db: Reader) throws -> [Announcement] {
        try db.rows("SELECT * FROM announcement WHERE \(condition) ORDER BY publish_at, id") {
            Announcement(
                id: try $0.int("id"), edition: try $0.int("edition"), subject: try $0.choice("subject"),
                sitting: try $0.intOrNil("sitting"), result: try $0.intOrNil("result"),
                decree: try $0.textOrNil("decree"), decreeOn: try $0.textOrNil("decree_on").flatMap { Day(iso: $0) },
                words: try $0.textOrNil("words"), publishAt: try $0.instant("publish_at"),
                madeAt: try $0.instant("at"), cancelledAt: try $0.instantOrNil("cancelled_at"),
                cancelledFor: try $0.textOrNil("cancelled_for"))
        }
    }
}

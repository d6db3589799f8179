import Database
import Directory
import Kernel
import Messages
import People

/// The dates that concern an account, as its private calendar shows them.
package struct Deadlines: Sendable {
    private let database: Database
    private let publicURL: String

    package init(_ database: Database, publicURL: String) {
        self.database = database
        self.publicURL = publicURL
    }

    /// The calendar behind a token, in the account's language; nil for a token that is not, or no longer, known.
    package func calendar(_ token: String, at now: Instant) async throws -> Calendar? {
        let publicURL = publicURL
        guard let (_, grants, language) = try await CalendarAddresses(database).holder(of: token, at: now) else {
            return nil
        }
        return try await database.read { db in
            func held(_ right: Right) -> [Grant] {
                grants.filter { right.roles.contains($0.role) && $0.role.scope != .nation }
            }
            let events =
                try terms(held(.validate), language, db)
                + collections(held(.followInstitution) + held(.write), language, db)
                + questions(held(.validate), language, db)
            return Calendar(name: language.say("Tenggat Simpul", "Simpul deadlines"), events: events)

            func collections(_ grants: [Grant], _ language: Language, _ db: Reader) throws -> [Calendar.Event] {
                try db.rows(
                    """
                    SELECT c.* FROM collection c
                    WHERE c.closed_at IS NULL AND \(GrantScopes.within(grants, "c.institution")) ORDER BY c.due_on, c.id
                    """, Collections.collection
                ).map {
                    Calendar.Event(
                        uid: "collection:\($0.id)@simpul", time: .day($0.dueOn),
                        summary: language.say("Batas isian: \($0.title)", "Due: \($0.title)"),
                        address: "\(publicURL)/kerja/batas")
                }
            }

            func terms(_ grants: [Grant], _ language: Language, _ db: Reader) throws -> [Calendar.Event] {
                try db.rows(
                    """
                    SELECT i.institution, o.name, i.valid_until, COUNT(*) AS records FROM innovation i
                    JOIN institution o ON o.code = i.institution
                    WHERE i.state = 'published' AND (i.continuity IS NULL OR i.continuity <> 'stopped')
                        AND i.valid_until > \(now.adding(days: -90)) AND \(GrantScopes.within(grants, "i.institution"))
                    GROUP BY i.institution, o.name, i.valid_until ORDER BY i.valid_until, i.institution LIMIT 1000
                    """
                ) { row in
                    let until = try row.instant("valid_until")
                    let records = try row.int("records")
                    return Calendar.Event(
                        uid: "term:\(try row.text("institution")):\(until.milliseconds)@simpul",
                        time: .day(Instant(milliseconds: until.milliseconds - 1).day()),
                        summary: language.say(
                            "\(records) data inovasi jatuh tempo",
                            "\(records) \(records == 1 ? "record is" : "records are") due"),
                        details: try row.text("name"), address: "\(publicURL)/kerja/perpanjang")
                }
            }

            func questions(_ grants: [Grant], _ language: Language, _ db: Reader) throws -> [Calendar.Event] {
                try db.rows(
                    """
                    SELECT q.id, q.asked_at FROM question q
                    WHERE q.answered_at IS NULL AND q.closed_at IS NULL
                        AND \(GrantScopes.within(grants, "q.institution")) ORDER BY q.id
                    """
                ) { row in
                    let due = try row.instant("asked_at").adding(days: Question.daysToAnswer)
                    return Calendar.Event(
                        uid: "question:\(try row.int("id"))@simpul", time: .day(due.day()),
                        summary: language.say("Batas menjawab pertanyaan", "Last day to answer a question"),
                        address: "\(publicURL)/kerja/pertanyaan")
                }
            }
        }
    }
}

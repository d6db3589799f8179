import Database
import Kernel

/// A message as the outbox shows it: never its body, which may hold a one-time link.
package struct OutboxLine: Sendable, Hashable {
    package let id: Int
    package let fact: String
    package let address: String
    package let subject: String
    package let state: MessageState
    package let madeAt: Instant
    /// When it is tried next, while it waits.
    package let dueAt: Instant
    package let sentAt: Instant?
    package let tries: Int
    package let problem: String?
    /// True when it goes, or went, out with the day's others.
    package let joined: Bool
}

extension Messages {
    /// How many messages stand where; a state without messages is missing.
    package static func counts(_ db: Reader) throws -> [MessageState: Int] {
        var counts: [MessageState: Int] = [:]
        try db.each("SELECT state, COUNT(*) AS n FROM message GROUP BY state") {
            counts[try $0.choice("state")] = try $0.int("n")
        }
        return counts
    }

    /// Messages from the newest to the oldest.
    ///
    /// - Parameters:
    ///   - before: only those with a smaller number: the last one of the page before.
    ///   - limit: 1 to 200.
    package static func list(
        _ state: MessageState?, before: Int? = nil, limit: Int, _ db: Reader
    ) throws -> [OutboxLine] {
        let filter: SQL = state.map { "state = \($0)" } ?? "1 = 1"
        return try db.rows(
            """
            SELECT id, fact, address, subject, state, made_at, due_at, sent_at, attempts, problem, joined FROM message
            WHERE \(filter) AND id < \(before ?? Int(Int64.max)) ORDER BY id DESC LIMIT \(min(max(1, limit), 200))
            """
        ) { row in
            OutboxLine(
                id: try row.int("id"), fact: try row.text("fact"), address: try row.text("address"),
                subject: try row.text("subject"), state: try row.choice("state"), madeAt: try row.instant("made_at"),
                dueAt: try row.instant("due_at"), sentAt: try row.instantOrNil("sent_at"),
                tries: try row.int("attempts"), problem: try row.textOrNil("problem"), joined: try row.bool("joined"))
        }
    }

    /// Has a failed or unclear message sent again, at once and with all its tries; returns the fact it tells of.
    /// Throws `OutboxRefusal`.
    package static func sendAgain(_ id: Int, at now: Instant, _ db: Writer) throws -> String {
        let (fact, state) = try find(id, db)
        guard state.mayBeSentAgain else { throw OutboxRefusal.notSentAgain(state) }
        try db.execute(
            """
            UPDATE message SET state = 'waiting', due_at = \(now), attempts = 0, problem = NULL, holder = NULL,
                held_until = NULL
            WHERE id = \(id)
            """)
        return fact
    }

    /// Gives a message up and erases its body; returns the fact it tells of. Throws `OutboxRefusal`.
    package static func drop(_ id: Int, _ db: Writer) throws -> String {
        let (fact, state) = try find(id, db)
        guard state.mayBeDropped else { throw OutboxRefusal.notDropped(state) }
        try db.execute(
            "UPDATE message SET state = 'dropped', body = '', holder = NULL, held_until = NULL WHERE id = \(id)")
        return fact
    }

    private static func find(_ id: Int, _ db: Reader) throws -> (fact: String, state: MessageState) {
        guard let row = try db.first("SELECT fact, state FROM message WHERE id = \(id)") else {
            throw OutboxRefusal.unknown
        }
        return (try row.text("fact"), try row.choice("state"))
    }

    /// Gives up what waits for an address at which nobody reads any more.
    package static func drop(address: String, _ db: Writer) throws {
        try db.execute(
            """
            UPDATE message SET state = 'dropped', body = '', problem = \(MessageProblem.left), holder = NULL,
                held_until = NULL
            WHERE address = \(address) AND state IN ('waiting', 'failed', 'unclear')
            """)
    }

    /// Removes a person who leaves from the outbox: what waits is dropped, and addresses, subjects and bodies go; what
    /// was told when, by fact and account number, stays.
    package static func forget(account: Int, _ db: Writer) throws {
        // The address is part of what is unique, so each row gets one of its own that no mail can reach.
        try db.execute(
            """
            UPDATE message SET address = 'account:' || account || ':' || id, subject = '-', body = '',
                problem = \(MessageProblem.left), holder = NULL, held_until = NULL,
                state = CASE WHEN state IN ('sent', 'dropped') THEN state ELSE 'dropped' END
            WHERE account = \(account)
            """)
    }
}

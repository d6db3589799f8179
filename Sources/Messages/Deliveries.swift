import Database
import Kernel

/// What one mail carries: one message, or a day's for one reader.
struct Delivery: Sendable {
    struct Item: Sendable {
        let id: Int
        let fact: String
        let part: DailyText.Part
    }

    /// The claim on its rows; nobody else has the same.
    let holder: String
    let address: String
    let language: Language
    let items: [Item]

    var ids: [Int] { items.map(\.id) }
}

/// The stored side of sending: whoever sends holds the rows by a claim that runs out, and every step asks for it.
///
///     waiting ──claim──▸ waiting, held ──handOver──▸ handing-over ──▸ sent | waiting | failed | unclear
///
/// A claim that runs out before `handOver` leaves a waiting message: the server never had the end of it. One that runs
/// out afterwards leaves `unclear`: the server may have had it.
enum Deliveries {
    /// The most messages in one mail.
    static let mostTogether = 200

    /// Whether there may be something to do at a moment; asked before the one writer is taken.
    static func isAnyDue(at now: Instant, _ db: Reader) throws -> Bool {
        let due = try db.count(
            """
            SELECT COUNT(*) FROM (SELECT id FROM message
                WHERE state = 'waiting' AND due_at <= \(now) AND (held_until IS NULL OR held_until < \(now)) LIMIT 1) AS one
            """)
        if due > 0 { return true }
        return try db.count("SELECT COUNT(*) FROM message WHERE state = 'handing-over' AND held_until < \(now)") > 0
    }

    /// Takes the message that waited longest; nil when nothing is due.
    ///
    /// - Parameter wantsDigest: whether an account gets its daily messages together.
    static func claim(
        holder: String, at now: Instant, until: Instant, wantsDigest: @Sendable (Int, Reader) throws -> Bool,
        _ db: Writer
    ) throws -> Delivery? {
        try noteLost(at: now, db)
        while let row = try db.first(
            """
            SELECT id, account, address, daily, joined FROM message
            WHERE state = 'waiting' AND due_at <= \(now) AND (held_until IS NULL OR held_until < \(now))
            ORDER BY due_at, id LIMIT 1
            """)
        {
            let joined = try row.bool("joined")
            if !joined, try row.bool("daily"), let account = try row.intOrNil("account"), try wantsDigest(account, db) {
                // Each pass takes one message out of those not yet joined, so that the loop ends.
                try db.execute(
                    """
                    UPDATE message SET joined = 1, due_at = \(DeliverySchedule.digest(notBefore: now))
                    WHERE id = \(try row.int("id"))
                    """)
                continue
            }
            let chosen: SQL =
                joined ? "address = \(try row.text("address")) AND joined = 1" : "id = \(try row.int("id"))"
            return try hold(chosen, holder: holder, at: now, until: until, db)
        }
        return nil
    }

    private static func hold(
        _ chosen: SQL, holder: String, at now: Instant, until: Instant, _ db: Writer
    ) throws -> Delivery? {
        let rows = try db.rows(
            """
            SELECT id, fact, address, language, subject, body FROM message
            WHERE \(chosen) AND state = 'waiting' AND due_at <= \(now) AND (held_until IS NULL OR held_until < \(now))
            ORDER BY made_at, id LIMIT \(mostTogether)
            """)
        guard let newest = rows.last else { return nil }
        let items = try rows.map {
            Delivery.Item(
                id: try $0.int("id"), fact: try $0.text("fact"),
                part: .init(subject: try $0.text("subject"), body: try $0.text("body")))
        }
        try db.execute("UPDATE message SET holder = \(holder), held_until = \(until) WHERE id IN \(items.map(\.id))")
        return Delivery(
            holder: holder, address: try newest.text("address"), language: try newest.choice("language"), items: items)
    }

    /// Messages whose sender went away while the server's word was awaited. The holder stays, so that a sender who was
    /// only slow can still say how it ended.
    static func noteLost(at now: Instant, _ db: Writer) throws {
        try db.execute(
            """
            UPDATE message SET state = 'unclear', attempts = attempts + 1, problem = \(MessageProblem.lost)
            WHERE state = 'handing-over' AND held_until < \(now)
            """)
    }

    /// Writes down that the end of the mail goes out now. Throws `Lost` when the claim does not hold for all of it any
    /// more: somebody else took it, or one of its messages was dropped.
    static func handOver(_ delivery: Delivery, until: Instant, _ db: Writer) throws {
        let marked = try db.execute(
            """
            UPDATE message SET state = 'handing-over', held_until = \(until)
            WHERE id IN \(delivery.ids) AND state = 'waiting' AND holder = \(delivery.holder)
            """)
        guard marked == delivery.items.count else { throw Lost() }
    }

    struct Lost: Error {}

    static func noteSent(_ delivery: Delivery, at now: Instant, _ db: Writer) throws {
        try db.execute(
            """
            UPDATE message SET state = 'sent', sent_at = \(now), attempts = CASE WHEN state = 'unclear' THEN attempts
                ELSE attempts + 1 END, problem = NULL, body = '', holder = NULL, held_until = NULL
            WHERE id IN \(delivery.ids) AND holder = \(delivery.holder) AND state IN ('handing-over', 'unclear')
            """)
    }

    /// The server has certainly not taken it: it waits for its next try, or has failed after the last one.
    static func notePostponed(_ delivery: Delivery, _ problem: String, at now: Instant, _ db: Writer) throws {
        let rows = try db.rows(
            """
            SELECT id, attempts FROM message WHERE id IN \(delivery.ids) AND holder = \(delivery.holder)
                AND state IN ('waiting', 'handing-over')
            """)
        for row in rows {
            let tries = try row.int("attempts") + 1
            let next = DeliverySchedule.next(afterTries: tries, at: now)
            try db.execute(
                """
                UPDATE message SET state = \(next == nil ? MessageState.failed : .waiting), attempts = \(tries),
                    due_at = \(next ?? now), problem = \(problem), holder = NULL, held_until = NULL
                WHERE id = \(try row.int("id"))
                """)
        }
    }

    /// The end of trying by itself: refused for good, or the server's word was lost.
    static func noteEnd(
        _ delivery: Delivery, _ state: MessageState, _ problem: String, _ db: Writer
    ) throws {
        try db.execute(
            """
            UPDATE message SET state = \(state), attempts = attempts + 1, problem = \(problem), holder = NULL,
                held_until = NULL
            WHERE id IN \(delivery.ids) AND holder = \(delivery.holder) AND state IN ('waiting', 'handing-over')
            """)
    }

    /// Gives rows back that were not tried.
    static func release(_ delivery: Delivery, _ db: Writer) throws {
        try db.execute(
            """
            UPDATE message SET holder = NULL, held_until = NULL
            WHERE id IN \(delivery.ids) AND holder = \(delivery.holder) AND state = 'waiting'
            """)
    }
}

import Database
import Directory
import Institutions
import Kernel
import People
import Synchronization

/// How current the directory is, counted from dates: by institution, by hub, in all.
package struct CurrencyFigures: Sendable {
    private let database: Database
    private let last = Last()

    package init(_ database: Database) { self.database = database }

    /// What was counted last: all who ask of the same data read every record once, whatever their address.
    private final class Last: Sendable {
        struct Known { let change: Int, at: Instant, counted: Counted }

        let known = Mutex<Known?>(nil)
    }

    package struct Counted: Sendable {
        /// By institution code; records without an institution are left out here.
        package let institutions: [String: Currency]
        package let all: Currency
        package let continuity: ContinuityTotals
        /// The instant at which a number changes by itself.
        package let until: Instant
    }

    /// Counts all published records in four statements, whatever their number; one statement while nothing changed. Last
    /// year is the midnight before this day a year before, from the acts that were noted then.
    package func count(at now: Instant) async throws -> Counted {
        let last = last
        return try await database.read { db in
            let change = try Changes.latest(db)
            let known = last.known.withLock { $0 }
            if let known, known.change == change, known.at <= now, now < known.counted.until { return known.counted }
            let counted = try Self.count(at: now, db)
            last.known.withLock { $0 = Last.Known(change: change, at: now, counted: counted) }
            return counted
        }
    }

    private static func count(at now: Instant, _ db: Reader) throws -> Counted {
        let soon = now.adding(days: Validity.dueDays)
        let then = Instant(startOf: now.day()).adding(days: -365)
        var institutions: [String: Currency] = [:]
        var all = Currency()
        var continuity: [Innovation.Continuity?: Int] = [:]
        try db.each(
            """
            SELECT institution, state, continuity, COUNT(*) AS total, COUNT(validated_at) AS validated,
                COUNT(CASE WHEN valid_until > \(soon) THEN 1 END) AS valid,
                COUNT(CASE WHEN valid_until > \(now) AND valid_until <= \(soon) THEN 1 END) AS due
            FROM innovation GROUP BY institution, state, continuity
            """
        ) { row in
            // Asked here, for then the groups come in the order of an index: half the time.
            guard try row.text("state") == "published" else { return }
            let word: Innovation.Continuity? = try row.choiceOrNil("continuity")
            let (total, validated) = (try row.int("total"), try row.int("validated"))
            var one = Currency()
            one.never = total - validated
            if word == .stopped {
                one.stopped = validated
            } else {
                one.valid = try row.int("valid")
                one.due = try row.int("due")
                one.overdue = validated - one.valid - one.due
            }
            continuity[word, default: 0] += total
            all = all + one
            if let code = try row.textOrNil("institution") {
                institutions[code] = (institutions[code] ?? Currency()) + one
            }
        }
        try db.each(
            """
            SELECT i.institution, COUNT(*) AS running, COUNT(CASE WHEN v.valid_until > \(then) THEN 1 END) AS in_force
            FROM innovation i
            LEFT JOIN validation v ON v.innovation = i.id
                AND v.at = (SELECT MAX(w.at) FROM validation w WHERE w.innovation = i.id AND w.at <= \(then))
            WHERE i.created_at <= \(then) AND (i.state = 'published' OR i.updated_at > \(then))
                AND (i.absence IS NULL OR i.absence <> 'waiting')
                AND (v.act IS NULL OR v.act <> 'stopped')
            GROUP BY i.institution
            """
        ) { row in
            var before = Currency()
            before.before = Currency.Before(running: try row.int("running"), inForce: try row.int("in_force"))
            all = all + before
            if let code = try row.textOrNil("institution") {
                institutions[code] = (institutions[code] ?? Currency()) + before
            }
        }
        let ends = try [now, soon].compactMap { edge in
            try db.first(
                """
                SELECT MIN(valid_until) AS edge FROM innovation WHERE valid_until > \(edge) AND state = 'published'
                """)?.instantOrNil("edge").map { $0.adding(days: edge == now ? 0 : -Validity.dueDays) }
        }
        return Counted(
            institutions: institutions, all: all,
            continuity: ContinuityTotals(
                developing: continuity[.developing] ?? 0, continuing: continuity[.continuing] ?? 0,
                stopped: continuity[.stopped] ?? 0, unknown: continuity[nil] ?? 0),
            until: (ends + [now.nextMidnight]).min() ?? now.nextMidnight)
    }

    /// An institution with records past their term or never validated, and the offices that can renew them.
    package struct Call: Sendable, Hashable {
        package let code: String
        package let currency: Currency
        package let contacts: [Contact]
    }

    /// Someone who can renew, for the secretariat and the Hub that call: contact details are shown to them alone.
    package struct Contact: Sendable, Hashable {
        package let office: String
        package let email: String
        package let phone: String?
    }

    /// Whom to call among institutions: those with something overdue or never validated, with who renews there.
    ///
    /// - Parameter reaches: whether the caller's grants cover an institution.
    package func calls(at now: Instant, reaches: @Sendable (String) -> Bool) async throws -> [Call] {
        let counted = try await count(at: now).institutions
            .filter { reaches($0.key) && $0.value.overdue + $0.value.never > 0 }
        let contacts = try await database.read { db in
            var found: [String: [Contact]] = [:]
            try db.each(
                """
                SELECT DISTINCT g.institution, a.office, a.email, a.phone FROM role_grant g
                JOIN account a ON a.id = g.account
                WHERE g.role IN \(Right.validate.roles.map(\.rawValue)) AND a.state = 'active'
                    AND g.until_at IS NULL
                ORDER BY g.institution, a.office, a.email
                """
            ) { row in
                guard let code = try row.textOrNil("institution"), let email = try row.textOrNil("email") else {
                    return
                }
                found[code, default: []].append(
                    Contact(
                        office: try row.textOrNil("office") ?? email, email: email, phone: try row.textOrNil("phone")))
            }
            return found
        }
        return counted.map { Call(code: $0.key, currency: $0.value, contacts: contacts[$0.key] ?? []) }
            .sorted { $0.code < $1.code }
    }
}

import Database
import Directory
import Institutions
import Kernel
import Logging
import Messages
import People
import ServiceLifecycle

/// Reminds institutions of records whose validity ends, and units of the dates set for them: from the dates as they
/// stand, not from a job's memory, so that a day without this program loses nothing and sends nothing twice.
package struct Reminders: Service {
    private let database: Database
    private let publicURL: String
    private let logger: Logger
    /// Records named in one message; the rest is counted.
    private static let named = 20

    package init(_ database: Database, publicURL: String, logger: Logger) {
        self.database = database
        self.publicURL = publicURL
        self.logger = logger
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do { try await sendDue(at: .now()) } catch {
                    logger.warning("reminders could not be written", metadata: ["error": "\(error)"])
                }
                try? await Task.sleep(for: .seconds(900))
            }
        }
    }

    private struct Due: Sendable {
        let id: Int
        let name: String
        let institution: String
        let validity: Validity
        let until: Instant
        let stage: Reminder
    }

    /// Writes the messages that are due: one to each person who can renew, per institution and day, with all its
    /// records; one per date and step for units. Returns how many records were reminded of.
    @discardableResult
    package func sendDue(at now: Instant) async throws -> Int {
        let due = Dictionary(grouping: try await due(at: now), by: \.institution)
        var count = 0
        for (institution, records) in due.sorted(by: { $0.key < $1.key }) {
            count += try await remind(institution, records, at: now)
        }
        try await remindUnits(at: now)
        return count
    }

    /// Records with a step that was not sent yet for their present term.
    private func due(at now: Instant) async throws -> [Due] {
        try await database.read { db in
            var found: [Due] = []
            try db.each(
                """
                SELECT i.id, i.title, i.short_name, i.expansion, i.institution, i.continuity,
                    \(Innovations.validityColumns), (SELECT MIN(r.stage) FROM reminder r
                        WHERE r.innovation = i.id AND r.valid_until = i.valid_until) AS reminded
                FROM innovation i
                WHERE i.state = 'published' AND i.institution IS NOT NULL
                    AND i.valid_until <= \(now.adding(days: Reminder.month.rawValue + 2))
                    AND (i.continuity IS NULL OR i.continuity <> 'stopped')
                    AND NOT EXISTS (SELECT 1 FROM reminder r
                        WHERE r.innovation = i.id AND r.valid_until = i.valid_until AND r.stage = 0)
                ORDER BY i.institution, i.valid_until, i.id
                """
            ) { row in
                let validity = try Innovations.validity(row, try row.choiceOrNil("continuity"))
                guard let left = validity.daysLeft(at: now), let stage = Reminder(daysLeft: left),
                    try row.intOrNil("reminded").map({ stage.rawValue < $0 }) ?? true
                else { return }
                found.append(
                    Due(
                        id: try row.int("id"), name: try Questions.name(row).name,
                        institution: try row.text("institution"), validity: validity,
                        until: try row.instant("valid_until"), stage: stage))
            }
            return found
        }
    }

    private func remind(_ institution: String, _ records: [Due], at now: Instant) async throws -> Int {
        let body = Self.body(records, at: now, publicURL: publicURL)
        return try await database.write(at: now) { db in
            let today = Instant(startOf: now.day())
            // One message a day: what became due since then waits until tomorrow. Asked again here, since another
            // node may have come first.
            let sent = try db.count(
                """
                SELECT COUNT(*) FROM reminder r JOIN innovation i ON i.id = r.innovation
                WHERE i.institution = \(institution) AND r.at >= \(today)
                """)
            // Where an institution was merged, those who took its place.
            let offices = sent > 0 ? [] : try Successors.read(at: now, db).offices(of: institution)
            var recipients: [Recipient] = []
            for office in offices {
                for one in try Recipients.of(.validate, at: office, on: now, db) where !recipients.contains(one) {
                    recipients.append(one)
                }
            }
            guard !recipients.isEmpty else { return 0 }
            try Messages.add(
                recipients.map {
                    $0.told(
                        "due:\(institution):\(now.day().iso)",
                        Phrase(
                            "\(records.count) data inovasi perlu diperpanjang",
                            "\(records.count) \(records.count == 1 ? "record needs" : "records need") renewing"), body)
                }, due: Reminder.morning(of: now), db)
            try db.insert(
                "reminder", ["innovation", "valid_until", "stage", "at"],
                records.map { [$0.id.sqlValue, $0.until.sqlValue, $0.stage.rawValue.sqlValue, now.sqlValue] })
            return records.count
        }
    }

    private static func body(_ records: [Due], at now: Instant, publicURL: String) -> Phrase {
        func text(_ language: Language) -> String {
            let lines = records.prefix(named).map { record in
                let left = record.validity.daysLeft(at: now) ?? 0
                let day = record.validity.validation?.lastDay.long(language) ?? ""
                let when =
                    left < 0
                    ? language.say("berakhir \(day)", "ended on \(day)")
                    : language.say(
                        "berlaku sampai \(day), \(left) hari lagi", "in force until \(day), \(left) days left")
                return "- \(record.name): \(when)"
            }
            let rest = records.count - lines.count
            let more = rest > 0 ? [language.say("- dan \(rest) lainnya", "- and \(rest) more")] : []
            return
                ([language.say("Masa berlaku data berikut berakhir:", "The validity of these records ends:"), ""]
                + lines
                + more + [
                    "", language.say("Perpanjang sekaligus di", "Renew them together at"),
                    "\(publicURL)/kerja/perpanjang",
                ]).joined(separator: "\n")
        }
        return Phrase(text(.indonesian), text(.english))
    }

    /// Reminds the units that sent nothing yet, and those who follow them, of the dates set for them.
    private func remindUnits(at now: Instant) async throws {
        let horizon = Day(daysSince1970: now.day().daysSince1970 + Reminder.month.rawValue)
        let open = try await database.read { db in
            try db.rows(
                """
                SELECT c.* FROM collection c
                WHERE c.closed_at IS NULL AND c.due_on <= \(horizon) AND c.due_on >= \(now.day()) ORDER BY c.id
                """, Collections.collection)
        }
        let link = "\(publicURL)/kerja/inovasi"
        for collection in open {
            guard let stage = Reminder(daysLeft: collection.daysLeft(at: now)) else { continue }
            try await database.write(at: now) { db in
                let missing = try Collections.units(of: collection, db).filter(\.progress.isMissing)
                var told: [Int: Recipient] = [:]
                for unit in missing {
                    for recipient in try Recipients.of(
                        .write, at: collection.institution, unit: unit.id, on: now, db)
                    {
                        told[recipient.account] = recipient
                    }
                }
                try Messages.add(
                    told.values.sorted { $0.account < $1.account }.map {
                        $0.told(
                            "collection:\(collection.id):\(collection.dueOn.iso):\(stage.rawValue)",
                            Phrase(
                                "Batas isian \(collection.title): \(collection.dueOn.long(.indonesian))",
                                "\(collection.title) is due on \(collection.dueOn.long(.english))"),
                            Phrase(
                                "\(collection.title) ditunggu sampai \(collection.dueOn.long(.indonesian)), 24.00 WIB. Dari \(missing.count) unit belum ada kiriman.\n\nIsi di \(link)",
                                "\(collection.title) is awaited until \(collection.dueOn.long(.english)), 24.00 WIB. \(missing.count) units have sent nothing yet.\n\nWrite at \(link)"
                            ))
                    }, due: Reminder.morning(of: now), db)
            }
        }
    }
}

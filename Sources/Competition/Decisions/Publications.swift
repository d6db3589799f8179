import Database
import Kernel
import Logging
import Messages
import People
import ServiceLifecycle

/// Tells proposers what was announced, at its moment or as soon after as this program runs; each once. What it reads is
/// the dates as they stand, so that a pause loses nothing and sends nothing twice.
package struct Publications: Service {
    private let database: Database
    private let publicURL: String
    private let logger: Logger
    /// Proposals told of in one transaction.
    private static let batch = 100
    /// Days after the close of a rating at which its key is destroyed: an extension may still be decided until then.
    static let daysOfKey = 7

    package init(_ database: Database, publicURL: String, logger: Logger) {
        self.database = database
        self.publicURL = publicURL
        self.logger = logger
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    try await publishDue(at: .now())
                    try await forgetVoters(at: .now())
                } catch {
                    logger.warning("announcements could not be sent", metadata: ["error": "\(error)"])
                }
                try? await Task.sleep(for: .seconds(20))
            }
        }
    }

    /// Writes the messages of the announcements that are out and were not told of; returns how many these were.
    @discardableResult
    package func publishDue(at now: Instant) async throws -> Int {
        let due = try await database.read { db in
            try Announcements.read("told_at IS NULL AND cancelled_at IS NULL AND publish_at <= \(now)", db)
        }
        for announcement in due { try await publish(announcement, at: now) }
        return due.count
    }

    /// One result to tell a proposer of.
    private struct Told: Sendable {
        let proposal: Int
        let title: String
        let institution: String
        let unit: Int?
        let result: Phrase
    }

    private func publish(_ announcement: Announcement, at now: Instant) async throws {
        let (stored, results) = try await database.read { db in
            let stored = try Editions.found(announcement.edition, db)
            return (stored, try Self.results(announcement, stored, db))
        }
        for start in stride(from: 0, to: results.count, by: Self.batch) {
            let some = Array(results[start..<min(start + Self.batch, results.count)])
            try await database.write(at: now) { db in
                guard try Self.stands(announcement, db) else { return }
                for told in some { try tell(told, announcement, stored, db) }
            }
        }
        try await database.write(at: now) { db in
            guard try Self.stands(announcement, db) else { return }
            try db.execute("UPDATE announcement SET told_at = \(now) WHERE id = \(announcement.id)")
            db.changed("edition", stored.code)
        }
    }

    /// Whether it was not cancelled meanwhile.
    private static func stands(_ announcement: Announcement, _ db: Reader) throws -> Bool {
        try db.count(
            "SELECT COUNT(*) FROM announcement WHERE id = \(announcement.id) AND cancelled_at IS NULL") == 1
    }

    /// Each decided proposal with its result; of a correction only those that it changed.
    private static func results(
        _ announcement: Announcement, _ stored: Editions.Stored, _ db: Reader
    ) throws -> [Told] {
        guard let subject = announcement.subject.sitting else { return [] }
        let decisions = try Decisions.standing(subject, in: stored.id, upTo: announcement.sitting, db)
        let before = try Announcements.published(
            announcement.subject, in: stored.id, at: announcement.publishAt, db
        ).last { $0.id != announcement.id }
        let earlier = try before.map { try Decisions.standing(subject, in: stored.id, upTo: $0.sitting, db) } ?? []
        let known = Dictionary(earlier.map { ($0.proposal, [$0.verdict.rawValue, $0.award]) }) { first, _ in first }
        let changed = decisions.filter { known[$0.proposal] != [$0.verdict.rawValue, $0.award] }
        let rows = try db.rows(
            """
            SELECT id, title, institution, unit FROM proposal WHERE id IN \(changed.map(\.proposal)) ORDER BY id
            """
        ) {
            (try $0.int("id"), try $0.text("title"), try $0.text("institution"), try $0.intOrNil("unit"))
        }
        let verdicts = Dictionary(changed.map { ($0.proposal, $0) }) { first, _ in first }
        return rows.compactMap { id, title, institution, unit in
            verdicts[id].map {
                Told(
                    proposal: id, title: title, institution: institution, unit: unit,
                    result: result($0, announcement.subject, stored.edition))
            }
        }
    }

    private static func result(
        _ decision: Decision, _ subject: Announcement.Subject, _ edition: Edition
    ) -> Phrase {
        guard decision.verdict == .chosen else {
            // A reserve is for the organiser to call upon.
            return subject == .awards
                ? Phrase("tidak menerima penghargaan", "receives no award")
                : Phrase("tidak menjadi finalis", "is not a finalist")
        }
        guard subject == .awards else { return Phrase("menjadi finalis", "is a finalist") }
        let tier = edition.awards.first { $0.code == decision.award }?.name ?? Phrase("penghargaan", "an award")
        return Phrase("menerima \(tier.indonesian)", "receives \(tier.english)")
    }

    private func tell(
        _ told: Told, _ announcement: Announcement, _ stored: Editions.Stored, _ db: Writer
    ) throws {
        let path = "/kompetisi/\(stored.code)/\(announcement.subject == .awards ? "hasil" : "finalis")"
        let name = stored.edition.name
        let people = try ProposalRecipients.of(told.institution, unit: told.unit, db)
        try Messages.add(
            people.map { recipient in
                Message(
                    fact: "announcement:\(announcement.id):\(told.proposal)", account: recipient.account,
                    address: recipient.email, language: recipient.language,
                    subject: Phrase(
                        "\(name.indonesian): hasil untuk \(told.title)", "\(name.english): the result for \(told.title)"
                    ),
                    body: Phrase(
                        "Usulan \(told.title) \(told.result.indonesian) pada \(name.indonesian).\n\nPengumuman lengkap: \(publicURL)\(path)\n",
                        "The proposal \(told.title) \(told.result.english) in the \(name.english).\n\nThe announcement: \(publicURL)/en\(path)\n"
                    ))
            }, db)
    }

    /// Destroys the keys of ratings that closed a week ago: from then on nobody can tell whose a vote was.
    func forgetVoters(at now: Instant) async throws {
        let kept = try await database.read { db in
            try db.rows("SELECT edition FROM rating_key ORDER BY edition") { try $0.int("edition") }.filter { id in
                let closes = try Editions.found(id, db).edition.stage(.rating)?.closes
                return closes.map { $0.adding(days: Self.daysOfKey) <= now } ?? false
            }
        }
        guard !kept.isEmpty else { return }
        try await database.write(at: now) { db in
            try db.execute("DELETE FROM rating_key WHERE edition IN \(kept)")
        }
    }
}

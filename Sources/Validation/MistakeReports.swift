import Database
import Directory
import Kernel
import Messages
import People

/// The stored reports of mistakes.
package struct MistakeReports: Sendable {
    /// Open reports about one record beyond which no more are taken: whoever handles them has enough to go by.
    static let mostOpen = 50
    private let database: Database
    private let publicURL: String

    package init(_ database: Database, publicURL: String) {
        self.database = database
        self.publicURL = publicURL
    }

    package struct Listed: Sendable {
        package let report: MistakeReport
        package let name: ShownName
    }

    /// What the form's page shows of the record. Throws `DirectoryRefusal.unknownInnovation`, and `.merged` where the
    /// record lives that a merged one belongs to.
    package func subject(_ innovation: Int) async throws -> ShownName {
        try await database.read { db in
            let root = try Innovations.root(of: innovation, db)
            guard root == innovation else { throw DirectoryRefusal.merged(into: root) }
            return try Self.subject(innovation, db).name
        }
    }

    private static func subject(_ innovation: Int, _ db: Reader) throws -> (name: ShownName, institution: String?) {
        guard
            let row = try db.first(
                """
                SELECT title, short_name, expansion, institution FROM innovation
                WHERE id = \(innovation) AND state = 'published'
                """)
        else { throw DirectoryRefusal.unknownInnovation(String(innovation)) }
        return (try Questions.name(row), try row.textOrNil("institution"))
    }

    /// Keeps a report and tells those who handle it, with their daily messages; one of a merged record is about the
    /// record that it belongs to. A report of the same words about the
    /// same record that is still open is not kept twice.
    package func report(_ notice: MistakeNotice, about id: Int, at now: Instant) async throws {
        let link = "\(publicURL)/kerja/laporan"
        try await database.write(at: now) { db in
            let innovation = try Innovations.root(of: id, db)
            let (name, institution) = try Self.subject(innovation, db)
            let open = try db.rows(
                """
                SELECT text FROM mistake_report WHERE innovation = \(innovation) AND state = 'open'
                ORDER BY id LIMIT \(Self.mostOpen)
                """
            ) { try $0.text("text") }
            guard open.count < Self.mostOpen, !open.contains(notice.text) else { return }
            let id = try db.nextID("mistake_report")
            try db.insert(
                "mistake_report", ["id", "innovation", "institution", "at", "text", "contact", "state"],
                [
                    [
                        id.sqlValue, innovation.sqlValue, institution.sqlValue, now.sqlValue, notice.text.sqlValue,
                        notice.contact.sqlValue, .text("open"),
                    ]
                ])
            guard let institution else { return }
            try Messages.add(
                try Recipients.of(.handleReports, at: institution, on: now, db).map {
                    // What strangers write is read at the desk, not sent on.
                    $0.told(
                        "mistake:\(id)",
                        Phrase("Laporan kekeliruan pada \(name.name)", "A mistake reported in \(name.name)"),
                        Phrase(
                            "Seorang pembaca melaporkan kekeliruan pada data \(name.name). Tangani sebelum \(now.adding(days: MistakeReport.daysToHandle).day().long(.indonesian)); sesudah itu Hub ikut melihatnya.\n\n\(link)",
                            "A reader reports a mistake in the record \(name.name). Handle it before \(now.adding(days: MistakeReport.daysToHandle).day().long(.english)); after that its Hub sees it too.\n\n\(link)"
                        ),
                        daily: true)
                }, db)
        }
    }

    /// The reports that a person may see, open ones first, oldest first; at most 200. Those who handle reports see
    /// their institutions'; the Hub and the secretariat the ones that stay open for 14 days, and the secretariat those
    /// of records without an institution.
    package func list(for person: Person, at now: Instant) async throws -> [Listed] {
        let handled = person.grants(for: .handleReports)
        let watched = person.grants(for: .clarify)
        let late = now.adding(days: -MistakeReport.daysToHandle)
        let isNational = watched.contains { $0.role.scope == .nation }
        return try await database.read { db in
            try db.rows(
                """
                SELECT m.*, i.title, i.short_name, i.expansion FROM mistake_report m
                JOIN innovation i ON i.id = m.innovation
                WHERE \(GrantScopes.within(handled, "m.institution"))
                    OR (m.state = 'open' AND m.at <= \(late) AND \(GrantScopes.within(watched, "m.institution")))
                    OR (m.institution IS NULL AND 1 = \(isNational))
                ORDER BY CASE WHEN m.state = 'open' THEN 0 ELSE 1 END, m.id LIMIT 200
                """
            ) { Listed(report: try Self.report($0), name: try Questions.name($0)) }
        }
    }

    /// Ends a report with a note: accepted when the record is to be corrected. Throws `MistakeRefusal`.
    package func handle(
        _ id: Int, accepted: Bool, note: String, by actor: Actor, at now: Instant
    ) async throws {
        guard let note = written(note, MistakeReport.length) else { throw MistakeRefusal.noNote }
        try await database.write(at: now) { db in
            guard let row = try db.first("SELECT institution, state FROM mistake_report WHERE id = \(id)") else {
                throw MistakeRefusal.unknown
            }
            // Records of nobody are the secretariat's.
            let institution = try row.textOrNil("institution")
            try Grants.require(institution == nil ? .manageNetwork : .handleReports, at: institution, by: actor, db)
            guard try row.text("state") == "open" else { throw MistakeRefusal.handled }
            let state = accepted ? MistakeReport.State.accepted : .declined
            try db.execute(
                """
                UPDATE mistake_report SET state = \(state.rawValue), note = \(note), handled_at = \(now),
                    handled_by = \(actor.account), contact = NULL WHERE id = \(id)
                """)
            try Audit.note("handle", "mistake-report", String(id), [("state", state.rawValue)], by: actor, db)
        }
    }

    private static func report(_ row: Row) throws -> MistakeReport {
        MistakeReport(
            id: try row.int("id"), innovation: try row.int("innovation"), institution: try row.textOrNil("institution"),
            at: try row.instant("at"), text: try row.text("text"), contact: try row.textOrNil("contact"),
            state: try row.choice("state"), note: try row.textOrNil("note"),
            handledAt: try row.instantOrNil("handled_at"))
    }
}

import Database
import Directory
import Kernel
import People
import Web

/// What waits for somebody today in writing, checking, renewing, answering and correcting: the lines of their desk.
package struct WaitingCounts: Sendable {
    private let database: Database

    package init(_ database: Database) { self.database = database }

    /// The lines for a person; a line stands only where something waits. One statement for each kind of work.
    package func lines(_ person: Person, _ language: Language, at now: Instant) async throws -> [DeskLine] {
        let counted = try await database.read { db in
            try Counted(
                returned: Self.returned(person, db), submitted: Self.submitted(person, db),
                renewals: Self.renewals(person, at: now, db), questions: Self.questions(person, db),
                reports: Self.reports(person, db))
        }
        let say = language.say(_:_:)
        var lines: [DeskLine] = []
        if counted.returned > 0 {
            lines.append(
                DeskLine(
                    say("Perbaiki inovasi yang dikembalikan", "Correct what was sent back"), .path("kerja", "inovasi"),
                    count: counted.returned, urgency: .soon))
        }
        if counted.submitted > 0 {
            lines.append(
                DeskLine(
                    say("Periksa inovasi yang diajukan", "Check what was submitted"), .path("kerja", "antrean"),
                    count: counted.submitted, urgency: .waiting))
        }
        if counted.renewals.late + counted.renewals.due > 0 {
            lines.append(
                DeskLine(
                    say("Perpanjang validasi", "Renew validations"), .path("kerja", "perpanjang"),
                    count: counted.renewals.late + counted.renewals.due,
                    note: counted.renewals.late > 0
                        ? say("\(counted.renewals.late) terlambat", "\(counted.renewals.late) overdue")
                        : say("berakhir dalam \(Validity.dueDays) hari", "end within \(Validity.dueDays) days"),
                    urgency: counted.renewals.late > 0 ? .late : .soon))
        }
        if counted.questions > 0 {
            lines.append(
                DeskLine(
                    say("Jawab pertanyaan Hub atau sekretariat", "Answer the Hub's or the secretariat's questions"),
                    .path("kerja", "pertanyaan"), count: counted.questions, urgency: .soon))
        }
        if counted.reports > 0 {
            lines.append(
                DeskLine(
                    say("Tanggapi laporan kekeliruan", "Answer reports of mistakes"), .path("kerja", "laporan"),
                    count: counted.reports, urgency: .waiting))
        }
        return lines
    }

    private struct Counted: Sendable {
        let returned: Int
        let submitted: Int
        let renewals: (late: Int, due: Int)
        let questions: Int
        let reports: Int
    }

    /// Drafts sent back to a unit's people, or to all of an agency for its admin.
    private static func returned(_ person: Person, _ db: Reader) throws -> Int {
        let grants = person.grants(for: .write)
        let agencies = grants.filter { $0.role == .agencyAdmin }.compactMap(\.institution)
        let units = grants.compactMap(\.unit)
        guard !grants.isEmpty else { return 0 }
        return try db.count(
            """
            SELECT COUNT(*) FROM draft WHERE state = 'returned' AND (institution IN \(agencies) OR unit IN \(units))
            """)
    }

    /// What waits to be validated by somebody of their institution, but for what they wrote themselves.
    private static func submitted(_ person: Person, _ db: Reader) throws -> Int {
        let grants = person.grants(for: .validate)
        guard !grants.isEmpty else { return 0 }
        return try db.count(
            """
            SELECT COUNT(*) FROM draft d WHERE d.state = 'submitted' AND \(GrantScopes.within(grants, "d.institution"))
                AND NOT EXISTS (SELECT 1 FROM draft_writer w WHERE w.draft = d.id AND w.account = \(person.account))
            """)
    }

    private static func renewals(_ person: Person, at now: Instant, _ db: Reader) throws -> (late: Int, due: Int) {
        let grants = person.grants(for: .validate)
        guard !grants.isEmpty else { return (0, 0) }
        let row = try db.first(
            """
            SELECT COALESCE(SUM(CASE WHEN valid_until <= \(now) THEN 1 ELSE 0 END), 0) AS late,
                COALESCE(SUM(CASE WHEN valid_until > \(now) THEN 1 ELSE 0 END), 0) AS due
            FROM innovation WHERE state = 'published' AND valid_until <= \(now.adding(days: Validity.dueDays))
                AND COALESCE(continuity, '') <> 'stopped' AND \(GrantScopes.within(grants, "institution"))
            """)
        return (try row?.int("late") ?? 0, try row?.int("due") ?? 0)
    }

    private static func questions(_ person: Person, _ db: Reader) throws -> Int {
        let grants = person.grants(for: .validate)
        guard !grants.isEmpty else { return 0 }
        return try db.count(
            """
            SELECT COUNT(*) FROM question WHERE answered_at IS NULL AND closed_at IS NULL
                AND \(GrantScopes.within(grants, "institution"))
            """)
    }

    private static func reports(_ person: Person, _ db: Reader) throws -> Int {
        let grants = person.grants(for: .handleReports)
        guard !grants.isEmpty else { return 0 }
        return try db.count(
            "SELECT COUNT(*) FROM mistake_report WHERE state = 'open' AND \(GrantScopes.within(grants, "institution"))")
    }
}

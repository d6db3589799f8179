import Database
import Kernel
import Messages
import People

/// Field visits as an edition's organiser plans and follows them.
package struct VisitPlans: Sendable {
    private let database: Database
    private let publicURL: String

    package init(_ database: Database, publicURL: String) {
        self.database = database
        self.publicURL = publicURL
    }

    struct Plan: Sendable {
        let stored: Editions.Stored
        let finalists: [Finalist]
        /// Who may visit: panelists and evaluators.
        let visitors: [Evaluator]
        let visits: [Visit]
        /// Visits to the person's own institution: what was found there is not for its people.
        let own: Set<Int>
    }

    func plan(_ code: String, for person: Person) async throws -> Plan {
        try await database.read { db in
            let stored = try Editions.organised(code, for: person, db)
            let visits = try Visits.read("t.edition = \(stored.id)", db)
            let walled = try Conflicts.walled(from: person.grants, in: stored.id, db)
            return Plan(
                stored: stored, finalists: try Finalists.of(stored.id, db),
                visitors: try Self.visitors(stored.id, db), visits: visits,
                own: Set(visits.filter { walled.contains($0.proposal) }.map(\.id)))
        }
    }

    /// Sends somebody to a finalist on a day. Throws `planned` when they are already sent there, `invalid` for who is not
    /// of the edition, for one in conflict with the proposal, and for a proposal that is no finalist.
    func send(_ visitor: Int, to proposal: Int, on day: Day, in code: String, by actor: Actor, at: Instant) async throws
    {
        let publicURL = publicURL
        try await database.write(at: at) { db in
            let stored = try Editions.organised(code, by: actor, db)
            guard let finalist = try Finalists.of(stored.id, db).first(where: { $0.proposal == proposal }) else {
                throw PanelRefusal.invalid([
                    Problem("usulan", Phrase("Pilih finalis dari daftar.", "Choose a finalist of the list."))
                ])
            }
            try OwnProposal.require(proposal, by: actor, db)
            guard let seat = try Self.visitors(stored.id, db).first(where: { $0.id == visitor }) else {
                throw PanelRefusal.invalid([
                    Problem("petugas", Phrase("Pilih petugas dari daftar.", "Choose somebody of the list."))
                ])
            }
            guard try Conflicts.between(proposal: proposal, evaluator: visitor, db).isEmpty else {
                throw PanelRefusal.invalid([
                    Problem(
                        "petugas",
                        Phrase(
                            "\(seat.name) berbenturan kepentingan dengan usulan ini. Pilih orang lain.",
                            "\(seat.name) has a conflict of interest with this proposal. Choose somebody else."))
                ])
            }
            let known = try db.count(
                """
                SELECT COUNT(*) FROM visit
                WHERE proposal = \(proposal) AND evaluator = \(visitor) AND cancelled_at IS NULL
                """)
            guard known == 0 else { throw PanelRefusal.planned }
            let id = try db.nextID("visit")
            try db.insert(
                "visit", ["id", "edition", "proposal", "evaluator", "planned", "version"],
                [
                    [
                        id.sqlValue, stored.id.sqlValue, proposal.sqlValue, visitor.sqlValue, day.iso.sqlValue,
                        1.sqlValue,
                    ]
                ])
            if let to = try Recipients.account(seat.account, db) {
                let subject = Phrase("Kunjungan lapangan: \(finalist.title)", "Field visit: \(finalist.title)")
                let body = Phrase(
                    "\(day.long(.indonesian)), \(finalist.institutionName).\nBuka halamannya selagi ada sambungan; sesudah itu dapat diisi tanpa sambungan:\n\n\(publicURL)/kerja/lapangan/\(id)\n",
                    "\(day.long(.english)), \(finalist.institutionName).\nOpen the page while you have a line; after that it works without one:\n\n\(publicURL)/en/kerja/lapangan/\(id)\n"
                )
                let message = Message(
                    fact: "visit:\(id)", account: to.account, address: to.email, language: to.language,
                    subject: subject, body: body)
                try Messages.add([message], db)
            }
            try Audit.note(
                "plan-visit", "visit", String(id), [("proposal", String(proposal)), ("visitor", String(visitor))],
                by: actor, db)
        }
    }

    /// Takes back a visit that was not reported; throws `reported` for one that was.
    func cancel(_ id: Int, in code: String, by actor: Actor, at: Instant) async throws {
        try await database.write(at: at) { db in
            let stored = try Editions.organised(code, by: actor, db)
            guard let visit = try Visits.read("t.id = \(id) AND t.edition = \(stored.id)", db).first else {
                throw PanelRefusal.missing
            }
            try OwnProposal.require(visit.proposal, by: actor, db)
            guard visit.report == nil, visit.photos.isEmpty else { throw PanelRefusal.reported }
            // Its number is never given again: a phone may still hold what was written under it.
            try db.execute("UPDATE visit SET cancelled_at = \(at) WHERE id = \(id)")
            try Audit.note("cancel-visit", "visit", String(id), by: actor, db)
        }
    }

    private static func visitors(_ edition: Int, _ db: Reader) throws -> [Evaluator] {
        try Evaluators.active(.panelist, in: edition, db) + Evaluators.active(.evaluator, in: edition, db)
    }
}

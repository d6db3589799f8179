import Database
import Kernel
import People

/// What evaluators and panelists declare of their conflicts, before anything opens to them and ever after.
package struct Declarations: Sendable {
    let database: Database

    package init(_ database: Database) { self.database = database }

    /// Where an edition names that many proposals or fewer, all are shown; of more, those that words find.
    static let shown = 200

    package struct Sheet: Sendable {
        package let stored: Editions.Stored
        /// The seats that the account holds.
        package let seats: [Evaluator]
        package let ties: [Evaluators.StoredTie]
        /// The institutions that propose in the edition, by name.
        package let institutions: [(code: String, name: String)]
        /// Proposals by title; none in a blind edition.
        package let proposals: [(id: Int, title: String, institution: String)]
        /// How many there are in all; nil in a blind edition.
        package let total: Int?
        package var isDeclared: Bool { seats.allSatisfy { $0.declaredAt != nil } }
    }

    /// Their own declaration; throws `EvaluatorRefusal.noSeat` for anybody without a seat.
    ///
    /// - Parameter words: what the titles hold.
    package func sheet(_ code: String, words: String?, for person: Person) async throws -> Sheet {
        try await database.read { db in
            let stored = try Editions.found(code, db)
            let seats = try Self.seats(of: person.account, held: person.grants, in: stored, db)
            let institutions = try db.rows(
                """
                SELECT DISTINCT i.code, i.name FROM proposal p JOIN institution i ON i.code = p.institution
                WHERE p.edition = \(stored.id) AND p.state = 'passed' ORDER BY i.name, i.code
                """
            ) { (try $0.text("code"), try $0.text("name")) }
            let ties = try Evaluators.ties(of: seats, db)
            guard !stored.edition.isBlind else {
                return Sheet(
                    stored: stored, seats: seats, ties: ties, institutions: institutions, proposals: [], total: nil)
            }
            let all: SQL = "p.edition = \(stored.id) AND p.state = 'passed'"
            let total = try db.count("SELECT COUNT(*) FROM proposal p WHERE \(all)")
            var which = all
            if let words {
                let pattern = "%" + words.lowercased().filter { !["%", "_", "\\"].contains($0) } + "%"
                which = "\(all) AND LOWER(p.title) LIKE \(pattern)"
            }
            let proposals =
                words == nil && total > Self.shown
                ? []
                : try db.rows(
                    """
                    SELECT p.id, p.title, i.name FROM proposal p JOIN institution i ON i.code = p.institution
                    WHERE \(which) ORDER BY p.title, p.id LIMIT \(Self.shown)
                    """
                ) { (try $0.int("id"), try $0.text("title"), try $0.text("name")) }
            return Sheet(
                stored: stored, seats: seats, ties: ties, institutions: institutions, proposals: proposals,
                total: total)
        }
    }

    /// Declares ties; what is open and in conflict by them is taken back at once. Returns how many were.
    @discardableResult
    package func add(_ ties: [TieDraft], in code: String, by actor: Actor, at: Instant) async throws -> Int {
        try await database.write(at: at) { db in
            let (seats, account) = try Self.doer(actor, in: code, db)
            guard !ties.isEmpty else {
                throw EvaluatorRefusal.invalid([
                    Problem(
                        "instansi", Phrase("Tandai instansi atau usulannya.", "Tick the institution or the proposal."))
                ])
            }
            // A number would tell a blind edition's evaluator a title.
            if try Editions.found(code, db).edition.isBlind, ties.contains(where: { $0.subject == .proposal }) {
                throw EvaluatorRefusal.invalid([
                    Problem("instansi", Phrase("Tandai instansinya.", "Tick the institution."))
                ])
            }
            for tie in ties { try Ties.add(tie, to: seats, by: account, db) }
            let taken = try seats.reduce(0) { try $0 + GivenReads.takeConflicted(from: $1.id, by: actor, db).count }
            for seat in seats {
                try Audit.note(
                    "declare-tie", "evaluator", String(seat.id),
                    [("ties", String(ties.count)), ("taken", String(taken))], by: actor, db)
            }
            return taken
        }
    }

    /// Takes back a tie of their own; only as long as they have not said that it is all.
    package func withdraw(tie: Int, in code: String, by actor: Actor, at: Instant) async throws {
        try await database.write(at: at) { db in
            let (seats, account) = try Self.doer(actor, in: code, db)
            guard seats.allSatisfy({ $0.declaredAt == nil }) else { throw EvaluatorRefusal.fixedTie }
            guard
                let row = try db.first(
                    """
                    SELECT t.* FROM tie t WHERE t.id = \(tie) AND t.evaluator IN \(seats.map(\.id))
                        AND t.by_account = \(account)
                    """)
            else { return }
            // Each seat has the tie; they go together.
            try db.execute(
                """
                DELETE FROM tie WHERE evaluator IN \(seats.map(\.id)) AND by_account = \(account)
                    AND kind = \(try row.text("kind"))
                    AND COALESCE(institution, '') = \(try row.textOrNil("institution") ?? "")
                    AND COALESCE(unit, 0) = \(try row.intOrNil("unit") ?? 0)
                    AND COALESCE(innovation, 0) = \(try row.intOrNil("innovation") ?? 0)
                    AND COALESCE(proposal, 0) = \(try row.intOrNil("proposal") ?? 0)
                """)
        }
    }

    /// Says that this is all they know of, whether some ties or none: from now on proposals open to them.
    package func declare(in code: String, by actor: Actor, at: Instant) async throws {
        try await database.write(at: at) { db in
            let (seats, _) = try Self.doer(actor, in: code, db)
            for seat in seats where seat.declaredAt == nil {
                let ties = try db.count("SELECT COUNT(*) FROM tie WHERE evaluator = \(seat.id)")
                try db.execute("UPDATE evaluator SET declared_at = \(at) WHERE id = \(seat.id)")
                try Audit.note("declare", "evaluator", String(seat.id), [("ties", String(ties))], by: actor, db)
            }
        }
    }

    private static func doer(_ actor: Actor, in code: String, _ db: Writer) throws -> ([Evaluator], account: Int) {
        guard let account = actor.account else { throw EvaluatorRefusal.noSeat }
        let stored = try Editions.found(code, db)
        let grants = try Grants.live(of: account, at: db.at, db)
        return (try seats(of: account, held: grants, in: stored, db), account)
    }

    /// The seats that an account holds by its role now; throws `noSeat` where there are none.
    private static func seats(
        of account: Int, held: [Grant], in stored: Editions.Stored, _ db: Reader
    ) throws -> [Evaluator] {
        let seats = try Evaluators.read(
            "v.edition = \(stored.id) AND v.account = \(account) AND v.removed_at IS NULL", db
        ).filter { held.contains(Grant($0.seat == .evaluator ? .evaluator : .panelist, edition: stored.code)) }
        guard !seats.isEmpty else { throw EvaluatorRefusal.noSeat }
        return seats
    }
}

import Database
import Foundation
import Kernel
import People

/// The stored sittings: written down while open, closed once with the hash of their minutes, signed by those who came.
package struct Sittings: Sendable {
    let database: Database

    package init(_ database: Database) { self.database = database }

    /// Begins the minutes of a sitting, with the figures of this moment put before it. Returns its number.
    package func begin(_ draft: SittingDraft, in code: String, by actor: Actor, at: Instant) async throws -> Int {
        try await database.write(at: at) { db in
            let stored = try Editions.organised(code, by: actor, db)
            guard draft.problems.isEmpty, let heldAt = draft.heldAt, let account = actor.account else {
                throw SittingRefusal.invalid(draft.problems)
            }
            let id = try db.nextID("sitting")
            let advice = try Advices.take(draft.subject, stored, words: draft.tabled, at: at, db)
            try db.insert(
                "sitting",
                [
                    "id", "edition", "body", "subject", "title", "place", "held_at", "attendance", "tabled", "decided",
                    "why", "version", "made_by",
                ],
                [
                    [
                        id.sqlValue, stored.id.sqlValue, draft.body.sqlValue, draft.subject.sqlValue,
                        draft.title.sqlValue, draft.place.sqlValue, heldAt.sqlValue,
                        try Self.json(try Self.attendance(draft.attendance, stored.id, db)).sqlValue,
                        try advice.json().sqlValue, draft.decided.sqlValue, draft.why.sqlValue, 1.sqlValue,
                        account.sqlValue,
                    ]
                ])
            try Audit.note(
                "begin", "sitting", String(id), [("edition", code), ("subject", draft.subject.rawValue)], by: actor, db)
            return id
        }
    }

    /// Writes the minutes anew; body and subject stay as they began.
    package func write(
        _ draft: SittingDraft, _ id: Int, in code: String, basedOn version: Int, by actor: Actor, at: Instant
    ) async throws {
        try await change(id, in: code, basedOn: version, by: actor, at: at) { sitting, stored, db in
            guard draft.problems.isEmpty, let heldAt = draft.heldAt else {
                throw SittingRefusal.invalid(draft.problems)
            }
            var advice = try Advice(json: sitting.tabled)
            advice.words = draft.tabled
            let people = try Self.json(try Self.attendance(draft.attendance, stored.id, db))
            try db.execute(
                """
                UPDATE sitting SET title = \(draft.title), place = \(draft.place), held_at = \(heldAt),
                    attendance = \(people), tabled = \(try advice.json()), decided = \(draft.decided),
                    why = \(draft.why)
                WHERE id = \(id)
                """)
            try Audit.note("write", "sitting", String(id), by: actor, db)
        }
    }

    /// Puts the figures of this moment before an open sitting.
    package func takeFigures(_ id: Int, in code: String, basedOn version: Int, by actor: Actor, at: Instant)
        async throws
    {
        try await change(id, in: code, basedOn: version, by: actor, at: at) { sitting, stored, db in
            let words = try Advice(json: sitting.tabled).words
            let advice = try Advices.take(sitting.subject, stored, words: words, at: at, db)
            try db.execute("UPDATE sitting SET tabled = \(try advice.json()) WHERE id = \(id)")
            try Audit.note("take-figures", "sitting", String(id), by: actor, db)
        }
    }

    /// Where decisions start from: the plain order, or the suggestion that keeps the published constraints.
    package enum Start: String, Sendable, CaseIterable { case order, suggestion }

    /// Replaces the decisions by those of an order: its first are chosen, the others are not.
    package func start(
        _ id: Int, from start: Start, in code: String, basedOn version: Int, by actor: Actor, at: Instant
    ) async throws {
        try await change(id, in: code, basedOn: version, by: actor, at: at) { sitting, stored, db in
            let candidates = try Advices.candidates(sitting.subject, in: stored, db)
            guard let suggestion = try Self.suggestion(sitting, stored.edition, candidates) else {
                throw SittingRefusal.invalid([])
            }
            guard let chosen = start == .order ? suggestion.plain : suggestion.chosen else {
                throw SittingRefusal.unready([Self.noSuggestion(suggestion)])
            }
            let (taken, single) = (Set(chosen), stored.edition.awards.count == 1 ? stored.edition.awards[0].code : nil)
            try db.execute("DELETE FROM decision WHERE sitting = \(id)")
            try Self.insert(
                candidates.map { candidate in
                    let isChosen = taken.contains(candidate.proposal)
                    return Decision(
                        proposal: candidate.proposal, verdict: isChosen ? .chosen : .not,
                        award: isChosen && sitting.subject == .awards ? single : nil)
                }, of: id, db)
            try Audit.note("start", "sitting", String(id), [("from", start.rawValue)], by: actor, db)
        }
    }

    /// Stores decisions of an open sitting beside those it has; `nil` takes a proposal's away.
    package func decide(
        _ id: Int, _ decisions: [Int: Decision?], in code: String, basedOn version: Int, by actor: Actor, at: Instant
    ) async throws {
        try await change(id, in: code, basedOn: version, by: actor, at: at) { sitting, stored, db in
            let candidates = Set(try Advices.candidates(sitting.subject, in: stored, db).map(\.proposal))
            // Nobody decides on what their own institution proposed.
            let grants = try actor.account.map { try Grants.live(of: $0, at: db.at, db) } ?? []
            let own = try Conflicts.walled(from: grants, in: stored.id, db)
            let decisions = decisions.filter { !own.contains($0.key) }
            let stated = decisions.values.compactMap(\.self).sorted { $0.proposal < $1.proposal }
            let problems = Decision.problems(stated, sitting.subject, stored.edition, candidates: candidates)
            guard problems.isEmpty else { throw SittingRefusal.invalid(problems) }
            try db.execute("DELETE FROM decision WHERE sitting = \(id) AND proposal IN \(decisions.keys.sorted())")
            try Self.insert(stated, of: id, db)
            try Audit.note("decide", "sitting", String(id), [("proposals", String(stated.count))], by: actor, db)
        }
    }

    // MARK: what the acts share

    /// An act on an open sitting by its organiser; raises its version.
    func change(
        _ id: Int, in code: String, basedOn version: Int, by actor: Actor, at: Instant,
        _ body: @escaping @Sendable (Sitting, Editions.Stored, Writer) throws -> Void
    ) async throws {
        try await database.write(at: at) { db in
            let stored = try Editions.organised(code, by: actor, db)
            guard let sitting = try Self.read("id = \(id) AND edition = \(stored.id)", db).first else {
                throw SittingRefusal.missing
            }
            guard sitting.closedAt == nil else { throw SittingRefusal.closed }
            guard sitting.version == version else { throw SittingRefusal.changedMeanwhile }
            try body(sitting, stored, db)
            try db.execute("UPDATE sitting SET version = version + 1 WHERE id = \(id)")
        }
    }

    /// Who came, with the proposals that each must leave for added.
    static func attendance(_ typed: [Sitting.Attendee], _ edition: Int, _ db: Reader) throws -> [Sitting.Attendee] {
        let seats = Dictionary(
            try Evaluators.read("v.edition = \(edition)", db).map { ($0.id, $0) }
        ) { first, _ in first }
        let leavings = try Advices.leavings(edition, db)
        return typed.compactMap { attendee in
            var attendee = attendee
            guard let number = attendee.evaluator else { return attendee }
            guard let seat = seats[number] else { return nil }
            attendee.account = seat.account
            attendee.name = seat.name
            attendee.left = Set(attendee.left).union(leavings[number] ?? []).sorted()
            return attendee
        }
    }

    static func insert(_ decisions: [Decision], of sitting: Int, _ db: Writer) throws {
        try db.insert(
            "decision", ["sitting", "proposal", "verdict", "award", "score", "why"],
            decisions.map {
                [
                    sitting.sqlValue, $0.proposal.sqlValue, $0.verdict.sqlValue, $0.award.sqlValue, $0.score.sqlValue,
                    $0.why.sqlValue,
                ]
            })
    }

    /// The sittings that a condition on sitting chooses, the latest held first.
    static func read(_ condition: SQL, _ db: Reader) throws -> [Sitting] {
        try db.rows("SELECT * FROM sitting WHERE \(condition) ORDER BY held_at DESC, id DESC") {
            Sitting(
                id: try $0.int("id"), edition: try $0.int("edition"), body: try $0.choice("body"),
                subject: try $0.choice("subject"), title: try $0.text("title"), place: try $0.text("place"),
                heldAt: try $0.instant("held_at"),
                attendance: try JSONDecoder().decode(
                    [Sitting.Attendee].self, from: Data(try $0.text("attendance").utf8)),
                tabled: try $0.text("tabled"), decided: try $0.text("decided"), why: try $0.text("why"),
                version: try $0.int("version"), closedAt: try $0.instantOrNil("closed_at"),
                digest: try $0.textOrNil("digest"))
        }
    }

    static func json(_ value: some Encodable) throws -> String { try Proposals.json(value) }

    /// What the figures before a sitting advise under the published constraints; nil where its subject has none.
    static func suggestion(
        _ sitting: Sitting, _ edition: Edition, _ candidates: [Selection.Candidate]
    ) throws -> SelectionSuggestion? {
        guard let balance = sitting.subject.balance else { return nil }
        let order = try Advice(json: sitting.tabled).order(for: sitting.subject, passing: edition.passing)
        return Selection(edition, balance, candidates).suggest(order)
    }

    static func noSuggestion(_ suggestion: SelectionSuggestion) -> Phrase {
        suggestion.isImpossible
            ? Phrase(
                "Tidak ada susunan dari urutan ini yang memenuhi semua ketentuan.",
                "No set of this order keeps every constraint.")
            : Phrase(
                "Terlalu banyak kemungkinan untuk memastikan susunan terbaik. Pilih sendiri; ketentuan tetap diperiksa.",
                "Too many combinations to be sure of the best set. Choose yourself; the constraints are checked all the same."
            )
    }
}

import Database
import Foundation
import Kernel
import People

// What an evaluator is shown: never more than their own readings, and of a blind edition only what was cleared.
extension Readings {
    /// A reading in the hands of its evaluator.
    struct Held: Sendable {
        let reading: Reading
        let evaluator: Evaluator
        let stored: Editions.Stored
        let proposal: Proposal
        /// Nil in an edition that is not blind.
        let redaction: Redaction?

        /// The proposal as the evaluator reads it.
        var exhibit: Exhibit { Exhibit(proposal, redaction, isBlind: stored.edition.isBlind) }
    }

    /// What the desk shows of one reading.
    package struct Sheet: Sendable {
        let held: Held
        let scores: [SectionScore]
        let inquiries: [Inquiry]
        /// The evaluator's open readings of the edition besides this one, in the order of the queue.
        let others: [Int]
        let savedAt: Instant?

        func score(_ section: String) -> SectionScore? { scores.first { $0.section == section } }
    }

    /// A reading for its evaluator's desk. The first look begins it.
    package func sheet(_ id: Int, for person: Person, at: Instant) async throws -> Sheet {
        let seen = try await database.read { db in try Self.sheet(id, person.account, person.grants, at: at, db) }
        guard seen.held.reading.openedAt == nil, seen.held.reading.state == .due else { return seen }
        try await database.write(at: at) { db in
            try db.execute("UPDATE reading SET opened_at = \(at) WHERE id = \(id) AND opened_at IS NULL")
        }
        return seen
    }

    private static func sheet(
        _ id: Int, _ account: Int, _ grants: [Grant], at: Instant, _ db: Reader
    ) throws -> Sheet {
        let held = try held(id, by: account, grants, at: at, db)
        if let opens = held.stored.edition.stage(.evaluation)?.opens, at < opens {
            throw ReadingRefusal.early(opens, held.stored.edition.zone)
        }
        let open = try db.rows(
            """
            SELECT r.id FROM reading r JOIN proposal p ON p.id = r.proposal
            WHERE r.evaluator = \(held.evaluator.id) AND r.state IN ('due', 'begun') AND r.id <> \(id)
                AND p.state = 'passed' ORDER BY COALESCE(p.category, ''), r.id
            """
        ) { try $0.int("id") }
        let after = try db.first("SELECT MAX(at) AS at FROM score WHERE reading = \(id)")
        return Sheet(
            held: held, scores: try scores(of: id, db), inquiries: try Inquiries.read("q.reading = \(id)", db),
            others: open, savedAt: try after?.instantOrNil("at"))
    }

    /// A reading for the one it was given to; throws `missing` for everybody else, for one that was taken back or
    /// abstained from, and where a conflict of interest lies; `undeclared` and `notReady` otherwise.
    static func held(_ id: Int, by account: Int, _ grants: [Grant], at: Instant, _ db: Reader) throws -> Held {
        // Another's reading costs no more to refuse than none: whose it is, is asked first.
        guard
            let evaluator = try Evaluators.read(
                """
                v.id = (SELECT evaluator FROM reading WHERE id = \(id)) AND v.account = \(account)
                    AND v.role = 'evaluator' AND v.removed_at IS NULL
                """, db
            ).first, let reading = try read("r.id = \(id)", db).first, reading.state.counts
        else { throw ReadingRefusal.missing }
        let stored = try Editions.found(reading.edition, db)
        guard grants.contains(where: { $0.role == .evaluator && $0.edition == stored.code }) else {
            throw ReadingRefusal.missing
        }
        guard evaluator.declaredAt != nil else { throw ReadingRefusal.undeclared(stored.code) }
        let proposal = try Proposals.load(reading.proposal, at: at, db)
        guard proposal.state == .passed,
            try Conflicts.between(proposal: proposal.id, evaluator: evaluator.id, db).isEmpty
        else { throw ReadingRefusal.missing }
        let redaction = stored.edition.isBlind ? try Redactions.confirmed(of: proposal.id, db) : nil
        if stored.edition.isBlind, redaction == nil { throw ReadingRefusal.notReady }
        return Held(reading: reading, evaluator: evaluator, stored: stored, proposal: proposal, redaction: redaction)
    }

    /// A document as an evaluator may open it; throws `missing` for one that a blind edition has not cleared.
    package func document(_ code: String, of id: Int, for person: Person, at: Instant) async throws -> Proposal.Document
    {
        let sheet = try await database.read { db in try Self.sheet(id, person.account, person.grants, at: at, db) }
        guard let document = sheet.held.exhibit.documents.first(where: { $0.code == code }) else {
            throw ReadingRefusal.missing
        }
        return document
    }

    /// The readings that a condition on `r` (reading) chooses, by number.
    static func read(_ condition: SQL, _ db: Reader) throws -> [Reading] {
        try db.rows(
            """
            SELECT r.id, r.edition, r.proposal, r.evaluator, r.origin, r.state, r.version, r.given_at, r.opened_at,
                r.ended_at, r.words
            FROM reading r WHERE \(condition) ORDER BY r.id
            """
        ) {
            Reading(
                id: try $0.int("id"), edition: try $0.int("edition"), proposal: try $0.int("proposal"),
                evaluator: try $0.int("evaluator"), origin: try $0.choice("origin"), state: try $0.choice("state"),
                version: try $0.int("version"), givenAt: try $0.instant("given_at"),
                openedAt: try $0.instantOrNil("opened_at"), endedAt: try $0.instantOrNil("ended_at"),
                words: try $0.textOrNil("words"))
        }
    }

    static func scores(of reading: Int, _ db: Reader) throws -> [SectionScore] {
        try db.rows(
            """
            SELECT section, value, words, cleared, version FROM score WHERE reading = \(reading) ORDER BY section
            """
        ) {
            SectionScore(
                section: try $0.text("section"), value: try $0.intOrNil("value"), words: try $0.textOrNil("words"),
                cleared: try $0.textOrNil("cleared"), version: try $0.int("version"))
        }
    }
}

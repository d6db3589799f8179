import Database
import Foundation
import Kernel
import People

/// The finished readings of one proposal for its organiser, and the release of comments to its proposers.
package struct ReadingClearances: Sendable {
    private let database: Database

    package init(_ database: Database) { self.database = database }

    /// One finished or open reading with its evaluator.
    package struct Entry: Sendable {
        package let reading: Reading
        package let evaluator: String
        package let scores: [SectionScore]
    }

    package struct Sheet: Sendable {
        package let stored: Editions.Stored
        package let proposal: Proposal
        package let entries: [Entry]

        package var done: [Entry] { entries.filter { $0.reading.state == .done } }
    }

    /// What is to become of one comment.
    package struct Change: Sendable, Hashable {
        package let reading: Int
        package let section: String
        /// As the proposer will read it; nil takes it back.
        package let words: String?
        /// The version that was looked at: what its evaluator rewrote since is not released unread.
        package let version: Int

        package init(reading: Int, section: String, words: String?, version: Int) {
            (self.reading, self.section, self.words, self.version) = (reading, section, words, version)
        }
    }

    /// Every reading of a proposal, for its organiser; throws `ReadingRefusal.missing` where it is of the person's own
    /// institution.
    package func sheet(_ id: Int, in code: String, for person: Person, at: Instant) async throws -> Sheet {
        try await database.read { db in
            let stored = try Editions.organised(code, for: person, db)
            let proposal = try Proposals.load(id, at: at, db)
            guard proposal.edition == stored.id, proposal.state == .passed,
                !OwnProposal.isOf(proposal, person.grants)
            else { throw ReadingRefusal.missing }
            let names = Dictionary(
                try Evaluators.read("v.edition = \(stored.id)", db).map { ($0.id, $0.name) },
                uniquingKeysWith: { a, _ in a })
            let entries = try Readings.read("r.proposal = \(id) AND r.state <> 'removed'", db).map {
                Entry(
                    reading: $0, evaluator: names[$0.evaluator] ?? "–",
                    scores: $0.state == .done ? try Readings.scores(of: $0.id, db) : [])
            }
            return Sheet(stored: stored, proposal: proposal, entries: entries)
        }
    }

    /// Releases comments of finished readings, or takes them back.
    ///
    /// - Throws: `ReadingRefusal.invalid` for those that changed meanwhile; the others are stored all the same.
    package func clear(_ changes: [Change], of id: Int, in code: String, by actor: Actor, at: Instant) async throws {
        let problems = try await database.write(at: at) { db -> [Problem] in
            let stored = try Editions.organised(code, by: actor, db)
            let proposal = try Proposals.load(id, at: at, db)
            guard proposal.edition == stored.id, proposal.state == .passed else { throw ReadingRefusal.missing }
            try OwnProposal.require(id, by: actor, db)
            let done = Set(try Readings.read("r.proposal = \(id) AND r.state = 'done'", db).map(\.id))
            var problems: [Problem] = []
            for change in changes {
                let words = change.words?.replacing("\r\n", with: "\n").trimmingCharacters(in: .whitespacesAndNewlines)
                let kept = words.flatMap { $0.isEmpty ? nil : String($0.prefix(SectionScore.longestWords)) }
                let count =
                    done.contains(change.reading)
                    ? try db.execute(
                        """
                        UPDATE score SET cleared = \(kept) WHERE reading = \(change.reading)
                            AND section = \(change.section) AND version = \(change.version)
                        """) : 0
                if count == 0 {
                    problems.append(
                        Problem(
                            "bersih.\(change.reading).\(change.section)",
                            Phrase(
                                "Penilainya mengubah catatan ini. Baca lagi, lalu loloskan.",
                                "Its evaluator changed this comment. Read it again, then release it.")))
                }
            }
            try Audit.note("clear", "proposal", String(id), [("comments", String(changes.count))], by: actor, db)
            return problems
        }
        guard problems.isEmpty else { throw ReadingRefusal.invalid(problems) }
    }
}

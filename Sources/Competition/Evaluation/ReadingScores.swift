import Database
import Foundation
import Kernel
import People

/// What evaluators write: saved section by section, finished, opened again, abstained from.
extension Readings {
    /// What saving did.
    package struct Saved: Sendable, Hashable {
        /// The reading's version now: the basis of the next save.
        package let version: Int
        /// What was not taken and why; the rest was saved.
        package let problems: [Problem]
    }

    /// Saves the sections as typed. Two windows that changed different sections both win; throws
    /// `ReadingRefusal.changedMeanwhile`, and saves nothing, where another window changed the same one after `version` to
    /// something else. After the close of the evaluation nothing is taken.
    package func save(
        _ id: Int, _ typed: [String: SectionScore.Typed], basedOn version: Int, by actor: Actor, at: Instant
    ) async throws -> Saved {
        try await database.write(at: at) { db in try Self.save(id, typed, basedOn: version, by: actor, at: at, db) }
    }

    /// Saves and finishes: every section that counts needs a score, and a low one its reason.
    ///
    /// - Throws: `ReadingRefusal.invalid` with what is lacking, after saving what was typed.
    /// - Returns: the evaluator's next open reading of the edition; nil after the last.
    package func finish(
        _ id: Int, _ typed: [String: SectionScore.Typed], basedOn version: Int, by actor: Actor, at: Instant
    ) async throws -> Int? {
        let saved = try await save(id, typed, basedOn: version, by: actor, at: at)
        guard saved.problems.isEmpty else { throw ReadingRefusal.invalid(saved.problems) }
        return try await database.write(at: at) { db in
            let held = try Self.writing(id, by: actor, at: at, db)
            let lacks = SectionScore.lacks(
                try Self.scores(of: id, db), held.stored.edition.scored(held.proposal.group))
            guard lacks.isEmpty else { throw ReadingRefusal.invalid(lacks) }
            try db.execute(
                """
                UPDATE reading SET state = 'done', ended_at = \(at), version = version + 1,
                    opened_at = COALESCE(opened_at, \(at)) WHERE id = \(id)
                """)
            try Audit.note("finish", "reading", String(id), by: actor, db)
            let open = try Self.read(
                "r.evaluator = \(held.evaluator.id) AND r.state IN ('due', 'begun')", db
            ).map(\.id)
            return open.first { $0 > id } ?? open.first
        }
    }

    /// Takes an own finished reading up again, while the evaluation is open.
    package func reopen(_ id: Int, by actor: Actor, at: Instant) async throws {
        try await database.write(at: at) { db in
            let held = try Self.held(id, by: actor, db)
            try held.stored.requireEvaluating(at: at)
            guard held.reading.state == .done else { throw ReadingRefusal.state(held.reading.state) }
            try db.execute(
                "UPDATE reading SET state = 'begun', ended_at = NULL, version = version + 1 WHERE id = \(id)")
            try Audit.note("reopen", "reading", String(id), by: actor, db)
        }
    }

    /// Gives a reading back with its reason: the proposal needs somebody else. What was written of it no longer counts.
    package func abstain(_ id: Int, words: String, by actor: Actor, at: Instant) async throws {
        try await database.write(at: at) { db in
            let held = try Self.held(id, by: actor, db)
            try held.stored.requireEvaluating(at: at)
            guard held.reading.state.isOpen else { throw ReadingRefusal.state(held.reading.state) }
            let words = words.trimmingCharacters(in: .whitespacesAndNewlines)
            guard !words.isEmpty, words.count <= 2_000 else {
                throw ReadingRefusal.invalid([
                    Problem(
                        "alasan",
                        Phrase(
                            "Tulis mengapa Anda tidak menilai usulan ini, paling banyak 2.000 karakter.",
                            "Write why you do not read this proposal, 2,000 characters at most."))
                ])
            }
            try db.execute(
                """
                UPDATE reading SET state = 'abstained', ended_at = \(at), words = \(words), version = version + 1
                WHERE id = \(id)
                """)
            try Audit.note("abstain", "reading", String(id), by: actor, db)
        }
    }

    // MARK: what the acts share

    static func held(_ id: Int, by actor: Actor, _ db: Writer) throws -> Held {
        guard let account = actor.account else { throw ReadingRefusal.missing }
        return try held(id, by: account, try Grants.live(of: account, at: db.at, db), at: db.at, db)
    }

    /// A reading that may be written at a moment.
    private static func writing(_ id: Int, by actor: Actor, at: Instant, _ db: Writer) throws -> Held {
        let held = try held(id, by: actor, db)
        try held.stored.requireEvaluating(at: at)
        guard held.reading.state.isOpen else { throw ReadingRefusal.state(held.reading.state) }
        return held
    }

    private static func save(
        _ id: Int, _ typed: [String: SectionScore.Typed], basedOn version: Int, by actor: Actor, at: Instant,
        _ db: Writer
    ) throws -> Saved {
        let held = try writing(id, by: actor, at: at, db)
        let stored = try scores(of: id, db)
        var (problems, changed, clashes): ([Problem], [SectionScore], [ReadingRefusal.Clash]) = ([], [], [])
        for section in held.stored.edition.form(of: held.proposal.group) {
            guard let typed = typed[section.code] else { continue }
            let before = stored.first { $0.section == section.code }
            let (after, found) = SectionScore.taken(typed, section.code, over: before)
            problems += found
            guard after.value != before?.value || after.words != before?.words else { continue }
            if let before, before.version > version {
                // What this window did not touch is the other's.
                if typed.isUntouched { continue }
                clashes.append(.init(section: section.code, value: before.value, words: before.words))
            }
            changed.append(after)
        }
        guard clashes.isEmpty else {
            throw ReadingRefusal.changedMeanwhile(clashes, version: held.reading.version)
        }
        guard !changed.isEmpty else { return Saved(version: held.reading.version, problems: problems) }
        let next = held.reading.version + 1
        for score in changed {
            try db.execute(
                """
                INSERT INTO score (reading, section, value, words, version, at)
                VALUES (\(id), \(score.section), \(score.value), \(score.words), \(next), \(at))
                ON CONFLICT (reading, section) DO UPDATE SET value = excluded.value, words = excluded.words,
                    cleared = NULL, version = excluded.version, at = excluded.at
                """)
        }
        try db.execute(
            """
            UPDATE reading SET state = 'begun', version = \(next), opened_at = COALESCE(opened_at, \(at))
            WHERE id = \(id)
            """)
        return Saved(version: next, problems: problems)
    }
}

import Database
import Kernel
import People

/// The stored scores of panels, one for each part of a presentation with a comment, by each panelist alone.
package struct PanelScores: Sendable {
    let database: Database

    package init(_ database: Database) { self.database = database }

    /// Longest comment, in characters.
    static let longestWords = 10_000

    /// Every score of an edition's panel, by proposal, panelist and part.
    package static func all(in edition: Int, _ db: Reader) throws -> [PanelScore] {
        try db.rows(
            """
            SELECT c.proposal, c.evaluator, c.part, c.value FROM panel_score c JOIN proposal p ON p.id = c.proposal
            WHERE p.edition = \(edition) AND c.value IS NOT NULL ORDER BY c.proposal, c.evaluator, c.part
            """
        ) {
            PanelScore(
                proposal: try $0.int("proposal"), evaluator: try $0.int("evaluator"), part: try $0.text("part"),
                value: try $0.int("value"))
        }
    }

    /// Where an edition's finalists stand by their panels' scores. Sheets of panelists who were removed count as they
    /// were given.
    package static func standing(of stored: Editions.Stored, _ db: Reader) throws -> PanelStanding {
        PanelStanding.make(
            try all(in: stored.id, db), proposals: try Finalists.of(stored.id, db).map(\.proposal), in: stored.edition)
    }

    // MARK: one panelist's sheet

    /// What one panelist wrote about one part.
    struct Entry: Sendable, Hashable {
        let value: Int?
        let words: String
    }

    /// One panelist's page of a presentation.
    struct Sheet: Sendable {
        let slot: Slot
        let stored: Editions.Stored
        let proposal: Proposal
        /// By part.
        let entries: [String: Entry]
        /// The moment of the last save in milliseconds, which the next save names; 0 before the first.
        let version: Int
        /// Why nothing can be scored now; nil while it can.
        let wall: PanelRefusal?

        var savedAt: Instant? { version == 0 ? nil : Instant(milliseconds: Int64(version)) }
    }

    /// Throws as `PanelSeats.seat` does.
    func sheet(_ id: Int, for person: Person, at: Instant) async throws -> Sheet {
        try await database.read { db in
            guard let slot = try Slots.read("s.id = \(id)", db).first else { throw PanelRefusal.missing }
            let own = try PanelSeats.seat(in: slot, account: person.account, person.grants, db)
            return try Self.sheet(slot, own, at: at, db)
        }
    }

    private static func sheet(_ slot: Slot, _ own: Evaluator, at: Instant, _ db: Reader) throws -> Sheet {
        let stored = try Editions.found(slot.edition, db)
        let rows = try db.rows(
            """
            SELECT part, value, words, at FROM panel_score WHERE proposal = \(slot.proposal) AND evaluator = \(own.id)
            """
        ) {
            (
                part: try $0.text("part"),
                entry: Entry(value: try $0.intOrNil("value"), words: try $0.textOrNil("words") ?? ""),
                at: try $0.int("at")
            )
        }
        return Sheet(
            slot: slot, stored: stored, proposal: try Proposals.load(slot.proposal, at: at, db),
            entries: Dictionary(rows.map { ($0.part, $0.entry) }) { first, _ in first },
            version: rows.map(\.at).max() ?? 0, wall: stored.edition.wall(.presentation, at: at))
    }

    /// Stores what a panelist typed, part by part; a part left empty is taken back. Values are 0 to 100.
    ///
    /// Throws `overtaken` when the same panelist saved something else meanwhile on another device, `early` and `late`
    /// outside the stage, and as `PanelSeats.seat`.
    ///
    /// - Parameter typed: by part; parts that the edition does not have are passed over.
    /// - Returns: the version for the next save, and what was not taken and why.
    func save(
        _ id: Int, _ typed: [String: (value: String, words: String)], basedOn version: Int, by actor: Actor, at: Instant
    ) async throws -> Proposals.Saved {
        try await database.write(at: at) { db in
            guard let slot = try Slots.read("s.id = \(id)", db).first else { throw PanelRefusal.missing }
            let own = try PanelSeats.seat(in: slot, by: actor, db)
            let sheet = try Self.sheet(slot, own, at: at, db)
            if let wall = sheet.wall { throw wall }
            var (problems, changed): ([Problem], [(String, Entry)]) = ([], [])
            for part in sheet.stored.edition.presentation {
                guard let (value, words) = typed[part.code] else { continue }
                let was = sheet.entries[part.code] ?? Entry(value: nil, words: "")
                let text = words.replacing("\r\n", with: "\n")
                var number = was.value
                if value.isEmpty {
                    number = nil
                } else if let read = Int(value), (0...100).contains(read) {
                    number = read
                } else {
                    problems.append(Problem("nilai." + part.code, Self.range))
                }
                guard text.count <= Self.longestWords else {
                    problems.append(Problem("catatan." + part.code, Self.shorter))
                    continue
                }
                let now = Entry(value: number, words: text)
                if now != was { changed.append((part.code, now)) }
            }
            guard !changed.isEmpty else { return Proposals.Saved(version: sheet.version, problems: problems) }
            guard sheet.version == version else { throw PanelRefusal.overtaken(version: sheet.version) }
            // Two saves within a millisecond are still two versions.
            let next = max(Int(at.milliseconds), sheet.version + 1)
            for (part, entry) in changed {
                let words: String? = entry.words.isEmpty ? nil : entry.words
                try db.execute(
                    """
                    INSERT INTO panel_score (proposal, evaluator, part, value, words, at)
                    VALUES (\(slot.proposal), \(own.id), \(part), \(entry.value), \(words), \(next))
                    ON CONFLICT (proposal, evaluator, part) DO UPDATE SET value = excluded.value,
                        words = excluded.words, at = excluded.at
                    """)
            }
            // Writing comments is one long act; each change of a score is told, without the score.
            let scored = changed.filter { $0.1.value != sheet.entries[$0.0]?.value }.map(\.0)
            if !scored.isEmpty {
                try Audit.note(
                    "panel-score", "slot", String(id), [("parts", scored.joined(separator: ","))], by: actor, db)
            }
            return Proposals.Saved(version: next, problems: problems)
        }
    }

    private static let range = Phrase("Tulis angka 0 sampai 100.", "Write a number from 0 to 100.")
    private static let shorter = Phrase("Paling banyak 10.000 karakter.", "10,000 characters at most.")
}

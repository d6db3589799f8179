import Database
import Kernel
import People

// Sittings as pages show them.
extension Sittings {
    /// A proposal before a sitting.
    package struct Item: Sendable, Hashable {
        package let candidate: Selection.Candidate
        package let title: String
        package let institution: String
    }

    package struct Signature: Sendable, Hashable {
        package let name: String
        package let office: String
        package let at: Instant
        package let isTrue: Bool
    }

    /// One sitting with all that its page shows.
    package struct Sheet: Sendable {
        package let stored: Editions.Stored
        package let sitting: Sitting
        package let advice: Advice
        package let items: [Item]
        package let decisions: [Int: Decision]
        package let suggestion: SelectionSuggestion?
        /// What closing would refuse: what is missing, and which published constraints the choice breaks.
        package let unready: [Phrase]
        package let broken: [Phrase]
        /// The edition's evaluators and panelists, and the proposals that each must leave for.
        package let seats: [Evaluator]
        package let leavings: [Int: Set<Int>]
        package let signatures: [Signature]
        /// Whether the stored minutes still have the hash that they closed with; nil while open.
        package let isIntact: Bool?
        /// Proposals of the reader's own institution: their figures are not shown.
        package let hidden: Set<Int>
    }

    /// An edition's sittings for its organiser, the latest first, with how many signed.
    package func list(
        in code: String, for person: Person
    ) async throws -> (stored: Editions.Stored, sittings: [(sitting: Sitting, signatures: Int)]) {
        try await database.read { db in
            let stored = try Editions.organised(code, for: person, db)
            var signatures: [Int: Int] = [:]
            try db.each(
                """
                SELECT g.sitting, COUNT(*) AS n FROM sitting_signature g JOIN sitting s ON s.id = g.sitting
                WHERE s.edition = \(stored.id) GROUP BY g.sitting
                """
            ) { signatures[try $0.int("sitting")] = try $0.int("n") }
            return (stored, try Self.read("edition = \(stored.id)", db).map { ($0, signatures[$0.id] ?? 0) })
        }
    }

    /// The people one may name as present at a new sitting, with what each must leave for.
    package func seats(in code: String, for person: Person) async throws -> (
        Editions.Stored, [Evaluator], [Int: Set<Int>]
    ) {
        try await database.read { db in
            let stored = try Editions.organised(code, for: person, db)
            return (stored, try Self.seats(stored.id, [], db), try Advices.leavings(stored.id, db))
        }
    }

    /// One sitting for the organiser; throws `missing`.
    package func sheet(_ id: Int, in code: String, for person: Person, at: Instant) async throws -> Sheet {
        try await database.read { db in
            let stored = try Editions.organised(code, for: person, db)
            guard let sitting = try Self.read("id = \(id) AND edition = \(stored.id)", db).first else {
                throw SittingRefusal.missing
            }
            let own = try Conflicts.walled(from: person.grants, in: stored.id, db)
            let sheet = try sheet(sitting, stored, at: at, db) { own.contains($0.proposal) }
            // Closed minutes show nothing of what one's own institution proposed; open ones only no figures of it.
            return sitting.closedAt == nil ? sheet : sheet.without(sheet.hidden)
        }
    }

    /// A closed sitting for somebody who attended it, without the proposals that they left for; throws `missing`.
    package func attended(_ id: Int, for person: Person, at: Instant) async throws -> Sheet {
        try await database.read { db in
            guard let sitting = try Self.read("id = \(id) AND closed_at IS NOT NULL", db).first,
                let seat = sitting.attendance.first(where: { $0.account == person.account })
            else { throw SittingRefusal.missing }
            let stored = try Editions.found(sitting.edition, db)
            guard try PanelSeats.held(person.account, person.grants, db).contains(where: { $0.edition == stored.id })
            else { throw SittingRefusal.missing }
            // Conflicts that came up after the sitting hide as those that were minuted.
            let left = Set(seat.left).union(
                try seat.evaluator.flatMap { try Advices.leavings(stored.id, db)[$0] } ?? [])
            let sheet = try sheet(sitting, stored, at: at, db) { left.contains($0.proposal) }
            return sheet.without(sheet.hidden)
        }
    }

    private func sheet(
        _ sitting: Sitting, _ stored: Editions.Stored, at: Instant, _ db: Reader,
        hides: (Selection.Candidate) -> Bool
    ) throws -> Sheet {
        let decisions = try Decisions.read(sitting.id, db)
        var candidates = try Advices.candidates(sitting.subject, in: stored, db)
        if sitting.closedAt != nil {
            // What it decided stays to be read, whatever became of the proposals since.
            let known = Set(decisions.map(\.proposal))
            candidates = try Advices.candidates(.other, in: stored, db).filter { known.contains($0.proposal) }
        }
        let names = try Self.names(Set(candidates.map(\.proposal)).union(decisions.map(\.proposal)).sorted(), db)
        let isOpen = sitting.closedAt == nil
        let signatures = try db.rows(
            "SELECT name, office, digest, at FROM sitting_signature WHERE sitting = \(sitting.id) ORDER BY at, account"
        ) {
            Signature(
                name: try $0.text("name"), office: try $0.text("office"), at: try $0.instant("at"),
                isTrue: try $0.text("digest") == sitting.digest)
        }
        return Sheet(
            stored: stored, sitting: sitting, advice: try Advice(json: sitting.tabled),
            items: candidates.map {
                Item(
                    candidate: $0, title: names[$0.proposal]?.title ?? "",
                    institution: names[$0.proposal]?.institution ?? "")
            },
            decisions: Dictionary(decisions.map { ($0.proposal, $0) }) { first, _ in first },
            suggestion: isOpen ? try Self.suggestion(sitting, stored.edition, candidates) : nil,
            unready: isOpen ? try Self.unready(sitting, decisions, stored, at: at, db) : [],
            broken: isOpen ? try Self.broken(sitting, decisions, stored, db) : [],
            seats: try Self.seats(stored.id, sitting.attendance.compactMap(\.evaluator), db),
            leavings: try Advices.leavings(stored.id, db), signatures: signatures,
            isIntact: isOpen
                ? nil : try Minutes(sitting, edition: stored.code, decisions).digest() == sitting.digest,
            hidden: Set(candidates.filter(hides).map(\.proposal)))
    }

    /// Those who may be named: who has a seat now, and who was named before.
    private static func seats(_ edition: Int, _ named: [Int], _ db: Reader) throws -> [Evaluator] {
        try Evaluators.read("v.edition = \(edition) AND (v.removed_at IS NULL OR v.id IN \(named))", db)
    }

    /// The titles and institutions of proposals, by number.
    static func names(_ proposals: [Int], _ db: Reader) throws -> [Int: (title: String, institution: String)] {
        var names: [Int: (title: String, institution: String)] = [:]
        try db.each(
            """
            SELECT p.id, p.title, i.name FROM proposal p JOIN institution i ON i.code = p.institution
            WHERE p.id IN \(proposals)
            """
        ) { names[try $0.int("id")] = (try $0.text("title"), try $0.text("name")) }
        return names
    }
}

extension Sittings.Sheet {
    /// The same as if some proposals had not been before it.
    func without(_ proposals: Set<Int>) -> Sittings.Sheet {
        var advice = advice
        advice.lines.removeAll { proposals.contains($0.proposal) }
        return Sittings.Sheet(
            stored: stored, sitting: sitting, advice: advice,
            items: items.filter { !proposals.contains($0.candidate.proposal) },
            decisions: decisions.filter { !proposals.contains($0.key) }, suggestion: suggestion, unready: unready,
            broken: broken, seats: seats, leavings: leavings, signatures: signatures, isIntact: isIntact, hidden: [])
    }
}

extension Sittings {
    /// The closed sittings that somebody attended, the latest first, with whether they signed.
    package func attended(by person: Person) async throws -> [(sitting: Sitting, edition: Phrase, isSigned: Bool)] {
        try await database.read { db in
            let editions = try db.rows(
                """
                SELECT DISTINCT v.edition FROM evaluator v WHERE v.account = \(person.account) ORDER BY v.edition
                """
            ) { try $0.int("edition") }
            let signed = Set(
                try db.rows("SELECT sitting FROM sitting_signature WHERE account = \(person.account)") {
                    try $0.int("sitting")
                })
            return try Self.read("closed_at IS NOT NULL AND edition IN \(editions)", db).filter { sitting in
                sitting.attendance.contains { $0.account == person.account }
            }.map { ($0, try Editions.found($0.edition, db).edition.name, signed.contains($0.id)) }
        }
    }
}

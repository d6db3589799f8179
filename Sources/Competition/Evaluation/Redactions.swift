import Database
import Directory
import Foundation
import Institutions
import Kernel
import People

/// The stored redactions of a blind edition: what the secretariat confirmed, proposal by proposal.
package struct Redactions: Sendable {
    private let database: Database

    package init(_ database: Database) { self.database = database }

    /// A proposal of a blind edition, for those who hide its names.
    package struct Sheet: Sendable {
        package let stored: Editions.Stored
        package let proposal: Proposal
        /// What was confirmed; nil before.
        package let confirmed: Redaction?
        /// What the page offers: the confirmed, or what is proposed.
        package let offered: Redaction
        /// The words that were looked for.
        package let names: [String]
    }

    package struct Line: Sendable, Hashable {
        package let proposal: Int
        package let title: String
        package let institution: String
        package let confirmedAt: Instant?
    }

    /// The proposals that are evaluated, those not confirmed first; without those of the person's own institution.
    package func all(in code: String, for person: Person, at: Instant) async throws -> (Editions.Stored, [Line]) {
        try await database.read { db in
            let stored = try Self.blind(try Editions.organised(code, for: person, db))
            let own = try Conflicts.walled(from: person.grants, in: stored.id, db)
            let lines = try db.rows(
                """
                SELECT p.id, p.title, p.institution, x.at FROM proposal p LEFT JOIN redaction x ON x.proposal = p.id
                WHERE p.edition = \(stored.id) AND p.state = 'passed'
                ORDER BY CASE WHEN x.at IS NULL THEN 0 ELSE 1 END, p.id
                """
            ) {
                Line(
                    proposal: try $0.int("id"), title: try $0.text("title"), institution: try $0.text("institution"),
                    confirmedAt: try $0.instantOrNil("at"))
            }
            return (stored, lines.filter { !own.contains($0.proposal) })
        }
    }

    /// One proposal with what is proposed for it.
    ///
    /// - Parameter places: further names of institutions and regions near its own.
    package func sheet(
        _ id: Int, in code: String, for person: Person, at: Instant, places: (String) -> [String]
    ) async throws -> Sheet {
        let (stored, proposal, confirmed, own) = try await database.read { db in
            let stored = try Self.blind(try Editions.organised(code, for: person, db))
            let proposal = try Self.proposal(id, in: stored, at: at, db)
            guard !OwnProposal.isOf(proposal, person.grants) else { throw ReadingRefusal.missing }
            return (stored, proposal, try Self.confirmed(of: id, db), try Self.names(of: proposal, at: at, db))
        }
        let names = Set(own + places(proposal.institution)).sorted()
        return Sheet(
            stored: stored, proposal: proposal, confirmed: confirmed,
            offered: confirmed ?? Redaction.proposed(for: proposal.content, hiding: names), names: names)
    }

    /// Confirms how a proposal is shown to evaluators; from now on it opens to them.
    package func confirm(
        _ id: Int, in code: String, texts: [String: String], documents: [String], by actor: Actor, at: Instant
    ) async throws {
        try await database.write(at: at) { db in
            let stored = try Self.blind(try Editions.organised(code, by: actor, db))
            let proposal = try Self.proposal(id, in: stored, at: at, db)
            try OwnProposal.require(id, by: actor, db)
            var kept = proposal.content.filter { !Self.isShown($0.key) }
            kept[Proposal.originalField] = nil
            for (field, text) in texts where Self.isShown(field) && proposal.content[field] != nil {
                kept[field] = text.replacing("\r\n", with: "\n").trimmingCharacters(in: .whitespacesAndNewlines)
            }
            let known = Set(proposal.documents.map(\.code))
            let redaction = Redaction(texts: kept, documents: documents.filter(known.contains).sorted())
            try db.execute(
                """
                INSERT INTO redaction (proposal, content, at, by_account)
                VALUES (\(id), \(try Proposals.json(redaction)), \(at), \(actor.account ?? 0))
                ON CONFLICT (proposal) DO UPDATE SET content = excluded.content, at = excluded.at,
                    by_account = excluded.by_account
                """)
            try Audit.note("redact", "proposal", String(id), by: actor, db)
        }
    }

    static func confirmed(of proposal: Int, _ db: Reader) throws -> Redaction? {
        try db.first("SELECT content FROM redaction WHERE proposal = \(proposal)").map {
            try Redaction(json: try $0.text("content"))
        }
    }

    static func isShown(_ field: String) -> Bool { field == Proposal.titleField || field.hasPrefix("bagian.") }

    private static func blind(_ stored: Editions.Stored) throws -> Editions.Stored {
        guard stored.edition.isBlind else { throw ReadingRefusal.missing }
        return stored
    }

    private static func proposal(
        _ id: Int, in stored: Editions.Stored, at: Instant, _ db: Reader
    ) throws -> Proposal {
        let proposal = try Proposals.load(id, at: at, db)
        guard proposal.edition == stored.id, proposal.state == .passed else { throw ReadingRefusal.missing }
        return proposal
    }

    /// Names that give a proposal away: of its institution and those before and after it, its unit, and its people.
    private static func names(of proposal: Proposal, at: Instant, _ db: Reader) throws -> [String] {
        let family = try Successors.read(at: at, db).family(of: proposal.institution)
        var names = try db.rows("SELECT name FROM institution WHERE code IN \(family)") { try $0.text("name") }
        names += try db.rows("SELECT name FROM institution_name WHERE institution IN \(family)") { try $0.text("name") }
        if let unit = proposal.unitName { names.append(unit) }
        let people = try db.rows(
            """
            SELECT DISTINCT a.name FROM account a JOIN role_grant g ON g.account = a.id
            WHERE g.institution IN \(family) AND a.name IS NOT NULL
            """
        ) { try $0.text("name") }
        let root = try Innovations.root(of: proposal.innovation, db)
        let record = try db.first(
            """
            SELECT r.content FROM innovation i JOIN revision r ON r.innovation = i.id AND r.number = i.revision
            WHERE i.id = \(root)
            """
        ).map { try Innovation(json: try $0.text("content")) }
        names += [record?.institutionAsGiven, record?.unit, record?.regionAsGiven].compactMap(\.self)
        return names + people.filter { $0.count > 3 }
    }
}

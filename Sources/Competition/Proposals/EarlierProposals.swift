import Database
import Directory
import Institutions
import Kernel
import People

/// What became of an innovation in earlier editions, and what it has become since.
extension Proposals {
    /// An earlier proposal beside a later one of the same agency.
    package struct Since: Sendable {
        package let proposal: Proposal
        package let earlier: EarlierProposal
        /// Nil when the record left the directory.
        package let development: Development?
    }

    /// For the people of both; throws `missing` for everybody else.
    package func since(_ earlier: Int, of id: Int, for person: Person, at: Instant) async throws -> Since {
        try await database.read { db in
            let proposal = try Self.load(id, at: at, db)
            if let refusal = proposal.mayRead(person.grants) { throw refusal }
            guard let found = try Self.earlier(than: proposal, at: at, db).first(where: { $0.id == earlier }) else {
                throw ProposalRefusal.missing(earlier)
            }
            return Since(proposal: proposal, earlier: found, development: try Self.development(proposal, found, db))
        }
    }

    /// What was sent before for the same record or one merged with it, by the same institution or what it took the place
    /// of; the latest first.
    static func earlier(than proposal: Proposal, at: Instant, _ db: Reader) throws -> [EarlierProposal] {
        let members = try Innovations.members(of: proposal.innovation, db)
        let family = try Successors.read(at: at, db).family(of: proposal.institution)
        let rows = try db.rows(
            """
            SELECT p.id, p.edition, p.title, p.state, p.reason, p.submitted_at, p.innovation, p.revision FROM proposal p
            WHERE p.innovation IN \(members) AND p.institution IN \(family) AND p.edition <> \(proposal.edition)
                AND p.id < \(proposal.id) AND p.state IN \(Proposal.State.sent) ORDER BY p.submitted_at DESC, p.id DESC
            """)
        return try rows.map { row in
            let stored = try Editions.found(try row.int("edition"), db)
            let shows = [EditionSight.What.scores, .standing].contains {
                stored.edition.shows($0, to: .proposer, at: at)
            }
            return EarlierProposal(
                id: try row.int("id"), editionCode: stored.code, edition: stored.edition.name,
                title: try row.text("title"), state: try row.choice("state"), reason: try row.textOrNil("reason"),
                submittedAt: try row.instant("submitted_at"), innovation: try row.int("innovation"),
                revision: try row.int("revision"), showsFeedback: shows)
        }
    }

    private static func development(
        _ proposal: Proposal, _ earlier: EarlierProposal, _ db: Reader
    ) throws -> Development? {
        let root = try Innovations.root(of: proposal.innovation, db)
        let then = try db.first(
            "SELECT content FROM revision WHERE innovation = \(earlier.innovation) AND number = \(earlier.revision)")
        let now = try db.first(
            """
            SELECT r.content, i.validated_at, i.validated_by FROM innovation i
            JOIN revision r ON r.innovation = i.id AND r.number = i.revision
            WHERE i.id = \(root) AND i.state = 'published'
            """)
        guard let then, let now else { return nil }
        let validated: (by: String, at: Instant)? = try now.instantOrNil("validated_at").map {
            (try now.textOrNil("validated_by") ?? "", $0)
        }
        return Development(
            from: try Innovation(json: try then.text("content")), to: try Innovation(json: try now.text("content")),
            since: earlier.submittedAt, validated: validated)
    }
}

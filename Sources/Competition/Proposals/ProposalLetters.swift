import Database
import Directory
import Institutions
import Kernel
import People

/// What the letters that go with a proposal are filled in with.
extension Proposals {
    /// For those who write the proposal; throws `missing`, and `unknownDocument` for a letter that it cannot need.
    package func letter(
        _ kind: ProposalLetter.Kind, of id: Int, for person: Person, at: Instant
    ) async throws -> ProposalLetter {
        try await database.read { db in
            let proposal = try Self.load(id, at: at, db)
            if let refusal = proposal.mayRead(person.grants) { throw refusal }
            let edition = try Editions.found(proposal.edition, db).edition
            guard ProposalLetter.Kind.offered(proposal, in: edition).contains(kind) else {
                throw ProposalRefusal.unknownDocument(kind.rawValue)
            }
            let root = try Innovations.root(of: proposal.innovation, db)
            let record = try db.first(
                """
                SELECT r.content FROM innovation i JOIN revision r ON r.innovation = i.id AND r.number = i.revision
                WHERE i.id = \(root)
                """
            ).map { try Innovation(json: try $0.text("content")) }
            return ProposalLetter(
                kind: kind, proposal: id, title: proposal.title, innovation: root,
                institution: try Self.name(of: proposal.institution, db), unit: proposal.unitName ?? record?.unit,
                edition: edition.name.indonesian, organiser: try Self.name(of: edition.organiser, db),
                group: edition.groups.first { $0.code == proposal.group }?.name.indonesian,
                category: edition.categories.first { $0.code == proposal.category }?.name.indonesian,
                documents: edition.documents(of: proposal.group).map(\.name.indonesian),
                yearOfStart: record?.yearOfStart,
                original: try proposal.original.flatMap { try Self.original($0, db) })
        }
    }

    private static func original(_ innovation: Int, _ db: Reader) throws -> ProposalLetter.Original? {
        try db.first(
            """
            SELECT i.id, i.title, n.name FROM innovation i LEFT JOIN institution n ON n.code = i.institution
            WHERE i.id = \(innovation) AND i.state = 'published'
            """
        ).map {
            ProposalLetter.Original(
                title: try $0.text("title"), number: try $0.int("id"), institution: try $0.textOrNil("name"))
        }
    }

    private static func name(of institution: String, _ db: Reader) throws -> String {
        try db.first("SELECT name FROM institution WHERE code = \(institution)")?.text("name") ?? institution
    }
}

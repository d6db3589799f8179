import Database
import Files
import Kernel
import People

/// The files handed in with proposals: one for each document that the edition names.
extension Proposals {
    /// Puts a checked file in the place of a document; an earlier one there is replaced.
    package func attach(_ file: AdmittedFile, as code: String, to id: Int, by actor: Actor, at: Instant) async throws {
        try await database.write(at: at) { db in
            let (proposal, account, grants) = try Self.held(id, by: actor, db)
            let edition = try Self.edition(of: proposal, db).edition
            if proposal.state == .submitted {
                // Fixed, but for what the administrative check asked for.
                if let refusal = proposal.mayCure(grants, edition.zone, at: at) { throw refusal }
            } else {
                if let refusal = proposal.mayEdit(grants) { throw refusal }
                try Self.requireNotOver(edition, at: at)
            }
            guard let document = edition.documents(of: proposal.group).first(where: { $0.code == code }) else {
                throw ProposalRefusal.unknownDocument(code)
            }
            if let most = document.megabytes, file.size > most << 20 {
                throw ProposalRefusal.tooLarge(file.size, most: most)
            }
            try FileStore.record(file, db)
            try db.execute(
                """
                INSERT INTO proposal_document (proposal, code, file, name, at)
                VALUES (\(id), \(code), \(file.digest), \(file.name), \(at))
                ON CONFLICT (proposal, code) DO UPDATE SET file = excluded.file, name = excluded.name, at = excluded.at
                """)
            // The form's own version stays: a file changes none of its fields, and an open form goes on saving.
            try db.execute("UPDATE proposal SET updated_at = \(at), updated_by = \(account) WHERE id = \(id)")
            try Audit.note(
                "attach", "proposal", String(id), [("document", code), ("file", file.digest)], by: actor, db)
        }
    }

    /// A document for its proposers, and once it was submitted for those who hold the edition; throws
    /// `unknownDocument`, and `missing` for everybody else.
    package func document(
        _ code: String, of id: Int, for person: Person, at: Instant
    ) async throws -> Proposal.Document {
        let proposal: Proposal = try await database.read { db in
            let proposal = try Self.load(id, at: at, db)
            if proposal.mayRead(person.grants) == nil { return proposal }
            let stored = try Editions.read("e.id = \(proposal.edition)", db).first
            guard proposal.state.isSent, let stored, person.may(.manageEditions, at: stored.edition.organiser) else {
                throw ProposalRefusal.missing(id)
            }
            return proposal
        }
        guard let document = proposal.documents.first(where: { $0.code == code }) else {
            throw ProposalRefusal.unknownDocument(code)
        }
        return document
    }
}

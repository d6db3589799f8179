import Database
import Files
import Kernel
import People

/// Who presents for an agency: its leader in person, or somebody delegated by letter.
package struct Presenters: Sendable {
    private let database: Database

    package init(_ database: Database) { self.database = database }

    /// A proposal's presentation as its own people see it.
    struct Own: Sendable {
        let slot: Slot
        let edition: Edition
        /// The letter's name and type, where one was handed in.
        let letter: (name: String, type: String)?
    }

    /// What an agency says about who presents.
    struct Entry: Sendable {
        let name: String
        let office: String
        let isLeader: Bool
    }

    /// Throws `ProposalRefusal.missing` for others, and while nobody may know who the finalists are.
    func own(_ proposal: Int, for person: Person, at: Instant) async throws -> Own {
        try await database.read { db in try Self.own(proposal, person.grants, at: at, db) }
    }

    /// Stores who presents. Who is not the leader needs a letter: one given now, or one that is there already.
    func name(
        _ entry: Entry, letter: AdmittedFile?, of proposal: Int, by actor: Actor, at: Instant
    ) async throws {
        try await database.write(at: at) { db in
            let (_, grants) = try Proposals.doer(actor, db)
            let own = try Self.own(proposal, grants, at: at, db)
            if let refusal = own.edition.wall(.presentation, at: at), case .late = refusal { throw refusal }
            var problems: [Problem] = []
            if entry.name.isEmpty {
                problems.append(Problem("nama", Phrase("Tulis nama yang presentasi.", "Write who presents.")))
            }
            if entry.office.isEmpty {
                problems.append(Problem("jabatan", Phrase("Tulis jabatannya.", "Write their office.")))
            }
            guard problems.isEmpty else { throw PanelRefusal.invalid(problems) }
            let digest = entry.isLeader ? nil : letter?.digest ?? own.slot.presenter?.delegation
            guard entry.isLeader || digest != nil else { throw PanelRefusal.noLetter }
            if !entry.isLeader, let letter { try FileStore.record(letter, db) }
            try db.execute(
                """
                UPDATE slot SET presenter = \(entry.name), office = \(entry.office),
                    is_leader = \(entry.isLeader ? 1 : 0), delegation = \(digest) WHERE id = \(own.slot.id)
                """)
            try Audit.note(
                "name-presenter", "slot", String(own.slot.id), [("leader", entry.isLeader ? "yes" : "no")], by: actor,
                db)
        }
    }

    /// The letter of delegation for its own people, the organiser and the panelists of the presentation; throws
    /// `missing` for others.
    func letter(of slot: Int, for person: Person, at: Instant) async throws -> (digest: String, name: String) {
        try await database.read { db in
            guard let found = try Slots.read("s.id = \(slot)", db).first, let digest = found.presenter?.delegation
            else {
                throw PanelRefusal.missing
            }
            let stored = try Editions.found(found.edition, db)
            let holds = person.may(.manageEditions, at: stored.edition.organiser)
            let isOwn = (try? Self.own(found.proposal, person.grants, at: at, db)) != nil
            let sits = (try? PanelSeats.seat(in: found, account: person.account, person.grants, db)) != nil
            guard holds || isOwn || sits else { throw PanelRefusal.missing }
            return (digest, "surat-delegasi-\(found.proposal)")
        }
    }

    /// Whether it is announced as a finalist and has its hour.
    static func presents(_ proposal: Proposal, at: Instant, _ db: Reader) throws -> Bool {
        guard proposal.state == .passed,
            try Finalists.isAnnounced(proposal.id, in: proposal.edition, at: at, db)
        else { return false }
        return try db.first(
            "SELECT id FROM slot WHERE proposal = \(proposal.id) AND edition = \(proposal.edition)") != nil
    }

    private static func own(_ id: Int, _ grants: [Grant], at: Instant, _ db: Reader) throws -> Own {
        let proposal = try Proposals.load(id, at: at, db)
        if let refusal = proposal.mayRead(grants) { throw refusal }
        guard try Finalists.isAnnounced(id, in: proposal.edition, at: at, db),
            let slot = try Slots.read("s.proposal = \(id) AND s.edition = \(proposal.edition)", db).first
        else { throw ProposalRefusal.missing(id) }
        let letter = try slot.presenter?.delegation.flatMap { digest in
            try db.first("SELECT type FROM file WHERE digest = \(digest)").map {
                (name: "surat-delegasi-\(id)", type: try $0.text("type"))
            }
        }
        return Own(slot: slot, edition: try Editions.found(proposal.edition, db).edition, letter: letter)
    }
}

import Database
import Directory
import Foundation
import Institutions
import Kernel
import People

/// The stored proposals: begun from a record, saved field by field. What everyone may do is asked in each transaction,
/// and the time of each act is when its request began.
package struct Proposals: Sendable {
    let database: Database

    let notices: ProposalNotices

    /// - Parameter publicURL: scheme and host for the links in mail; without it they are paths.
    package init(_ database: Database, publicURL: String = "") {
        self.database = database
        notices = ProposalNotices(publicURL: publicURL)
    }

    /// Longest title, and longest text of a section, in characters.
    static let longestTitle = 500
    static let longestText = 100_000

    /// What saving did.
    package struct Saved: Sendable, Hashable {
        /// The proposal's version now: the basis of the next save.
        package let version: Int
        /// The fields that were not taken and why; the others were saved.
        package let problems: [Problem]
    }

    /// Begins a proposal: title and sections are filled from the record as it stands. A merged innovation stands for
    /// the record that it belongs to.
    ///
    /// - Parameter unit: one of the institution's; for a unit's own people theirs is taken, whatever is given.
    /// - Returns: its number.
    package func start(
        _ innovation: Int, in code: String, unit: Int? = nil, by actor: Actor, at: Instant
    ) async throws -> Int {
        try await database.write(at: at) { db in
            let stored = try Self.openEdition(code, db)
            try Self.requireNotOver(stored.edition, at: at)
            let members = try Innovations.members(of: innovation, db)
            guard
                let row = try db.first(
                    """
                    SELECT i.institution, i.revision, r.content FROM innovation i
                    JOIN revision r ON r.innovation = i.id AND r.number = i.revision
                    WHERE i.id = \(members[0]) AND i.state = 'published'
                    """)
            else { throw ProposalRefusal.noRecord(innovation) }
            guard let institution = try row.textOrNil("institution") else { throw ProposalRefusal.noInstitution }
            let offices = try Successors.read(at: at, db).offices(of: institution)
            let (account, grants) = try Self.doer(actor, db)
            let unit = try Self.unit(grants, offices: offices, asked: unit, db)
            if let other = try Self.live(members, in: stored.id, db).first { throw ProposalRefusal.already(other) }
            let id = try db.nextID("proposal")
            let content = Self.filled(stored.edition, from: try Innovation(json: try row.text("content")))
            try db.insert(
                "proposal",
                [
                    "id", "edition", "innovation", "revision", "institution", "unit", "state", "title", "title_key",
                    "group_code", "content", "version", "created_at", "created_by", "updated_at", "updated_by",
                ],
                [
                    [
                        id.sqlValue, stored.id.sqlValue, members[0].sqlValue, try row.int("revision").sqlValue,
                        institution.sqlValue, unit.sqlValue, Proposal.State.draft.sqlValue,
                        (content[Proposal.titleField] ?? "").sqlValue,
                        Proposal.key(content[Proposal.titleField] ?? "").sqlValue,
                        content[Proposal.groupField].sqlValue, try Self.json(content).sqlValue, 1.sqlValue,
                        at.sqlValue, account.sqlValue, at.sqlValue, account.sqlValue,
                    ]
                ])
            try Audit.note(
                "start", "proposal", String(id), [("edition", code), ("innovation", String(members[0]))], by: actor, db)
            return id
        }
    }

    /// Saves the fields that a person changed, as typed; empty text clears one.
    ///
    /// Two people who changed different fields both win. Throws `ProposalRefusal.changedMeanwhile` with both values, and
    /// saves nothing, when somebody else changed one of these fields after `version` to something else.
    package func save(
        _ id: Int, _ fields: [String: String], basedOn version: Int, by actor: Actor, at: Instant
    ) async throws -> Saved {
        try await database.write(at: at) { db in
            let (proposal, account, grants) = try Self.held(id, by: actor, db)
            if let refusal = proposal.mayEdit(grants) { throw refusal }
            let edition = try Self.edition(of: proposal, db).edition
            try Self.requireNotOver(edition, at: at)
            var content = proposal.content
            let problems = try Self.set(fields, of: &content, proposal, edition, db)
            let changed = Set(fields.keys).filter { content[$0] != proposal.content[$0] }
            guard !changed.isEmpty else { return Saved(version: proposal.version, problems: problems) }
            let newer = Set(
                try db.rows("SELECT field FROM proposal_field WHERE proposal = \(id) AND version > \(version)") {
                    try $0.text("field")
                })
            let clashes = changed.intersection(newer).sorted()
            guard clashes.isEmpty else {
                throw ProposalRefusal.changedMeanwhile(
                    clashes.map { .init(field: $0, mine: content[$0] ?? "", theirs: proposal.content[$0] ?? "") },
                    version: proposal.version)
            }
            let next = proposal.version + 1
            try db.execute(
                """
                UPDATE proposal SET content = \(try Self.json(content)), version = \(next),
                    title = \(content[Proposal.titleField] ?? ""),
                    title_key = \(Proposal.key(content[Proposal.titleField] ?? "")),
                    group_code = \(content[Proposal.groupField]), category = \(content[Proposal.categoryField]),
                    updated_at = \(at), updated_by = \(account) WHERE id = \(id)
                """)
            for field in changed.sorted() {
                try db.execute(
                    """
                    INSERT INTO proposal_field (proposal, field, version) VALUES (\(id), \(field), \(next))
                    ON CONFLICT (proposal, field) DO UPDATE SET version = excluded.version
                    """)
            }
            // Writing a draft is one long act; what the agency corrects in its unit's proposal is told each time.
            if proposal.state == .registered {
                let fields = changed.sorted().joined(separator: ",")
                try Audit.note("correct", "proposal", String(id), [("fields", fields)], by: actor, db)
            }
            return Saved(version: next, problems: problems)
        }
    }

    // MARK: what the acts share

    /// One proposal as it is stored, with the offices that hold it at a moment; throws `missing`.
    static func load(_ id: Int, at: Instant, _ db: Reader) throws -> Proposal {
        guard
            let row = try db.first(
                """
                SELECT p.id, p.edition, e.code, p.innovation, p.revision, p.institution, p.unit, u.name AS unit_name,
                    p.state, p.content, p.version, p.priority, p.remark, p.updated_at, p.submitted_at, p.verdicts,
                    p.reason, p.cure_asked, p.cure_until, p.cure_answer, p.cured_at
                FROM proposal p JOIN edition e ON e.id = p.edition LEFT JOIN unit u ON u.id = p.unit
                WHERE p.id = \(id)
                """)
        else { throw ProposalRefusal.missing(id) }
        let documents = try db.rows(
            """
            SELECT d.code, d.file, d.name, d.at, f.type, f.size FROM proposal_document d JOIN file f ON f.digest = d.file
            WHERE d.proposal = \(id) ORDER BY d.code
            """
        ) {
            Proposal.Document(
                code: try $0.text("code"), digest: try $0.text("file"), name: try $0.text("name"),
                type: try $0.text("type"), size: try $0.int("size"), at: try $0.instant("at"))
        }
        let institution = try row.text("institution")
        return Proposal(
            id: id, edition: try row.int("edition"), editionCode: try row.text("code"),
            innovation: try row.int("innovation"), revision: try row.int("revision"), institution: institution,
            unit: try row.intOrNil("unit"), unitName: try row.textOrNil("unit_name"), state: try row.choice("state"),
            content: try Self.decoded([String: String].self, try row.text("content")),
            version: try row.int("version"), priority: try row.intOrNil("priority"),
            remark: try row.textOrNil("remark"), updatedAt: try row.instant("updated_at"),
            submittedAt: try row.instantOrNil("submitted_at"),
            verdicts: try row.textOrNil("verdicts").map { try Self.decoded([Verdict].self, $0) },
            reason: try row.textOrNil("reason"), cure: try cure(row), documents: documents,
            offices: try Successors.read(at: at, db).offices(of: institution))
    }

    private static func cure(_ row: Row) throws -> Proposal.Cure? {
        guard let asked = try row.textOrNil("cure_asked") else { return nil }
        return Proposal.Cure(
            asked: asked, until: try row.instant("cure_until"), answer: try row.textOrNil("cure_answer"),
            endedAt: try row.instantOrNil("cured_at"))
    }

    /// A proposal with the account that acts on it and what it holds at this moment.
    static func held(_ id: Int, by actor: Actor, _ db: Writer) throws -> (Proposal, account: Int, grants: [Grant]) {
        let (account, grants) = try doer(actor, db)
        let proposal = try load(id, at: db.at, db)
        if let refusal = proposal.mayRead(grants) { throw refusal }
        return (proposal, account, grants)
    }

    static func doer(_ actor: Actor, _ db: Writer) throws -> (account: Int, grants: [Grant]) {
        guard let account = actor.account else { throw ProposalRefusal.notYours }
        return (account, try Grants.live(of: account, at: db.at, db))
    }

    static func edition(of proposal: Proposal, _ db: Reader) throws -> Editions.Stored {
        try openEdition(proposal.editionCode, db)
    }

    /// An edition that takes proposals; throws `notOpen`.
    static func openEdition(_ code: String, _ db: Reader) throws -> Editions.Stored {
        guard let stored = try Editions.read("e.code = \(code)", db).first, stored.state == .open,
            stored.edition.programme == .competition
        else { throw ProposalRefusal.notOpen(code) }
        return stored
    }

    /// Throws `late` when an act that began at a moment began after the close of registration.
    static func requireNotOver(_ edition: Edition, at began: Instant) throws {
        guard let closes = edition.stage(.registration)?.closes, began >= closes else { return }
        throw ProposalRefusal.late(ProposalDeadline(closes: closes, zone: edition.zone))
    }

    /// The live proposals for a record in an edition, whichever of its ids they were made for.
    static func live(_ members: [Int], in edition: Int, _ db: Reader) throws -> [Int] {
        try db.rows(
            """
            SELECT id FROM proposal WHERE edition = \(edition) AND innovation IN \(members)
                AND state IN \(Proposal.State.live) ORDER BY id
            """
        ) { try $0.int("id") }
    }

    static func json(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    static func decoded<T: Decodable>(_ type: T.Type, _ json: String) throws -> T {
        try JSONDecoder().decode(type, from: Data(json.utf8))
    }
}

extension Proposals {
    /// The form as a record fills it: every group's sections, so that a change of group loses nothing.
    private static func filled(_ edition: Edition, from record: Innovation) -> [String: String] {
        var content = [Proposal.titleField: record.title]
        if edition.groups.count == 1 { content[Proposal.groupField] = edition.groups[0].code }
        for section in edition.sections {
            guard let text = section.fills.flatMap(Innovation.Section.init(rawValue:)).flatMap({ record.texts[$0] })
            else { continue }
            content[Proposal.field(section)] = text
        }
        return content
    }

    /// Takes typed fields over; returns what is wrong with those that were not taken. Fields that the form does not
    /// have are passed over.
    private static func set(
        _ fields: [String: String], of content: inout [String: String], _ proposal: Proposal, _ edition: Edition,
        _ db: Reader
    ) throws -> [Problem] {
        let sections = Set(edition.sections.map(Proposal.field))
        var problems: [Problem] = []
        for (field, typed) in fields.sorted(by: { $0.key < $1.key }) {
            let text = typed.replacing("\r\n", with: "\n").trimmingCharacters(in: .whitespacesAndNewlines)
            let problem: Phrase? =
                switch field {
                case Proposal.titleField: title(text)
                case Proposal.groupField: choice(text, edition.groups)
                case Proposal.categoryField: choice(text, edition.categories)
                case Proposal.originalField: try original(text, proposal, db)
                default:
                    text.count <= longestText
                        ? nil : Phrase("Paling banyak 100.000 karakter.", "100,000 characters at most.")
                }
            let known = [
                Proposal.titleField, Proposal.groupField, Proposal.categoryField, Proposal.originalField,
            ]
            guard known.contains(field) || sections.contains(field) else { continue }
            if let problem {
                problems.append(Problem(field, problem))
            } else {
                content[field] = text.isEmpty ? nil : text
            }
        }
        return problems
    }

    private static func title(_ text: String) -> Phrase? {
        if text.isEmpty { return Phrase("Tulis judulnya.", "Write its title.") }
        return text.count <= longestTitle
            ? nil : Phrase("Judul paling banyak 500 karakter.", "A title has 500 characters at most.")
    }

    private static func choice(_ text: String, _ choices: [EditionChoice]) -> Phrase? {
        text.isEmpty || choices.contains { $0.code == text }
            ? nil : Phrase("Pilih salah satu dari daftar.", "Choose one of the list.")
    }

    private static func original(_ text: String, _ proposal: Proposal, _ db: Reader) throws -> Phrase? {
        guard !text.isEmpty else { return nil }
        guard let number = Int(text), number > 0,
            try db.count("SELECT COUNT(*) FROM innovation WHERE id = \(number) AND state = 'published'") == 1
        else { return Phrase("Tulis nomor inovasi yang ada di direktori.", "Write the number of a known innovation.") }
        return try Innovations.root(of: proposal.innovation, db) == number
            ? Phrase("Inovasi tidak mereplikasi dirinya sendiri.", "An innovation does not replicate itself.") : nil
    }

    /// The unit for which somebody proposes: a unit's people for their own, an admin for any that the institution has.
    private static func unit(_ grants: [Grant], offices: [String], asked: Int?, _ db: Reader) throws -> Int? {
        let writing = grants.filter { grant in
            Right.write.roles.contains(grant.role) && offices.contains { grant.reaches($0) }
        }
        guard !writing.isEmpty else { throw ProposalRefusal.notYours }
        var unit = asked
        if writing.allSatisfy({ $0.role.scope == .unit }), !writing.contains(where: { $0.unit == asked }) {
            unit = writing[0].unit
        }
        guard let unit else { return nil }
        let isOpen = try db.count(
            "SELECT COUNT(*) FROM unit WHERE id = \(unit) AND institution IN \(offices) AND closed_at IS NULL")
        guard isOpen == 1 else { throw ProposalRefusal.unknownUnit }
        return unit
    }
}

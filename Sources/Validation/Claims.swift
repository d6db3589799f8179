import Database
import Directory
import Files
import Kernel
import People

/// The stored claims and their evidence. They are written while their draft is open, and stay as they were once it is
/// published.
package struct Claims: Sendable {
    let database: Database
    /// The most claims of one draft, and the most files of one claim.
    package static let most = (claims: 60, files: 20)

    package init(_ database: Database) { self.database = database }

    /// Adds a claim; returns its number.
    package func add(_ content: ClaimContent, to draft: Int, by actor: Actor, at: Instant) async throws -> Int {
        try await database.write(at: at) { db in
            let (draft, person) = try Drafts.toEdit(draft, by: actor, db)
            guard try db.count("SELECT COUNT(*) FROM claim WHERE draft = \(draft.id)") < Self.most.claims else {
                throw ClaimRefusal.tooMany(Self.most.claims)
            }
            try Drafts.touch(draft, draft.content, by: person.account, db)
            let id = try db.nextID("claim")
            try Self.insert([(id, draft.id, nil, content.kind, content.json())], version: draft.version + 1, db)
            return id
        }
    }

    /// Changes what a claim says.
    ///
    /// - Parameter version: the draft's version that the change is based on; throws `ClaimRefusal.changedMeanwhile` when
    ///   a colleague changed the claim after it to something else.
    package func change(
        _ id: Int, to form: [String: String], basedOn version: Int, by actor: Actor, at: Instant
    ) async throws {
        try await database.write(at: at) { db in
            let (claim, draft, person) = try Self.toEdit(id, by: actor, db)
            let content = try ClaimContent(claim.kind, form: form)
            guard content != claim.content else { return }
            guard claim.version <= version else {
                throw ClaimRefusal.changedMeanwhile(theirs: claim.content, version: draft.version)
            }
            try Drafts.touch(draft, draft.content, by: person.account, db)
            try db.execute(
                """
                UPDATE claim SET content = \(content.json()), version = \(draft.version + 1), at = \(at)
                WHERE id = \(id)
                """)
        }
    }

    /// Takes a claim and its evidence out of the draft.
    package func remove(_ id: Int, by actor: Actor, at: Instant) async throws {
        try await database.write(at: at) { db in
            let (_, draft, person) = try Self.toEdit(id, by: actor, db)
            try Drafts.touch(draft, draft.content, by: person.account, db)
            try db.execute("DELETE FROM evidence WHERE claim = \(id)")
            try db.execute("DELETE FROM claim WHERE id = \(id)")
        }
    }

    /// Attaches a file that was checked and lies in its place; returns the evidence's number.
    package func attach(_ file: AdmittedFile, to claim: Int, by actor: Actor, at: Instant) async throws -> Int {
        try await database.write(at: at) { db in
            let (claim, draft, person) = try Self.toEdit(claim, by: actor, db)
            if let known = claim.evidence.first(where: { $0.digest == file.digest }) {
                throw ClaimRefusal.attached(known.name)
            }
            guard claim.evidence.count < Self.most.files else { throw ClaimRefusal.tooMany(Self.most.files) }
            try FileStore.record(file, db)
            try Drafts.touch(draft, draft.content, by: person.account, db)
            let id = try db.nextID("evidence")
            try db.insert(
                "evidence", ["id", "claim", "file", "name", "at"],
                [[id.sqlValue, claim.id.sqlValue, file.digest.sqlValue, file.name.sqlValue, at.sqlValue]])
            return id
        }
    }

    /// Whether the person may attach to this claim now, before a large file is received; throws why not.
    package func checkAttaching(to claim: Int, for person: Person, at: Instant) async throws -> ClaimKind {
        let (claim, draft) = try await database.read { db in
            let claim = try Self.load(claim, db)
            return (claim, try Drafts.load(claim.draft, at: at, db))
        }
        if let refusal = draft.mayEdit(person) { throw refusal }
        guard claim.evidence.count < Self.most.files else { throw ClaimRefusal.tooMany(Self.most.files) }
        return claim.kind
    }

    /// Takes a file off a claim; its content stays for others that refer to it.
    package func detach(_ evidence: Int, by actor: Actor, at: Instant) async throws {
        try await database.write(at: at) { db in
            guard let row = try db.first("SELECT claim FROM evidence WHERE id = \(evidence)") else {
                throw ClaimRefusal.missing(evidence)
            }
            let (_, draft, person) = try Self.toEdit(try row.int("claim"), by: actor, db)
            try Drafts.touch(draft, draft.content, by: person.account, db)
            try db.execute("DELETE FROM evidence WHERE id = \(evidence)")
        }
    }

    /// One claim for a person who may see its draft.
    package func claim(_ id: Int, for person: Person, at: Instant) async throws -> Claim {
        try await database.read { db in
            let claim = try Self.load(id, db)
            if let refusal = try Drafts.load(claim.draft, at: at, db).mayRead(person) { throw refusal }
            return claim
        }
    }

    /// A file of a draft for a person who may see that draft.
    package func evidence(_ id: Int, for person: Person, at: Instant) async throws -> Evidence {
        let claim = try await database.read { db in
            guard let row = try db.first("SELECT claim FROM evidence WHERE id = \(id)") else {
                throw ClaimRefusal.missing(id)
            }
            return try row.int("claim")
        }
        do {
            guard let found = try await self.claim(claim, for: person, at: at).evidence.first(where: { $0.id == id })
            else { throw ClaimRefusal.missing(id) }
            return found
        } catch let refusal as any Refusal where refusal.kind == .missing || refusal.kind == .forbidden {
            // The same words as for one that does not exist: that there is a draft is nobody else's to know.
            throw ClaimRefusal.missing(id)
        }
    }

    /// What the public page of an innovation shows: the claims of the draft that was published last, testimony only
    /// with consent, without files that were found infected.
    package func published(of innovation: Int) async throws -> [Claim] {
        try await database.read { db in try Self.published(of: innovation, db).filter(\.isPublic).map(\.forPublic) }
    }

    /// The record that an id belongs to now.
    func root(of innovation: Int) async throws -> Int {
        try await database.read { try Innovations.root(of: innovation, $0) }
    }

    /// A file that the public page of an innovation shows; throws `ClaimRefusal.missing` for any other.
    package func publishedEvidence(_ id: Int, of innovation: Int) async throws -> Evidence {
        guard
            let found = try await published(of: innovation).flatMap(\.evidence).first(where: { $0.id == id })
        else { throw ClaimRefusal.missing(id) }
        return found
    }
}

extension Claims {
    /// The claims of a draft in the order in which they were added, with their evidence.
    static func of(_ draft: Int, _ db: Reader) throws -> [Claim] {
        try rows(SQL("WHERE c.draft = \(draft)"), evidence: SQL("WHERE c.draft = \(draft)"), db)
    }

    static func published(of innovation: Int, _ db: Reader) throws -> [Claim] {
        try publishedDrafts(of: innovation, db).flatMap { try of($0, db) }
    }

    /// The drafts of a record and of what was merged into it that were published last; none when it was withdrawn.
    ///
    /// What was merged counts until a draft begun after the merge is published: that one took its claims along.
    private static func publishedDrafts(of innovation: Int, _ db: Reader) throws -> [Int] {
        let members = try Innovations.members(of: innovation, db)
        guard members[0] == innovation,
            try db.count("SELECT COUNT(*) FROM innovation WHERE id = \(innovation) AND state = 'published'") == 1
        else { return [] }
        var last: [Int: (draft: Int, begun: Instant)] = [:]
        try db.each(
            """
            SELECT d.innovation, v.draft, d.created_at FROM draft d JOIN validation v ON v.draft = d.id
            WHERE d.innovation IN \(members) AND v.act = 'validated' ORDER BY v.id
            """
        ) { last[try $0.int("innovation")] = (try $0.int("draft"), try $0.instant("created_at")) }
        guard members.count > 1 else { return last[innovation].map { [$0.draft] } ?? [] }
        var merges: [Int: (survivor: Int, at: Instant)] = [:]
        try db.each("SELECT innovation, survivor, at FROM merge WHERE undone_at IS NULL AND innovation IN \(members)") {
            merges[try $0.int("innovation")] = (try $0.int("survivor"), try $0.instant("at"))
        }
        return members.compactMap { member -> Int? in
            guard let draft = last[member]?.draft else { return nil }
            var here = member
            while let merge = merges[here] {
                if let later = last[merge.survivor], later.begun >= merge.at { return nil }
                here = merge.survivor
            }
            return draft
        }
    }

    /// Copies the claims and evidence of what was published last to a new draft, each naming what it is a copy of.
    static func copyPublished(of innovation: Int, to draft: Int, _ db: Writer) throws {
        let claims = try published(of: innovation, db)
        var numbers: [Int: Int] = [:]
        for claim in claims { numbers[claim.id] = try db.nextID("claim") }
        try insert(
            claims.compactMap { claim in
                numbers[claim.id].map { ($0, draft, claim.id, claim.kind, claim.content.json()) }
            }, version: 1, db)
        try db.insert(
            "evidence", ["id", "claim", "file", "name", "at"],
            try claims.flatMap(\.evidence).map {
                [
                    try db.nextID("evidence").sqlValue, numbers[$0.claim].sqlValue, $0.digest.sqlValue,
                    $0.name.sqlValue, $0.at.sqlValue,
                ]
            })
    }

    private static func insert(
        _ claims: [(id: Int, draft: Int, copyOf: Int?, kind: ClaimKind, content: String)], version: Int, _ db: Writer
    ) throws {
        try db.insert(
            "claim", ["id", "draft", "copy_of", "version", "kind", "content", "at"],
            claims.map {
                [
                    $0.id.sqlValue, $0.draft.sqlValue, $0.copyOf.sqlValue, version.sqlValue, $0.kind.sqlValue,
                    $0.content.sqlValue, db.at.sqlValue,
                ]
            })
    }

    private static func load(_ id: Int, _ db: Reader) throws -> Claim {
        guard let claim = try rows("WHERE c.id = \(id)", evidence: "WHERE c.id = \(id)", db).first else {
            throw ClaimRefusal.missing(id)
        }
        return claim
    }

    private static func toEdit(_ id: Int, by actor: Actor, _ db: Writer) throws -> (Claim, Draft, Person) {
        let claim = try load(id, db)
        let (draft, person) = try Drafts.toEdit(claim.draft, by: actor, db)
        return (claim, draft, person)
    }

    private static func rows(_ claims: SQL, evidence: SQL, _ db: Reader) throws -> [Claim] {
        var files: [Int: [Evidence]] = [:]
        try db.each(
            """
            SELECT e.id, e.claim, e.file, e.name, e.at, f.type, f.size, f.scan FROM evidence e
            JOIN claim c ON c.id = e.claim JOIN file f ON f.digest = e.file \(evidence) ORDER BY e.id
            """
        ) { row in
            let claim = try row.int("claim")
            files[claim, default: []].append(
                Evidence(
                    id: try row.int("id"), claim: claim, digest: try row.text("file"), name: try row.text("name"),
                    type: try row.text("type"), size: try row.int("size"), scan: try row.choice("scan"),
                    at: try row.instant("at")))
        }
        return try db.rows(
            "SELECT c.id, c.draft, c.copy_of, c.version, c.kind, c.content, c.at FROM claim c \(claims) ORDER BY c.id"
        ) { row in
            let id = try row.int("id")
            return Claim(
                id: id, draft: try row.int("draft"),
                content: try ClaimContent(try row.choice("kind"), json: try row.text("content")),
                version: try row.int("version"), copyOf: try row.intOrNil("copy_of"), at: try row.instant("at"),
                evidence: files[id] ?? [])
        }
    }
}

import Database
import Directory
import Kernel
import People

/// What is read of awards: one as the public sees it, an edition's, an innovation's.
extension Awards {
    /// An award as it is public at a moment.
    package struct Shown: Sendable {
        package let award: Award
        /// The serial number of the award that stands in its place; nil unless it was revoked and issued anew.
        package let successor: String?
        /// Whether the key that signed it signs no more.
        package let hasRetiredKey: Bool
        /// When its page changes by itself: the edition's next announcement.
        package let until: Instant?
    }

    /// An award that was announced by a moment; throws `AwardRefusal.unknown` for all others, whether they exist or not.
    package func show(_ serial: String, at: Instant) async throws -> Shown {
        try await database.read { db in
            guard let award = try Self.read("a.serial = \(serial)", db).first,
                try Self.isOut(award, Self.announced(in: award.edition, at: at, db))
            else { throw AwardRefusal.unknown(serial) }
            let others = try Self.read("a.edition = \(award.edition) AND a.proposal = \(award.proposal)", db)
            let out = try Self.announced(in: award.edition, at: at, db)
            let successor =
                award.isStanding ? nil : others.last { $0.isStanding && $0.at >= award.at && Self.isOut($0, out) }
            return Shown(
                award: award, successor: successor?.serial,
                hasRetiredKey: try SigningKeys.all(db).contains {
                    $0.key.id == award.file.key.id && $0.retiredAt != nil
                }, until: try Announcements.next(in: award.edition, after: at, db))
        }
    }

    /// What became of a serial number, for those who hold the database: nil where no such award was issued.
    package func standing(of serial: String) async throws -> Award? {
        try await database.read { db in try Self.read("a.serial = \(serial)", db).first }
    }

    /// The awards of the record that an innovation belongs to that are public at a moment and stand.
    package func awards(of innovation: Int, at: Instant) async throws -> [Award] {
        try await database.read { db in
            let members = try Innovations.members(of: innovation, db)
            let awards = try Self.read("a.innovation IN \(members) AND a.revoked_at IS NULL", db)
            guard !awards.isEmpty else { return [] }
            var out: [Int: Set<Given>] = [:]
            for edition in Set(awards.map(\.edition)) {
                out[edition] = try Self.announced(in: edition, at: at, db)
            }
            return awards.filter { Self.isOut($0, out[$0.edition] ?? []) }
        }
    }

    /// The standing awards of an edition that are public at a moment.
    static func published(in edition: Int, at: Instant, _ db: Reader) throws -> [Award] {
        let out = try announced(in: edition, at: at, db)
        return try read("a.edition = \(edition) AND a.revoked_at IS NULL", db).filter { isOut($0, out) }
    }

    /// What the organiser's page shows of awards.
    package struct Desk: Sendable {
        /// By serial number, the oldest first.
        package let awards: [Award]
        /// How many the newest frozen result gives that are not issued.
        package let due: Int
        /// The standing awards that the newest frozen result does not give any more.
        package let stray: Set<String>
        package let decree: AwardStatement.Decree?
        /// Whether what is decided was announced by now.
        package let isOut: Bool
    }

    package func desk(of code: String, for person: Person, at: Instant) async throws -> Desk {
        try await database.read { db in
            let stored = try Editions.organised(code, for: person, db)
            let awards = try Self.read("a.edition = \(stored.id)", db)
            let newest = try Results.read("r.edition = \(stored.id)", db).last
            let given = Set(
                try newest?.outcome().winners.map { Given(proposal: $0.proposal, tier: $0.award ?? "") } ?? [])
            let standing = awards.filter(\.isStanding)
            let held = Set(standing.map { Given(proposal: $0.proposal, tier: $0.tier) })
            return Desk(
                awards: awards, due: given.subtracting(held).count,
                stray: Set(
                    standing.filter { !given.contains(Given(proposal: $0.proposal, tier: $0.tier)) }.map(\.serial)),
                decree: try Self.decree(in: stored.id, db),
                isOut: try Announcements.isOut(.awards, in: stored.id, at: at, db))
        }
    }

    static func isOut(_ award: Award, _ announced: Set<Given>) -> Bool {
        announced.contains(Given(proposal: award.proposal, tier: award.tier))
    }

    /// The awards that a condition on `a` (award) chooses, the oldest first.
    static func read(_ condition: SQL, _ db: Reader) throws -> [Award] {
        try db.rows(
            """
            SELECT a.serial, a.edition, e.code, a.proposal, a.innovation, a.tier, a.result, a.statement, k.public,
                a.signature, a.at, a.revoked_at, a.revocation
            FROM award a JOIN edition e ON e.id = a.edition JOIN signing_key k ON k.id = a.key
            WHERE \(condition) ORDER BY a.edition, a.at, a.serial
            """
        ) { row in
            guard let key = SigningKey(public: try row.text("public")) else { throw SigningRefusal.damaged }
            let text = try row.text("statement")
            return Award(
                serial: try row.text("serial"), edition: try row.int("edition"), editionCode: try row.text("code"),
                proposal: try row.int("proposal"), innovation: try row.int("innovation"), tier: try row.text("tier"),
                result: try row.int("result"),
                file: AwardFile(key: key, signature: try row.text("signature"), statement: text),
                statement: try AwardStatement(text: text), at: try row.instant("at"),
                revokedAt: try row.instantOrNil("revoked_at"), revocation: try row.textOrNil("revocation"))
        }
    }
}

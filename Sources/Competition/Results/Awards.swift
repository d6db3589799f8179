import Database
import Directory
import Foundation
import Kernel
import People

/// The stored awards: issued from a frozen result with a decree, signed; revoked with a public reason.
package struct Awards: Sendable {
    let database: Database
    package let keys: SigningKeys

    package init(_ database: Database, keys: SigningKeys) {
        self.database = database
        self.keys = keys
    }

    /// The name under which awards enter the directory.
    package static let source = "Kompetisi"

    /// Issues what the newest frozen result gives and is not issued yet; returns the serial numbers.
    ///
    /// - Throws: `ResultRefusal.none`, `AwardRefusal`, `SigningRefusal`, `EditionRefusal.unknown`, `DeskRefusal`.
    @discardableResult
    package func issue(_ code: String, by actor: Actor, at: Instant) async throws -> [String] {
        try await database.write(at: at) { db in
            let stored = try Editions.organised(code, by: actor, db)
            guard let result = try Results.read("r.edition = \(stored.id)", db).last else {
                throw ResultRefusal.none(code)
            }
            let winners = try result.outcome().winners
            guard try Self.decided(in: stored.id, db) == Set(winners.map(Self.given)) else {
                throw AwardRefusal.outdated(result.number)
            }
            guard let decree = try Self.decree(in: stored.id, db) else { throw AwardRefusal.noDecree }
            let earlier = try Self.read("a.edition = \(stored.id)", db)
            let standing = Set(earlier.filter(\.isStanding).map { Given(proposal: $0.proposal, tier: $0.tier) })
            let due = winners.filter { !standing.contains(Self.given($0)) }
            guard !due.isEmpty else { throw AwardRefusal.nothingToIssue }
            let pair = try keys.current(db)
            var serials: [String] = []
            for (place, line) in due.enumerated() {
                let serial = AwardStatement.serial(edition: code, number: earlier.count + place + 1)
                let statement = try Self.statement(serial, line, result, stored, decree, pair.key.id, db)
                let text = try statement.text()
                try db.insert(
                    "award",
                    [
                        "serial", "edition", "proposal", "innovation", "tier", "result", "statement", "key",
                        "signature", "at",
                    ],
                    [
                        [
                            serial.sqlValue, stored.id.sqlValue, line.proposal.sqlValue,
                            statement.innovation.id.sqlValue, statement.tier.code.sqlValue, result.number.sqlValue,
                            text.sqlValue, pair.key.id.sqlValue, pair.sign(text.utf8).sqlValue, at.sqlValue,
                        ]
                    ])
                try Audit.note("issue", "award", serial, [("result", String(result.number))], by: actor, db)
                serials.append(serial)
            }
            return serials
        }
    }

    /// Takes an award back; its page says so and why from then on, and it leaves the innovation's record.
    ///
    /// - Throws: `AwardRefusal.unknown`, `.noReason`, `.alreadyRevoked`, `EditionRefusal.unknown`, `DeskRefusal`.
    package func revoke(_ serial: String, in code: String, reason: String, by actor: Actor, at: Instant) async throws {
        try await database.write(at: at) { db in
            let stored = try Editions.organised(code, by: actor, db)
            guard let award = try Self.read("a.serial = \(serial) AND a.edition = \(stored.id)", db).first else {
                throw AwardRefusal.unknown(serial)
            }
            if let on = award.revokedAt { throw AwardRefusal.alreadyRevoked(on.day(in: stored.edition.zone)) }
            let why = reason.trimmingCharacters(in: .whitespacesAndNewlines)
            guard !why.isEmpty else { throw AwardRefusal.noReason }
            try db.execute("UPDATE award SET revoked_at = \(at), revocation = \(why) WHERE serial = \(serial)")
            try Innovations.takeBack(
                award: serial, from: Self.source, by: actor, reason: "Penghargaan \(serial) dicabut: \(why)", db)
            try Audit.note("revoke", "award", serial, by: actor, db)
            db.changed("award", serial)
        }
    }

    // MARK: what is decided

    /// A proposal with the tier it was given.
    struct Given: Sendable, Hashable {
        let proposal: Int
        let tier: String
    }

    private static func given(_ line: ResultContent.Line) -> Given {
        Given(proposal: line.proposal, tier: line.award ?? "")
    }

    /// What the closed sittings gave; with a sitting, only up to that one.
    static func decided(in edition: Int, upTo sitting: Int? = nil, _ db: Reader) throws -> Set<Given> {
        Set(
            try Decisions.standing(.awards, in: edition, upTo: sitting, db).compactMap { decision in
                decision.verdict == .chosen ? decision.award.map { Given(proposal: decision.proposal, tier: $0) } : nil
            })
    }

    /// What every announcement published by a moment gave: an award of these is public, also after it was revoked.
    static func announced(in edition: Int, at: Instant, _ db: Reader) throws -> Set<Given> {
        try Announcements.published(.awards, in: edition, at: at, db).reduce(into: []) { all, announcement in
            all.formUnion(try decided(in: edition, upTo: announcement.sitting, db))
        }
    }

    /// The decree of the latest announcement of awards that has one, published or not.
    static func decree(in edition: Int, _ db: Reader) throws -> AwardStatement.Decree? {
        try Announcements.read("edition = \(edition) AND subject = 'awards' AND cancelled_at IS NULL", db)
            .sorted { $0.id < $1.id }.reversed().lazy.compactMap { announcement in
                guard let number = announcement.decree, let on = announcement.decreeOn else { return nil }
                return AwardStatement.Decree(number: number, on: on.iso)
            }.first
    }

    private static func statement(
        _ serial: String, _ line: ResultContent.Line, _ result: FrozenResult, _ stored: Editions.Stored,
        _ decree: AwardStatement.Decree, _ key: String, _ db: Writer
    ) throws -> AwardStatement {
        let tier = line.award ?? ""
        let innovation =
            try db.first("SELECT innovation FROM proposal WHERE id = \(line.proposal)")?.int("innovation") ?? 0
        let institution = try db.first("SELECT name FROM institution WHERE code = \(line.institution)")?.text("name")
        return AwardStatement(
            serial: serial, edition: .init(code: stored.code, name: stored.edition.name.indonesian),
            innovation: .init(id: innovation, title: line.title),
            institution: .init(code: line.institution, name: institution ?? line.institution),
            tier: .init(
                code: tier, name: stored.edition.awards.first { $0.code == tier }?.name.indonesian ?? tier),
            decree: decree, result: .init(version: result.number, digest: result.digest), key: key,
            issued: db.at.rfc3339)
    }
}

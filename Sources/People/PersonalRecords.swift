import Database
import Foundation
import Kernel

extension Accounts {
    /// Everything held about a person as JSON, readable and in a fixed order. Throws `AccountRefusal.unknown`.
    package func personalData(of account: Int, at: Instant) async throws -> Data {
        let record = try await database.read { db in try Accounts.record(account, at: at, db) }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(record)
    }

    private static func record(_ account: Int, at: Instant, _ db: Reader) throws -> PersonalRecord {
        let row = try Accounts.row(account, db)
        let email = try row.text("email")
        return PersonalRecord(
            account: account, email: email, name: try row.textOrNil("name"), office: try row.textOrNil("office"),
            phone: try row.textOrNil("phone"), language: try row.text("language"), digest: try row.bool("digest"),
            created: try db.rows("SELECT created_at FROM account WHERE id = \(account)") {
                try $0.instant("created_at").rfc3339
            }.joined(), oneTimeCode: try row.value("totp") != .null,
            familiarPlaces: try db.count("SELECT COUNT(*) FROM familiar WHERE account = \(account)"),
            roles: try Grants.held("g.account = \(account)", at: at, db).map { held in
                PersonalRecord.Role(
                    role: held.grant.role.rawValue, institution: held.grant.institution, unit: held.unitName,
                    edition: held.grant.edition, letter: held.letter, from: held.from.rfc3339,
                    until: held.until?.rfc3339)
            },
            sessions: try db.rows(
                "SELECT made_at, seen_at, address, agent FROM session WHERE account = \(account) ORDER BY id"
            ) {
                PersonalRecord.Session(
                    made: try $0.instant("made_at").rfc3339, seen: try $0.instant("seen_at").rfc3339,
                    address: try $0.text("address"), agent: try $0.text("agent"))
            },
            identities: try db.rows(
                "SELECT issuer, subject, at FROM identity WHERE account = \(account) ORDER BY issuer, subject"
            ) {
                PersonalRecord.Identity(
                    issuer: try $0.text("issuer"), subject: try $0.text("subject"), at: try $0.instant("at").rfc3339)
            },
            messages: try db.rows(
                """
                SELECT address, subject, made_at, state FROM message
                WHERE account = \(account) OR address = \(email) ORDER BY id
                """
            ) {
                PersonalRecord.Sent(
                    address: try $0.text("address"), subject: try $0.text("subject"),
                    made: try $0.instant("made_at").rfc3339, state: try $0.text("state"))
            },
            acts: try db.rows(
                "SELECT id, at, act, kind, key, address FROM audit WHERE account = \(account) ORDER BY id"
            ) {
                PersonalRecord.Act(
                    entry: try $0.int("id"), at: try $0.instant("at").rfc3339, act: try $0.text("act"),
                    kind: try $0.text("kind"), key: try $0.text("key"), address: try $0.textOrNil("address"))
            })
    }
}

import Database
import Files
import Foundation
import Institutions
import Kernel
import Messages
import Support

@testable import People

/// A small network: two institutions with a unit each, and ways to get people into it.
struct Office {
    let database: Database
    let passwords: Passwords
    let accounts: Accounts
    let sessions: Sessions
    let signIns: SignIns
    let factors: SecondFactors
    let units: OfficeUnits
    let bureau: Int
    let health: Int

    static let slices = [Files.schema, Messages.schema, Institutions.schema, People.schema]
    static let start = Instant(milliseconds: 1_780_000_000_000)
    static let operatorActor = Actor(name: "operator")
    static let password = "kuda besi lari pagi"
    static let kendal = "R33.24"
    static let batang = "R33.25"
    static let province = "P33"

    /// Runs a body on a fresh network of one engine.
    static func with(_ engine: Engine, _ body: (Office) async throws -> Void) async throws {
        try await TestDatabase.with(engine, slices) { database in
            try await body(Office(database))
        }
    }

    init(_ database: Database) async throws {
        self.database = database
        passwords = try Passwords(cost: .least)
        accounts = Accounts(database, passwords: passwords, publicURL: "https://simpul.example/")
        sessions = Sessions(database)
        signIns = SignIns(database, passwords: passwords)
        factors = SecondFactors(database)
        units = OfficeUnits(database)
        try await database.write(at: Office.start) { db in
            try db.insert(
                "institution", ["code", "name", "kind", "source"],
                [
                    [.text(Office.kendal), .text("Pemerintah Kabupaten Kendal"), .text("regency"), .text("uji")],
                    [.text(Office.batang), .text("Pemerintah Kabupaten Batang"), .text("regency"), .text("uji")],
                    [
                        .text(Office.province), .text("Pemerintah Provinsi Jawa Tengah"), .text("province"),
                        .text("uji"),
                    ],
                ])
            try db.insert(
                "file", ["digest", "size", "type", "at", "scan"],
                [[.text(Office.letter), .integer(10), .text("application/pdf"), .integer(0), .text("waiting")]])
        }
        bureau = try await units.add(
            "Bagian Organisasi", custodian: true, to: Office.kendal, by: Office.operatorActor, at: Office.start)
        health = try await units.add("Dinas Kesehatan", to: Office.kendal, by: Office.operatorActor, at: Office.start)
    }

    static let letter = Digest(of: "surat tugas".utf8).hex

    /// Someone who was invited and accepted.
    func member(_ email: String, _ grant: Grant, at: Instant = Office.start) async throws -> Int {
        let invited = try await accounts.invite(
            Invitee(email: email, grant: grant), by: Office.operatorActor, at: at)
        guard let token = invited.token else { return invited.account }
        let profile = try Profile(
            name: "Siti \(email.prefix { $0 != "@" })", office: "Kantor \(invited.account)", phone: "0812 3456 7890")
        try await accounts.completeProfile(token, profile, from: "10.0.0.1", at: at)
        return try await accounts.accept(token, password: Office.password, from: "10.0.0.1", at: at)
    }

    func signIn(
        _ email: String, _ password: String = Office.password, from address: String = "10.0.0.1",
        device: String? = nil, session: String? = nil, at: Instant = Office.start
    ) async throws -> SignIns.Opened {
        try await signIns.signIn(
            email: email, password: password,
            from: SignIns.Origin(address: address, agent: "Peramban", device: device, session: session), at: at)
    }

    func actor(_ account: Int) -> Actor { Actor(name: "account:\(account)", account: account, address: "10.0.0.1") }

    /// Acts of the audit trail about a kind, oldest first.
    func acts(_ kind: String = "account", _ key: Int) async throws -> [String] {
        try await database.read { db in
            try Audit.entries(AuditFilter(kind: kind, key: String(key)), limit: 1000, db).reversed().map(\.act)
        }
    }

    /// The mails that wait, oldest first: address and subject.
    func mails() async throws -> [String] {
        try await database.read { db in
            try db.rows("SELECT address, subject FROM message ORDER BY id") {
                "\(try $0.text("address")): \(try $0.text("subject"))"
            }
        }
    }

    /// The token in the last mail's link.
    func lastToken() async throws -> String {
        let body = try await database.read { db in
            try db.rows("SELECT body FROM message ORDER BY id DESC LIMIT 1") { try $0.text("body") }.joined()
        }
        let link = body.split(whereSeparator: \.isWhitespace).first { $0.hasPrefix("https://") } ?? ""
        return String(link.split(separator: "/").last ?? "")
    }
}

extension Instant {
    func adding(seconds: Int) -> Instant { Instant(milliseconds: milliseconds + Int64(seconds) * 1000) }
    func adding(minutes: Int) -> Instant { adding(seconds: minutes * 60) }
}

import ArgumentParser
import Database
import Directory
import Foundation
import Kernel
import People
import Validation

/// Gives a generated database the people of one institution and what lies on their desks: records that wait to be
/// validated, half of them for the second time, and validated records of which many are due. Not for a real database.
struct BenchDesk: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "desk")
    private static let institution = "P33"

    @Option(help: "Records that wait for the validator.") var waiting = 1000
    @Option(help: "Further people who sign in.") var people = 16
    @OptionGroup var options: DatabaseOptions

    private struct Made: Encodable {
        let password: String
        let writer: String
        let validator: String
        let people: [String]
        /// A draft that the writer may change.
        let draft: Int
    }

    private struct Worker {
        let email: String
        let actor: Actor
    }

    func run() async throws {
        try await answering {
            let database = try await options.open()
            let password = UUID().uuidString
            let accounts = Accounts(database, passwords: try Passwords(), publicURL: "http://127.0.0.1")
            func worker(_ email: String, _ grant: Grant) async throws -> Worker {
                try await Self.worker(email, grant, password, accounts)
            }
            let unit = try await OfficeUnits(database).add(
                "Dinas Contoh", to: Self.institution, by: Actor(name: "operator"), at: .now())
            let own = Grant(.unit, institution: Self.institution, unit: unit)
            let writer = try await worker("penulis@contoh.test", own)
            let validator = try await worker("validator@contoh.test", Grant(.validator, institution: Self.institution))
            var others: [String] = []
            for number in 0..<people { others.append(try await worker("orang\(number)@contoh.test", own).email) }
            try await Self.vouch(database, by: validator.actor)
            let drafts = try await submit(database, writer.actor, validator.actor)
            await database.close()
            let made = Made(
                password: password, writer: writer.email, validator: validator.email, people: others,
                draft: drafts.last ?? 0)
            say(String(decoding: try JSONEncoder().encode(made), as: UTF8.self))
        }
    }

    private static func worker(
        _ email: String, _ grant: Grant, _ password: String, _ accounts: Accounts
    ) async throws -> Worker {
        let invited = try await accounts.invite(
            Invitee(email: email, grant: grant, language: .indonesian), by: Actor(name: "operator"), at: .now())
        guard let token = invited.token else { throw ValidationError("\(email) is there already") }
        let profile = try Profile(name: "Contoh", office: "Dinas Contoh", phone: "", language: .indonesian)
        try await accounts.completeProfile(token, profile, from: "127.0.0.1", at: .now())
        let account = try await accounts.accept(token, password: password, from: "127.0.0.1", at: .now())
        return Worker(email: email, actor: Actor(name: "Contoh", office: "Dinas Contoh", account: account))
    }

    /// The drafts in the order in which they were begun; all but the last are handed in, every second after it was
    /// returned and corrected.
    private func submit(_ database: Database, _ writer: Actor, _ validator: Actor) async throws -> [Int] {
        let (drafts, reviews) = (Drafts(database), Reviews(database, publicURL: "http://127.0.0.1"))
        let start = Instant.now().adding(days: -60)
        let waiting = waiting
        let begun = try await database.write(at: start) { db in
            try (0...waiting).map { number in
                try Drafts.start(at: Self.institution, Self.fields(number), by: writer, db).draft
            }
        }
        for (number, draft) in begun.dropLast().enumerated() {
            let at = Instant(milliseconds: start.milliseconds + Int64(number) * 60_000)
            let round = try await reviews.submit(draft, by: writer, at: at)
            guard number.isMultiple(of: 2) else { continue }
            try await reviews.return(
                draft, round: round, comments: [.field(.summary): "Sebutkan kecamatannya."], by: validator, at: at)
            _ = try await drafts.save(
                draft, [.summary: "Dokumen diantar ke rumah warga di dua kecamatan."], basedOn: Int(Int32.max),
                by: writer, at: at)
            try await reviews.submit(draft, by: writer, at: at)
        }
        return begun
    }

    private static func fields(_ number: Int) -> [Innovation.Field: String] {
        [
            .title: "Antar Dokumen \(number)", .yearOfIdea: "2025", .stage: "initiative", .category: "kesehatan",
            .sdgs: "16", .summary: "Dokumen diantar ke rumah warga.", .background: "Kantor jauh.",
            .purpose: "Warga menerima dokumen di rumah.", .novelty: "Bersama puskesmas keliling.",
        ]
    }

    /// Four records of five were validated two years ago and renewed since, so that terms end day by day from two months
    /// ago to ten months ahead.
    private static func vouch(_ database: Database, by validator: Actor) async throws {
        let (now, day) = (Instant.now(), Int64(86_400_000))
        let account = validator.account ?? 0
        try await database.write(at: now) { db in
            let first = try db.nextID("validation") - 1
            for (round, back) in [(0, Int64(365)), (1, Int64(0))] {
                let shift = now.milliseconds - (back + 60) * day
                let base = try db.count("SELECT COALESCE(MAX(id), \(first)) FROM validation")
                try db.execute(
                    """
                    INSERT INTO validation (id, innovation, revision, act, at, valid_until, institution, office, account)
                    SELECT \(base) + i.id, i.id, i.revision, \(round == 0 ? "validated" : "renewed"),
                        \(shift - 365 * day) + (i.id % 365) * \(day), \(shift) + (i.id % 365) * \(day),
                        COALESCE(i.institution, \(institution)), 'Biro Contoh', \(account)
                    FROM innovation i WHERE i.state = 'published' AND i.id % 5 <> 0
                    """)
            }
            let shift = now.milliseconds - 60 * day
            try db.execute(
                """
                UPDATE innovation SET validated_by = 'Biro Contoh', valid_until = \(shift) + (id % 365) * \(day),
                    validated_at = \(shift - 365 * day) + (id % 365) * \(day)
                WHERE state = 'published' AND id % 5 <> 0
                """)
            try db.execute("UPDATE innovation SET institution = \(institution) WHERE id % 100 = 1")
            try db.execute("UPDATE innovation SET created_at = created_at - \(1000 * day)")
        }
    }
}

import ArgumentParser
import Competition
import Database
import Directory
import Foundation
import Kernel
import People

/// Gives an empty database an edition in the last days of its registration and agencies, each with a proposal that only
/// waits to be corrected and sent; every tenth has two and one place. Writes who may send what. Not for a real database.
struct BenchDeadline: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "deadline")
    private static let edition = "kipp-uji"
    private static let organiser = "K-KEMENPANRB"

    @Option var agencies = 2000
    @Option(help: "JSON Lines to write: agency, session, token, proposal, version.") var out: String
    @OptionGroup var options: DatabaseOptions

    private struct Sender: Encodable {
        let agency: String
        let session: String
        let token: String
        let proposal: Int
        let version: Int
    }

    /// An agency's person with an innovation of it.
    private struct Desk: Sendable {
        let agency: String
        let account: Int
        let innovation: Int
    }

    func run() async throws {
        try await answering {
            let database = try await options.open()
            let now = Instant.now()
            try await open(Editions(database), at: now)
            let desks = try await desks(database, at: now)
            let proposals = Proposals(database, publicURL: "http://127.0.0.1")
            let signIns = SignIns(database, passwords: try Passwords(cost: .least))
            let edition = try await Editions(database).show(Self.edition).edition
            var fields = [Proposal.groupField: "umum", Proposal.categoryField: edition.categories.first?.code ?? ""]
            // What no record fills.
            for section in edition.form(of: "umum") where section.fills == nil {
                fields[Proposal.field(section)] = "Isi \(section.code) yang sudah ditulis."
            }
            var lines: [String] = []
            for desk in desks {
                let actor = Actor(name: "account:\(desk.account)", office: desk.agency, account: desk.account)
                let id = try await proposals.start(desk.innovation, in: Self.edition, by: actor, at: now)
                let saved = try await proposals.save(id, fields, basedOn: 1, by: actor, at: now)
                try await proposals.register(id, by: actor, at: now)
                let session = try await signIns.open(
                    desk.account, how: "bench", vouched: true,
                    from: SignIns.Origin(address: "127.0.0.1", agent: "bench"), at: now)
                let sender = Sender(
                    agency: desk.agency, session: session.token, token: Token.form(session.token), proposal: id,
                    version: saved.version + 1)
                lines.append(String(decoding: try JSONEncoder().encode(sender), as: UTF8.self))
            }
            try lines.joined(separator: "\n").write(toFile: out, atomically: true, encoding: .utf8)
            await database.close()
            say("{\"agencies\":\(agencies),\"proposals\":\(desks.count)}")
        }
    }

    private func open(_ editions: Editions, at now: Instant) async throws {
        try await editions.loadShipped(at: now)
        let office = Actor(name: "operator")
        let year = now.day().year
        try await editions.copy(
            "kipp-2025", as: Self.edition, year: year, organiser: Self.organiser, by: office, at: now)
        var tables = try await editions.show(Self.edition, draft: true).tables
        tables[.stages][0]["opens"] = "\(now.adding(days: -1).day().iso) 00.00"
        tables[.stages][0]["closes"] = "\(now.adding(days: 1).day().iso) 24.00"
        tables[.documents] = []
        tables[.quotas] = [["most": "1", "scope": "agency"]]
        for part in [EditionPart.stages, .documents, .quotas] {
            let version = try await editions.show(Self.edition, draft: true).version
            try await editions.change(
                Self.edition, part, to: tables[part], reason: nil, basedOn: version, by: office, at: now)
        }
        try await editions.open(Self.edition, by: office, at: now)
    }

    private func desks(_ database: Database, at now: Instant) async throws -> [Desk] {
        let agencies = agencies
        return try await database.write(at: now) { db in
            let source = try db.nextID("source")
            try db.insert("source", ["id", "name", "at"], [[source.sqlValue, .text("uji"), now.sqlValue]])
            var found: [Desk] = []
            for number in 1...agencies {
                let agency = "X-UJI\(number)"
                try db.insert(
                    "institution", ["code", "name", "kind", "source"],
                    [[agency.sqlValue, "Instansi Uji \(number)".sqlValue, .text("other"), .text("uji")]])
                for turn in 0..<(number.isMultiple(of: 10) ? 2 : 1) {
                    let account = try Self.admin(agency, turn, db)
                    found.append(
                        Desk(
                            agency: agency, account: account,
                            innovation: try Self.record(agency, number, turn, source, db)))
                }
            }
            return found
        }
    }

    private static func admin(_ agency: String, _ turn: Int, _ db: Writer) throws -> Int {
        let account = try db.nextID("account")
        try db.insert(
            "account", ["id", "email", "name", "office", "language", "state", "created_at"],
            [
                [
                    account.sqlValue, "admin\(turn)@\(agency.lowercased()).test".sqlValue, .text("Contoh"),
                    agency.sqlValue, .text("id"), .text("active"), db.at.sqlValue,
                ]
            ])
        try db.insert(
            "role_grant", ["id", "account", "role", "institution", "from_at", "certified_at"],
            [
                [
                    try db.nextID("role_grant").sqlValue, account.sqlValue, Role.agencyAdmin.sqlValue,
                    agency.sqlValue, db.at.sqlValue, db.at.sqlValue,
                ]
            ])
        return account
    }

    private static func record(
        _ agency: String, _ number: Int, _ turn: Int, _ source: Int, _ db: Writer
    ) throws -> Int {
        func words(_ salt: Int, _ count: Int) -> String {
            (0..<count).map {
                Generator.Vocabulary.root((number &* 7919 &+ turn &* 104_729 &+ salt &* 613 &+ $0 &* 31) % 20_000)
            }
            .joined(separator: " ")
        }
        var record = Innovation()
        record.title = words(0, 5).capitalized
        record.institution = agency
        record.yearOfStart = 2015
        record.sdgs = [3]
        for (place, section) in Innovation.Section.allCases.enumerated() {
            record.texts[section] = words(place + 1, 80)
        }
        let row = SourceRow(
            externalID: "\(agency)-\(turn)", reference: nil, content: "{}", innovation: record)
        let taken = try Innovations.take([(row, .publish)], from: source, by: Actor(name: "uji"), reason: "uji", db)
        guard let innovation = taken.first?.innovation else { throw ValidationError("no record was made") }
        return innovation
    }
}

import Competition
import Database
import Directory
import Foundation
import Kernel
import People
import Support
import Testing
import Web

@testable import App

/// An edition with eight passed proposals, its evaluators and panelists, and those who must not know.
struct InterferenceScene {
    /// Somebody who asks, and what they are.
    typealias Asking = (name: String, person: Signed?)

    /// What one address answered, and how many statements it ran.
    struct Answered {
        let seen: Seen
        let statements: Int
    }

    /// An organiser's person whose own institution proposed: what others of it are told is not for them.
    static let walled = "a walled organiser"
    private static let holders = ["a Hub", walled]

    let edition: NationalEdition
    let site: Served
    let number: Int
    let asking: [Asking]
    /// Reads proposal 1 and nothing else; has declared a tie to proposal 2's institution.
    let reader: Int
    /// Whose work is the secret.
    let colleague: Int
    let chair: Int
    let judging: Int
    let colleagueAccount: Int
    let chairAccount: Int
    /// The proposals of proposal 1's institution.
    let own: [Int]

    var office: Actor { Self.actor(edition.secretariat.account) }

    static func actor(_ account: Int) -> Actor {
        Actor(name: "account:\(account)", office: "Sekretariat", account: account, address: "192.0.2.1")
    }

    init(_ site: Served) async throws {
        self.site = site
        edition = try await NationalEdition(site)
        try await edition.open {
            $0[.facts][0]["blind"] = "yes"
            $0[.facts][0]["reads"] = "1"
        }
        let admins = try await edition.admins()
        for (place, record) in edition.records.enumerated() {
            let admin = try #require(admins[record.institution])
            let id = try await edition.propose(
                record.innovation, by: admin, category: place % 2 == 0 ? "kesehatan" : "digital",
                texts: [
                    "ringkasan": "Ringkasan \(place).", "kebaruan": "Kebaruan \(place).",
                    "signifikansi": "Signifikansi \(place).",
                ])
            #expect(id == place + 1)
        }
        try await edition.move(to: .administrative)
        for id in 1...edition.records.count { try await edition.pass(id) }
        number = try await edition.editions.show(NationalEdition.code).id
        let code = NationalEdition.code
        let reading = try await Signed(site, Grant(.evaluator, edition: code), office: "Universitas A")
        let other = try await Signed(site, Grant(.evaluator, edition: code), office: "Universitas B")
        let former = try await Signed(site, Grant(.evaluator, edition: code), office: "Universitas E")
        let sitting = try await Signed(site, Grant(.panelist, edition: code), office: "Lembaga C")
        let heard = try await Signed(site, Grant(.panelist, edition: code), office: "Lembaga D")
        let walled = try await Signed(site, Grant(.secretariat), office: "Sekretariat")
        (colleagueAccount, chairAccount) = (other.account, heard.account)
        let (home, number) = (edition.records[0].institution, number)
        let records = edition.records
        own = records.indices.filter { records[$0].institution == home }.map { $0 + 1 }
        let away = try #require(records.first { $0.institution != home }?.institution)
        let gone: Int
        (reader, colleague, chair, judging, gone) = try await site.database.write(at: .now()) { db in
            let reader = try Self.seat(reading.account, "evaluator", number, db)
            let colleague = try Self.seat(other.account, "evaluator", number, db)
            let judging = try Self.seat(sitting.account, "panelist", number, db)
            let chair = try Self.seat(heard.account, "panelist", number, db)
            let gone = try Self.seat(former.account, "evaluator", number, db)
            try Self.give(1, to: reader, .due, number, db)
            for proposal in [3, 4] { try Self.give(proposal, to: gone, .begun, number, db) }
            let tied = try db.first("SELECT institution FROM proposal WHERE id = 2")
            try db.insert(
                "tie", ["id", "evaluator", "kind", "institution", "at", "by_account"],
                [
                    [
                        try db.nextID("tie").sqlValue, reader.sqlValue, .text("works"),
                        try #require(try tied?.text("institution")).sqlValue, db.at.sqlValue, reading.account.sqlValue,
                    ]
                ])
            try db.insert(
                "unit", ["id", "institution", "name", "custodian", "created_at"],
                [[91.sqlValue, home.sqlValue, .text("Dinas"), false.sqlValue, db.at.sqlValue]])
            try db.insert(
                "role_grant", ["id", "account", "role", "institution", "from_at", "certified_at"],
                [
                    [
                        try db.nextID("role_grant").sqlValue, walled.account.sqlValue, Role.leader.sqlValue,
                        home.sqlValue, db.at.sqlValue, db.at.sqlValue,
                    ]
                ])
            return (reader, colleague, chair, judging, gone)
        }
        asking = [
            ("a stranger", nil), ("the proposer", admins[home]), ("another agency", admins[away]),
            ("a unit", try await Signed(site, Grant(.unit, institution: home, unit: 91), office: "Dinas")),
            ("a validator", try await Signed(site, Grant(.validator, institution: home), office: "Inspektorat")),
            ("a leader", try await Signed(site, Grant(.leader, institution: home), office: "Sekda")),
            ("a Hub", try await Signed(site, Grant(.hubManager, institution: home), office: "Hub")),
            ("an evaluator", reading), ("a panelist", sitting), ("a removed evaluator", former),
            (Self.walled, walled),
        ]
        let stop = "\(edition.desk)/penilai/\(gone)"
        try NationalEdition.led(
            await edition.secretariat.send("\(stop)/berhentikan", from: stop, [("alasan", "Berhalangan tetap.")]))
        try await Redactions(site.database).confirm(
            1, in: code, texts: ["bagian.kebaruan": "Kebaruan."], documents: [], by: office, at: .now())
    }

    private static func seat(_ account: Int, _ role: String, _ edition: Int, _ db: Writer) throws -> Int {
        let id = try db.nextID("evaluator")
        try db.insert(
            "evaluator",
            ["id", "edition", "account", "role", "expertise", "languages", "least", "most", "declared_at"],
            [
                [
                    id.sqlValue, edition.sqlValue, account.sqlValue, .text(role), .text("kesehatan,digital"),
                    .text("id"), 0.sqlValue, 20.sqlValue, db.at.sqlValue,
                ]
            ])
        return id
    }

    @discardableResult
    static func give(
        _ proposal: Int, to evaluator: Int, _ state: Reading.State, _ edition: Int, _ db: Writer
    ) throws -> Int {
        let id = try db.nextID("reading")
        let isDone = state == .done
        try db.insert(
            "reading",
            [
                "id", "edition", "proposal", "evaluator", "origin", "state", "version", "given_at", "opened_at",
                "ended_at",
            ],
            [
                [
                    id.sqlValue, edition.sqlValue, proposal.sqlValue, evaluator.sqlValue, .text("plan"),
                    state.sqlValue, 1.sqlValue, db.at.sqlValue, isDone ? db.at.sqlValue : .null,
                    isDone ? db.at.sqlValue : .null,
                ]
            ])
        return id
    }

    /// Every address that the portal has, with what a person might try in place of each name.
    ///
    /// - Parameter most: the last number tried.
    func wide(_ most: Int) -> [String] {
        var found = Set(RoleTable.open.filter { $0.key.hasPrefix("GET ") }.map(\.value.target))
        let code = NationalEdition.code
        found.formUnion(
            ["", "/finalis", "/hasil", "/angka", "/finalis/1", "/finalis/2", "/finalis/1/sanggah"].map {
                "/kompetisi/\(code)\($0)"
            })
        found.formUnion((0..<4).map { "/inovasi/\(edition.records[$0].innovation)" })
        found.formUnion(["/inovasi?q=layanan", "/inovasi.csv?q=kota", "/api/v1/innovations?q=kota", "/umpan.atom"])
        for door in site.portal.doors() where door.method == "GET" {
            let path = door.path.replacing("{edition}", with: code)
            for number in path.contains("{") ? Array(1...most) : [0] {
                found.insert(path.replacing(/\{[a-z]+\}/, with: "\(number)"))
            }
        }
        return found.filter { path in !["/metrics", "/data/jejak-audit"].contains { path.hasPrefix($0) } }.sorted()
    }

    /// The addresses where an edition shows: its pages, the desks of those in it, records and what is exported of them.
    func narrow(_ most: Int = 2) -> [String] {
        let places = [
            "/kerja/penilaian", "/kerja/nilai", "/kerja/benturan", "/kerja/panel", "/kerja/lapangan", "/kerja/sidang",
            "/kerja/presentasi", "/kerja/usulan", "/penghargaan", "/inovasi/", "/inovasi.", "/kompetisi", "/umpan",
            "/api/", "/sitemap",
        ]
        return wide(most).filter { target in
            target.contains(NationalEdition.code) || places.contains { target.hasPrefix($0) }
                || ["/", "/kerja", "/kerja/alur"].contains(target)
        }
    }

    /// What everybody is answered at these addresses, by a portal that remembers no page.
    ///
    /// - Parameter everywhere: whether those who are no organisers are asked at the organiser's doors too.
    func answers(_ targets: [String], everywhere: Bool = false) async throws -> [String: Answered] {
        var options = Portal.Options(publicURL: "http://simpul.test")
        options.logLevel = "error"
        options.passwords = .least
        options.files = String(site.portal.files.temporaryFolder.dropLast("/tmp".count))
        let portal = try await Portal(site.database, options)
        let running = try await portal.server(Server.Settings(port: 0), log: RequestLog { _ in }).start()
        let client = HTTPClient(port: running.port)
        // That a session was just seen is noted once a minute, whatever was asked.
        try await site.database.write(at: .now()) {
            try $0.execute("UPDATE session SET seen_at = \(Instant.now().adding(days: 1))")
        }
        var found: [String: Answered] = [:]
        do {
            for (name, person) in asking {
                for target in targets {
                    // Strangers have no desk; the role table says so for each door.
                    if person == nil, target.hasPrefix("/kerja") || target.hasPrefix("/akun") { continue }
                    if !everywhere, target.hasPrefix("/kerja/kompetisi/"), !Self.holders.contains(name) { continue }
                    let headers = person.map { ["Cookie": $0.cookie] } ?? [:]
                    let before = site.database.statements
                    let seen = Seen(try await client.get(target, headers: headers))
                    found["\(name) \(target)"] = Answered(seen: seen, statements: site.database.statements - before)
                }
            }
            try await running.stop()
        } catch {
            try? await running.stop()
            throw error
        }
        return found
    }

    func messages() async throws -> [String] {
        let accounts = asking.compactMap { $0.person?.account }
        return try await site.database.read { db in
            try db.rows("SELECT account, fact FROM message WHERE account IN \(accounts) ORDER BY id") {
                "\(try $0.int("account")) \(try $0.text("fact"))"
            }
        }
    }

    /// Does a secret act between asking everything and asking it again; how many answers were equal.
    ///
    /// - Parameter knowing: those whom the secret is meant for.
    func hide(
        _ what: String, _ targets: [String], from before: inout [String: Answered], knowing: [String] = [],
        everywhere: Bool = false, _ act: () async throws -> Void
    ) async throws -> Int {
        let letters = try await messages()
        try await act()
        let after = try await answers(targets, everywhere: everywhere)
        #expect(try await messages() == letters, "\(what): somebody was written to")
        #expect(Set(before.keys) == Set(after.keys))
        var count = 0
        for (key, was) in before.sorted(by: { $0.key < $1.key }) where !knowing.contains(where: key.hasPrefix) {
            let now = try #require(after[key])
            #expect(was.seen == now.seen, "\(what): \(key): \(was.seen.difference(now.seen))")
            if was.seen.status == 404, now.seen.status == 404 {
                #expect(was.statements == now.statements, "\(what): \(key): other work for what is not there")
            }
            count += 1
        }
        before = after
        return count
    }
}

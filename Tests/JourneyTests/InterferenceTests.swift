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

/// What must not be seen cannot be inferred: for every role and stage of an edition, every address answers those who must
/// not know the same bytes with and without the secret. Nothing is listed by hand: each door that the portal has is asked.
@Suite(.serialized) struct InterferenceTests {
    /// Somebody who asks, and what they are.
    private typealias Asking = (name: String, person: Signed?)

    /// An edition with eight passed proposals of four institutions, its evaluators and panelists, and outsiders.
    private struct Scene {
        let edition: NationalEdition
        let site: Served
        let number: Int
        let asking: [Asking]
        /// Reads proposal 1 and nothing else; has declared a tie to proposal 2's institution.
        let reader: Int
        /// Whose work is the secret.
        let colleague: Int
        let chair: Int
        let colleagueAccount: Int

        init(_ site: Served) async throws {
            self.site = site
            edition = try await NationalEdition(site)
            try await edition.open()
            let admins = try await edition.admins()
            let clerk = edition.secretariat
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
            for id in 1...edition.records.count {
                let place = "/kerja/kompetisi/\(NationalEdition.code)/usulan/\(id)"
                try NationalEdition.led(await clerk.send(place, from: place, [("hasil", "lulus"), ("alasan", "")]))
            }
            number = try await edition.editions.show(NationalEdition.code).id
            let code = NationalEdition.code
            let reading = try await Signed(site, Grant(.evaluator, edition: code), office: "Universitas A")
            let other = try await Signed(site, Grant(.evaluator, edition: code), office: "Universitas B")
            let judging = try await Signed(site, Grant(.panelist, edition: code), office: "Lembaga C")
            let heard = try await Signed(site, Grant(.panelist, edition: code), office: "Lembaga D")
            colleagueAccount = other.account
            let (home, number) = (edition.records[0].institution, number)
            let away = try #require(edition.records.first { $0.institution != home }?.institution)
            (reader, colleague, chair) = try await site.database.write(at: .now()) { db in
                let reader = try Self.seat(reading.account, "evaluator", number, db)
                let colleague = try Self.seat(other.account, "evaluator", number, db)
                _ = try Self.seat(judging.account, "panelist", number, db)
                let chair = try Self.seat(heard.account, "panelist", number, db)
                try Self.give(1, to: reader, .due, number, db)
                let tied = try db.first("SELECT institution FROM proposal WHERE id = 2")
                try db.insert(
                    "tie", ["id", "evaluator", "kind", "institution", "at", "by_account"],
                    [
                        [
                            try db.nextID("tie").sqlValue, reader.sqlValue, .text("works"),
                            try #require(try tied?.text("institution")).sqlValue, db.at.sqlValue,
                            reading.account.sqlValue,
                        ]
                    ])
                try db.insert(
                    "unit", ["id", "institution", "name", "custodian", "created_at"],
                    [[91.sqlValue, home.sqlValue, .text("Dinas"), false.sqlValue, db.at.sqlValue]])
                return (reader, colleague, chair)
            }
            asking = [
                ("a stranger", nil), ("the proposer", admins[home]), ("another agency", admins[away]),
                ("a unit", try await Signed(site, Grant(.unit, institution: home, unit: 91), office: "Dinas")),
                ("a validator", try await Signed(site, Grant(.validator, institution: home), office: "Inspektorat")),
                ("a leader", try await Signed(site, Grant(.leader, institution: home), office: "Sekda")),
                ("a Hub", try await Signed(site, Grant(.hubManager, institution: home), office: "Hub")),
                ("an evaluator", reading), ("a panelist", judging),
            ]
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
        func targets() -> [String] {
            var found = Set(RoleTable.open.filter { $0.key.hasPrefix("GET ") }.map(\.value.target))
            let code = NationalEdition.code
            found.formUnion(
                ["", "/finalis", "/hasil", "/angka", "/finalis/1", "/finalis/2"].map { "/kompetisi/\(code)\($0)" })
            found.formUnion((1...4).map { "/inovasi/\(edition.records[$0].innovation)" })
            found.formUnion(["/inovasi?q=layanan", "/inovasi.csv?q=kota", "/api/v1/innovations?q=kota", "/umpan.atom"])
            for door in site.portal.doors() where door.method == "GET" {
                let path = door.path.replacing("{edition}", with: code)
                for number in path.contains("{") ? Array(1...6) : [0] {
                    found.insert(path.replacing(/\{[a-z]+\}/, with: "\(number)"))
                }
            }
            return found.filter { path in !["/metrics", "/data/jejak-audit"].contains { path.hasPrefix($0) } }.sorted()
        }

        /// What everybody is answered at every address, by a portal that remembers no page.
        func everything() async throws -> [String: Seen] {
            var options = Portal.Options(publicURL: "http://simpul.test")
            options.logLevel = "error"
            options.passwords = .least
            options.files = String(site.portal.files.temporaryFolder.dropLast("/tmp".count))
            let portal = try await Portal(site.database, options)
            let running = try await portal.server(Server.Settings(port: 0), log: RequestLog { _ in }).start()
            let client = HTTPClient(port: running.port)
            var seen: [String: Seen] = [:]
            do {
                for (name, person) in asking {
                    for target in targets() {
                        // Strangers have no desk; the role table says so for each door.
                        if person == nil, target.hasPrefix("/kerja") || target.hasPrefix("/akun") { continue }
                        let headers = person.map { ["Cookie": $0.cookie] } ?? [:]
                        seen["\(name) \(target)"] = Seen(try await client.get(target, headers: headers))
                    }
                }
                try await running.stop()
            } catch {
                try? await running.stop()
                throw error
            }
            return seen
        }

        func messages() async throws -> [String] {
            let accounts = asking.compactMap { $0.person?.account }
            return try await site.database.read { db in
                try db.rows("SELECT fact FROM message WHERE account IN \(accounts) ORDER BY id") { try $0.text("fact") }
            }
        }
    }

    /// Asks everything, does the secret act, asks everything again.
    private func hide(_ what: String, in scene: Scene, _ act: () async throws -> Void) async throws -> Int {
        let (before, letters) = (try await scene.everything(), try await scene.messages())
        try await act()
        let (after, lettersAfter) = (try await scene.everything(), try await scene.messages())
        #expect(letters == lettersAfter, "\(what): somebody was written to")
        #expect(Set(before.keys) == Set(after.keys))
        for (key, seen) in before.sorted(by: { $0.key < $1.key }) {
            let now = try #require(after[key])
            #expect(seen == now, "\(what): \(key): \(seen.difference(now))")
        }
        return before.count
    }

    @Test(arguments: Engine.tested)
    func `reads, scores, names, questions and pending decisions leave no trace for those who must not know`(
        engine: Engine
    ) async throws {
        try await Served.with(engine, csv: try NationalEdition.csv(8), checked: false) { site in
            let scene = try await Scene(site)
            var asked = 0
            let (number, colleague, account) = (scene.number, scene.colleague, scene.colleagueAccount)

            try await scene.edition.move(to: .evaluation)
            asked += try await hide("reads", in: scene) {
                try await site.database.write(at: .now()) { db in
                    for (proposal, state) in [(1, Reading.State.done), (2, .begun), (3, .done), (4, .due)] {
                        let id = try Scene.give(proposal, to: colleague, state, number, db)
                        for (section, value) in [("kebaruan", 91), ("signifikansi", 83)] where state == .done {
                            try db.insert(
                                "score", ["reading", "section", "value", "words", "cleared", "at"],
                                [
                                    [
                                        id.sqlValue, section.sqlValue, value.sqlValue, .text("Rahasia penilai."),
                                        .text("Rahasia penilai."), db.at.sqlValue,
                                    ]
                                ])
                        }
                        try db.insert(
                            "inquiry", ["id", "reading", "words", "at"],
                            [[try db.nextID("inquiry").sqlValue, id.sqlValue, .text("Rahasia?"), db.at.sqlValue]])
                    }
                    try db.insert(
                        "tie", ["id", "evaluator", "kind", "proposal", "words", "at", "by_account"],
                        [
                            [
                                try db.nextID("tie").sqlValue, colleague.sqlValue, .text("other"), 5.sqlValue,
                                .text("Kerabat"), db.at.sqlValue, account.sqlValue,
                            ]
                        ])
                }
            }
            print("interference: \(asked) answers equal with and without the secrets on \(engine)")
        }
    }
}

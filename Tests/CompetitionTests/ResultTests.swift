import Database
import Foundation
import Kernel
import People
import Support
import Testing

@testable import Competition

@Suite struct ResultTests {
    static let freezing = Season.noon("2027-08-26")

    @Test(arguments: Engine.tested)
    func `a frozen result is computed again to the same bytes, and every later change is told`(engine: Engine)
        async throws
    {
        try await Season.with(engine) { season in
            try await season.withKeys { keys in
                let results = Results(season.database, keys: keys)
                let office = try season.actor("sekretariat")
                await #expect(throws: ResultRefusal.notDecided) {
                    try await results.freeze(Season.code, reason: nil, by: office, at: Self.freezing)
                }
                try await season.judged()
                await #expect(throws: DeskRefusal.notYours(.manageEditions)) {
                    try await results.freeze(
                        Season.code, reason: nil, by: try season.actor("hub"), at: Self.freezing)
                }
                #expect(try await results.freeze(Season.code, reason: nil, by: office, at: Self.freezing) == 1)
                let again = try await results.recompute(Season.code)
                #expect(again.faults == [])
                #expect(again.drift == [])
                let sheet = try await results.sheet(of: Season.code, for: try season.person("sekretariat"))
                let outcome = try #require(sheet.versions.first).outcome()
                #expect(outcome.winners.map(\.proposal) == [1, 2])
                #expect(outcome.passed == 6)
                #expect(outcome.finalists == 3)
                #expect(outcome.awarded == 2)
                #expect(outcome.lines.compactMap(\.place).sorted() == [1, 2, 3, 4, 5, 6])
                await #expect(throws: ResultRefusal.noReason) {
                    try await results.freeze(Season.code, reason: " ", by: office, at: Self.freezing)
                }
                await #expect(throws: ResultRefusal.unchanged(1)) {
                    try await results.freeze(Season.code, reason: "Lagi", by: office, at: Self.freezing)
                }

                try await season.database.write { db in
                    try db.execute(
                        """
                        UPDATE score SET value = 12 WHERE section = 'kebaruan' AND reading =
                            (SELECT MIN(id) FROM reading WHERE proposal = 3)
                        """)
                }
                let drift = try await results.recompute(Season.code)
                #expect(drift.faults == [])
                #expect(drift.drift.map(\.place) == ["readings / proposal 3, evaluator 4 / scores / kebaruan"])
                #expect(drift.drift.map(\.before) == ["80"])
                #expect(drift.drift.map(\.after) == ["12"])

                try await season.sit(.awards, chosen: [2: nil, 3: "terpuji"], at: Season.noon("2027-09-05"))
                #expect(
                    try await results.freeze(
                        Season.code, reason: "Nilai salah ketik", by: office, at: Season.noon("2027-09-06")) == 2)
                let versions = try await results.sheet(of: Season.code, for: try season.person("sekretariat")).versions
                try #require(versions.map(\.number) == [2, 1])
                let changed = Set(try versions[0].changes(since: versions[1]).map(\.place))
                #expect(changed.contains("lines / proposal 2 / award"))
                #expect(changed.contains("lines / proposal 3 / award"))
                #expect(try await results.recompute(Season.code).faults == [])
                #expect(try await results.recompute(Season.code, version: 1).faults == [])
                await #expect(throws: ResultRefusal.unknownVersion(3)) {
                    try await results.recompute(Season.code, version: 3)
                }
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `a frozen result that somebody changed is found, and where`(engine: Engine) async throws {
        try await Season.with(engine) { season in
            try await season.judged()
            try await season.withKeys { keys in
                let results = Results(season.database, keys: keys)
                try await results.freeze(
                    Season.code, reason: nil, by: try season.actor("sekretariat"), at: Self.freezing)
                let frozen = try #require(
                    try await season.database.read { try Results.read("r.number = 1", $0) }.first)
                func tampered(_ change: SQL) async throws -> [Recomputation.Fault] {
                    try await season.database.write { db in try db.execute("UPDATE result SET \(change)") }
                    let found = try await results.recompute(Season.code).faults
                    try await season.database.write { db in
                        try db.execute(
                            """
                            UPDATE result SET inputs = \(frozen.inputs), content = \(frozen.content),
                                digest = \(frozen.digest), key = \(frozen.key), seed = \(frozen.seed)
                            """)
                    }
                    return found
                }
                let content = frozen.content.replacing(
                    "\"award\":\"terpuji\"", with: "\"award\":\"emas\"", maxReplacements: 1)
                let lied = try await tampered("content = \(content)")
                guard case .content(let where_) = try #require(lied.first) else {
                    Issue.record("\(lied)")
                    return
                }
                #expect(where_.map(\.place) == ["lines / proposal 1 / award"])
                #expect(where_.map(\.before) == ["\"emas\""])
                #expect(where_.map(\.after) == ["\"terpuji\""])
                #expect(lied.count == 3)  // the content, the digest, the signature

                let inputs = frozen.inputs.replacing("\"kebaruan\":90", with: "\"kebaruan\":99")
                #expect(inputs != frozen.inputs)
                let poured = try await tampered("inputs = \(inputs)")
                #expect(poured.count == 3)
                // Who can also compute content and digest anew still has no key.
                let input = try JSONDecoder().decode(ResultInput.self, from: Data(inputs.utf8))
                let fitting = try Canonical(ResultContent(input)).json
                let sealed = FrozenResult.sealed(
                    edition: Season.code, number: 1, at: frozen.at, reason: nil, method: frozen.method,
                    seed: frozen.seed, inputs: inputs, content: fitting)
                #expect(
                    try await tampered(
                        "inputs = \(inputs), content = \(fitting), digest = \(ResultInput.digest(sealed))")
                        == [.signature(frozen.key)])
                #expect(try await tampered("inputs = 'x'").first == .inputs)
                #expect(try await tampered("key = 'abc'") == [.key("abc")])
                #expect(try await results.recompute(Season.code).faults == [])
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `keys change, past ones stay listed, and without the private half nothing is signed`(engine: Engine)
        async throws
    {
        try await Season.with(engine) { season in
            try await season.judged()
            let office = try season.actor("sekretariat")
            try await season.withKeys { keys in
                let results = Results(season.database, keys: keys)
                try await results.freeze(Season.code, reason: nil, by: office, at: Self.freezing)
                let first = try #require(try await keys.all().first)
                let folder = try #require(keys.folder)
                let file = "\(folder)/\(first.key.id).key"
                let permissions = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions]
                #expect(permissions as? Int == 0o600)

                // A copy of the database elsewhere: it verifies all and signs nothing.
                let elsewhere = Results(
                    season.database, keys: SigningKeys(season.database, folder: folder + "-elsewhere"))
                #expect(try await elsewhere.recompute(Season.code).faults == [])
                try await season.sit(.awards, chosen: [3: "terpuji"], at: Season.noon("2027-08-27"))
                await #expect(throws: SigningRefusal.noPrivateKey(first.key.id, folder: folder + "-elsewhere")) {
                    try await elsewhere.freeze(Season.code, reason: "Baru", by: office, at: Season.noon("2027-08-28"))
                }
                let none = Results(season.database, keys: SigningKeys(season.database, folder: nil))
                await #expect(throws: SigningRefusal.noFolder) {
                    try await none.freeze(Season.code, reason: "Baru", by: office, at: Season.noon("2027-08-28"))
                }

                let second = try await keys.rotate(by: Actor(name: "operator"), at: Season.noon("2027-08-28"))
                try await results.freeze(Season.code, reason: "Baru", by: office, at: Season.noon("2027-08-29"))
                let listed = try await keys.all()
                #expect(listed.map(\.key) == [second, first.key])
                #expect(listed.map(\.retiredAt) == [nil, Season.noon("2027-08-28")])
                #expect(try await results.recompute(Season.code, version: 1).faults == [])
                #expect(try await results.recompute(Season.code, version: 2).faults == [])
                let published = try #require(AwardKeys(Data(try AwardKeys(listed).json().utf8)))
                #expect(published.signing == [second, first.key])
            }
        }
    }
}

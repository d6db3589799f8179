import Database
import Foundation
import Kernel
import People
import Support
import Testing

@testable import Competition

@Suite struct AwardCommandTests {
    private struct Answer: Decodable {
        struct Difference: Decodable, Equatable {
            let place: String
            let before: String?
            let after: String?
        }
        struct Fault: Decodable {
            let kind: String
            let differences: [Difference]
        }
        let status: String
        let version: Int
        let faults: [Fault]
        let drift: [Difference]
    }

    @Test(arguments: Engine.tested)
    func `recompute tells a result that holds from one that was changed and from a database that moved on`(
        engine: Engine
    ) async throws {
        try await Season.with(engine) { season in
            let database = ["--database", season.database.address.commandLine]
            func recompute(_ more: String...) async throws -> (status: Int32, answer: Answer?) {
                let result = try await Command.run(
                    ["competition", "recompute", Season.code, "--json"] + more + database)
                return (
                    result.status, try? JSONDecoder().decode(Answer.self, from: Data(result.output.utf8))
                )
            }
            try await season.judged()
            #expect(try await recompute().status == 3)
            try await season.withKeys { keys in
                _ = try await Results(season.database, keys: keys).freeze(
                    Season.code, reason: nil, by: try season.actor("sekretariat"), at: ResultTests.freezing)
            }
            let same = try await recompute()
            #expect(same.status == 0)
            #expect(same.answer?.status == "same")
            #expect(try await recompute("--version", "2").status == 3)

            try await season.database.write { db in
                try db.execute("UPDATE score SET value = 1 WHERE reading = 1 AND section = 'kebaruan'")
            }
            let moved = try await recompute()
            #expect(moved.status == 2)
            #expect(
                moved.answer?.drift == [
                    .init(
                        place: "readings / proposal 1, evaluator 2 / scores / kebaruan", before: "90", after: "1")
                ])

            try await season.database.write { db in
                let content = try db.first("SELECT content FROM result")?.text("content") ?? ""
                try db.execute(
                    "UPDATE result SET content = \(content.replacing("\"awarded\":2", with: "\"awarded\":3"))")
            }
            let broken = try await recompute()
            #expect(broken.status == 1)
            #expect(broken.answer?.faults.map(\.kind) == ["content", "digest", "signature"])
            #expect(
                broken.answer?.faults.first?.differences == [.init(place: "awarded", before: "3", after: "2")])
        }
    }

    @Test(arguments: Engine.tested)
    func `an award is verified from its file, with a list of keys or with a database`(engine: Engine) async throws {
        try await Season.with(engine) { season in
            let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: folder) }
            func file(_ name: String, _ text: String) throws -> String {
                let path = folder.appendingPathComponent(name).path
                try text.write(toFile: path, atomically: true, encoding: .utf8)
                return path
            }
            func verify(_ arguments: String...) async throws -> Int32 {
                try await Command.run(["award", "verify"] + arguments).status
            }
            let database = season.database.address.commandLine
            let office = try season.actor("sekretariat")
            let sitting = try await season.judged()
            try await season.announce(.awards, sitting: sitting, publishAt: AwardTests.out)
            try await season.withKeys { keys in
                try await Results(season.database, keys: keys).freeze(
                    Season.code, reason: nil, by: office, at: ResultTests.freezing)
                let awards = Awards(season.database, keys: keys)
                let serial = try await awards.issue(Season.code, by: office, at: AwardTests.out)[0]
                let award = try await awards.show(serial, at: AwardTests.out).award
                let good = try file("a.json", award.file.json())
                let list = try file("kunci.json", AwardKeys(try await keys.all()).json())
                let changed = try file("b.json", award.file.json().replacing("Layanan 1", with: "Layanan 9"))
                let none = try file("none.json", AwardKeys([]).json())

                #expect(try await verify(good) == 2)
                #expect(try await verify(good, "--keys", list) == 0)
                #expect(try await verify(good, "--keys", none) == 1)
                #expect(try await verify(changed, "--keys", list) == 1)
                #expect(try await verify(changed) == 1)
                #expect(try await verify(list, "--keys", list) == 2)
                #expect(try await verify(good, "--keys", good) == 2)
                #expect(try await verify(folder.path + "/missing.json") == 2)
                #expect(try await verify(good, "--database", database) == 0)

                let rotated = try await Command.run(
                    ["award", "key", "rotate", "--database", database, "--keys", keys.folder ?? ""])
                #expect(rotated.status == 0)
                let listed = try await Command.run(["award", "key", "list", "--database", database])
                #expect(listed.output.split(separator: "\n").count == 2)
                // The season's key is of its own year, which is not the machine's.
                let names = listed.output.split(separator: "\n").compactMap { $0.split(separator: "\t").first }
                #expect(names.contains(Substring(rotated.output.trimmingCharacters(in: .newlines))))
                #expect(try await verify(good, "--database", database) == 0)
                try await awards.revoke(serial, in: Season.code, reason: "Keliru", by: office, at: AwardTests.out)
                #expect(try await verify(good, "--database", database) == 1)
                #expect(try await verify(good, "--keys", list) == 0)
            }
        }
    }
}

import Database
import Foundation
import Kernel
import People
import Support
import Testing

@testable import App

@Suite struct PeopleCommandTests {
    private func run(_ arguments: [String], _ address: DatabaseAddress) async throws -> Command.Result {
        try await Command.run(arguments + ["--database", address.commandLine])
    }

    @Test(arguments: Engine.tested)
    func `the first account is invited from the command line, which prints its link alone`(engine: Engine) async throws
    {
        try await TestDatabase.at(engine) { address in
            let invited = try await run(
                [
                    "account", "invite", "s@simpul.example", "--role", "secretariat", "--public-url",
                    "https://simpul.example",
                ], address)
            #expect(invited.status == 0)
            let start = "https://simpul.example/undangan/"
            #expect(invited.output.hasPrefix(start))
            #expect(invited.output.count == start.count + 43 + 1)
            #expect(invited.output.last == "\n")
            let unit = try await run(
                [
                    "account", "invite", "u@kendalkab.go.id", "--role", "unit", "--institution", "R33.24", "--unit",
                    "Dinas Kesehatan", "--language", "en", "--public-url", "https://simpul.example",
                ], address)
            #expect(unit.output.hasPrefix("https://simpul.example/en/undangan/"))
            for (wrong, status) in [
                (["--role", "king"], 64), (["--role", "validator"], 1),
                (["--role", "validator", "--institution", "R99.99"], 1),
                (["--role", "unit"], 1),
            ] {
                let refused = try await run(["account", "invite", "x@kendalkab.go.id"] + wrong, address)
                #expect(refused.status == status)
                #expect(refused.output == "")
            }
            #expect(try await run(["account", "invite", "x", "--role", "auditor"], address).status == 1)
            let list = try await run(["account", "list"], address)
            #expect(
                list.output
                    == "1\ts@simpul.example\tinvited\tsecretariat\n2\tu@kendalkab.go.id\tinvited\tunit:R33.24:Dinas Kesehatan\n"
            )
            let some = try await run(["account", "list", "--role", "unit"], address)
            #expect(some.output == "2\tu@kendalkab.go.id\tinvited\tunit:R33.24:Dinas Kesehatan\n")
            let plain = ["account", "invite", "p@kendalkab.go.id", "--role", "unit", "--institution", "R33.24"]
            #expect(try await run(plain, address).status == 0)
            #expect(
                try await run(["account", "list", "--role", "unit"], address).output
                    == some.output + "3\tp@kendalkab.go.id\tinvited\tunit:R33.24:Unit pelayanan publik\n")
        }
    }

    @Test(arguments: Engine.tested)
    func `the audit trail is verified from the command line, against a backup's heads too`(engine: Engine) async throws
    {
        try await TestDatabase.at(engine) { address in
            for role in ["secretariat", "auditor"] {
                let invited = try await run(["account", "invite", "\(role)@simpul.example", "--role", role], address)
                #expect(invited.status == 0)
            }
            let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
            defer { try? FileManager.default.removeItem(at: folder) }
            let saved = try await run(
                ["backup", "--to", folder.path, "--data", folder.path + "-data"], address)
            #expect(saved.status == 0)
            let heads = try await run(["audit", "heads"], address)
            let parts = heads.output.split(separator: "\t").map { $0.trimmingCharacters(in: .newlines) }
            try #require(parts.count == 4)
            let (entry, count): (String, String) = (parts[1], parts[2])
            #expect(entry == "4")
            #expect(count == "4")
            let manifest = try #require(
                try JSONSerialization.jsonObject(
                    with: Data(contentsOf: folder.appendingPathComponent("manifest.json"))) as? [String: Any])
            let published: [String: String] = try #require(manifest["audit"] as? [String: String])
            let wanted: [String: String] = [parts[0]: parts[3]]
            #expect(published == wanted)
            let anchor = "\(parts[0]):\(parts[3])"
            #expect(try await run(["audit", "verify"], address).status == 0)
            #expect(try await run(["audit", "verify", "--anchor", anchor], address).status == 0)
            #expect(try await run(["audit", "verify", "--anchor", "today:abc"], address).status == 64)

            func change(_ sql: SQL) async throws {
                let database = try await Database(address, slices: slices)
                try await database.write { db in try db.execute(sql) }
                await database.close()
            }
            try await change("DELETE FROM audit WHERE id = 4")
            let cut = try await run(["audit", "verify"], address)
            #expect(cut.status == 0)
            let anchored = try await run(["audit", "verify", "--anchor", anchor], address)
            #expect(anchored.status == 1)
            #expect(anchored.output.hasPrefix("✗ Catatan 3,"))
            try await change("UPDATE audit SET act = 'validate' WHERE id = 2")
            let changed = try await run(["audit", "verify"], address)
            #expect(changed.status == 1)
            #expect(changed.output == "✗ Catatan 2 tidak sesuai dengan sidiknya: diubah atau disisipkan.\n")
            let checked = try await run(["check"], address)
            #expect(checked.status == 1)
            #expect(checked.output.contains("the audit chain holds"))
        }
    }
}

import Database
import Directory
import Foundation
import Kernel
import People
import Support
import Testing

@testable import App

/// What hangs on a number that joined another stays with that number, and is read with the record it belongs to now.
@Suite struct MergedEvidenceTests {
    @Test(arguments: Engine.tested)
    func `claims and evidence of a merged record stand on the page of the one that took it in`(
        engine: Engine
    ) async throws {
        try await Served.with(engine) { site in
            let bureau = try await Bureau(site)
            let own = try await site.client.get("/inovasi/\(bureau.published)").text
            let evidence = try #require(own.firstMatch(of: /href="(\/inovasi\/\d+\/bukti\/\d+)"/)).1
            let (survivor, merge) = try await site.database.write(at: .now()) { db in
                var record = Innovation()
                record.title = "Layanan yang sama"
                record.institution = "P33"
                let row = SourceRow(externalID: "1", reference: nil, content: "{}", innovation: record)
                try db.insert("source", ["id", "name", "at"], [[77.sqlValue, "lain".sqlValue, db.at.sqlValue]])
                let taken = try Innovations.take(
                    [(row, .publish)], from: 77, by: Actor(name: "import:lain"), reason: "Kiriman", db)
                let survivor = taken[0].innovation
                return (
                    survivor,
                    try Innovations.merge(
                        bureau.published, into: survivor, by: Actor(name: "system"), reason: "Sama", db)
                )
            }
            try await site.portal.catalogue.catchUp()
            let page = try await site.client.get("/inovasi/\(survivor)").text
            #expect(page.contains("href=\"\(evidence)\""))
            #expect(try await site.client.get(String(evidence)).status == 200)
            try await site.database.write(at: .now()) { db in
                try Innovations.undo(merge: merge, by: Actor(name: "system"), reason: "Beda", db)
            }
            try await site.portal.catalogue.catchUp()
            #expect(try await !site.client.get("/inovasi/\(survivor)").text.contains("/bukti/"))
            #expect(try await site.client.get("/inovasi/\(bureau.published)").text.contains("href=\"\(evidence)\""))
        }
    }
}

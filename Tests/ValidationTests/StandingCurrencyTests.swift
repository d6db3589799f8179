import Database
import Directory
import Foundation
import Kernel
import People
import Support
import Testing

@testable import Validation

struct StandingCurrencyTests {
    private let now = StandingOffice.now

    @Test(arguments: Engine.tested) func `the counts add up to the published records, by state and by continuity`(
        engine: Engine
    ) async throws {
        try await StandingOffice.with(engine, surakarta: 6) { office in
            let made = now.adding(days: -365)
            try await office.validate(1, at: made, until: now.adding(days: 100))
            try await office.validate(2, at: made, until: now.adding(days: 10))
            try await office.validate(3, at: made, until: now)
            try await office.validate(4, at: made, until: now.adding(days: 5))
            _ = try await Renewals(office.database, publicURL: "").renew(
                [.init(id: 4, revision: 1, Renewal(.stopped, reason: .solved))], by: try office.actor("admin"), at: now)
            try await office.innovations.withdraw(6, reason: "Contoh", by: .system, at: now)
            let counted = try await CurrencyFigures(office.database).count(at: now)
            var surakarta = Currency()
            (surakarta.valid, surakarta.due, surakarta.overdue, surakarta.never, surakarta.stopped) = (1, 1, 1, 1, 1)
            // A year before, all six ran, and none was validated by that midnight.
            surakarta.before = Currency.Before(running: 6, inForce: 0)
            #expect(counted.institutions[StandingOffice.surakarta] == surakarta)
            #expect(counted.all.total == 6)
            #expect(counted.continuity == ContinuityTotals(developing: 0, continuing: 0, stopped: 1, unknown: 5))
            #expect(counted.continuity.total == counted.all.total)
            #expect(counted.until == now.nextMidnight)
            #expect(surakarta.share == 50)
            #expect(surakarta.change == 50)
        }
    }

    @Test(arguments: Engine.tested) func `last year is what the acts of then say, not what holds now`(
        engine: Engine
    ) async throws {
        try await StandingOffice.with(engine) { office in
            let then = now.adding(days: -365)
            try await office.validate(1, at: then.adding(days: -300), until: then.adding(days: 65))
            try await office.validate(2, at: then.adding(days: -500), until: then.adding(days: -100))
            try await office.validate(2, at: then.adding(days: 50), until: then.adding(days: 415))
            let counted = try await CurrencyFigures(office.database).count(at: now)
            let surakarta = try #require(counted.institutions[StandingOffice.surakarta])
            #expect(surakarta.before == Currency.Before(running: 3, inForce: 1))
            let counts: [Int] = [surakarta.valid, surakarta.overdue, surakarta.never]
            #expect(counts == [1, 1, 1])
        }
    }

    @Test(arguments: Engine.tested) func `the count holds until the next record changes its state by itself`(
        engine: Engine
    ) async throws {
        try await StandingOffice.with(engine) { office in
            let soon = Instant(milliseconds: now.milliseconds + 60_000)
            try await office.validate(1, at: now.adding(days: -300), until: soon)
            #expect(try await CurrencyFigures(office.database).count(at: now).until == soon)
            try await office.validate(
                2, at: now, until: Instant(milliseconds: now.milliseconds + 30_000).adding(days: 30))
            #expect(
                try await CurrencyFigures(office.database).count(at: now).until
                    == Instant(milliseconds: now.milliseconds + 30_000))
        }
    }

    @Test(arguments: Engine.tested) func `exports and the API say by whom, when and until when, as dates`(
        engine: Engine
    ) async throws {
        try await StandingOffice.with(engine) { office in
            try await office.validate(1, at: now.adding(days: -300), until: now.adding(days: 65))
            try await office.serve { client in
                let body = try await client.get("/api/v1/innovations/1").body
                let json = try #require(try JSONSerialization.jsonObject(with: Data(body)) as? NSDictionary)
                #expect(
                    json["validation"] as? NSDictionary == [
                        "by": "Kantor admin", "at": now.adding(days: -300).rfc3339,
                        "until": now.adding(days: 65).rfc3339, "instead": NSNull(),
                    ])
                let csv = try await client.get("/inovasi/1/data.csv").text
                #expect(csv.contains("validated_by,validated_at,valid_until,validated_instead,clarifying_since"))
                #expect(
                    csv.contains("Kantor admin,\(now.adding(days: -300).rfc3339),\(now.adding(days: 65).rfc3339),,"))
                #expect(try await client.get("/inovasi/1").text.contains("\"maintainer\":{"))
            }
        }
    }

    @Test(arguments: Engine.tested) func `whom to call is for the Hub's own members and the secretariat alone`(
        engine: Engine
    ) async throws {
        try await StandingOffice.with(engine) { office in
            try await office.serve { client in
                #expect(try await client.get("/kerja/kemutakhiran", as: "admin").status == 403)
                #expect(try await client.get("/kerja/kemutakhiran").status == 303)
                let hub = try await client.get("/kerja/kemutakhiran", as: "hub").text
                #expect(hub.contains("2 instansi untuk dihubungi"))
                #expect(hub.contains("mailto:tetangga@contoh.example"))
                let other = try await client.get("/kerja/kemutakhiran", as: "hubLain").text
                #expect(other.contains("0 instansi untuk dihubungi"))
                #expect(!other.contains("mailto:"))
                #expect(try await !client.get("/kemutakhiran").text.contains("mailto:"))
                let sheet = try await client.get("/kerja/kemutakhiran.xlsx", as: "sekretariat")
                #expect(Array(sheet.body.prefix(2)) == [0x50, 0x4B])
                #expect(try await client.get("/kerja/kemutakhiran.csv", as: "admin").status == 403)
            }
        }
    }
}

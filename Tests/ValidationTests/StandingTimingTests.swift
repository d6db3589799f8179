import Database
import Directory
import Foundation
import Kernel
import People
import Support
import Testing

@testable import Validation

/// Run one after another beside nothing else: a busy machine would let the moment pass too early.
@Suite(.serialized) struct StandingTimingTests {
    @Test(arguments: Engine.tested) func `pages flip from valid to due to overdue by the clock alone`(
        engine: Engine
    ) async throws {
        try await StandingOffice.with(engine) { office in
            let start = Instant.now()
            let flip = Instant(milliseconds: start.milliseconds + 4000)
            try await office.validate(1, at: start.adding(days: -300), until: flip)
            try await office.validate(2, at: start.adding(days: -300), until: flip.adding(days: 30))
            try await office.catalogue.catchUp()
            try await office.serve { client in
                let change = office.catalogue.change
                #expect(try await client.get("/inovasi/1").text.contains("class=\"vouch due\""))
                #expect(try await client.get("/inovasi/2").text.contains("<section class=\"vouch\""))
                #expect(try await client.get("/inovasi/3").text.contains("class=\"vouch none\""))
                let list = try await client.get("/inovasi?institution=R33.72")
                #expect(list.text.contains("state due\">Jatuh tempo"))
                #expect(list.text.contains("state valid\">Valid sampai"))
                #expect(list.text.contains("state never\">Belum divalidasi"))
                let figures = try await client.get("/kemutakhiran")
                #expect(figures.text.contains("2 valid + 0 lewat + 2 belum divalidasi + 0 dinyatakan berhenti = 4."))
                let wait = flip.milliseconds - Instant.now().milliseconds + 100
                try await Task.sleep(for: .milliseconds(max(0, wait)))
                #expect(try await client.get("/inovasi/1").text.contains("class=\"vouch late\""))
                #expect(try await client.get("/inovasi/2").text.contains("class=\"vouch due\""))
                let after = try await client.get("/inovasi?institution=R33.72")
                #expect(after.text.contains("state late\">Masa berlaku berakhir"))
                #expect(after.text.contains("state due\">Jatuh tempo"))
                let later = try await client.get("/kemutakhiran")
                #expect(later.text.contains("1 valid + 1 lewat + 2 belum divalidasi + 0 dinyatakan berhenti = 4."))
                #expect(office.catalogue.change == change)
            }
        }
    }
}

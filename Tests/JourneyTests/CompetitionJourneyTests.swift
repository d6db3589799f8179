import Competition
import Database
import Foundation
import Kernel
import People
import Support
import Testing

@testable import App

/// A whole edition, small but real: sixty proposals made from the sample's records, from the opening to a certificate that
/// anyone can verify.
@Suite(.serialized) struct CompetitionJourneyTests {
    @Test(arguments: Engine.tested)
    func `an edition runs from its opening to an award that anyone can verify`(engine: Engine) async throws {
        try await Served.with(engine, csv: try NationalEdition.csv()) { site in
            let edition = try await NationalEdition(site)
            #expect(edition.records.count == 60)
            try await edition.open()
            let admins = try await edition.admins()
            let categories = try await edition.editions.show(NationalEdition.code).edition.categories.map(\.code)
            var proposals: [Int] = []
            for (place, record) in edition.records.enumerated() {
                let admin = try #require(admins[record.institution])
                proposals.append(
                    try await edition.propose(
                        record.innovation, by: admin, category: categories[place % categories.count],
                        texts: [
                            "ringkasan": "Layanan nomor \(place) dalam satu kalimat.",
                            "kebaruan": "Yang baru dari layanan \(place): warga tidak perlu datang dua kali.",
                            "signifikansi": "Waktu tunggu turun dari \(10 + place) hari menjadi \(1 + place % 7) hari.",
                        ]))
            }
            #expect(proposals == Array(1...60))
            #expect(
                try await site.client.get("/kompetisi/\(NationalEdition.code)").text.contains("60 usulan terdaftar"))
            try await edition.move(to: .administrative)
        }
    }
}

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
            for id in proposals { try await edition.pass(id) }
            try await evaluate(edition, proposals, categories)
        }
    }

    /// Twelve evaluators read what a plan gives them, three each proposal.
    private func evaluate(_ edition: NationalEdition, _ proposals: [Int], _ categories: [String]) async throws {
        try await edition.move(to: .evaluation)
        var people: [Signed] = []
        for place in 0..<12 {
            let known = (0..<3).map { categories[(place + 3 * $0) % categories.count] }
            people.append(try await edition.seat(.evaluator, office: "Universitas \(place)", expertise: known))
        }
        try await edition.assign(seed: 7)
        var imagined = ImaginedScores(seed: 2027, proposals: proposals.count, evaluators: people.count)
        var read = 0
        for (place, person) in people.enumerated() {
            for reading in try await edition.queue(person) {
                let proposal = try await edition.site.database.read {
                    try $0.count("SELECT proposal FROM reading WHERE id = \(reading)")
                }
                let value = imagined.draw(proposal - 1, place)
                try await edition.score(reading, by: person) { $0 == "kebaruan" ? value : min(100, value + 2) }
                read += 1
            }
        }
        #expect(read == 180)
    }
}

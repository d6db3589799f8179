import Database
import Directory
import Foundation
import Institutions
import Kernel
import Logging
import Support
import Web

/// A directory with a few records, and a server in front of what a test mounts.
struct Portal {
    let database: Database
    let innovations: Innovations
    let catalogue: Catalogue
    let client: HTTPClient

    static let publicURL = "https://simpul.example"
    static let moment = Instant(milliseconds: 1_700_000_000_000)
    static let slices = [Institutions.schema, Directory.schema]

    /// Runs a body against a running server that holds the samples of `rows`.
    static func with(
        _ engine: Engine, rows: [SourceRow]? = nil, _ body: (Portal) async throws -> Void
    ) async throws {
        try await TestDatabase.with(engine, slices) { database in
            try await ReferenceFiles.load(into: database)
            let innovations = Innovations(database)
            _ = try await innovations.take(
                try rows ?? samples(), from: "contoh", by: Actor(name: "import:contoh"), reason: "Impor dari contoh",
                at: moment)
            let catalogue = try await Catalogue(database, file: nil)
            let routes = Routes()
            InnovationAPI(innovations: innovations, catalogue: catalogue, publicURL: publicURL, version: "1").add(
                to: routes)
            ExportAPI(innovations: innovations, catalogue: catalogue, publicURL: publicURL).add(to: routes)
            AtomFeed(innovations: innovations, catalogue: catalogue, publicURL: publicURL).add(to: routes)
            SitemapFeed(innovations: innovations, catalogue: catalogue, publicURL: publicURL).add(to: routes)
            CatalogueFeed(innovations: innovations, catalogue: catalogue, publicURL: publicURL).add(to: routes)
            let server = Server(
                settings: Server.Settings(port: 0), routes: routes, assets: try Assets(), metrics: Metrics(),
                log: RequestLog(descriptor: -1),
                logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }),
                isReady: { true }, dataVersion: { Int64(catalogue.change) },
                errorPage: { notice, _ in "<!doctype html><title>\(notice.status)</title>" })
            let running = try await server.start()
            do {
                try await body(
                    Portal(
                        database: database, innovations: innovations, catalogue: catalogue,
                        client: HTTPClient(port: running.port)))
            } catch {
                try await running.stop()
                throw error
            }
            try await running.stop()
        }
    }

    func json(_ target: String) async throws -> NSDictionary {
        let response = try await client.get(target)
        return try JSONSerialization.jsonObject(with: Data(response.body)) as? NSDictionary ?? [:]
    }

    /// The codes on all pages of a list.
    func codes(at target: String) async throws -> [String] {
        var codes: [String] = []
        var next = ""
        repeat {
            let page = try await json(next.isEmpty ? target : "\(target)&cursor=\(next)")
            codes += (page["items"] as? [NSDictionary] ?? []).compactMap { $0["code"] as? String }
            next = page["next"] as? String ?? ""
        } while !next.isEmpty
        return codes
    }

    static func samples() throws -> [SourceRow] {
        var first = Innovation()
        first.nri = "012345"
        first.title = "Akta <Lahir> & \"Cepat\""
        first.shortName = "ALC"
        first.expansion = "Akta Lahir Cepat"
        first.institution = "R33.72"
        first.institutionAsGiven = "KOTA SURAKARTA"
        first.unit = "Disdukcapil"
        first.yearStated = 2019
        first.yearOfStart = 2018
        first.stage = .implementation
        first.form = .service
        first.digital = true
        first.sdgs = [3, 16]
        first.texts = [.summary: "=Ringkasan; dengan \"kutip\"\ndan baris", .impact: "Antrean turun."]
        first.criteria = [.novelty: "Pertama di kota ini"]
        first.continuity = .developing
        first.continuityReason = "Masih dipakai"
        first.continuityOn = Day(2024, 5, 6)
        first.awards = [Innovation.Award(programme: "KIPP", year: 2019, rank: "Top 99")]
        first.links = [Innovation.Link(kind: .video, address: "https://video.example/1")]
        first.notes = ["Catatan"]
        var second = Innovation()
        second.title = "SIMPUS Puskesmas Antre"
        second.institutionAsGiven = "Pihak yang tidak dikenal"
        second.region = "51"
        second.yearStated = 2021
        var third = Innovation()
        third.title = "-Inovasi tanpa apa pun"
        return try [first, second, third].enumerated().map { number, innovation in
            SourceRow(
                externalID: "A\(number + 1)", reference: number == 0 ? "buku 2019" : nil,
                content: "{\"n\":\"\(number)\"}",
                innovation: innovation)
        }
    }
}

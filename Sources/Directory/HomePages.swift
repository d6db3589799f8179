import Hummingbird
import Institutions
import Kernel
import Web

/// The pages about the whole: home, goals, open data, about.
struct HomePages {
    let innovations: Innovations
    let catalogue: Catalogue
    let site: DirectorySite
    let map: @Sendable () async throws -> MapModel

    func add(to routes: Routes) {
        routes.page("/") { request, context in try await home(frame(request, context)) }
        routes.page("/sdg") { request, context in
            let counts = catalogue.counts(.sdg)
            return .page(
                GoalView.list(
                    GoalsPage(
                        goals: site.goals.map { ($0, counts[String($0.number)] ?? 0) },
                        known: try await innovations.withGoals(), total: catalogue.count), frame(request, context)))
        }
        routes.page("/sdg/{number}") { request, context in
            try await goal(try context.part("number"), frame(request, context))
        }
        routes.page("/data") { request, context in .page(try await data(frame(request, context))) }
        routes.page("/tentang") { request, context in
            .page(
                AboutView.page(
                    AboutPage(holdings: try await holdings(), figures: site.figures, version: site.version),
                    frame(request, context)))
        }
    }

    private func frame(_ request: Request, _ context: Context) -> Frame {
        Frame(request, context, publicURL: site.publicURL)
    }

    private func home(_ frame: Frame) async throws -> Answer {
        let register = catalogue.register
        let newest = try catalogue.find(Inquiry(order: .newest, limit: 5))
        let now = Instant.now()
        let entries = try await innovations.listed(newest.ids).map { Entry($0, register, at: now) }
        let page = HomeView.page(
            HomePage(
                holdings: try await holdings(), figures: site.figures,
                newest: entries, map: try await map(),
                hubs: register.hubs.map { $0.line(register) },
                jsonLD: LinkedData.home(publicURL: site.publicURL, frame.language)), frame)
        return .page(page, until: entries.changesAt)
    }

    private func holdings() async throws -> Holdings {
        let institutions = catalogue.counts(.institution)
        return Holdings(
            innovations: catalogue.count, sources: try await innovations.sourceCounts().count,
            provinces: catalogue.counts(.province).count,
            localGovernments: institutions.keys.count { $0.hasPrefix("R") },
            continuityKnown: catalogue.counts(.status).values.reduce(0, +), asOf: try await innovations.lastChange())
    }

    private func goal(_ text: String, _ frame: Frame) async throws -> Answer {
        guard let goal = site.goals.first(where: { String($0.number) == text }) else {
            throw DirectoryRefusal.unknownGoal(text)
        }
        let register = catalogue.register
        let found = try catalogue.find(Inquiry(filters: [.sdg: [text]], limit: 10))
        let now = Instant.now()
        let entries = try await innovations.listed(found.ids).map { Entry($0, register, at: now) }
        let page = GoalView.page(
            GoalPage(
                goal: goal, count: found.total,
                entries: entries,
                known: try await innovations.withGoals(), total: catalogue.count), frame)
        return .page(page, until: entries.changesAt)
    }

    private func data(_ frame: Frame) async throws -> HTML {
        DataView.page(
            DataPage(
                total: catalogue.count,
                downloads: [
                    Download("CSV", .path("inovasi.csv"), note: Phrase("untuk lembar kerja", "for spreadsheets")),
                    Download("Excel (XLSX)", .path("inovasi.xlsx"), note: Phrase("satu lembar", "one sheet")),
                    Download(
                        "JSON Lines", .path("inovasi.jsonl"),
                        note: Phrase("satu data inovasi sebaris", "one record a line")),
                ],
                catalogue: .path("data", "katalog.jsonld"),
                sources: try await innovations.sourceCounts().map {
                    .init(name: $0.name, records: $0.records, latest: $0.latest, terms: nil)
                },
                jsonLD: LinkedData.data(total: catalogue.count, publicURL: site.publicURL, frame.language)), frame)
    }
}

import Hummingbird
import Institutions
import Kernel
import Text
import Web

/// The directory for programs: JSON under `/api/v1`, its OpenAPI document and the page that explains it.
package struct InnovationAPI: Sendable {
    private let innovations: Innovations
    private let catalogue: Catalogue
    /// Scheme and host of the portal without a final slash.
    private let publicURL: String
    private let version: String

    package init(innovations: Innovations, catalogue: Catalogue, publicURL: String, version: String) {
        self.innovations = innovations
        self.catalogue = catalogue
        self.publicURL = publicURL
        self.version = version
    }

    package func add(to routes: Routes) {
        for endpoint in Endpoint.allCases {
            routes.json(endpoint.rawValue) { request, context in
                let query = try request.query()
                try APIParameter.check(query, against: endpoint.parameters, catalogue)
                do {
                    return .json(try await answer(endpoint, query, context))
                } catch DirectoryRefusal.merged(let root) {
                    return .moved(.path("api", "v1", "innovations", String(root)))
                }
            }
        }
        routes.json("/api/openapi.json") { _, _ in
            .json(OpenAPI(catalogue: catalogue, publicURL: publicURL, version: version).document())
        }
        routes.page("/api") { request, context in
            // Below /api the context's language follows Accept-Language; a page that is kept for all must not.
            let language: Language = request.uri.path.hasPrefix("/en") ? .english : .indonesian
            let frame = Frame(
                language: language, here: .path("api"), publicURL: publicURL, asset: { context.asset($0) })
            return .page(APIView.page(frame))
        }
    }

    private func answer(_ endpoint: Endpoint, _ query: Web.Query, _ context: Web.Context) async throws -> [UInt8] {
        switch endpoint {
        case .innovations: try await find(query)
        case .innovation: try await show(context.part("id"))
        case .revision: try await revision(context.part("id"), context.part("number"))
        case .institutions: institutions(query)
        case .institution: try institution(context.part("code"))
        case .regions: regions(query)
        case .region: try region(context.part("code"))
        case .statistics: try await statistics()
        }
    }

    private func find(_ query: Web.Query) async throws -> [UInt8] {
        let inquiry = try Inquiry({ query.all($0) }, known: { catalogue.known($0) })
        let asked = query.all("facet")
        let facets =
            asked.isEmpty ? Endpoint.usualFacets : Filter.allCases.filter { asked.contains($0.rawValue) }
        let found = try catalogue.find(inquiry, counting: facets)
        let items = try await innovations.listed(found.ids)
        let writer = InnovationJSON(catalogue.register, publicURL: publicURL)
        var json = JSON(capacity: 32 * 1024)
        json.object { json in
            json.set("total", found.total)
            json.list("items", items) { writer.item($1, into: &$0) }
            json.object("facets") { json in
                for facet in facets {
                    json.list(facet.rawValue, found.facets[facet] ?? []) { json, count in
                        json.object {
                            $0.set("value", count.value)
                            $0.set("count", count.count)
                        }
                    }
                }
            }
            json.set("next", found.next)
        }
        return json.bytes
    }

    private func show(_ id: String) async throws -> [UInt8] {
        let shown = try await innovations.present(id)
        let revisions = try await innovations.revisions(of: shown.id)
        var json = JSON(capacity: 16 * 1024)
        InnovationJSON(catalogue.register, publicURL: publicURL).full(shown, revisions, into: &json)
        return json.bytes
    }

    private func revision(_ id: String, _ number: String) async throws -> [UInt8] {
        let shown = try await innovations.present(id)
        let revisions = try await innovations.revisions(of: shown.id)
        guard let number = plainNumber(number), let entry = revisions.first(where: { $0.number == number }) else {
            throw DirectoryRefusal.unknownRevision(plainNumber(number) ?? 0)
        }
        let content = try await innovations.content(of: shown.id, revision: number)
        var json = JSON(capacity: 16 * 1024)
        InnovationJSON(catalogue.register, publicURL: publicURL).revision(shown.id, entry, content, into: &json)
        return json.bytes
    }

    private func institutions(_ query: Web.Query) -> [UInt8] {
        let register = catalogue.register
        let words = fold(query.all("q").first ?? "")
        let kinds = query.all("kind")
        let region = query.all("region").first
        let fitting = register.institutions.filter { institution in
            (kinds.isEmpty || kinds.contains(institution.kind.rawValue))
                && (region.map { lies(institution.region, in: $0) } ?? true)
                && (words.isEmpty
                    || ([institution.name] + register.names(of: institution.code).map(\.name))
                        .contains { fold($0).contains(words) })
        }
        let writer = RegisterJSON(catalogue, publicURL: publicURL)
        return page(fitting, code: \.code, query) { writer.institution($1, whole: false, into: &$0) }
    }

    private func lies(_ code: String?, in region: String) -> Bool {
        code == region || region.utf8.count == 2 && code?.hasPrefix(region + ".") == true
    }

    private func institution(_ code: String) throws -> [UInt8] {
        guard let institution = catalogue.register.institution(code) else {
            throw RegisterRefusal.unknownInstitution(code)
        }
        var json = JSON()
        RegisterJSON(catalogue, publicURL: publicURL).institution(institution, whole: true, into: &json)
        return json.bytes
    }

    private func regions(_ query: Web.Query) -> [UInt8] {
        let levels = query.all("level")
        let provinces = query.all("province")
        let fitting = catalogue.register.regions.filter { region in
            (levels.isEmpty || levels.contains(region.level.rawValue))
                && (provinces.isEmpty || provinces.contains(region.province))
        }
        let writer = RegisterJSON(catalogue, publicURL: publicURL)
        return page(fitting, code: \.code, query) { writer.region($1, into: &$0) }
    }

    private func region(_ code: String) throws -> [UInt8] {
        guard let region = catalogue.register.region(code) else { throw RegisterRefusal.unknownRegion(code) }
        var json = JSON()
        RegisterJSON(catalogue, publicURL: publicURL).region(region, into: &json)
        return json.bytes
    }

    /// The rows after a code, in the order of codes; the marker of the next page is the last code.
    private func page<T>(
        _ all: [T], code: (T) -> String, _ query: Web.Query, _ write: (inout JSON, T) -> Void
    ) -> [UInt8] {
        let limit = query.all("limit").first.flatMap { Int($0) } ?? 20
        let after = Array((query.all("cursor").first ?? "").utf8)
        let rows = all.filter { after.lexicographicallyPrecedes(code($0).utf8) }
        let shown = rows.prefix(limit)
        var json = JSON(capacity: 16 * 1024)
        json.object { json in
            json.set("total", all.count)
            json.list("items", shown, write)
            json.set("next", rows.count > shown.count ? shown.last.map(code) : nil)
        }
        return json.bytes
    }

    private func statistics() async throws -> [UInt8] {
        var json = JSON(capacity: 16 * 1024)
        StatisticsJSON(catalogue: catalogue, sources: try await innovations.sourceCounts()).write(into: &json)
        return json.bytes
    }
}

extension Innovations {
    /// The innovation at an address; throws `unknownInnovation`, also for what is no number or waits for review,
    /// `merged` or `withdrawn`.
    package func present(_ id: String) async throws -> Shown {
        guard let number = plainNumber(id), number > 0 else {
            throw DirectoryRefusal.unknownInnovation(String(id.prefix(40)))
        }
        let shown = try await show(number)
        switch shown.absence {
        case .merged(let root): throw DirectoryRefusal.merged(into: root)
        case .waiting: throw DirectoryRefusal.unknownInnovation(String(number))
        case nil: break
        }
        if let reason = shown.withdrawn {
            throw DirectoryRefusal.withdrawn(id: number, reason: reason, on: shown.updatedAt.day())
        }
        return shown
    }
}

/// Why an institution or region is not shown.
enum RegisterRefusal: Refusal, Hashable {
    case unknownInstitution(String)
    case unknownRegion(String)

    var kind: RefusalKind { .missing }

    var message: Phrase {
        switch self {
        case .unknownInstitution(let code):
            Phrase(
                "Instansi “\(code.prefix(40))” tidak ada. Daftarnya: /api/v1/institutions.",
                "There is no institution “\(code.prefix(40))”. They are listed at /api/v1/institutions.")
        case .unknownRegion(let code):
            Phrase(
                "Wilayah “\(code.prefix(40))” tidak ada. Daftarnya: /api/v1/regions.",
                "There is no region “\(code.prefix(40))”. They are listed at /api/v1/regions.")
        }
    }
}

import Hummingbird
import Kernel
import Text
import Web

/// The pages of institutions, regions, hubs and the map.
package struct InstitutionPages: Sendable {
    private let register: @Sendable () -> Register
    private let shelf: Shelf
    private let publicURL: String

    package init(register: @escaping @Sendable () -> Register, shelf: Shelf, publicURL: String) {
        self.register = register
        self.shelf = shelf
        self.publicURL = publicURL
    }

    package func add(to routes: Routes) {
        routes.page("/instansi") { request, context in .page(try await list(request, frame(request, context))) }
        routes.page("/instansi/{code}") { request, context in
            try await institution(context.part("code"), frame(request, context))
        }
        routes.page("/wilayah") { request, context in
            if let code = try request.query().one("kode") {
                guard let region = register().region(code) else { throw InstitutionRefusal.unknownRegion(code) }
                return .seeOther(frame(request, context).to(.path("wilayah", region.code)))
            }
            return .page(try await regions(frame(request, context)))
        }
        routes.page("/wilayah/{code}") { request, context in
            try await region(context.part("code"), frame(request, context))
        }
        routes.page("/hub") { request, context in
            let register = register()
            let page = HubsPage(lines: register.hubs.map { $0.line(register) }, map: try await map())
            return .page(HubView.page(page, frame(request, context)))
        }
        routes.page("/peta") { request, context in .page(MapView.page(try await map(), frame(request, context))) }
    }

    private func frame(_ request: Request, _ context: Context) -> Frame {
        Frame(request, context, publicURL: publicURL)
    }

    /// The map of the 38 provinces with what the directory holds of each.
    package func map() async throws -> MapModel {
        let register = register()
        let counts = shelf.byProvince()
        let hubs = Set(register.hubs.map(\.institution))
        return MapModel(
            provinces: register.provinces.map {
                .init(code: $0.code, name: $0.name, count: counts[$0.code], hub: hubs.contains("P\($0.code)"))
            },
            placed: counts.values.reduce(0, +), total: shelf.total(), asOf: try await shelf.asOf().day())
    }

    private static let rows = 50

    private func list(_ request: Request, _ frame: Frame) async throws -> HTML {
        let register = register()
        let query = try request.query()
        let words = try query.text("q", limit: 200) ?? ""
        var kind: Institution.Kind?
        if let name = try query.one("kind") {
            kind = Institution.Kind(rawValue: name)
            guard kind != nil else { throw InstitutionRefusal.unknownKind(name) }
        }
        let folded = fold(words)
        let counts = shelf.byInstitution()
        let hubs = Set(register.hubs.map(\.institution))
        let matching = register.institutions.filter { institution in
            guard kind == nil || institution.kind == kind else { return false }
            return folded.isEmpty || fold(institution.name).contains(folded)
                || register.names(of: institution.code).contains { fold($0.name).contains(folded) }
        }.sorted { ($0.name, $0.code) < ($1.name, $1.code) }
        var start = 0
        if let after = try query.one("cursor") {
            guard let place = matching.firstIndex(where: { $0.code == after }) else {
                throw InstitutionRefusal.unknownCursor
            }
            start = place + 1
        }
        let shown = Array(matching[start..<min(start + Self.rows, matching.count)])
        func address(_ cursor: String?) -> Address {
            var parameters = words.isEmpty ? [] : [("q", words)]
            if let kind { parameters.append(("kind", kind.rawValue)) }
            if let cursor { parameters.append(("cursor", cursor)) }
            return frame.to(.path("instansi", query: parameters))
        }
        let before = start - Self.rows
        return InstitutionListView.page(
            InstitutionListPage(
                query: words, kind: kind,
                kinds: Institution.Kind.allCases.map { kind in (kind, register.institutions.count { $0.kind == kind })
                },
                lines: shown.map { line($0, register, counts, hubs) },
                pager: Pager(
                    from: shown.isEmpty ? 0 : start + 1, to: start + shown.count, total: matching.count,
                    previous: start == 0 ? nil : address(before > 0 ? matching[before - 1].code : nil),
                    next: start + shown.count < matching.count ? shown.last.map { address($0.code) } : nil),
                unresolved: try await shelf.unresolved()), frame)
    }

    private func line(
        _ institution: Institution, _ register: Register, _ counts: [String: Int], _ hubs: Set<String>
    ) -> InstitutionLine {
        InstitutionLine(
            code: institution.code, name: institution.name, kind: institution.kind,
            region: register.province(of: institution.region)?.name, count: counts[institution.code],
            hub: hubs.contains(institution.code))
    }

    private func institution(_ code: String, _ frame: Frame) async throws -> Answer {
        let register = register()
        guard let institution = register.institution(code) else { throw InstitutionRefusal.unknownInstitution(code) }
        func kin(_ code: String, _ year: Int?) -> Kin? {
            register.institution(code).map { Kin(code: $0.code, name: $0.name, year: year) }
        }
        let region = register.region(institution.region)
        let listing = try await shelf.list(.institution(code), frame)
        let page = InstitutionView.page(
            InstitutionPage(
                institution: institution, region: region, province: register.province(of: region?.code),
                otherNames: register.names(of: code).filter { $0.name != institution.name && $0.kind != .spelling }
                    .map { ($0.name, $0.from, $0.until) },
                predecessors: register.successions.filter { $0.successor == code }
                    .compactMap { kin($0.institution, $0.year) },
                successors: register.successions.filter { $0.institution == code }
                    .compactMap { kin($0.successor, $0.year) },
                hub: register.hubs.filter { $0.institution == code }.map { $0.line(register) },
                count: shelf.byInstitution()[code], years: shelf.years(code),
                innovations: listing.html, jsonLD: shelf.linkedData(institution, register, frame)), frame)
        return .page(page, until: listing.until)
    }

    private func regions(_ frame: Frame) async throws -> HTML {
        let register = register()
        let (provinces, institutions) = (shelf.byProvince(), shelf.byInstitution())
        let lines = register.provinces.map { province in
            let governments = register.autonomousRegions.filter { $0.province == province.code }
            return RegionListPage.Line(
                region: province,
                governments: (governments.count { institutions["R\($0.code)"] != nil }, governments.count),
                count: provinces[province.code])
        }
        return RegionView.list(RegionListPage(lines: lines, map: try await map()), frame)
    }

    private func region(_ code: String, _ frame: Frame) async throws -> Answer {
        let register = register()
        guard let region = register.region(code) else { throw InstitutionRefusal.unknownRegion(code) }
        let counts = shelf.byInstitution()
        let hubs = Set(register.hubs.map(\.institution))
        let isProvince = region.level == .province
        let governments = register.institutions.filter {
            [.province, .regency, .city].contains($0.kind)
                && (isProvince ? $0.region?.hasPrefix(code) == true : $0.region == code)
        }.sorted { ($0.name, $0.code) < ($1.name, $1.code) }
        let count = try await shelf.count(.region(code))
        let listing = try await shelf.list(.region(code), frame)
        let page = RegionView.page(
            RegionPage(
                region: region, province: isProvince ? nil : register.province(of: code),
                governments: governments.map { line($0, register, counts, hubs) },
                units: isProvince ? register.regions.filter { $0.province == code && !$0.autonomous } : [],
                count: count == 0 ? nil : count,
                hub: register.hubs.filter { hub in governments.contains { $0.code == hub.institution } }
                    .map { $0.line(register) },
                innovations: listing.html), frame)
        return .page(page, until: listing.until)
    }
}

import Institutions
import Kernel
import Web

/// The directory's pages, ready to be mounted.
package struct DirectoryPages: Sendable {
    private let innovations: Innovations
    private let catalogue: Catalogue
    private let site: DirectorySite
    private let panels: [@Sendable (_ id: Int, _ frame: Frame) async throws -> HTML]

    /// - Parameter panels: what other slices show on an innovation's page.
    package init(
        _ innovations: Innovations, _ catalogue: Catalogue, _ site: DirectorySite,
        panels: [@Sendable (_ id: Int, _ frame: Frame) async throws -> HTML] = []
    ) {
        self.innovations = innovations
        self.catalogue = catalogue
        self.site = site
        self.panels = panels
    }

    package func add(to routes: Routes) {
        let catalogue = catalogue
        let places = InstitutionPages(register: { catalogue.register }, shelf: shelf, publicURL: site.publicURL)
        places.add(to: routes)
        HomePages(innovations: innovations, catalogue: catalogue, site: site, map: { try await places.map() })
            .add(to: routes)
        ResultsPages(innovations: innovations, catalogue: catalogue, site: site).add(to: routes)
        InnovationPages(innovations: innovations, catalogue: catalogue, site: site, panels: panels).add(to: routes)
        StatementPages(innovations: innovations, catalogue: catalogue, site: site).add(to: routes)
    }

    /// What the pages of institutions and regions show of the directory.
    private var shelf: Shelf {
        let (innovations, catalogue) = (innovations, catalogue)
        @Sendable func ids(_ scope: Shelf.Scope, limit: Int) async throws -> [Int] {
            switch scope {
            case .institution(let code): try catalogue.find(Inquiry(filters: [.institution: [code]], limit: limit)).ids
            case .region(let code) where code.count == 2:
                try catalogue.find(Inquiry(filters: [.province: [code]], limit: limit)).ids
            case .region(let code): try await innovations.numbers(inRegion: code, limit: limit)
            }
        }
        return Shelf(
            byInstitution: { catalogue.counts(.institution) }, byProvince: { catalogue.counts(.province) },
            total: { catalogue.count }, asOf: { try await innovations.lastChange() },
            years: { code in
                catalogue.counts(.year, where: [.institution: [code]])
                    .compactMap { year, count in Int(year).map { (year: $0, count: count) } }.sorted {
                        $0.year < $1.year
                    }
            },
            count: { scope in
                switch scope {
                case .institution(let code): catalogue.counts(.institution)[code] ?? 0
                case .region(let code) where code.count == 2: catalogue.counts(.province)[code] ?? 0
                case .region(let code): try await innovations.count(inRegion: code)
                }
            },
            list: { scope, frame in
                let listed = try await innovations.listed(try await ids(scope, limit: 10))
                guard !listed.isEmpty else { return Shelf.Listing(.empty, until: nil) }
                let register = catalogue.register
                let isInstitution = if case .institution = scope { true } else { false }
                let now = Instant.now()
                let entries = listed.map { Entry($0, register, at: now) }
                return Shelf.Listing(
                    EntryView.list(entries, level: 3, owner: !isInstitution, frame), until: entries.changesAt)
            },
            unresolved: { try await innovations.unresolvedInstitutions() },
            linkedData: { institution, register, frame in
                LinkedData.institution(
                    institution, region: register.region(institution.region),
                    otherNames: register.names(of: institution.code).filter { $0.kind != .spelling }.map(\.name),
                    publicURL: frame.publicURL, frame.language)
            })
    }
}

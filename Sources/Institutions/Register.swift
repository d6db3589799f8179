import Foundation
import Kernel

/// All institutions and regions at one moment, small enough to be held in memory and passed around.
package struct Register: Sendable {
    package let institutions: [Institution]
    package let regions: [Region]
    package let names: [InstitutionName]
    package let successions: [Succession]
    package let hubs: [HubDesignation]
    private let institutionByCode: [String: Institution]
    private let regionByCode: [String: Region]
    private let namesByCode: [String: [InstitutionName]]

    package init(
        institutions: [Institution], regions: [Region], names: [InstitutionName], successions: [Succession],
        hubs: [HubDesignation]
    ) {
        self.institutions = institutions
        self.regions = regions
        self.names = names
        self.successions = successions
        self.hubs = hubs
        institutionByCode = Dictionary(institutions.map { ($0.code, $0) }, uniquingKeysWith: { a, _ in a })
        namesByCode = Dictionary(grouping: names, by: \.code)
        regionByCode = Dictionary(regions.map { ($0.code, $0) }, uniquingKeysWith: { a, _ in a })
    }

    /// Reads spellings of institutions and regions.
    package var resolver: Resolver { Resolver(institutions: institutions, names: names, regions: regions) }
    package func institution(_ code: String?) -> Institution? { code.flatMap { institutionByCode[$0] } }
    /// The names an institution has or had.
    package func names(of code: String) -> [InstitutionName] { namesByCode[code] ?? [] }
    package func region(_ code: String?) -> Region? { code.flatMap { regionByCode[$0] } }
    package func province(of region: String?) -> Region? { region.flatMap { regionByCode[String($0.prefix(2))] } }
    package var provinces: [Region] { regions.filter { $0.level == .province } }
    /// Regencies and cities with a government of their own.
    package var autonomousRegions: [Region] { regions.filter { $0.level != .province && $0.autonomous } }
}

/// One institution that took over from another; a split has several.
package struct Succession: Sendable, Hashable {
    package let institution: String
    package let successor: String
    package let year: Int?
    package let source: String
}

/// A decree (or report of one) that makes an institution a hub of the network.
package struct HubDesignation: Sendable, Hashable {
    package let institution: String
    package let year: Int?
    package let decree: String
    package let source: String
}

import Hummingbird
import Kernel
import Web

/// The data catalogue (DCAT) at its address.
package struct CatalogueFeed: Sendable {
    private let innovations: Innovations
    private let catalogue: Catalogue
    private let publicURL: String

    package init(innovations: Innovations, catalogue: Catalogue, publicURL: String) {
        self.innovations = innovations
        self.catalogue = catalogue
        self.publicURL = publicURL
    }

    package func add(to routes: Routes) {
        routes.get("/data/katalog.jsonld") { _, _ in
            let sources = try await innovations.sourceCounts()
            let newest = try await innovations.listed(try catalogue.find(Inquiry(order: .newest, limit: 1)).ids).first
            let description = DataCatalogue(
                publicURL: publicURL, innovations: catalogue.count, modified: newest?.updatedAt.day(),
                sources: sources.map(\.name))
            return .bytes(description.json, type: "application/ld+json", sharing: .everyone(until: nil))
        }
    }
}

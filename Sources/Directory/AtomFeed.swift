import Hummingbird
import Institutions
import Kernel
import Web

/// The newest innovations as an Atom feed (RFC 4287), whole or of any filter.
package struct AtomFeed: Sendable {
    private let innovations: Innovations
    private let catalogue: Catalogue
    private let publicURL: String

    package init(innovations: Innovations, catalogue: Catalogue, publicURL: String) {
        self.innovations = innovations
        self.catalogue = catalogue
        self.publicURL = publicURL
    }

    static let entries = 50

    package func add(to routes: Routes) {
        routes.get("/umpan.atom") { request, _ in
            let query = try request.query()
            try query.allow(only: ["q"] + Filter.allCases.map(\.rawValue))
            var inquiry = try Inquiry({ query.all($0) }, known: { catalogue.known($0) })
            inquiry.order = .newest
            inquiry.limit = Self.entries
            let listed = try await innovations.listed(try catalogue.find(inquiry).ids)
            let parameters = query.parameters.filter { !$0.value.isEmpty }.map { ($0.name, $0.value) }
            return .text(
                Self.text(
                    listed, catalogue.register, publicURL: publicURL, feed: .path("umpan.atom", query: parameters),
                    page: .path("inovasi", query: parameters)),
                type: "application/atom+xml; charset=utf-8", sharing: .everyone(until: nil))
        }
    }

    /// The feed's text.
    ///
    /// - Parameters:
    ///   - feed: the address of the feed itself.
    ///   - page: the page that shows the same.
    static func text(
        _ listed: [Listed], _ register: Register, publicURL: String, feed: Address, page: Address
    ) -> String {
        let updated = listed.map(\.updatedAt).max() ?? Instant(milliseconds: 0)
        return """
            <?xml version="1.0" encoding="utf-8"?>
            <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="id">
            <id>\(xmlText(publicURL + feed.text))</id>
            <title>Simpul: inovasi terbaru</title>
            <updated>\(updated.rfc3339)</updated>
            <author><name>Simpul</name></author>
            <rights>Data tetap mengikuti ketentuan sumbernya.</rights>
            <link rel="self" type="application/atom+xml" href="\(xmlText(publicURL + feed.text))"/>
            <link rel="alternate" type="text/html" href="\(xmlText(publicURL + page.text))"/>
            \(listed.map { entry($0, register, publicURL) }.joined())</feed>

            """
    }

    private static func entry(_ listed: Listed, _ register: Register, _ publicURL: String) -> String {
        let name = ShownName(listed.innovation)
        let title = name.stands.map { "\(name.name): \($0)" } ?? name.name
        let address = xmlText(publicURL + Address.path("inovasi", String(listed.id)).text)
        let owner = register.institution(listed.innovation.institution)?.name ?? listed.innovation.institutionAsGiven
        let facts = [owner, listed.innovation.year.map(String.init)].compactMap(\.self).joined(separator: ", ")
        let summary = [facts.isEmpty ? nil : facts, listed.innovation.texts[.summary]].compactMap(\.self)
            .joined(separator: ". ")
        let category = listed.innovation.category.map { "<category term=\"\(xmlText($0))\"/>\n" } ?? ""
        return """
            <entry>
            <id>\(address)</id>
            <title>\(xmlText(title))</title>
            <updated>\(listed.updatedAt.rfc3339)</updated>
            <link rel="alternate" type="text/html" href="\(address)"/>
            \(category)<summary>\(xmlText(summary))</summary>
            </entry>

            """
    }
}

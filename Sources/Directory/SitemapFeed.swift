import Hummingbird
import Institutions
import Kernel
import Web

/// What search engines read: the sitemap in both languages, the search description, `robots.txt`.
package struct SitemapFeed: Sendable {
    private let innovations: Innovations
    private let catalogue: Catalogue
    private let publicURL: String

    package init(innovations: Innovations, catalogue: Catalogue, publicURL: String) {
        self.innovations = innovations
        self.catalogue = catalogue
        self.publicURL = publicURL
    }

    /// Record numbers of one file. Each has two addresses, and a file may have 50,000 addresses and 50 MB (sitemaps.org).
    static let numbers = 20_000

    package func add(to routes: Routes) {
        routes.get("/sitemap.xml") { _, _ in
            let files = max(1, (try await innovations.highestNumber() + Self.numbers - 1) / Self.numbers)
            if files == 1 { return .stream(type: Self.type) { try await write(file: 1, to: $0) } }
            let index = (1...files).map { "<sitemap><loc>\(xmlText(publicURL))/sitemap-\($0).xml</loc></sitemap>\n" }
            return .text(
                "\(Self.head)<sitemapindex xmlns=\"\(Self.namespace)\">\n\(index.joined())</sitemapindex>\n",
                type: Self.type, sharing: .everyone(until: nil))
        }
        routes.get("/sitemap-{file}") { _, context in
            let files = max(1, (try await innovations.highestNumber() + Self.numbers - 1) / Self.numbers)
            let name = try context.part("file")
            guard name.hasSuffix(".xml"), let file = plainNumber(name.dropLast(4)), (1...files).contains(file) else {
                throw SitemapRefusal.noSuchFile
            }
            return .stream(type: Self.type) { try await write(file: file, to: $0) }
        }
        routes.get("/opensearch.xml") { _, _ in
            .text(searchDescription, type: "application/opensearchdescription+xml", sharing: .everyone(until: nil))
        }
        routes.get("/robots.txt") { _, _ in
            .text(robots, type: "text/plain; charset=utf-8", sharing: .everyone(until: nil))
        }
    }

    private static let type = "application/xml; charset=utf-8"
    private static let head = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
    private static let namespace = "http://www.sitemaps.org/schemas/sitemap/0.9"

    private func write(file: Int, to out: Chunks) async throws {
        try await out.write(
            "\(Self.head)<urlset xmlns=\"\(Self.namespace)\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n")
        if file == 1 {
            for page in pages { try await out.write(Self.entry(page, nil, publicURL)) }
        }
        var last = (file - 1) * Self.numbers
        while true {
            let stamps = try await innovations.stamps(after: last, through: file * Self.numbers, limit: 1000)
            guard let end = stamps.last else { break }
            last = end.id
            for stamp in stamps {
                try await out.write(Self.entry(.path("inovasi", String(stamp.id)), stamp.updatedAt, publicURL))
            }
        }
        try await out.write("</urlset>\n")
    }

    /// Pages that are no record: those of the whole, of institutions and regions that have records, of the goals.
    private var pages: [Address] {
        let words = ["inovasi", "instansi", "wilayah", "hub", "peta", "sdg", "data", "tentang", "api"]
        return [.path()] + words.map { .path($0) }
            + catalogue.counts(.institution).keys.sorted().map { .path("instansi", $0) }
            + catalogue.register.provinces.map { .path("wilayah", $0.code) }
            + (1...17).map { .path("sdg", String($0)) }
    }

    /// A page in both languages, each naming the other.
    static func entry(_ page: Address, _ updated: Instant?, _ publicURL: String) -> String {
        let readings = Language.allCases.map { ($0.rawValue, xmlText(publicURL + page.within($0.prefix).text)) }
        let alternates = readings.map { "<xhtml:link rel=\"alternate\" hreflang=\"\($0)\" href=\"\($1)\"/>" }.joined()
        let lastmod = updated.map { "<lastmod>\($0.rfc3339)</lastmod>" } ?? ""
        return readings.map { "<url><loc>\($1)</loc>\(lastmod)\(alternates)</url>\n" }.joined()
    }

    private var searchDescription: String {
        """
        \(Self.head)<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
        <ShortName>Simpul</ShortName>
        <Description>Cari inovasi pelayanan publik Indonesia</Description>
        <InputEncoding>UTF-8</InputEncoding>
        <OutputEncoding>UTF-8</OutputEncoding>
        <Language>id</Language>
        <Url type="text/html" template="\(xmlText(publicURL))/inovasi?q={searchTerms}"/>
        <Url type="application/atom+xml" template="\(xmlText(publicURL))/umpan.atom?q={searchTerms}"/>
        <Url type="application/opensearchdescription+xml" rel="self" template="\(xmlText(publicURL))/opensearch.xml"/>
        </OpenSearchDescription>

        """
    }

    /// Searches have no end, and files are large: crawlers get the records through the sitemap.
    private var robots: String {
        """
        User-agent: *
        Disallow: /inovasi?
        Disallow: /en/inovasi?
        Disallow: /inovasi.csv
        Disallow: /inovasi.jsonl
        Disallow: /inovasi.xlsx
        Disallow: /umpan.atom?
        Disallow: /metrics

        Sitemap: \(publicURL)/sitemap.xml

        """
    }
}

enum SitemapRefusal: Refusal, Hashable {
    case noSuchFile

    var kind: RefusalKind { .missing }

    var message: Phrase {
        Phrase("Peta situs ini tidak ada. Mulai dari /sitemap.xml.", "There is no such sitemap. Begin at /sitemap.xml.")
    }
}

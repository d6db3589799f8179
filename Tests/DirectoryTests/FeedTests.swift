import Database
import Foundation
import FoundationXML
import Institutions
import Kernel
import Support
import Testing
import Web

@testable import Directory

@Suite struct FeedTests {
    @Test func `text in XML is escaped and holds no character that XML refuses`() {
        #expect(xmlText("a<b>&\"c\"\u{1}\u{8}\u{FFFE}\n😀") == "a&lt;b&gt;&amp;&quot;c&quot;&#10;😀")
    }

    @Test(arguments: Engine.tested) func `the Atom feed is well-formed and lists the newest first`(engine: Engine)
        async throws
    {
        try await Portal.with(engine) { portal in
            let answer = try await portal.client.get("/umpan.atom")
            #expect(answer["content-type"] == "application/atom+xml; charset=utf-8")
            #expect(
                try Elements(answer.body).texts("id") == [
                    "https://simpul.example/umpan.atom", "https://simpul.example/inovasi/3",
                    "https://simpul.example/inovasi/2", "https://simpul.example/inovasi/1",
                ])
            #expect(try Elements(answer.body).texts("title").last == "ALC: Akta Lahir Cepat")
            let one = try await Elements(portal.client.get("/umpan.atom?province=51").body)
            #expect(one.texts("id").count == 2)
        }
    }

    @Test(arguments: Engine.tested) func `the sitemap names every record in both languages`(engine: Engine) async throws
    {
        try await Portal.with(engine) { portal in
            let locations = try await Elements(portal.client.get("/sitemap.xml").body).texts("loc")
            #expect(
                locations.filter { $0.contains("/inovasi/") }
                    == (1...3).flatMap {
                        ["https://simpul.example/inovasi/\($0)", "https://simpul.example/en/inovasi/\($0)"]
                    })
            #expect(locations.first == "https://simpul.example/")
            #expect(Set(locations).count == locations.count)
            #expect(try await Elements(portal.client.get("/sitemap-1.xml").body).texts("loc") == locations)
            for target in ["/sitemap-0.xml", "/sitemap-2.xml", "/sitemap-1", "/sitemap-x.xml"] {
                #expect(try await portal.client.get(target).status == 404)
            }
        }
    }

    @Test func `search description, robots and data catalogue say where the data are`() async throws {
        try await Portal.with(.sqlite) { portal in
            #expect(try await Elements(portal.client.get("/opensearch.xml").body).texts("ShortName") == ["Simpul"])
            #expect(
                try await portal.client.get("/robots.txt").text.hasSuffix(
                    "Sitemap: https://simpul.example/sitemap.xml\n"))
            let catalogue = try await portal.json("/data/katalog.jsonld")
            let dataset = try #require(catalogue["dcat:dataset"] as? NSDictionary)
            let files = (dataset["dcat:distribution"] as? [NSDictionary])?.map {
                ($0["dcat:downloadURL"] as? NSDictionary)?["@id"] as? String
            }
            #expect(files == ["csv", "jsonl", "xlsx"].map { "https://simpul.example/inovasi.\($0)" })
            #expect(catalogue["dct:license"] == nil)
            #expect(catalogue["dct:publisher"] == nil)
        }
    }

    @Test func `linked data cannot close the element it stands in`() throws {
        var innovation = Innovation()
        innovation.title = "</script><script>alert(1)"
        let institution = Institution(
            code: "P33", name: "<b>", kind: .province, region: nil, from: nil, until: nil, source: "x")
        let texts = [
            LinkedData.home(publicURL: "https://s.example", .english),
            LinkedData.innovation(
                1, innovation, institution: institution, region: nil, updatedAt: Portal.moment,
                publicURL: "https://s.example", .indonesian),
            LinkedData.institution(
                institution, region: nil, otherNames: ["<i>"], publicURL: "https://s.example", .indonesian),
            LinkedData.data(total: 3, publicURL: "https://s.example", .indonesian),
        ]
        for text in texts {
            #expect(!text.contains("<"))
            let read = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? NSDictionary
            #expect(read?["@context"] as? String == "https://schema.org")
        }
        let read = try JSONSerialization.jsonObject(with: Data(texts[1].utf8)) as? NSDictionary
        #expect(read?["name"] as? String == "</script><script>alert(1)")
        #expect((read?["creator"] as? NSDictionary)?["@type"] as? String == "GovernmentOrganization")
    }
}

/// The texts of elements by name; throws for what is not well-formed.
private final class Elements: NSObject, XMLParserDelegate {
    private var found: [String: [String]] = [:]
    private var open: [String] = []

    init(_ bytes: [UInt8]) throws {
        super.init()
        let parser = XMLParser(data: Data(bytes))
        parser.delegate = self
        guard parser.parse() else { throw parser.parserError ?? CocoaError(.fileReadCorruptFile) }
    }

    func texts(_ name: String) -> [String] { found[name] ?? [] }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        open.append("")
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) {
        if !open.isEmpty { open[open.count - 1] += text }
    }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
        found[name, default: []].append(open.removeLast())
    }
}

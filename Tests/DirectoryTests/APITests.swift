import Database
import Foundation
import Kernel
import Support
import Testing

@testable import Directory

@Suite struct APITests {
    @Test(arguments: Engine.tested) func `the list gives total, items, counts and the next page`(engine: Engine)
        async throws
    {
        try await Portal.with(engine) { portal in
            let page = try await portal.json("/api/v1/innovations?limit=2&facet=year&facet=province")
            #expect(page["total"] as? Int == 3)
            #expect((page["items"] as? [NSDictionary])?.map { $0["id"] as? Int } == [3, 2])
            #expect(
                page["facets"] as? NSDictionary == [
                    "year": [["value": "2018", "count": 1], ["value": "2021", "count": 1]],
                    "province": [["value": "33", "count": 1], ["value": "51", "count": 1]],
                ])
            let next = try #require(page["next"] as? String)
            let last = try await portal.json("/api/v1/innovations?limit=2&facet=none&cursor=\(next)")
            #expect((last["items"] as? [NSDictionary])?.map { $0["id"] as? Int } == [1])
            #expect(last["next"] is NSNull)
            #expect(last["facets"] as? NSDictionary == [:])
        }
    }

    @Test(arguments: Engine.tested) func `an item names its institution, place, awards and every source`(engine: Engine)
        async throws
    {
        try await Portal.with(engine) { portal in
            let page = try await portal.json("/api/v1/innovations?institution=R33.72")
            let item = try #require((page["items"] as? [NSDictionary])?.first)
            #expect(
                item == [
                    "id": 1, "nri": "012345", "title": "Akta <Lahir> & \"Cepat\"", "short_name": "ALC",
                    "expansion": "Akta Lahir Cepat", "year": 2018,
                    "institution": ["code": "R33.72", "name": "Pemerintah Kota Surakarta"],
                    "institution_as_given": "KOTA SURAKARTA", "unit": "Disdukcapil",
                    "region": ["code": "33.72", "name": "Kota Surakarta"],
                    "province": ["code": "33", "name": "Jawa Tengah"], "category": NSNull(), "affair": NSNull(),
                    "stage": "implementation", "form": "service", "digital": true, "sdgs": [3, 16],
                    "awards": [["programme": "KIPP", "year": 2019, "rank": "Top 99", "decree": NSNull()]],
                    "continuity": "developing",
                    "links": [["kind": "video", "address": "https://video.example/1", "label": NSNull()]],
                    "summary": "=Ringkasan; dengan \"kutip\"\ndan baris",
                    "sources": [["name": "contoh", "external_id": "A1", "reference": "buku 2019"]], "revision": 1,
                    "validation": NSNull(), "clarifying_since": NSNull(),
                    "updated_at": "2023-11-14T22:13:20Z", "url": "https://simpul.example/inovasi/1",
                ])
        }
    }

    @Test(arguments: Engine.tested) func `one innovation says where each value comes from and what it was before`(
        engine: Engine
    ) async throws {
        try await Portal.with(engine) { portal in
            var changed = Innovation()
            changed.title = "Judul baru"
            let row = SourceRow(externalID: "A3", reference: nil, content: "{}", innovation: changed)
            _ = try await portal.innovations.take(
                [row], from: "contoh", by: Actor(name: "import:contoh"), reason: "Perbaikan", at: Portal.moment)
            try await portal.catalogue.catchUp()
            let record = try await portal.json("/api/v1/innovations/3")
            #expect(record["title"] as? String == "Judul baru")
            #expect(
                record["provenance"] as? [NSDictionary] == [
                    [
                        "field": "title", "value": "Judul baru", "on": "2023-11-15",
                        "source": ["name": "contoh", "external_id": "A3", "reference": NSNull()],
                    ]
                ])
            let revisions = try #require(record["revisions"] as? [NSDictionary])
            #expect(revisions.map { $0["number"] as? Int } == [2, 1])
            #expect(revisions.map { $0["reason"] as? String } == ["Perbaikan", "Impor dari contoh"])
            let first = try await portal.json("/api/v1/innovations/3/revisions/1")
            #expect((first["record"] as? NSDictionary)?["title"] as? String == "-Inovasi tanpa apa pun")
        }
    }

    @Test(arguments: Engine.tested) func `a withdrawn record is gone, with the reason, everywhere`(engine: Engine)
        async throws
    {
        try await Portal.with(engine) { portal in
            try await portal.innovations.withdraw(2, reason: "Ganda", by: .system, at: Portal.moment)
            try await portal.catalogue.catchUp()
            for target in ["/api/v1/innovations/2", "/api/v1/innovations/2/revisions/1"] {
                let response = try await portal.client.get(target)
                #expect(response.status == 410)
                #expect(response["content-type"] == "application/problem+json")
                #expect(response.text.contains("Alasan: Ganda"))
            }
            for target in ["/inovasi/2/data.json", "/inovasi/2/data.csv", "/inovasi/2/kutipan.bib"] {
                #expect(try await portal.client.get(target).status == 410)
            }
            #expect(try await portal.json("/api/v1/innovations")["total"] as? Int == 2)
            #expect(try await !portal.client.get("/inovasi.csv").text.contains("SIMPUS"))
            #expect(try await !portal.client.get("/sitemap.xml").text.contains("/inovasi/2<"))
        }
    }

    @Test(arguments: [
        ("/api/v1/innovations?halaman=2", 422, "halaman"), ("/api/v1/innovations?province=99", 422, "province"),
        ("/api/v1/innovations?province=", 422, "province"), ("/api/v1/innovations?limit=0", 422, "limit"),
        ("/api/v1/innovations?limit=-1", 422, "limit"), ("/api/v1/innovations?limit=1000000000000000000", 422, "limit"),
        ("/api/v1/innovations?limit=5&limit=6", 422, "limit"), ("/api/v1/innovations?cursor=x", 422, "cursor"),
        ("/api/v1/innovations?sort=best", 422, "sort"), ("/api/v1/innovations?facet=title", 422, "facet"),
        ("/api/v1/innovations?year=1999", 422, "year"), ("/api/v1/innovations?q=%00", 400, "q"),
        ("/api/v1/innovations?q=%ED%A0%80", 400, "q"), ("/api/v1/statistics?year=2019", 422, "year"),
        ("/api/v1/institutions?region=9999", 422, "region"), ("/api/v1/regions?cursor=%27", 422, "cursor"),
    ])
    func `a query that cannot be answered is refused with the field it is about`(
        target: String, status: Int, field: String
    ) async throws {
        try await Portal.with(.sqlite) { portal in
            let response = try await portal.client.get(target)
            #expect(response.status == status)
            let problem = try JSONSerialization.jsonObject(with: Data(response.body)) as? NSDictionary
            #expect((problem?["errors"] as? [NSDictionary])?.map { $0["field"] as? String } == [field])
        }
    }

    @Test func `any other method is answered 405 where there is something, else 404`() async throws {
        try await Portal.with(.sqlite) { portal in
            for method in ["POST", "PUT", "DELETE", "PATCH", "TRACE", "QUERY", "PROPFIND"] {
                let answer = try await portal.client.request(method, "/api/v1/statistics")
                #expect(answer.status == 405, "\(method)")
                #expect(answer["allow"] == "GET, HEAD, OPTIONS")
            }
            let answer = try await portal.client.request("QUERY", "/api/v1/nothing")
            #expect(answer.status == 404)
        }
    }

    @Test func `strange words are only words`() async throws {
        try await Portal.with(.sqlite) { portal async throws in
            for words in ["'\"*()-:^", "NEAR(a b)", "\u{202E}abc", "😀", String(repeating: "a ", count: 250)] {
                let encoded = words.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
                #expect(try await portal.client.get("/api/v1/innovations?q=\(encoded)").status == 200)
            }
            #expect(
                try await portal.client.get("/api/v1/innovations?q=" + String(repeating: "a", count: 501)).status == 422
            )
            #expect(
                try await portal.client.get("/api/v1/innovations?q=" + String(repeating: "a", count: 10_000)).status
                    == 414)
        }
    }

    @Test(arguments: Engine.tested) func `addresses that hold nothing are not found, on both engines alike`(
        engine: Engine
    ) async throws {
        try await Portal.with(engine) { portal in
            for target in [
                "/api/v1/innovations/0", "/api/v1/innovations/4", "/api/v1/innovations/01", "/api/v1/innovations/+1",
                "/api/v1/innovations/abc", "/api/v1/innovations/999999999999999",
                "/api/v1/innovations/99999999999999999999", "/api/v1/innovations/1/revisions/2",
                "/api/v1/institutions/P00", "/api/v1/regions/00", "/api/v2/innovations",
            ] {
                let response = try await portal.client.get(target)
                #expect(response.status == 404, "\(target)")
                #expect(response["content-type"] == "application/problem+json")
            }
        }
    }

    @Test(arguments: Engine.tested) func `the document describes every address of the API and no other`(
        engine: Engine
    ) async throws {
        try await Portal.with(engine) { portal in
            let document = try await portal.json("/api/openapi.json")
            let paths = try #require(document["paths"] as? [String: NSDictionary])
            #expect(Set(paths.keys) == Set(Endpoint.allCases.map(\.rawValue)))
            let examples = [
                "{id}": "1", "{number}": "1", "institutions/{code}": "institutions/P33", "regions/{code}": "regions/33",
            ]
            for path in paths.keys {
                let target = examples.reduce(path) { $0.replacing($1.key, with: $1.value) }
                let response = try await portal.client.get(target)
                #expect(response.status == 200, "\(target)")
                let tag = try #require(response["etag"])
                #expect(try await portal.client.get(target, headers: ["If-None-Match": tag]).status == 304)
                #expect(response["access-control-allow-origin"] == "*")
            }
            #expect(try await portal.client.get("/api").text.contains("GET /api/v1/statistics"))
            #expect(try await portal.client.get("/en/api").text.contains("Finds innovations"))
        }
    }

    @Test(arguments: Engine.tested) func `institutions and regions come with how many innovations they have`(
        engine: Engine
    ) async throws {
        try await Portal.with(engine) { portal in
            let found = try await portal.json("/api/v1/institutions?q=surakarta&kind=city")
            #expect((found["items"] as? [NSDictionary])?.map { $0["code"] as? String } == ["R33.72"])
            #expect((found["items"] as? [NSDictionary])?.first?["innovations"] as? Int == 1)
            let provinces = try await portal.json("/api/v1/regions?level=province&limit=100")
            #expect(provinces["total"] as? Int == 38)
            #expect(provinces["next"] is NSNull)
            #expect(try await portal.json("/api/v1/regions/33.72")["innovations"] as? Int == 1)
            #expect(try await portal.json("/api/v1/regions/51")["innovations"] as? Int == 1)
            let codes = try await portal.codes(at: "/api/v1/regions?limit=100")
            #expect(codes == portal.catalogue.register.regions.map(\.code))
        }
    }

    @Test(arguments: Engine.tested) func `statistics are own counts over 38 provinces and 508 governments`(
        engine: Engine
    ) async throws {
        try await Portal.with(engine) { portal in
            let numbers = try await portal.json("/api/v1/statistics")
            #expect(numbers["innovations"] as? Int == 3)
            #expect(
                numbers["participation"] as? NSDictionary == [
                    "provinces_with_innovations": ["count": 2, "of": 38],
                    "provincial_governments": ["count": 0, "of": 38],
                    "autonomous_regencies_and_cities": ["count": 1, "of": 508],
                ])
            #expect(
                numbers["unknown"] as? NSDictionary == [
                    "year": 1, "province": 1, "institution": 2, "category": 3, "affair": 3, "status": 2,
                ])
            #expect(numbers["sources"] as? [NSDictionary] == [["name": "contoh", "records": 3]])
        }
    }
}

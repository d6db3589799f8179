import Foundation
import Kernel
import Support
import Testing

@testable import Web

private enum Refused: Refusal {
    case all(RefusalKind)

    var kind: RefusalKind {
        switch self {
        case .all(let kind): kind
        }
    }
    var message: Phrase { Phrase("Maaf.", "Sorry.") }
}

@Test func `a page is served in both languages and knows which`() async throws {
    try await TestSite.serve(routes: { routes in
        routes.page("/") { _, context in .page("\(context.language.say("beranda", "home"))") }
        routes.page("/inovasi/{id}") { _, context in
            .page("\(context.language.say("inovasi", "innovation")) \(try context.part("id"))")
        }
    }) { site async throws in
        let client = site.client
        #expect(try await client.get("/").text == "beranda")
        #expect(try await client.get("/en").text == "home")
        #expect(try await client.get("/en/").text == "home")
        #expect(try await client.get("/inovasi/a%20b").text == "inovasi a b")
        #expect(try await client.get("/en/inovasi/x").text == "innovation x")
    }
}

@Test(arguments: [
    (RefusalKind.malformed, 400), (.forbidden, 403), (.missing, 404), (.conflict, 409), (.gone, 410), (.tooLarge, 413),
    (.invalid, 422), (.unavailable, 503),
])
func `each kind of refusal has its status, as a page and as a problem document`(_ kind: RefusalKind, _ status: Int)
    async throws
{
    try await TestSite.serve(routes: { routes in
        routes.page("/halaman") { _, _ in throw Refused.all(kind) }
        routes.json("/api/v1/things") { _, _ in throw Refused.all(kind) }
    }) { site in
        let client = site.client
        let page = try await client.get("/en/halaman")
        #expect(page.status == status)
        #expect(page["content-type"] == "text/html; charset=utf-8")
        #expect(page.text.contains("Sorry."))
        #expect(page["retry-after"] == (status == 503 ? "5" : nil))
        for target in ["/api/v1/things", "/halaman"] {
            let problem = try await client.get(target, headers: ["Accept": "application/json"])
            #expect(problem.status == status)
            #expect(problem["content-type"] == "application/problem+json")
            let json = try #require(try JSONSerialization.jsonObject(with: Data(problem.body)) as? [String: Any])
            #expect(json["status"] as? Int == status)
            #expect(json["detail"] as? String == "Maaf.")
            #expect(json["request_id"] as? String == problem["x-request-id"])
        }
    }
}

@Test func `a fault shows a request id and nothing of what went wrong`() async throws {
    struct Secret: Error { let password = "hunter2" }
    try await TestSite.serve(routes: { $0.page("/") { _, _ in throw Secret() } }) { site in
        let answer = try await site.client.get("/")
        #expect(answer.status == 500)
        #expect(!answer.text.contains("hunter2"))
        #expect(!answer.text.contains("Secret"))
        #expect(answer.text.contains(try #require(answer["x-request-id"])))
    }
}

@Test func `an unknown path is 404 and a wrong method 405 with the methods that are served`() async throws {
    try await TestSite.serve(routes: { routes in
        routes.page("/inovasi") { _, _ in .page("x") }
        routes.submit("/masuk") { _, _ in .seeOther(.path("inovasi")) }
        routes.json("/api/v1/innovations") { _, _ in .json(Array("[]".utf8)) }
    }) { site in
        let client = site.client
        for target in ["/tidak-ada", "/inovasi/lagi", "/en/tidak-ada", "/aset/0/simpul.css", "/api/v1/x"] {
            #expect(try await client.get(target).status == 404)
        }
        for method in ["POST", "PUT", "PATCH", "DELETE", "TRACE"] {
            let answer = try await client.request(method, "/inovasi")
            #expect(answer.status == 405)
            #expect(answer["allow"] == "GET, HEAD, OPTIONS")
        }
        #expect(try await client.get("/masuk")["allow"] == "OPTIONS, POST")
        #expect(try await client.request("OPTIONS", "/inovasi").status == 204)
        let preflight = try await client.request(
            "OPTIONS", "/api/v1/innovations",
            headers: ["Origin": "https://example.org", "Access-Control-Request-Method": "GET"])
        #expect(preflight.status == 204)
        #expect(preflight["access-control-allow-origin"] == "*")
        #expect(preflight["access-control-allow-methods"] == "GET, HEAD, OPTIONS")
        for _ in 1...2 { #expect(try await client.get("/api/v1/innovations")["access-control-allow-origin"] == "*") }
        #expect(try await client.get("/inovasi")["access-control-allow-origin"] == nil)
        let answer = try await client.get("/api/v1/innovations", headers: ["Accept": "text/html"])
        #expect(answer.status == 406)
    }
}

@Test func `a form needs its content type and its size`() async throws {
    try await TestSite.serve(routes: { routes in
        routes.submit("/kirim") { request, _ in .personal("\(try await request.form(limit: 1000).one("nama") ?? "-")") }
    }) { site in
        let client = site.client
        #expect(try await client.post("/kirim", form: [("nama", "Air & Api")]).text == "Air &amp; Api")
        let wrong = try await client.request(
            "POST", "/kirim", headers: ["Content-Type": "application/json"], body: [123, 125])
        #expect(wrong.status == 415)
        #expect(wrong["accept"] == "application/x-www-form-urlencoded")
        #expect(try await client.post("/kirim", form: [("nama", String(repeating: "x", count: 2000))]).status == 413)
        #expect(try await client.post("/en/kirim", form: [("nama", "ok")]).text == "ok")
    }
}

@Test func `every answer carries the security fields`() async throws {
    try await TestSite.serve(routes: { $0.page("/") { _, _ in .page("x") } }) { site in
        let client = site.client
        for target in ["/", "/", "/tidak-ada", "/healthz", "/favicon.ico"] {
            let answer = try await client.get(target)
            for field in SecurityFields.all {
                #expect(answer.fields.filter { $0.name == field.name.lowercased() }.map(\.value) == [field.value])
            }
        }
        #expect(!SecurityFields.policy.contains("unsafe"))
    }
}

@Test func `every request has one log line with its id and without its query`() async throws {
    let site = try await TestSite.start(
        Server.Settings(port: 0),
        routes: { routes in
            routes.page("/inovasi") { _, _ in .page("halo") }
            routes.get("/unduh") { _, _ in .download(name: "a.csv", type: "text/csv") { try await $0.write("a,b\n") } }
        })
    let client = site.client
    let ids = [
        try await client.get("/inovasi?q=rahasia")["x-request-id"],
        try await client.get("/inovasi?q=rahasia")["x-request-id"],
        try await client.get("/unduh")["x-request-id"],
        try await client.get("/%22tidak%0a-ada\u{7f}")["x-request-id"],
    ]
    try await client.send("BUKAN HTTP\r\n\r\n")
    #expect(try await client.receive().status == 400)
    try await site.running.stop()
    struct Line: Decodable {
        let id, method, path: String
        let status, bytes: Int
        let ms: Double
        let cached: Bool?
    }
    let lines = try site.lines.all.map { try JSONDecoder().decode(Line.self, from: Data($0.utf8)) }
    #expect(lines.count == 5)
    #expect(lines.prefix(3).map(\.id) == ids.prefix(3).map { $0 ?? "" })
    #expect(lines.map(\.status) == [200, 200, 200, lines[3].status, 400])
    #expect(lines.prefix(3).map(\.path) == ["/inovasi", "/inovasi", "/unduh"])
    #expect(lines.prefix(3).map(\.bytes) == [4, 4, 4])
    #expect(lines.map { $0.cached ?? false } == [false, true, false, false, false])
    #expect(!site.lines.all.contains { $0.contains("rahasia") })
}

@Test func `names and addresses are believed only from a trusted proxy`() async throws {
    let add: (Routes) -> Void = { $0.page("/") { _, context in .personal("\(context.clientAddress)") } }
    let given = ["X-Request-Id": "abc-123", "X-Forwarded-For": "203.0.113.9, 198.51.100.7, 10.1.2.3"]
    try await TestSite.serve(routes: add) { site in
        let answer = try await site.client.get("/", headers: given)
        #expect(answer.text == "127.0.0.1")
        #expect(answer["x-request-id"] != "abc-123")
    }
    let proxies = try #require(TrustedProxies(["127.0.0.1", "10.0.0.0/8"]))
    try await TestSite.serve(Server.Settings(port: 0, proxies: proxies), routes: add) { site in
        let answer = try await site.client.get("/", headers: given)
        #expect(answer.text == "198.51.100.7")
        #expect(answer["x-request-id"] == "abc-123")
        let forged = try await site.client.get(
            "/", headers: ["X-Request-Id": "a b\"<", "X-Forwarded-For": "bukan alamat"])
        #expect(forged.text == "127.0.0.1")
        #expect(forged["x-request-id"] != "a b\"<")
    }
    #expect(TrustedProxies(["10.0.0.0/33"]) == nil)
    #expect(TrustedProxies(["proxy.example"]) == nil)
    #expect(try #require(TrustedProxies(["2001:db8::/32"])).contains("2001:db8:1::5"))
}

@Test func `an asset has an address of its own that is kept for ever`() async throws {
    try await TestSite.serve(routes: { $0.page("/") { _, context in .personal("\(context.asset("mark.svg"))") } }) {
        site in
        let client = site.client
        let address = try await client.get("/").text
        let asset = try await client.get(address)
        #expect(asset.status == 200)
        #expect(asset["content-type"] == "image/svg+xml")
        #expect(asset["cache-control"] == "public, max-age=31536000, immutable")
        #expect(try await client.get("/favicon.ico").body == asset.body)
        #expect(try await client.request("POST", address).status == 405)
    }
}

@Test func `metrics are what promtool accepts, and count what was served`() async throws {
    try await TestSite.serve(routes: { $0.page("/inovasi/{id}") { _, _ in .page("x") } }) { site in
        site.metrics.gauge("simpul_innovations", "Records that can be found.") { 703 }
        let client = site.client
        for _ in 1...3 { _ = try await client.get("/inovasi/7") }
        _ = try await client.get("/tidak-ada")
        let text = try await client.get("/metrics").text
        #expect(text.contains("simpul_http_requests_total{method=\"GET\",route=\"/inovasi/{id}\",status=\"2xx\"} 3\n"))
        #expect(text.contains("simpul_http_requests_total{method=\"GET\",route=\"\",status=\"4xx\"} 1\n"))
        #expect(text.contains("simpul_innovations 703\n"))
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("metrics-\(site.running.port).txt")
        try text.write(to: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: file) }
        let promtool = Process()
        promtool.executableURL = URL(fileURLWithPath: "/usr/bin/promtool")
        promtool.arguments = ["check", "metrics"]
        promtool.standardInput = try FileHandle(forReadingFrom: file)
        let complaints = Pipe()
        promtool.standardError = complaints
        try promtool.run()
        promtool.waitUntilExit()
        #expect(String(decoding: complaints.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self) == "")
        #expect(promtool.terminationStatus == 0)
    }
}

@Test func `health is always told, readiness as it is`() async throws {
    try await TestSite.serve(isReady: { false }) { site async throws in
        #expect(try await site.client.get("/healthz").status == 200)
        #expect(try await site.client.get("/readyz").status == 503)
    }
    try await TestSite.serve { site async throws in #expect(try await site.client.get("/readyz").status == 200) }
}

import Kernel
import Support
import Testing

@testable import Web

private struct Member: Visitor {
    let name: String
    let formToken: String
    func desk(_ language: Language) -> [Crumb] { [] }
}

private func member(_ session: String) async -> (any Visitor)? {
    switch session {
    case "s-ani": Member(name: "Ani", formToken: "token-of-ani-0000000000")
    case "s-budi": Member(name: "Budi", formToken: "token-of-budi-000000000")
    default: nil
    }
}

private let settings = Server.Settings(port: 0, sessionCookie: "simpul")

private func routes(_ routes: Routes) {
    routes.page("/beranda") { _, context in .page("halo \(context.visitor?.name ?? "tamu")") }
    routes.page("/lapor") { request, context in
        let (token, cookie) = FormToken.issue(request, context)
        let answer = Answer.personal("\(token)")
        return cookie.map { answer.with($0.name, $0.value) } ?? answer
    }
    routes.submit("/lapor") { request, context in
        let form = try await request.form()
        try FormToken.check(form, request, context)
        return .personal("diterima dari \(context.visitor?.name ?? "tamu")")
    }
}

private func serve(_ body: (TestSite) async throws -> Void) async throws {
    try await TestSite.serve(settings, signedIn: member, routes: routes, body)
}

@Test func `a page names who is signed in, and nobody without a session that holds`() async throws {
    try await serve { site async throws in
        for (cookie, name) in [
            ("simpul=s-ani", "Ani"), ("a=1; simpul=s-budi", "Budi"), ("simpul=other", "tamu"), ("simpul=", "tamu"),
        ] {
            #expect(try await site.client.get("/beranda", headers: ["Cookie": cookie]).text == "halo \(name)")
        }
        #expect(
            try await site.client.get("/beranda", headers: ["Cookie": "simpul=" + String(repeating: "x", count: 201)])
                .text
                == "halo tamu")
    }
}

@Test func `a page made for somebody signed in is kept by nobody, and a kept page is not given to them`() async throws {
    try await serve { site async throws in
        let client = site.client
        let ani = try await client.get("/beranda", headers: ["Cookie": "simpul=s-ani"])
        #expect(ani.text == "halo Ani")
        #expect(ani["cache-control"] == "no-store")
        #expect(ani["etag"] == nil)
        #expect(site.metrics.text().contains("simpul_page_cache_pages 0"))

        let stranger = try await client.get("/beranda")
        #expect(stranger.text == "halo tamu")
        #expect(site.metrics.text().contains("simpul_page_cache_pages 1"))
        let tag = try #require(stranger["etag"])
        for cookie in ["simpul=s-ani", "x=1; simpul=s-ani"] {
            let again = try await client.get("/beranda", headers: ["Cookie": cookie, "If-None-Match": tag])
            #expect(again.status == 200)
            #expect(again.text == "halo Ani")
        }
        #expect(try await client.get("/beranda", headers: ["If-None-Match": tag]).status == 304)
    }
}

@Test func `a session that stands in a second cookie line counts as well`() async throws {
    try await serve { site async throws in
        let client = site.client
        #expect(try await client.get("/beranda").text == "halo tamu")
        try await client.send("GET /beranda HTTP/1.1\r\nHost: x\r\nCookie: a=1\r\nCookie: simpul=s-ani\r\n\r\n")
        #expect(try await client.receive().text == "halo Ani")
        #expect(try await client.get("/beranda").text == "halo tamu")
    }
}

@Test func `a form of somebody signed in needs the token of their session`() async throws {
    try await serve { site async throws in
        let client = site.client
        func send(_ token: String?, cookie: String = "simpul=s-ani", site: String? = nil) async throws -> Int {
            var headers = ["Cookie": cookie]
            if let site { headers["Sec-Fetch-Site"] = site }
            return try await client.post("/lapor", form: token.map { [("token", $0)] } ?? [], headers: headers).status
        }
        #expect(try await client.get("/lapor", headers: ["Cookie": "simpul=s-ani"]).text == "token-of-ani-0000000000")
        #expect(try await send("token-of-ani-0000000000") == 200)
        #expect(try await send("token-of-ani-0000000000", site: "same-origin") == 200)
        #expect(try await send(nil) == 403)
        #expect(try await send("") == 403)
        #expect(try await send("token-of-budi-000000000") == 403)
        #expect(try await send("token-of-ani-0000000001") == 403)
        #expect(try await send("token-of-ani-0000000000", site: "cross-site") == 403)
        // A stranger's cookie is no substitute for the session's own token.
        let known = "abcdefghijklmnopqrstuvwxyz"
        #expect(try await send(known, cookie: "simpul=s-ani; simpul_form=\(known)") == 403)
    }
}

@Test func `a stranger's form needs the cookie that came with its page, and the same token`() async throws {
    try await serve { site async throws in
        let client = site.client
        let page = try await client.get("/lapor")
        let cookie = try #require(page["set-cookie"]?.split(separator: ";").first.map(String.init))
        #expect(cookie == "simpul_form=\(page.text)")
        #expect(page["set-cookie"]?.contains("; Path=/; HttpOnly; SameSite=Strict") == true)
        #expect(page["cache-control"] == "no-store")
        let other = try await client.get("/lapor")
        #expect(other.text != page.text)
        // A second page with the cookie keeps the token, so that two open tabs both work.
        let again = try await client.get("/lapor", headers: ["Cookie": cookie])
        #expect(again.text == page.text)
        #expect(again["set-cookie"] == nil)

        func send(_ token: String, _ headers: [String: String]) async throws -> Int {
            try await client.post("/lapor", form: [("token", token)], headers: headers).status
        }
        #expect(try await send(page.text, ["Cookie": cookie]) == 200)
        #expect(try await send(page.text, [:]) == 403)
        #expect(try await send(other.text, ["Cookie": cookie]) == 403)
        #expect(try await send(page.text, ["Cookie": cookie, "Sec-Fetch-Site": "cross-site"]) == 403)
        for planted in ["", "short", "UPPERCASEUPPERCASEUPPER", String(repeating: "a", count: 81)] {
            #expect(try await send(planted, ["Cookie": "simpul_form=\(planted)"]) == 403)
        }
    }
}

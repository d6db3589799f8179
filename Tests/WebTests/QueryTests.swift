import Kernel
import Support
import Testing

@testable import Web

@Test func `a query is decoded with its order and repetitions kept`() throws {
    let query = try Query("q=e+planning&year=2020&year=2021&q2=%C3%A9%2B&kosong=&tanpa")
    #expect(query.parameters.map(\.name) == ["q", "year", "year", "q2", "kosong", "tanpa"])
    #expect(query.all("year") == ["2020", "2021"])
    #expect(try query.one("q") == "e planning")
    #expect(try query.one("q2") == "é+")
    #expect(try query.one("kosong") == nil)
    #expect(try query.one("tidak-ada") == nil)
}

@Test(arguments: ["q=%ff", "q=%C0%80", "q=%ED%A0%80", "q=%ED%B0%80x", "q=%", "q=%4", "q=%zz", "q=%F5%80%80%80"])
func `bytes that are not text are refused with the parameter's name`(_ text: String) {
    #expect(throws: QueryRefusal.notText(name: "q")) { try Query(text) }
}

@Test(arguments: ["q=%00", "q=a%00b", "q=%1B", "q=%7F", "q=%C2%85"])
func `control characters are refused with the parameter's name`(_ text: String) {
    #expect(throws: QueryRefusal.control(name: "q")) { try Query(text) }
}

@Test func `names are read as strictly as values`() {
    #expect(throws: QueryRefusal.notText(name: "%ff")) { try Query("%ff=1") }
    #expect(throws: QueryRefusal.notText(name: "a%00")) { try Query("a%00=1") }
}

@Test func `right-to-left text and its marks pass as text`() throws {
    #expect(try Query("q=%E2%80%AEabc%D7%A9").one("q") == "\u{202E}abc\u{5E9}")
}

@Test func `numbers outside their range and words are refused with the range`() throws {
    for value in ["-1", "0", "101", "1000000000000000000", "99999999999999999999999", "x", "1.5", "1e3", "٣"] {
        #expect(throws: QueryRefusal.notInRange(name: "limit", range: 1...100)) {
            try Query("limit=" + percentEncoded(value)).integer("limit", in: 1...100)
        }
    }
    #expect(try Query("limit=100").integer("limit", in: 1...100) == 100)
    #expect(try Query("").integer("limit", in: 1...100) == nil)
    let phrase = QueryRefusal.notInRange(name: "limit", range: 1...100).message
    #expect(phrase.indonesian == "“limit” harus bilangan bulat dari 1 sampai 100.")
}

@Test func `unknown values and names are refused with those that exist`() throws {
    #expect(throws: QueryRefusal.unknownValue(name: "sort", allowed: ["a", "b"])) {
        try Query("sort=c").choice("sort", among: ["a", "b"])
    }
    #expect(throws: QueryRefusal.unknownName(name: "x", allowed: ["q"])) { try Query("q=1&x=2").allow(only: ["q"]) }
    #expect(throws: QueryRefusal.repeated(name: "q")) { try Query("q=1&q=2").one("q") }
    #expect(try Query("sort=b&sort=a").choices("sort", among: ["a", "b"]) == ["b", "a"])
}

@Test func `text is trimmed, bounded and nothing when empty`() throws {
    #expect(try Query("q=+%09a+b%0A").text("q", limit: 7) == "a b")
    #expect(try Query("q=+++").text("q", limit: 5) == nil)
    #expect(throws: QueryRefusal.tooLong(name: "q", limit: 5)) { try Query("q=abcdef").text("q", limit: 5) }
    #expect(throws: QueryRefusal.tooMany(limit: 200)) {
        try Query(Array(repeating: "a=1", count: 201).joined(separator: "&"))
    }
}

@Test(arguments: ["%00", "%ff", "%ED%A0%80", "%", "%zz", "a%1bb"])
func `bad input in a query, a path or a form is a 400 that names it`(_ value: String) async throws {
    try await TestSite.serve(routes: { routes in
        routes.page("/inovasi") { request, _ in .page("\(try request.query().all("q").count)") }
        routes.page("/inovasi/{id}") { _, context in .page("\(try context.part("id"))") }
        routes.submit("/kirim") { request, _ in .personal("\(try await request.form().all("q").count)") }
    }) { site in
        let client = site.client
        let page = try await client.get("/inovasi?q=\(value)")
        #expect(page.status == 400)
        #expect(page.text.contains("<li>q</li>"))
        #expect(try await client.get("/en/inovasi/\(value)").status == 400)
        let form = try await client.request(
            "POST", "/kirim", headers: ["Content-Type": "application/x-www-form-urlencoded"],
            body: Array("q=\(value)".utf8))
        #expect(form.status == 400)
        #expect(try await client.get("/inovasi?q=ok").status == 200)
    }
}

import CZlib
import Foundation
import Kernel
import Support
import Testing

@testable import Web

/// A page of some 2 KB that says how often it was made.
private func page(_ count: TestSite.Count) -> Routes.Handler {
    { _, _ in .page("<p>\(count.rise())</p><p>\(String(repeating: "inovasi ", count: 250))</p>") }
}

@Test func `a public page is made once for one data version and again for the next`() async throws {
    let count = TestSite.Count()
    try await TestSite.serve(routes: { $0.page("/inovasi", page(count)) }) { site in
        let client = site.client
        let first = try await client.get("/inovasi")
        let second = try await client.get("/inovasi")
        #expect(first.status == 200)
        #expect(second.body == first.body)
        #expect(count.value == 1)
        site.version.rise()
        #expect(try await client.get("/inovasi").body != first.body)
        #expect(count.value == 2)
    }
}

@Test func `an answer from the cache has the same fields as the one that filled it`() async throws {
    let count = TestSite.Count()
    try await TestSite.serve(routes: { $0.page("/inovasi", page(count)) }) { site in
        let client = site.client
        func fields() async throws -> [String] {
            try await client.get("/inovasi").fields.filter { $0.name != "x-request-id" && $0.name != "date" }
                .map { "\($0.name): \($0.value)" }.sorted()
        }
        let first = try await fields()
        #expect(try await fields() == first)
        #expect(count.value == 1)
    }
}

@Test func `a page that changes by itself is made again after that instant`() async throws {
    let count = TestSite.Count()
    let until = Instant.now().milliseconds + 2000
    try await TestSite.serve(routes: { routes in
        routes.page("/hub") { _, _ in .page("\(count.rise())", until: Instant(milliseconds: until)) }
    }) { site in
        let client = site.client
        #expect(try await client.get("/hub").text == "1")
        #expect(try await client.get("/hub").text == "1")
        try await Task.sleep(for: .milliseconds(2050))
        #expect(try await client.get("/hub").text == "2")
    }
}

@Test func `a personal page, a download and an error are never kept`() async throws {
    let count = TestSite.Count()
    try await TestSite.serve(routes: { routes in
        routes.page("/saya") { _, _ in .personal("\(count.rise())") }
        routes.page("/hilang") { _, _ in
            _ = count.rise()
            throw QueryRefusal.absent(name: "x")
        }
    }) { site in
        let client = site.client
        let first = try await client.get("/saya")
        #expect(first["cache-control"] == "no-store")
        #expect(first["etag"] == nil)
        #expect(try await client.get("/saya").text == "2")
        #expect(try await client.get("/hilang").status == 422)
        #expect(try await client.get("/hilang").status == 422)
        #expect(count.value == 4)
    }
}

@Test func `a signed-in person and a client with credentials never get the cached page`() async throws {
    let count = TestSite.Count()
    try await TestSite.serve(Server.Settings(port: 0, sessionCookie: "sesi"), routes: { $0.page("/", page(count)) }) {
        site in
        let client = site.client
        _ = try await client.get("/")
        _ = try await client.get("/", headers: ["Cookie": "tema=gelap; sesi=abc"])
        _ = try await client.get("/", headers: ["Authorization": "Basic eDp5"])
        #expect(count.value == 3)
        _ = try await client.get("/", headers: ["Cookie": "tema=gelap"])
        #expect(count.value == 3)
    }
}

@Test func `a page is packed for those who take gzip, and only for them`() async throws {
    let count = TestSite.Count()
    try await TestSite.serve(routes: { $0.page("/inovasi", page(count)) }) { site in
        let client = site.client
        let plain = try await client.get("/inovasi")
        #expect(plain["content-encoding"] == nil)
        #expect(plain["vary"] == "Accept-Encoding")
        for accepts in ["gzip", "br, gzip;q=0.5", "*", "GZIP"] {
            let packed = try await client.get("/inovasi", headers: ["Accept-Encoding": accepts])
            #expect(packed["content-encoding"] == "gzip")
            #expect(packed["etag"] != plain["etag"])
            #expect(try unpacked(packed.body) == plain.body)
        }
        for accepts in ["br", "gzip;q=0", "*;q=0", "identity, gzip; q=0.0", "*, gzip;q=0"] {
            #expect(try await client.get("/inovasi", headers: ["Accept-Encoding": accepts]).body == plain.body)
        }
    }
}

@Test func `a client that has the page gets 304 without a body, cached or not`() async throws {
    let count = TestSite.Count()
    try await TestSite.serve(routes: { $0.page("/inovasi", page(count)) }) { site in
        let client = site.client
        let tag = try #require(try await client.get("/inovasi")["etag"])
        for known in [tag, "W/\(tag)", "\"x\", \(tag)", "*"] {
            let answer = try await client.get("/inovasi", headers: ["If-None-Match": known])
            #expect(answer.status == 304)
            #expect(answer["etag"] == tag)
            #expect(answer["content-length"] == nil)
            #expect(answer["content-security-policy"] != nil)
        }
        #expect(try await client.get("/inovasi", headers: ["If-None-Match": "\"x\""]).status == 200)
        // The packed form is another representation.
        let packed = try await client.get("/inovasi", headers: ["If-None-Match": tag, "Accept-Encoding": "gzip"])
        #expect(packed.status == 200)
        #expect(count.value == 1)
    }
}

@Test func `HEAD answers with the fields of GET and no body`() async throws {
    let count = TestSite.Count()
    try await TestSite.serve(routes: { routes in
        routes.page("/inovasi", page(count))
        routes.get("/unduh") { _, _ in .download(name: "a.csv", type: "text/csv") { try await $0.write("a,b\n") } }
    }) { site in
        let client = site.client
        let cold = try await client.head("/inovasi")
        let full = try await client.get("/inovasi")
        let warm = try await client.head("/inovasi")
        #expect(cold["content-length"] == String(full.body.count))
        #expect(warm["content-length"] == String(full.body.count))
        #expect(warm["etag"] == full["etag"])
        #expect(count.value == 1)
        #expect(try await client.head("/unduh")["content-disposition"] == "attachment; filename=\"a.csv\"")
        #expect(try await client.get("/unduh").text == "a,b\n")
    }
}

@Test func `parameters in another order are the same page`() {
    #expect(PageCache.key("/inovasi?b=2&a=1&b=1") == "/inovasi?a=1&b=2&b=1")
    #expect(PageCache.key("/inovasi?") == "/inovasi")
    #expect(PageCache.key("/inovasi?&a=1&&") == "/inovasi?a=1")
    #expect(PageCache.key("/inovasi") == "/inovasi")
}

@Test func `the cache stays within its bytes and drops what was used longest ago`() {
    let cache = PageCache(limit: 200_000)
    func answer() -> StoredAnswer {
        StoredAnswer(
            fields: [], type: "image/png", body: .init(repeating: 7, count: 10_000), cacheControl: "", until: nil,
            route: "",
            shared: [])
    }
    for number in 0..<100 {
        cache.store(answer(), key: "/\(number)", version: 1)
        _ = cache.find("/0", version: 1)
    }
    #expect(cache.figures.bytes <= 200_000)
    #expect(cache.find("/0", version: 1) != nil)
    #expect(cache.find("/1", version: 1) == nil)
    #expect(cache.find("/99", version: 1) != nil)
    cache.store(answer(), key: "/old", version: 0)
    #expect(cache.find("/old", version: 0) == nil)
    cache.store(answer(), key: "/new", version: 2)
    #expect(cache.figures.pages == 1)
}

/// The bytes of one gzip member, read by zlib.
func unpacked(_ bytes: [UInt8]) throws -> [UInt8] {
    var input = bytes
    var output = [UInt8](repeating: 0, count: 4 << 20)
    var stream = z_stream()
    #expect(inflateInit2_(&stream, 31, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK)
    defer { inflateEnd(&stream) }
    let result = input.withUnsafeMutableBufferPointer { input in
        output.withUnsafeMutableBufferPointer { output in
            stream.next_in = input.baseAddress
            stream.avail_in = UInt32(input.count)
            stream.next_out = output.baseAddress
            stream.avail_out = UInt32(output.count)
            return inflate(&stream, Z_FINISH)
        }
    }
    try #require(result == Z_STREAM_END)
    return Array(output[..<Int(stream.total_out)])
}

import Foundation
import Kernel
import Support
import Testing

@testable import Web

private func echo(_ routes: Routes) {
    routes.page("/inovasi") { request, _ in .page("\(try request.query().text("q", limit: 200) ?? "-")") }
    routes.submit("/kirim") { request, _ in .personal("\(try await request.form().parameters.count)") }
}

@Test func `a query of ten thousand characters ends in a page that says so`() async throws {
    try await TestSite.serve(routes: echo) { site in
        let client = site.client
        for (character, count) in [("a", 10_000), ("%F0%9F%98%80", 10_000 / 12), ("a", 7000), ("%E2%80%AE", 800)] {
            let answer = try await client.get("/inovasi?q=" + String(repeating: character, count: count))
            #expect(answer.status == (count == 10_000 || count == 833 ? 414 : 422))
            #expect(answer["content-type"] == "text/html; charset=utf-8")
        }
        #expect(try await client.get("/inovasi?q=baik").text == "baik")
    }
}

@Test func `an endless target and an endless header are cut off with their own answers`() async throws {
    try await TestSite.serve(routes: echo) { site in
        let client = site.client
        try await client.send("GET /" + String(repeating: "a", count: 60_000) + " HTTP/1.1\r\nHost: x\r\n\r\n")
        #expect(try await client.receive().status == 414)
        #expect(
            try await client.get("/inovasi", headers: ["X-Long": String(repeating: "b", count: 60_000)]).status == 431)
        let many = Dictionary(uniqueKeysWithValues: (0..<200).map { ("X-\($0)", "1") })
        #expect(try await client.get("/inovasi", headers: many).status == 431)
    }
}

@Test(arguments: [
    "GARBAGE\r\n\r\n", "GET / HTTP/9.9\r\nHost: x\r\n\r\n", "GET / HTTP/1.1\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "GET / HTTP/1.1\r\nHost: x\r\nBad Header: 1\r\n\r\n",
    "POST /kirim HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
    "POST /kirim HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "GET /\u{0}x HTTP/1.1\r\nHost: x\r\n\r\n", "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\r\n\r\n",
])
func `a malformed request is refused and its connection closed`(_ text: String) async throws {
    try await TestSite.serve(routes: echo) { site in
        let client = site.client
        try await client.send(text)
        let answer = try await client.receive()
        #expect(answer.status == 400)
        #expect(answer["connection"] == "close")
        #expect(try await client.get("/inovasi").status == 200)
    }
}

@Test func `a body over the limit is refused before it is read, however it is sent`() async throws {
    try await TestSite.serve(.test { $0.body = 10_000 }, routes: echo) { site in
        let client = site.client
        try await client.send("POST /kirim HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\nx=1")
        #expect(try await client.receive().status == 413)
        let type = "Content-Type: application/x-www-form-urlencoded\r\n"
        let chunk = "1000\r\n" + String(repeating: "x", count: 4096) + "\r\n"
        try await client.send("POST /kirim HTTP/1.1\r\nHost: x\r\n\(type)Transfer-Encoding: chunked\r\n\r\n")
        for _ in 1...3 { try await client.send(chunk) }
        #expect(try await client.receive().status == 413)
        #expect(try await client.post("/kirim", form: [("a", "1"), ("b", "2")]).text == "2")
    }
}

@Test func `a client that sends its header drop by drop is given up`() async throws {
    try await TestSite.serve(.test { $0.headerTime = 300 }, routes: echo) { site in
        let client = site.client(timeout: 5)
        try await client.send("GET /inovasi HTTP/1.1\r\n")
        for letter in "X-Lambat: ya" {
            try await Task.sleep(for: .milliseconds(40))
            // The server may be done with us before we are.
            try? await client.send(String(letter))
        }
        #expect(try await client.receive().status == 408)
        #expect(try await site.client.get("/inovasi").status == 200)
    }
}

@Test func `a body that comes too slowly is given up`() async throws {
    try await TestSite.serve(.test { $0.bodyTime = 300 }, routes: echo) { site in
        let client = site.client(timeout: 5)
        try await client.send(
            "POST /kirim HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\na="
        )
        #expect(try await client.receive().status == 408)
    }
}

@Test func `half a form is never taken for the whole, whoever broke off`() async throws {
    let seen = TestSite.Count()
    try await TestSite.serve(
        .test { $0.bodyTime = 300 },
        routes: { routes in
            routes.submit("/kirim") { request, _ in
                _ = try await request.form()
                _ = seen.rise()
                return .nothing
            }
        }
    ) { site in
        let head =
            "POST /kirim HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\n"
        let gone = site.client
        try await gone.send(head + "a=1")
        try await Task.sleep(for: .milliseconds(100))
        try await gone.close()
        let slow = site.client(timeout: 5)
        try await slow.send(head + "a=1")
        #expect(try await slow.receive().status == 408)
        try await Task.sleep(for: .milliseconds(300))
        #expect(seen.value == 0)
        #expect(try await site.client.post("/kirim", form: [("a", "1")]).status == 204)
        #expect(seen.value == 1)
    }
}

@Test func `a silent connection is closed after its idle time, and not before`() async throws {
    try await TestSite.serve(.test { $0.idleTime = 1500 }, routes: echo) { site in
        let client = site.client(timeout: 5)
        #expect(try await client.get("/inovasi").status == 200)
        try await Task.sleep(for: .milliseconds(500))
        try await client.send("GET /inovasi HTTP/1.1\r\nHost: x\r\n\r\n")
        #expect(try await client.receive().status == 200)
        let began = ContinuousClock.now
        #expect(try await client.isClosedByServer())
        #expect(ContinuousClock.now - began < .seconds(4))
    }
}

@Test func `a client that does not read its download is given up and the source stops`() async throws {
    let written = TestSite.Count()
    let ended = TestSite.Count()
    try await TestSite.serve(
        .test { $0.writeTime = 400 },
        routes: { routes in
            routes.get("/besar") { _, _ in
                .download(name: "besar.bin", type: "application/octet-stream") { out in
                    defer { _ = ended.rise() }
                    let chunk = [UInt8](repeating: 1, count: 65_536)
                    for _ in 0..<4000 {
                        try await out.write(chunk)
                        _ = written.rise()
                    }
                }
            }
        }
    ) { site in
        let client = site.client(timeout: 10)
        try await client.send("GET /besar HTTP/1.1\r\nHost: x\r\n\r\n")
        for _ in 0..<100 where ended.value == 0 { try await Task.sleep(for: .milliseconds(50)) }
        #expect(ended.value == 1)
        // What the sockets' buffers took, not the 250 MB.
        #expect(written.value < 400)
    }
}

@Test func `a download arrives whole, packed or not, and a broken one is seen to be broken`() async throws {
    struct Broken: Error {}
    try await TestSite.serve(routes: { routes in
        routes.get("/baris") { _, _ in
            .download(name: "baris & kolom.csv", type: "text/csv; charset=utf-8") { out in
                for number in 0..<50_000 { try await out.write("\(number),inovasi\n") }
            }
        }
        routes.get("/putus") { _, _ in
            .download(name: "x.csv", type: "text/csv") { out in
                for _ in 0..<10_000 { try await out.write("baris pertama\n") }
                throw Broken()
            }
        }
    }) { site in
        let client = site.client
        let whole = (0..<50_000).map { "\($0),inovasi\n" }.joined()
        let plain = try await client.get("/baris")
        #expect(plain.text == whole)
        #expect(plain["content-disposition"] == "attachment; filename=\"baris---kolom.csv\"")
        let packed = try await client.get("/baris", headers: ["Accept-Encoding": "gzip"])
        #expect(packed["content-encoding"] == "gzip")
        #expect(try unpacked(packed.body) == Array(whole.utf8))
        await #expect(throws: HTTPClient.Failure.self) { try await client.get("/putus") }
    }
}

@Test func `requests sent at once are answered in their order, from the cache or not`() async throws {
    try await TestSite.serve(routes: { routes in
        routes.page("/cepat") { _, _ in .page("cepat") }
        routes.page("/lambat") { _, _ in
            try await Task.sleep(for: .milliseconds(100))
            return .personal("lambat")
        }
    }) { site in
        let client = site.client
        #expect(try await client.get("/cepat").text == "cepat")
        let both = ["/cepat", "/lambat", "/cepat", "/cepat", "/lambat", "/cepat"]
        try await client.send(both.map { "GET \($0) HTTP/1.1\r\nHost: x\r\n\r\n" }.joined())
        for target in both { #expect(try await client.receive().text == String(target.dropFirst())) }
    }
}

@Test func `HTTP 1.0 and a wish to close are honoured`() async throws {
    try await TestSite.serve(routes: { routes in
        routes.page("/") { _, _ in .page("halo") }
        routes.get("/alir") { _, _ in .stream(type: "text/plain") { try await $0.write("a\n") } }
    }) { site in
        for _ in 1...2 {
            for request in ["GET / HTTP/1.0\r\n\r\n", "GET / HTTP/1.1\r\nHost: x\r\nConnection: Close\r\n\r\n"] {
                let client = site.client(timeout: 5)
                try await client.send(request)
                let text = String(decoding: try await client.readToEnd(), as: UTF8.self)
                #expect(text.hasSuffix("\r\n\r\nhalo"))
                #expect(text.lowercased().contains("connection: close\r\n"))
            }
        }
        let client = site.client(timeout: 5)
        try await client.send("GET /alir HTTP/1.0\r\n\r\n")
        #expect(String(decoding: try await client.readToEnd(), as: UTF8.self).hasSuffix("\r\n\r\na\n"))
    }
}

import Foundation
import Kernel
import Support
import Synchronization
import Testing

@testable import Web

/// A folder of uploads and a site that takes files into it.
private final class Uploads: Sendable {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("uploads-\(UUID().uuidString)").path

    init() throws { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    var left: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted() }

    /// What is left once the last request has been seen to its end.
    func leftInTheEnd() async throws -> [String] {
        for _ in 0..<100 where !left.isEmpty { try await Task.sleep(for: .milliseconds(20)) }
        return left
    }

    func serve(
        _ limits: UploadLimits = UploadLimits(files: 3, file: 1_000_000), _ settings: Server.Settings = .test { _ in },
        keep: Bool = false, _ body: (TestSite) async throws -> Void
    ) async throws {
        let folder = folder
        try await TestSite.serve(
            settings,
            routes: { routes in
                routes.upload("/bukti/{id}", limit: limits.body) { request, _ in
                    let upload = try await request.upload(into: folder, limits: limits) { first in
                        guard try first.one("token") == "benar" else { throw FormRefusal.token }
                    }
                    defer { if !keep { upload.discard() } }
                    let fields = upload.fields.parameters.map { "\($0.name)=\($0.value)" }
                    let files = upload.files.map { "\($0.field):\($0.name):\($0.size)" }
                    return .text((fields + files).joined(separator: "|"), type: "text/plain", sharing: .personal)
                }
            }, body)
    }
}

private func part(_ name: String, _ value: String, file: String? = nil, type: String? = nil) -> String {
    "--b\r\nContent-Disposition: form-data; name=\"\(name)\"\(file.map { "; filename=\"\($0)\"" } ?? "")\r\n"
        + (type.map { "Content-Type: \($0)\r\n" } ?? "") + "\r\n\(value)\r\n"
}

private let token = part("token", "benar")
private let multipart = ["Content-Type": "multipart/form-data; boundary=b"]

extension HTTPClient {
    fileprivate func upload(_ text: String, _ headers: [String: String] = multipart) async throws -> Response {
        try await request("POST", "/bukti/7", headers: headers, body: Array(text.utf8))
    }
}

@Test func `fields and files of a form arrive as they were sent, whatever bytes they hold`() async throws {
    let uploads = try Uploads()
    try await uploads.serve { site async throws in
        let text =
            token + part("judul", "Petik “Pagi”\r\nbaris dua")
            + part("bukti", "isi\r\n--lain\r\n-\r\n--", file: "a.txt", type: "text/plain")
            + part("kosong", "", file: "") + part("nol", "", file: "nol.pdf") + "--b--\r\n"
        #expect(
            try await site.client.upload(text).text
                == "token=benar|judul=Petik “Pagi”\r\nbaris dua|bukti:a.txt:18|nol:nol.pdf:0")
        #expect(
            try await site.client.upload(text, ["Content-Type": "multipart/form-data; charset=utf-8; boundary=\"b\""])
                .status == 200)
        #expect(try await uploads.leftInTheEnd() == [])
    }
}

@Test func `a file is written byte for byte for us alone, and stays when it is not discarded`() async throws {
    let uploads = try Uploads()
    try await uploads.serve(keep: true) { site async throws in
        var bytes: [UInt8] = []
        for number in 0..<300_000 { bytes.append(UInt8(truncatingIfNeeded: number &* 31 ^ number >> 8)) }
        bytes += Array("\r\n--".utf8) + Array("\r\r\n--c\r\n".utf8)
        let body =
            Array((token + "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x.bin\"\r\n\r\n").utf8)
            + bytes
            + Array("\r\n--b--".utf8)
        let answer = try await site.client.request("POST", "/bukti/7", headers: multipart, body: body)
        #expect(answer.text == "token=benar|f:x.bin:\(bytes.count)")
        let name = try #require(uploads.left.first)
        #expect(uploads.left.count == 1)
        let path = uploads.folder + "/" + name
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data(bytes))
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }
}

@Test func `a body cut at any byte, however it is chunked, leaves nothing and is refused`() async throws {
    let uploads = try Uploads()
    try await uploads.serve { site async throws in
        let whole = Array((token + part("f", "isi berkas", file: "a.txt") + "--b--").utf8)
        for length in 0..<whole.count {
            let answer = try await site.client.request(
                "POST", "/bukti/7", headers: multipart, body: Array(whole[..<length]))
            #expect(answer.status == 400 || answer.status == 403, "cut at \(length)")
        }
        #expect(try await uploads.leftInTheEnd() == [])
        // One byte at a time is the same as all at once.
        let client = site.client
        try await client.send(
            "POST /bukti/7 HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\nTransfer-Encoding: chunked\r\n\r\n"
        )
        for byte in whole { try await client.send(Array("1\r\n".utf8) + [byte] + Array("\r\n".utf8)) }
        try await client.send("0\r\n\r\n")
        #expect(try await client.receive().text == "token=benar|f:a.txt:10")
        #expect(try await uploads.leftInTheEnd() == [])
    }
}

@Test(arguments: [
    ("application/x-www-form-urlencoded", 400), ("multipart/form-data", 400), ("multipart/form-data; boundary=", 400),
    ("multipart/form-data; boundary=\"\"", 400), ("multipart/mixed; boundary=b", 400),
    ("multipart/form-data; boundary=" + String(repeating: "b", count: 300), 400),
    ("multipart/form-data; boundary=a b", 400), ("multipart/form-data; boundary=c", 400), ("", 400),
])
func `a form whose boundary is missing, too long or another one is refused`(_ type: String, _ status: Int) async throws
{
    let uploads = try Uploads()
    try await uploads.serve { site async throws in
        let text = token + part("f", "isi", file: "a.txt") + "--b--"
        #expect(try await site.client.upload(text, type.isEmpty ? [:] : ["Content-Type": type]).status == status)
        #expect(try await uploads.leftInTheEnd() == [])
    }
}

@Test(arguments: [
    "--b\r\n\r\nisi\r\n--b--", "--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--",
    "--b\r\nContent-Disposition: form-data; name=\"\"\r\n\r\nx\r\n--b--",
    "--b\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\nx\r\n--b--",
    "--b\r\nContent-Disposition: form-data; name=\"a\"; name=\"b\"\r\n\r\nx\r\n--b--",
    "--b\r\nContent-Disposition: form-data; name=\"a\r\n\r\nx\r\n--b--",
    "--b\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Disposition: form-data; name=\"b\"\r\n\r\nx\r\n--b--",
    "--b\r\nContent-Disposition: form-data; name=\"a\"; filename=\"a\"\r\nContent-Transfer-Encoding: base64\r\n\r\nx\r\n--b--",
    "--b\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\n\r\nx\r\n--c--\r\n--b--",
    "--b\r\nno colon here\r\n\r\nx\r\n--b--", "--bx\r\n", "x--b\r\n", "--b  \r\n", "\r\n\r\n",
    "--b\r\nContent-Disposition: form-data; name=\"" + String(repeating: "n", count: 101) + "\"\r\n\r\nx\r\n--b--",
    "--b\r\nContent-Disposition: form-data; name=\"a\"; x=\"" + String(repeating: "n", count: 9000)
        + "\"\r\n\r\nx\r\n--b--",
    "--b\r\nX: " + String(repeating: "n", count: 20_000),
    "--b\r\nContent-Disposition: form-data; name=\"a\u{0}b\"\r\n\r\nx\r\n--b--",
])
func `parts that cannot be told apart are refused before anything is written`(_ rest: String) async throws {
    let uploads = try Uploads()
    try await uploads.serve { site async throws in
        #expect(try await site.client.upload(rest).status == 400)
        // After a sound file as well, which then goes too.
        let begun = token + part("f", "isi", file: "a.txt")
        #expect(try await site.client.upload(begun + rest).status == 400)
        #expect(try await uploads.leftInTheEnd() == [])
        #expect(try await site.client.upload(begun + "--b--").text == "token=benar|f:a.txt:3")
    }
}

@Test func `a field that is no text or holds controls is refused by name`() async throws {
    let uploads = try Uploads()
    try await uploads.serve { site async throws in
        #expect(try await site.client.upload(token + part("a", "x\u{0}y") + "--b--").status == 400)
        let broken =
            Array((token + "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n").utf8) + [0xFF]
            + Array("\r\n--b--".utf8)
        #expect(try await site.client.request("POST", "/bukti/7", headers: multipart, body: broken).status == 400)
    }
}

@Test func `too many parts, files or bytes end in 413 long before the end, and nothing stays`() async throws {
    let uploads = try Uploads()
    let limits = UploadLimits(files: 2, file: 10_000, field: 1000, fields: 3000, parts: 20)
    try await uploads.serve(limits) { site async throws in
        func status(_ text: String) async throws -> Int { try await site.client.upload(token + text).status }
        let file = part("f", "isi", file: "a.txt")
        #expect(try await status(file + file + "--b--") == 200)
        #expect(try await status(file + file + file + "--b--") == 413)
        #expect(try await status(part("f", String(repeating: "x", count: 10_000), file: "a") + "--b--") == 200)
        #expect(try await status(part("f", String(repeating: "x", count: 10_001), file: "a") + "--b--") == 413)
        #expect(try await status(part("a", String(repeating: "x", count: 1000)) + "--b--") == 200)
        #expect(try await status(part("a", String(repeating: "x", count: 1001)) + "--b--") == 413)
        let three = (0..<3).map { part("a\($0)", String(repeating: "x", count: 999)) }.joined()
        #expect(try await status(three + part("z", "1234") + "--b--") == 413)
        #expect(try await status(file + String(repeating: part("a", ""), count: 10_000) + "--b--") == 413)
        #expect(try await uploads.leftInTheEnd() == [])
    }
}

@Test func `only addresses of uploads take large bodies, and they only up to their limit`() async throws {
    let uploads = try Uploads()
    let limits = UploadLimits(files: 1, file: 200_000)
    try await uploads.serve(limits, .test { $0.body = 10_000 }) { site async throws in
        let large = token + part("f", String(repeating: "x", count: 100_000), file: "a") + "--b--"
        #expect(try await site.client.upload(large).status == 200)
        #expect(
            try await site.client.request("POST", "/en/bukti/7?a=1", headers: multipart, body: Array(large.utf8)).status
                == 200)
        for target in ["/bukti", "/bukti/7/8", "/lain/7", "/x/bukti/7"] {
            let client = site.client
            try await client.send("POST \(target) HTTP/1.1\r\nHost: x\r\nContent-Length: 10001\r\n\r\n")
            #expect(try await client.receive().status == 413)
        }
        for (method, length) in [("PUT", 10_001), ("POST", limits.body + 1)] {
            let client = site.client
            try await client.send("\(method) /bukti/7 HTTP/1.1\r\nHost: x\r\nContent-Length: \(length)\r\n\r\n")
            #expect(try await client.receive().status == 413)
        }
        #expect(try await uploads.leftInTheEnd() == [])
    }
}

@Test func `without its token as the first field no file is made`() async throws {
    let uploads = try Uploads()
    // Whatever would be written stays, so that it would be seen.
    try await uploads.serve(keep: true) { site async throws in
        let file = part("f", "isi", file: "a.txt")
        for text in [file + token, part("token", "salah") + file, part("lain", "x") + token + file, ""] {
            #expect(try await site.client.upload(text + "--b--").status == 403)
        }
        // The refusal comes although the file never ends.
        let client = site.client
        try await client.send(
            "POST /bukti/7 HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 900000\r\n\r\n"
                + part("token", "salah") + "--b\r\n")
        #expect(try await client.receive().status == 403)
        #expect(uploads.left == [])
    }
}

@Test func `a connection lost or too slow within a file leaves nothing`() async throws {
    let uploads = try Uploads()
    try await uploads.serve(
        UploadLimits(file: 1_000_000),
        .test {
            $0.bodyTime = 400; $0.bodyRate = 10_000_000
        }
    ) { site async throws in
        let begun =
            "POST /bukti/7 HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 900000\r\n\r\n"
            + token + "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a\"\r\n\r\n"
            + String(repeating: "x", count: 5000)
        let gone = site.client
        try await gone.send(begun)
        for _ in 0..<100 where uploads.left.isEmpty { try await Task.sleep(for: .milliseconds(10)) }
        #expect(uploads.left.count == 1)
        try await gone.close()
        #expect(try await uploads.leftInTheEnd() == [])
        let slow = site.client(timeout: 5)
        try await slow.send(begun)
        #expect(try await slow.receive().status == 408)
        #expect(try await uploads.leftInTheEnd() == [])
    }
}

@Test func `an upload that the server is slow to take waits in the client, not in memory`() async throws {
    let folder = try Uploads()
    let gate = TestSite.Count()
    let path = folder.folder
    try await TestSite.serve(
        routes: { routes in
            routes.upload("/bukti", limit: 100_000_000) { request, _ in
                while gate.value == 0 { try await Task.sleep(for: .milliseconds(10)) }
                let upload = try await request.upload(into: path, limits: UploadLimits(file: 90_000_000))
                defer { upload.discard() }
                return .text("\(upload.files[0].size)", type: "text/plain", sharing: .personal)
            }
        }
    ) { site async throws in
        let size = 60_000_000
        let head = "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a\"\r\n\r\n"
        let tail = "\r\n--b--"
        let client = site.client(timeout: 60)
        try await client.send(
            "POST /bukti HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: \(head.utf8.count + size + tail.utf8.count)\r\n\r\n\(head)"
        )
        let sent = Progress()
        async let sending: Void = {
            let chunk = [UInt8](repeating: 120, count: 100_000)
            for _ in 0..<(size / chunk.count) {
                try await client.send(chunk)
                sent.add(chunk.count)
            }
            try await client.send(tail)
        }()
        try await Task.sleep(for: .milliseconds(600))
        // What the two sockets and a few chunks hold.
        #expect(sent.value < 16_000_000)
        _ = gate.rise()
        try await sending
        #expect(try await client.receive().text == "\(size)")
        #expect(try await folder.leftInTheEnd() == [])
    }
}

/// Bytes so far.
private final class Progress: Sendable {
    private let number = Atomic<Int>(0)
    var value: Int { number.load(ordering: .relaxed) }
    func add(_ count: Int) { number.wrappingAdd(count, ordering: .relaxed) }
}

import Foundation
import Kernel
import Support
import Testing
import Web

@testable import People

private func person(_ role: Role) -> Person {
    Person(
        account: 1, session: 1, name: "Ani", office: "Dinas Kesehatan", email: "ani@contoh.go.id",
        language: .indonesian,
        grants: [Grant(role, institution: "id-3372")], formToken: "token-of-the-session")
}

/// A site with one address of the desk that takes files; what its handler was given is its answer.
private func serve(_ body: (RunningServer, _ left: () -> [String]) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("desk-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let routes = Routes()
    let desk = Desk(routes, publicURL: "https://simpul.example")
    desk.upload("/kerja/inovasi/{draft}/bukti", .write, into: folder) { upload, _, context, person, frame in
        let files = upload.files.map { "\($0.name) \($0.size) \(FileManager.default.fileExists(atPath: $0.path))" }
        let said = [person.name, try context.part("draft"), frame.language.rawValue] + files
        return .text(said.joined(separator: ","), type: "text/plain", sharing: .personal)
    }
    #expect(desk.doors == [Desk.Door(method: "POST", path: "/kerja/inovasi/{draft}/bukti", right: .write)])
    let server = Server(
        settings: Server.Settings(port: 0, sessionCookie: "simpul"), routes: routes, assets: try Assets(),
        metrics: Metrics(), log: RequestLog { _ in }, isReady: { true }, dataVersion: { 1 },
        signedIn: { $0 == "unit" ? person(.unit) : $0 == "auditor" ? person(.auditor) : nil },
        errorPage: { notice, _ in "\(notice.status)" })
    let running = try await server.start()
    do {
        try await body(running) { (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] }
        try await running.stop()
    } catch {
        try await running.stop()
        throw error
    }
}

private func part(_ name: String, _ value: String, file: String? = nil) -> String {
    "--b\r\nContent-Disposition: form-data; name=\"\(name)\"\(file.map { "; filename=\"\($0)\"" } ?? "")\r\n\r\n\(value)\r\n"
}

private func send(
    _ running: RunningServer, _ cookie: String, _ body: String, to path: String = "/kerja/inovasi/7/bukti"
)
    async throws -> HTTPClient.Response
{
    try await HTTPClient(port: running.port).request(
        "POST", path, headers: ["Content-Type": "multipart/form-data; boundary=b", "Cookie": cookie],
        body: Array((body + "--b--").utf8))
}

@Test func `evidence is taken from a person with the right and the token, and nothing is left over`() async throws {
    try await serve { running, left async throws in
        let body = part("token", "token-of-the-session") + part("bukti", "isi", file: "surat.pdf")
        #expect(try await send(running, "simpul=unit", body).text == "Ani,7,id,surat.pdf 3 true")
        #expect(
            try await send(running, "simpul=unit", body, to: "/en/kerja/inovasi/8/bukti").text
                == "Ani,8,en,surat.pdf 3 true")
        #expect(left() == [])
    }
}

@Test func `strangers, people without the right and forms without the token are refused before a file is made`()
    async throws
{
    try await serve { running, left async throws in
        let file = part("bukti", "isi", file: "surat.pdf")
        let sound = part("token", "token-of-the-session") + file
        let stranger = try await send(running, "simpul=none", sound)
        #expect(stranger.status == 403)
        #expect(try await send(running, "simpul=auditor", sound).status == 403)
        #expect(try await send(running, "simpul=unit", file).status == 403)
        #expect(try await send(running, "simpul=unit", part("token", "another") + file).status == 403)
        #expect(try await send(running, "simpul=unit", file + part("token", "token-of-the-session")).status == 403)
        // The refusal does not wait for a body that never comes.
        for (cookie, status) in [("simpul=none", 403), ("simpul=auditor", 403)] {
            let client = HTTPClient(port: running.port, timeout: 5)
            try await client.send(
                "POST /kerja/inovasi/7/bukti HTTP/1.1\r\nHost: x\r\nCookie: \(cookie)\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 50000000\r\n\r\n"
            )
            #expect(try await client.receive().status == status)
        }
        #expect(left() == [])
    }
}

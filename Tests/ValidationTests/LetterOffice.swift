import Documents
import Files
import Foundation
import Institutions
import Kernel
import People
import Support
import Testing
import Validation
import Web

/// The desk's letters and uploaded tables in front of the two cities of `StandingOffice`, with files of their own.
struct LetterOffice {
    let office: StandingOffice
    let letters: Letters
    let sheets: SpreadsheetDrafts
    let files: FileStore

    static func with(_ office: StandingOffice, _ body: (LetterOffice) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let files = try FileStore(folder: folder, database: office.database, scanner: nil)
        try await body(
            LetterOffice(
                office: office, letters: Letters(office.database),
                sheets: SpreadsheetDrafts(office.database, files: files), files: files))
    }

    /// The pages on a free port; `sesi=NAME` as a cookie signs in.
    func serve(_ body: (HTTPClient) async throws -> Void) async throws {
        let routes = Routes()
        let desk = Desk(routes, publicURL: StandingOffice.publicURL)
        let catalogue = office.catalogue
        LetterPages(letters, files: files, register: { catalogue.register }).add(to: desk)
        SpreadsheetPages(sheets, files: files, register: { catalogue.register }).add(to: desk)
        let people = office.people
        let server = Server(
            settings: Server.Settings(port: 0, sessionCookie: "sesi"), routes: routes, assets: try Assets(),
            metrics: Metrics(), log: RequestLog { _ in }, isReady: { true }, dataVersion: { 1 },
            signedIn: { people[$0] }, errorPage: { notice, _ in "<title>\(notice.status)</title>" })
        try await server.serving(body)
    }

    /// Puts bytes where an upload would.
    func sent(_ bytes: [UInt8]) throws -> String {
        let path = files.temporaryFolder + "/" + UUID().uuidString
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        return path
    }

    func count(_ table: String) async throws -> Int {
        try await office.database.read { db in
            switch table {
            case "draft": try db.count("SELECT COUNT(*) FROM draft")
            case "draft_sheet": try db.count("SELECT COUNT(*) FROM draft_sheet")
            default: try db.count("SELECT COUNT(*) FROM letter")
            }
        }
    }
}

extension HTTPClient {
    func upload(
        _ target: String, as name: String, token: String? = nil, _ fields: [(String, String)] = [], file: [UInt8],
        named: String
    ) async throws -> Response {
        var body: [UInt8] = []
        for (field, value) in [("token", token ?? "token-\(name)")] + fields {
            body += Array("--b\r\nContent-Disposition: form-data; name=\"\(field)\"\r\n\r\n\(value)\r\n".utf8)
        }
        body += Array("--b\r\nContent-Disposition: form-data; name=\"berkas\"; filename=\"\(named)\"\r\n\r\n".utf8)
        body += file + Array("\r\n--b--".utf8)
        return try await request(
            "POST", target,
            headers: ["Content-Type": "multipart/form-data; boundary=b", "Cookie": "sesi=\(name)"], body: body)
    }
}

/// Bytes collected from something that hands them out in pieces.
actor Collected {
    private(set) var bytes: [UInt8] = []
    func add(_ more: [UInt8]) { bytes += more }
}

/// What a program prints when it reads bytes from a file.
func printed(by program: String, _ arguments: [String], _ bytes: [UInt8]) throws -> String {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(bytes).write(to: file)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments.map { $0 == "FILE" ? file.path : $0 }
    let out = Pipe()
    process.standardOutput = out
    try process.run()
    let data = out.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return String(decoding: data, as: UTF8.self)
}

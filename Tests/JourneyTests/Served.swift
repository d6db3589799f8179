import Database
import Directory
import Foundation
import Institutions
import Kernel
import People
import Support
import Web

@testable import App

/// A portal on a fresh database, served on a free port, as a test's visitor meets it.
struct Served {
    let database: Database
    let portal: Portal
    let client: HTTPClient
    let port: Int

    /// Serves the body a portal; afterwards every invariant must hold and the index must equal a rebuilt one.
    static func with(
        _ engine: Engine, csv: String? = nil, checked: Bool = true, openID: OpenIDSettings? = nil,
        _ body: (Served) async throws -> Void
    ) async throws {
        try await TestDatabase.with(engine, slices) { database in
            try await ReferenceFiles.load(into: database)
            if let csv { try await take(csv, into: database) }
            var options = Portal.Options(publicURL: "http://simpul.test")
            options.logLevel = "error"
            options.passwords = .least
            options.openID = openID
            let keys = FileManager.default.temporaryDirectory.appendingPathComponent("keys-" + UUID().uuidString)
            defer { try? FileManager.default.removeItem(at: keys) }
            options.keys = keys.path
            let portal = try await Portal(database, options)
            let server = try portal.server(Server.Settings(port: 0), log: RequestLog { _ in })
            let running = try await server.start()
            do {
                try await body(
                    Served(
                        database: database, portal: portal, client: HTTPClient(port: running.port), port: running.port))
                if checked {
                    let violations = try await database.check()
                    guard violations.isEmpty else { throw Broken(violations: violations) }
                }
                try await running.stop()
            } catch {
                try? await running.stop()
                throw error
            }
        }
    }

    struct Broken: Error { let violations: [Database.Violation] }

    /// Imports CSV text under the source name `uji`.
    @discardableResult
    static func take(_ csv: String, into database: Database, source: String = "uji") async throws -> ImportReport {
        try await temporary(csv) { path in
            try await Importer(Innovations(database), register: try await Register.load(database))
                .take(file: path, source: source, by: Actor(name: "import:\(source)"))
        }
    }

    /// The sample records that ship with the program.
    static var sample: String {
        get throws {
            let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
                .appendingPathComponent("../../Sources/Directory/Reference/innovations.csv").standardized
            return try String(contentsOf: path, encoding: .utf8)
        }
    }
}

/// Gives a body the path of a file with this content.
func temporary<T>(_ content: String, name: String = "data.csv", _ body: (String) async throws -> T) async throws -> T {
    try await temporary(Data(content.utf8), name: name, body)
}

func temporary<T>(_ content: Data, name: String = "data.csv", _ body: (String) async throws -> T) async throws -> T {
    try await folder { path in
        let file = path + "/" + name
        try content.write(to: URL(fileURLWithPath: file))
        return try await body(file)
    }
}

/// Gives a body an empty folder that is gone afterwards.
func folder<T>(_ body: (String) async throws -> T) async throws -> T {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("simpul-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder.path)
}

/// Ten real records, enough to page, filter and search.
let tenRecords: String = {
    let lines = ((try? Served.sample) ?? "").split(whereSeparator: \.isNewline)
    return lines.prefix(11).joined(separator: "\n") + "\n"
}()

import CLibPQ
import Database
import Foundation
import Kernel

extension Engine {
    /// The engines that the suite runs on: SQLite always, PostgreSQL where `SIMPUL_TEST_POSTGRES` names a server
    /// (bin/test starts one).
    package static var tested: [Engine] { server == nil ? [.sqlite] : [.sqlite, .postgres] }

    fileprivate static var server: String? { ProcessInfo.processInfo.environment["SIMPUL_TEST_POSTGRES"] }
}

/// A fresh database for one test, gone afterwards.
package enum TestDatabase {
    /// Runs a body on an empty, migrated database.
    @discardableResult
    package static func with<T>(
        _ engine: Engine, _ slices: [Schema], _ body: (Database) async throws -> T
    ) async throws -> T {
        try await at(engine) { address in
            let database = try await Database(address, slices: slices, readers: 2)
            do {
                let result = try await body(database)
                await database.close()
                return result
            } catch {
                await database.close()
                throw error
            }
        }
    }

    /// Gives the address of a database that does not exist yet (SQLite) or is empty (PostgreSQL).
    @discardableResult
    package static func at<T>(_ engine: Engine, _ body: (DatabaseAddress) async throws -> T) async throws -> T {
        let name = "t" + UUID().uuidString.replacingOccurrences(of: "-", with: "").lowercased()
        switch engine {
        case .sqlite:
            let folder = FileManager.default.temporaryDirectory.appendingPathComponent(name)
            defer { try? FileManager.default.removeItem(at: folder) }
            return try await body(.sqlite(folder.appendingPathComponent("simpul.sqlite").path))
        case .postgres:
            guard let server = Engine.server else { throw NoServer() }
            try run("CREATE DATABASE \(name)", on: server + "/postgres")
            defer { try? run("DROP DATABASE \(name) WITH (FORCE)", on: server + "/postgres") }
            return try await body(.postgres("\(server)/\(name)"))
        }
    }

    /// Runs a statement outside any transaction, as an administrator would.
    package static func run(_ sql: String, on url: String) throws {
        let connection = PQconnectdb(url)
        defer { PQfinish(connection) }
        let result = PQexec(connection, sql)
        defer { PQclear(result) }
        guard PQresultStatus(result) == PGRES_COMMAND_OK || PQresultStatus(result) == PGRES_TUPLES_OK else {
            throw Failed(message: String(cString: PQerrorMessage(connection)))
        }
    }

    struct NoServer: Error {}
    struct Failed: Error { let message: String }
}
